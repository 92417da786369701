"""Ways to give besides a link: accounts, cheques, goods."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from plugins.core.config.toml_tables import Tables
from plugins.funds import data_file, pages
from plugins.funds.giving_ways import Bank, has_account_number
from plugins.funds.model import Alarm, Fund, FundRow, FundView, Signature

TODAY = date(2026, 3, 1)
SAID = {"source": "Its page", "date": "2026-01-12"}
IBAN = {"holder": "Relief", "iban": "GB82 WEST 1234 5698 7654 32", **SAID}
CHECKED = {"verified_on": "2026-02-20", "verified_by": "A."}


def fund(**values: object) -> Fund:
    """Return a fund that takes transfers and cheques, and was checked nine days ago."""
    cheque = {"payable_to": "Relief", "address": "PO Box 1\nHarbour", **SAID}
    record = {"id": "a", "name": "A", "url": "https://a.example.org/", "hosts": ["a.example.org"], "bank": IBAN}
    return Fund.model_validate({**record, "cheque": [cheque], **CHECKED, **values})


def signed(of: Fund, on: date = date(2026, 2, 20)) -> FundRow:
    """Return the row of a fund as it was signed."""
    titles = dict.fromkeys(of.links().values(), "")
    signature = Signature(on=on, by="A.", hosts=of.hosts, titles=titles, payees=of.payees())
    return FundRow(fund=of.id, signed=signature)


def view(of: Fund, row: FundRow) -> FundView:
    """Return the fund as pages show it."""
    return pages.views([of], TODAY, 90, {of.id: row})[0]


@pytest.mark.parametrize(
    "account",
    [
        {"iban": "GB82 WEST 1234 5698 7654 32"},
        {"iban": "de89370400440532013000", "bic": "COBADEFFXXX"},
        {"routing": "021000021", "account": "0123 4567"},
        {"sort_code": "12-34-56", "account": "12345678"},
        {"bsb": "062-000", "account": "12345678"},
    ],
)
def test_an_account_is_of_one_kind(account: dict[str, str]) -> None:
    """Each country's form is taken as it is written there."""
    assert Bank.model_validate({"holder": "Relief", **account, **SAID}).number.isalnum()


@pytest.mark.parametrize(
    "account",
    [
        {},
        {"iban": "GB82 WEST 1234 5698 7654 33"},  # a digit
        {"iban": "GB82 WEST 1234 5698 7654 3"},  # one too few
        {"iban": "ZZ82 WEST 1234 5698 7654 32"},
        {"iban": "GB82 WEST 1234 5698 7654 32", "account": "1"},
        {"iban": "GB82 WEST 1234 5698 7654 32", "sort_code": "12-34-56", "account": "12345678"},
        {"iban": "GB82 WEST 1234 5698 7654 32", "bic": "WEST"},
        {"routing": "021000022", "account": "01234567"},
        {"routing": "021000021"},
        {"sort_code": "123456", "account": "12345678"},
    ],
)
def test_what_cannot_be_an_account_is_refused(account: dict[str, str]) -> None:
    """A digit that slipped would send a gift to nobody, or to somebody else."""
    with pytest.raises(ValidationError):
        Bank.model_validate({"holder": "Relief", **account, **SAID})


@pytest.mark.parametrize(
    "text", ["To GB82 WEST 1234 5698 7654 32 please", "gb82west12345698765432", "DE89-3704-0044-0532-0130-00"]
)
def test_no_account_hides_in_another_text(text: str) -> None:
    """There nobody could sign it."""
    assert has_account_number(text)
    for key in ("pays_for", "evidence", "name"):
        with pytest.raises(ValidationError, match="account number"):
            fund(**{key: text})
    with pytest.raises(ValidationError, match="account number"):
        fund(raised={"text": text, **SAID})


def test_ordinary_words_and_numbers_are_no_account() -> None:
    """Nor is what merely looks like one."""
    assert not has_account_number("On 20 June 2023 AB12 strikers of local 1234 5678 9012 got $14,800,000 by BY86 buses")


def test_only_what_was_signed_to_the_letter_is_shown() -> None:
    """A check by hand signs no account; a changed letter takes the account and the button away; time does too."""
    given = fund()
    assert view(given, signed(given)).bank and view(given, signed(given)).button
    by_hand = view(given, FundRow(fund="a"))
    assert (by_hand.button, by_hand.bank, by_hand.cheque, by_hand.why_no_account) == (True, (), (), "unsigned")
    changes: list[dict[str, Any]] = [
        {"bank": {**IBAN, "iban": "DE89370400440532013000"}},
        {"bank": {**IBAN, "holder": "Relive"}},
        {"bank": [IBAN, {**IBAN, "iban": "DE89370400440532013000"}]},
        {"cheque": {"payable_to": "Relief", "address": "PO Box 2\nHarbour", **SAID}},
    ]
    for change in changes:
        seen = view(fund(**change), signed(given))
        assert (seen.button, seen.bank, seen.cheque, seen.why_no_account) == (False, (), (), "changed"), change
    anew = fund(bank={**IBAN, "holder": "Relive"}, verified_on="2026-02-28", verified_by="Eve")
    assert view(anew, signed(given)).bank == ()
    assert view(fund(), signed(given, date(2025, 11, 1))).why_no_account == "old"
    alarmed = signed(given).model_copy(update={"alarms": (Alarm(kind="dead", text="url is dead"),)})
    assert (view(given, alarmed).bank, view(given, alarmed).why_no_account) == ((), "alarm")
    assert "GB82" not in data_file.as_json([by_hand, view(given, alarmed)], "https://s.example")


def test_one_account_is_one_fund_and_an_editor_hears_of_what_is_not_shown() -> None:
    """A second record with the account of a first is a mistake, or worse; an unsigned one is a notice."""
    tables = Tables(
        "funds.toml", {"fund": [fund(), fund(id="b", url="https://b.example.org/", hosts=["b.example.org"])]}
    )
    assert [one.what for one in pages.problems(tables, TODAY)] == ["b has the account of a"]
    told = [one.what for one in pages.notices(tables, TODAY, pages.views(tables.rows["fund"], TODAY, 90))]
    assert told == [f"{name}: its accounts and payees are not shown: nobody has signed them" for name in ("a", "b")]


@pytest.mark.parametrize(
    ("closed", "button", "gives", "helps"),
    [
        ({"date": "2026-03-01"}, False, False, False),
        ({"date": "2026-03-02"}, True, True, True),
        ({"date": "2026-02-01", "what": "giving"}, True, False, True),
        ({"date": "2026-02-01", "what": "help"}, True, True, False),
    ],
)
def test_a_closed_fund_has_no_way_to_give(closed: dict[str, str], button: bool, gives: bool, helps: bool) -> None:
    """From its day on, and not before; to those who give, to those who ask, or to both."""
    given = fund(get_help="https://a.example.org/help", closed={**closed, "source": "Its page"})
    seen = view(given, signed(given))
    assert (seen.button, bool(seen.give_link), bool(seen.help_link)) == (button, gives, helps)
    assert bool(seen.bank or seen.cheque) is gives


def test_goods_are_wanted_until_their_last_day_and_facts_have_a_day_that_was() -> None:
    """What is over is not shown; what its source is to say tomorrow nobody can know."""
    goods = {"what": "Tins", "where": "The hall", **SAID}
    for until, shown in (("2026-03-01", 1), ("2026-02-28", 0)):
        given = fund(goods={**goods, "until": until})
        assert len(view(given, signed(given)).goods) == shown
    tables = Tables("funds.toml", {"fund": [fund(raised={"text": "$1", "source": "It", "date": "2026-04"})]})
    assert [one.what for one in pages.problems(tables, TODAY)] == ["a: raised is of a day to come (2026-04)"]
