"""Funds as pages show them."""

from datetime import date

import pytest

from plugins.core.config.toml_tables import Tables
from plugins.funds import pages
from plugins.funds.model import Fund, FundRow

TODAY = date(2026, 3, 1)


def fund(**values: object) -> Fund:
    """Return a fund nobody has checked."""
    given = {"id": "a", "name": "A", "url": "https://fund.example.org/", "hosts": ["fund.example.org"]}
    return Fund.model_validate(given | values)


@pytest.mark.parametrize(
    ("checked", "button", "why"),
    [
        ({}, False, "unchecked"),
        ({"verified_on": "2026-02-28", "verified_by": "E."}, True, ""),
        ({"verified_on": "2025-12-01", "verified_by": "E."}, True, ""),
        ({"verified_on": "2025-11-30", "verified_by": "E."}, False, "old"),
    ],
)
def test_only_a_fresh_check_carries_a_button(checked: dict[str, str], button: bool, why: str) -> None:
    """A check lasts ninety days, and then the page says why there is no button."""
    (view,) = pages.views([fund(**checked)], TODAY, 90)
    assert (view.button, view.why) == (button, why)


def test_an_address_is_printed_whole() -> None:
    """Of two pages of one host one may be another's: what a reader compares with their browser has its path."""
    give = "https://fund.example.org/donate/?to=strike"
    signed = fund(give=give, get_help="https://fund.example.org/help/", verified_on="2026-02-28", verified_by="E.")
    (view,) = pages.views([signed], TODAY, 90)
    assert (view.give_address, view.help_address) == ("fund.example.org/donate/?to=strike", "fund.example.org/help")


@pytest.mark.parametrize("alarms", [(), ({"kind": "new host", "text": "elsewhere"},)])
def test_what_nobody_signed_has_no_address(alarms: tuple[dict[str, str], ...]) -> None:
    """Whatever prints a fund gets nothing of its record that leads anywhere, after an alarm neither."""
    links = {"give": "https://fund.example.org/give", "get_help": "https://fund.example.org/help"}
    vouches = [{"who": "A union", "url": "https://union.example.org/fund"}]
    record = fund(**links, vouches=vouches, archive_url="https://archive.example.org/fund")
    row = FundRow.model_validate({"fund": "a", "alarms": alarms, "alarm_since": "2026-02-01" if alarms else None})
    (view,) = pages.views([record], TODAY, 90, {"a": row})
    assert view.why == ("alarm" if alarms else "unchecked")
    assert "example.org" not in repr(view)


def test_a_fund_like_another_is_refused_until_a_person_signs_it() -> None:
    """A known fund's name, a host like its own: of two that nobody has signed, the later one."""
    known = fund(id="known", name="The Hardship Fund", verified_on="2026-02-28", verified_by="E.")
    copies = [
        fund(id="b", name="Hardship Fund", url="https://other.example/", hosts=["other.example"]),
        fund(id="c", name="Relief", url="https://fund.examp1e.org/", hosts=["fund.examp1e.org"]),
        fund(id="d", name="Rent", legal_name="The Hardship Fund", url="https://rent.example/", hosts=["rent.example"]),
    ]
    copies.append(fund(id="f", name="Meals", url="https://meals.example/", hosts=["meals.example", "fund-example.org"]))
    sound = fund(id="e", name="Strike Kitchen", url="https://kitchen.example/", hosts=["kitchen.example"])
    told = pages.resembling(Tables("funds.toml", {"fund": [*copies, sound, known]}))
    assert [one.what.split(" looks")[0].split(" has")[0] for one in told] == [
        "b: name: it",
        "c: url: it",
        "d: legal_name: it",
        "f: hosts: it",
    ]
    assert all("Hardship Fund" in one.what or "fund.exam" in one.what for one in told)
    signed = [one.model_copy(update={"verified_on": TODAY, "verified_by": "E."}) for one in copies]
    assert pages.resembling(Tables("funds.toml", {"fund": [*signed, sound, known]})) == []


def test_checked_funds_come_first() -> None:
    """A reader meets first what can be trusted."""
    shown = pages.views([fund(), fund(id="b", verified_on="2026-02-28", verified_by="E.")], TODAY, 90)
    assert [view.id for view in shown] == ["b", "a"]


@pytest.mark.parametrize(
    ("values", "what"),
    [
        ({"give": "https://elsewhere.example/"}, "a: give host elsewhere.example is not on the fund's record"),
        ({"hosts": ["fund.example.org", "bit.ly"]}, "a: hosts host is a link shortener"),
        ({"active_until": "2026-02-28"}, "a: its campaign ended on 2026-02-28"),
    ],
)
def test_a_record_that_cannot_be_trusted_is_a_problem(values: dict[str, object], what: str) -> None:
    """Such a fund stops the build; it is not shown with a warning."""
    tables = Tables("funds.toml", {"fund": [fund(**values)]})
    (problem,) = pages.problems(tables, TODAY)
    assert problem.what.startswith(what)


def test_one_page_is_one_fund() -> None:
    """Two records of one address are a mistake."""
    tables = Tables("funds.toml", {"fund": [fund(), fund(id="b")]})
    assert [one.what for one in pages.problems(tables, TODAY)] == ["b has the url of a"]
