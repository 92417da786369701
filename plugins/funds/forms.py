"""A new fund: what it is asked for. Its hosts are what a person saw in the address bar, never guessed from a link."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from plugins.core.config import toml_tables
from plugins.core.errors import Problem
from plugins.core.text import slugs
from plugins.funds import pages
from plugins.funds.model import Fund
from plugins.sections.model import Newsroom
from plugins.sections.questions import Answers, Examples, Field, Form, Table, appended, commented

FILE = "funds.toml"
BEGUN = "# Places to give, and to get help.\n"

FUND = Table(
    "[[fund]]",
    "A fund. Copy no link you have not looked at. A button appears once somebody has signed: ./inv verify --sign NAME",
    (
        Field("id", "A short name for texts to call it by.", '"hardship"'),
        Field("name", "Its name, as people know it", '"The Hardship Fund"', "needed"),
        Field("url", "Its own page, https only", '"https://fund.example.org/"', "needed"),
        Field(
            "hosts",
            "Open that page. Which host does the address bar show? With commas between several",
            '["fund.example.org"]',
            "needed",
            "list",
        ),
        Field("pays_for", "What the money is for", '"Rent for people on strike."', "optional"),
        Field("give", "Where one gives, if not there", '"https://fund.example.org/give"', "optional"),
        Field("get_help", "Where one asks for help", '"https://fund.example.org/help"', "optional"),
        Field("legal_name", "Who it is in law", '"The Hardship Fund, Inc."', "optional"),
        Field("ein", "Its US tax number, as in 12-3456789", '"12-3456789"', "optional"),
        Field("register", "Its number in another register of charities.", '"1234567"'),
        Field("evidence", "Where you know of it from", '"The fund’s own pages."', "optional"),
        Field(
            "vouches",
            "Who vouches for the fund, and, if there are, on which page, on what day, in what words.",
            '[{ who = "A union", url = "https://union.example.org/", date = TODAY, text = "Names it." }]',
        ),
        Field(
            "raised",
            "What was raised, as its source states it; each such fact has text, source and date, a day or a month.",
            '{ text = "$12,000 so far", source = "Its report", date = TODAY, url = "https://fund.example.org/" }',
        ),
        Field("paid_out", "What was paid out.", '{ text = "$9,000 in May", source = "The fund", date = TODAY }'),
        Field("helped", "How many were helped.", '{ text = "120 families", source = "The fund", date = TODAY }'),
        Field("who_may_ask", "Who may ask.", '{ text = "Members on strike", source = "The fund", date = TODAY }'),
        Field("how_to_ask", "How one asks.", '{ text = "By a form on its page", source = "The fund", date = TODAY }'),
        Field("how_long", "How long it takes.", '{ text = "About a week", source = "The fund", date = TODAY }'),
        Field(
            "bank",
            "An account, shown only once it is signed. In place of iban: account, with routing (US), sort_code (UK) "
            "or bsb (Australia).",
            '[{ holder = "The Hardship Fund", iban = "GB82 WEST 1234 5698 7654 32", bic = "WESTGB22", bank = "A bank", '
            'reference = "Strike", source = "The fund’s page", date = TODAY }]',
        ),
        Field(
            "cheque",
            "Cheques, shown only once the payee and the address are signed.",
            '[{ payable_to = "The Hardship Fund", address = "PO Box 1, Harbour", note = "“Strike” on the back", '
            'source = "The fund’s page", date = TODAY }]',
        ),
        Field(
            "goods",
            "What is wanted in kind, where, and until when.",
            '[{ what = "Tinned food", where = "The hall, 1 Quay", until = TODAY, source = "The fund", date = TODAY }]',
        ),
        Field(
            "closed",
            'Since when it takes nothing more; what = "giving" or "help" where only one of them has ended.',
            '{ date = TODAY, what = "giving", text = "It has what it needs.", source = "The fund’s page" }',
        ),
        Field("verified_on", "Who looked at the links, and when: both, or neither. A check lasts 90 days.", "TODAY"),
        Field("verified_by", "See verified_on.", '"Your name"'),
        Field(
            "archive_url", "A kept copy of its page.", '"https://web.archive.org/web/2026/https://fund.example.org/"'
        ),
        Field("active_from", "A campaign’s first day.", "TODAY"),
        Field("active_until", "A campaign’s last day. From the day after it, the record is to be taken out.", "TODAY"),
    ),
)


def _new_fund(given: Answers, newsroom: Newsroom) -> Mapping[Path, str]:
    path = newsroom.content / FILE
    taken = toml_tables.read(path, {"fund": Fund}).ids["fund"]
    values = {**given, "id": slugs.free(slugs.slug(given["name"]) or "fund", taken)}
    return {path: appended(path, FUND.entry(values), BEGUN)}


def _check(newsroom: Newsroom) -> Iterator[Problem]:
    read = toml_tables.read(newsroom.content / FILE, {"fund": Fund})
    yield from read.problems
    yield from pages.problems(read, newsroom.now.date())
    yield from pages.resembling(read)


_SAID = (
    "Nobody has signed it, so that only its name is shown: ./inv verify shows the evidence, --sign “Your Name” signs."
)
FORMS = (Form("fund", "name", FUND.fields, _new_fund, _check, said=_SAID),)
EXAMPLES = (Examples(FILE, commented((FUND,)), BEGUN),)
