"""Make a reader's issue about a fund a record at the end of funds.toml, which nobody has signed.

It has no button before a person has looked at it with `./inv verify --sign`. Reads what is there and writes nothing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError

from plugins.core import files
from plugins.core.config import checked, toml
from plugins.core.config.fields import quoted
from plugins.core.errors import Problem, SiteError
from plugins.core.text import slugs
from plugins.core.text.urls import canonical, host
from plugins.funds import pages
from plugins.funds.model import Fund
from plugins.sections import issue_entries
from plugins.sections.issue_entries import Issue, IssueEntry
from plugins.sections.model import Newsroom

KIND = "fund"
NEEDS = frozenset({"name", "url"})
_FIELDS = {
    "name": "name",
    "url": "url",
    "hosts": "url",
    "legal_name": "legal-name",
    "ein": "legal-name",
    "vouches": "vouches",
    "get_help": "get-help",
    "pays_for": "pays-for",
}
_EIN = re.compile(r"\(?(?:EIN|Tax ID)[ :#.]*(?P<a>\d\d)-?(?P<b>\d{7})\b\)?|\(?\b(?P<c>\d\d)-(?P<d>\d{7})\b\)?", re.I)
_ADDRESS = re.compile(r"https?:|www\.\S+|\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S*", re.I)
_LONG = 300
_ADDRESSES = ("url", "get-help", "vouches")
_MOST = {"name": 150, "legal-name": 300} | dict.fromkeys(_ADDRESSES, 2_000)
"""The longest answers that are taken, in characters."""
_HEAD = """\
# ---- From {origin}. Nobody has looked at it: follow its links, look its number up, ask who vouches for it, and sign
# it with ./inv verify --sign "Your Name". A host stands in hosts only after somebody has checked whose it is.
"""

Rows = Sequence[Mapping[str, Any]]


def make(issue: Issue, newsroom: Newsroom) -> IssueEntry:
    """Return funds.toml with the fund at its end. Raises SiteError where funds.toml has problems of its own."""
    path = newsroom.content / "funds.toml"
    where = files.display_path(path)
    before = files.read_text(path) if path.exists() else "# Places to give, and to get help.\n"
    document, rows = _read(before, where)
    given = _record(issue, {str(row.get("id")) for row in rows})
    problems = _faults(issue, given)
    problems += issue_entries.length_problems(issue, _MOST) or issue_entries.host_problems(issue, _ADDRESSES)
    problems += _known_already(issue, given, document, rows, where)
    problems += [*_resembling(issue, given, rows), *_addresses_in_words(issue)]
    if problems:
        return IssueEntry({}, problems=tuple(problems))
    record = "\n".join(_toml_pairs(given))
    text = f"{before.rstrip()}\n\n{_HEAD.format(origin=issue.origin)}[[fund]]\n{record}\n"
    _verify(text, given, rows, where)
    said = [f"Look at it: ./inv verify --fund {given['id']}"]
    if relation := issue.line("relation"):
        said.insert(0, f"{issue.labels['relation']} {relation}")
    return IssueEntry({path: text}, said=tuple(said))


def _read(text: str, where: str) -> tuple[toml.ParsedToml, Rows]:
    read = toml.read(text, where)
    rows = read.data.get("fund", [])
    _, problems = checked.check_all(Fund, rows, "fund", where, read.line_of, read.unparsable)
    if read.problems or problems:
        raise SiteError([*read.problems, *problems])
    return read, rows


def _record(issue: Issue, taken: set[str]) -> dict[str, Any]:
    """Return a record's values as funds.toml will have them; those without an answer are left out."""
    name, url, help_url = issue.line("name"), issue.line("url"), issue.line("get-help")
    legal, ein = _holder(issue.line("legal-name", _LONG))
    hosts = dict.fromkeys([_netloc(url), _netloc(help_url)])
    vouches = []
    if voucher := issue.line("vouches"):
        vouches.append({"who": host(voucher) or voucher, "url": voucher})
    values = {
        "id": slugs.free(slugs.slug(name) or "fund", taken),
        "name": name,
        "url": url,
        "hosts": list(filter(None, hosts)),
        "pays_for": issue.line("pays-for", _LONG),
        "get_help": help_url,
        "legal_name": legal,
        "ein": ein,
        "vouches": vouches,
    }
    return {key: value for key, value in values.items() if value or key in {"name", "url"}}


def _holder(answer: str) -> tuple[str, str]:
    """Return who holds the money, and the US tax number among the words, "" where there is none."""
    number = _EIN.search(answer)
    if number is None:
        return answer, ""
    name = f"{answer[: number.start()].rstrip(' ,;:–—-')} {answer[number.end() :].lstrip(' ,;:.–—-')}"
    return name.strip(), f"{number['a'] or number['c']}-{number['b'] or number['d']}"


def _faults(issue: Issue, given: Mapping[str, Any]) -> list[Problem]:
    """Hold the record to its model, and its links to the rules for all: at most one problem for each field."""
    _, problems = issue_entries.check(Fund, {**given, "hosts": given.get("hosts") or ["none"]}, issue, _FIELDS)
    links = {key: given[key] for key in ("url", "get_help") if given.get(key)}
    cited: dict[pages.Keys, str] = {}
    for number, one in enumerate(given.get("vouches", ())):
        cited["vouches", number, "url"] = one["url"]
    for keys, fault in pages.faults(links, given.get("hosts", ()), "", cited):
        field = _FIELDS[str(keys[0])]
        label = issue.labels.get(field, field)
        if not any(problem.what.startswith(f"{label}: ") for problem in problems):
            problems.append(issue.problem(field, fault, "give the page's own https address"))
    return problems


def _known_already(
    issue: Issue, given: Mapping[str, Any], document: toml.ParsedToml, rows: Rows, where: str
) -> Iterator[Problem]:
    """Refuse a fund whose page or number a record has already."""
    for number, row in enumerate(rows):
        if canonical(str(row.get("url", ""))) == canonical(given["url"]):
            line = document.line_of(["fund", number, "url"])
            yield issue.problem("url", f"is that of {row.get('id')} ({where}:{line})", "add to that record what is new")
        if given.get("ein") and row.get("ein") == given["ein"]:
            line = document.line_of(["fund", number, "ein"])
            what = f"{given['ein']} is the number of {row.get('id')} ({where}:{line})"
            yield issue.problem("legal-name", what, "add to that record what is new")


def _resembling(issue: Issue, given: Mapping[str, Any], rows: Rows) -> Iterator[Problem]:
    """Refuse a fund that could be taken for one on record, whose name, host or page its own are like."""
    try:
        fund = Fund.model_validate(given)
    except ValidationError:  # which is told of already
        return
    known = list(map(Fund.model_validate, rows))
    remedy = "follow its links and ask who it is; a fund of its own is written by hand, and signed: ./inv new fund"
    for key, what in pages.resemblances(fund, known):
        yield issue.problem(_FIELDS.get(key, key), what, remedy)


def _addresses_in_words(issue: Issue) -> Iterator[Problem]:
    """Refuse an address among words that are printed before anybody has looked at the fund."""
    for field in ("name", "legal-name", "pays-for"):
        if found := _ADDRESS.search(issue.line(field)):
            what = f"has an address in it (got {found[0][:60]})"
            yield issue.problem(field, what, "take it out: no address of a fund is printed before it is signed")


def _netloc(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""


def _toml(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    if isinstance(value, dict):
        return f"{{ {', '.join(_toml_pairs(value))} }}"
    return quoted(str(value))


def _toml_pairs(values: Mapping[str, object]) -> list[str]:
    return [f"{key} = {_toml(value)}" for key, value in values.items()]


def _verify(text: str, given: Mapping[str, Any], rows: Rows, where: str) -> None:
    """Make sure that the file says what it said and the new record, and nothing more."""
    read = toml.read(text, where)
    if read.problems or read.data.get("fund") != [*rows, given]:
        raise SiteError([Problem(where, 0, "the answers cannot be written safely", "write this record by hand")])
