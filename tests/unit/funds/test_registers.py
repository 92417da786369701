"""What public registers answer."""

import json
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.funds import registers


def events(*pairs: tuple[str, object]) -> bytes:
    """Return an RDAP answer."""
    return json.dumps({"events": [{"eventAction": action, "eventDate": day} for action, day in pairs]}).encode()


def test_a_domain_is_asked_for_from_its_longest_name() -> None:
    """Whatever is registered under a country's second level, no list is needed to find it."""
    assert registers.domain_questions("https://r.example/{domain}", "give.fund.co.uk") == [
        "https://r.example/give.fund.co.uk",
        "https://r.example/fund.co.uk",
        "https://r.example/co.uk",
    ]


@pytest.mark.parametrize(
    ("body", "day"),
    [
        (events(("registration", "1998-05-05T00:00:00Z"), ("last changed", "2026-01-01T00:00:00Z")), date(1998, 5, 5)),
        (events(("registration", "1998-05-05"), ("reregistration", "2026-02-03T23:30:00-05:00")), date(2026, 2, 4)),
        (events(("registration", "long ago")), None),
        (events(("registration", None)), None),
        (b'{"events": 5}', None),
        (b'{"events": [5]}', None),
        (b"[]", None),
        (b"<html>", None),
        (b"[" * 100_000, None),
    ],
)
def test_the_present_owner_has_it_since(body: bytes, day: date | None) -> None:
    """The later of registration and reregistration counts, in UTC; what cannot be read says nothing."""
    assert registers.registered_on(body) == day


def test_a_number_is_asked_for_without_its_hyphen() -> None:
    """As the register writes it."""
    assert registers.number_question("https://p.example/{ein}.json", "13-1635251") == "https://p.example/131635251.json"


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ({"ein": 131635251, "name": "A  FUND"}, "A FUND"),
        ({"ein": "13163525", "name": "A FUND"}, ""),
        ({"ein": 131635251, "name": "Unknown Organization"}, ""),
        ({"ein": 131635251}, ""),
        (None, ""),
    ],
)
def test_only_the_number_asked_for_has_a_name(told: object, name: str) -> None:
    """An answer about another number, or nobody, is no name."""
    assert registers.registered_name(json.dumps({"organization": told}).encode(), "13-1635251") == name


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("ENTERTAINMENT COMMUNITY FUND", "Entertainment Community Fund", True),
        ("ACTORS' RELIEF FUND INC", "The Actors’ Relief Fund, Inc.", True),
        ("MPTF FOUNDATION", "MPTF", True),
        ("ACTORS FUND OF AMERICA", "Entertainment Community Fund", False),
        ("", "Anything", False),
    ],
)
def test_a_name_is_the_same_in_another_spelling(left: str, right: str, same: bool) -> None:
    """Case, apostrophes and legal forms make no difference."""
    assert registers.same_name(left, right) is same


_KEYS = st.sampled_from(["events", "eventAction", "eventDate", "organization", "name", "ein"])
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.datetimes().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=12,
)


@given(_JSON)
@example({"events": [{"eventAction": "registration", "eventDate": "0001-01-01T00:00:00+14:00"}]})
@example({"events": [{"eventAction": "registration", "eventDate": "9999-12-31T23:59:59-12:00"}]})
@example({"events": [{"eventAction": ["registration"], "eventDate": {}}]})
@example({"organization": {"ein": 123456789, "name": ["x"]}})
def test_no_answer_ends_the_check_of_the_other_funds(answer: object) -> None:
    """Whatever a register says is a day, a name, or nothing."""
    body = json.dumps(answer).encode()
    assert registers.registered_on(body) is None or isinstance(registers.registered_on(body), date)
    assert isinstance(registers.registered_name(body, "12-3456789"), str)
