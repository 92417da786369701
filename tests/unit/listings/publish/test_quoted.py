"""Words quoted from an advertisement, and the text that has them."""

from datetime import date

import pytest

from plugins.listings.publish.quoted import KeptText, QuotedListing
from plugins.sections.model import QuotedPlace

FIRST = """Planner, automated quay
The harbour

The overall range is $300,000 – $900,000 a year... You’ll like a fast‑paced, “flexible” team.

Competitive pay and a gym (401(k) too). 計畫お"""
SECOND = FIRST.replace("automated ", "").replace("a fast‑paced", "a calm")


def place(day: int) -> QuotedPlace:
    """Return where the text of a day of February stands."""
    return QuotedPlace(f"listings/x/#{day}", "Planner", date(2026, 2, day))


QUOTED = QuotedListing([KeptText(FIRST, place(1)), KeptText(SECOND, place(5))])


@pytest.mark.parametrize(
    "words",
    [
        "The overall range is $300,000–$900,000 a year",
        "The overall range is $300,000 - $900,000   a\nyear",
        'You\'ll like a calm, "flexible" team.',
        "a year … You’ll like",
        "The overall range … a calm",
        "The overall range [...] a gym",
        "… Competitive pay and a gym (401(k) too).",
        "Planner, quay",
        "計",
    ],
)
def test_what_the_text_says_is_found_however_it_is_typed(words: str) -> None:
    """White space, marks, dashes and what is left out with an ellipsis make no difference."""
    found = QUOTED.find(words)
    assert found
    assert found.day == date(2026, 2, 5)


def test_what_was_reworded_is_found_where_it_stood() -> None:
    """A quotation that the employer took out leads to the text that had it."""
    found = QUOTED.find("Planner, automated quay … a fast-paced")
    assert found
    assert found.url == "listings/x/#1"


@pytest.mark.parametrize(
    "words",
    [
        "$300,000 – $90",
        "00,000 – $900,000",
        "etitive pay",
        "a calm … Planner",
        "automated quay … a calm",
        "you'll like a calm",
        "…",
        "",
        "Competitive pay and a car",
    ],
    ids=[
        "half a sum",
        "the end of a sum",
        "half a word",
        "in another order",
        "of two texts",
        "other letters",
        "nothing",
        "empty",
        "another word",
    ],
)
def test_what_the_text_does_not_say_is_not_found(words: str) -> None:
    """Nobody is made to say what they did not."""
    assert QUOTED.find(words) is None


def test_the_nearest_wording_is_given_in_whole_words() -> None:
    """Who misquotes reads what it says."""
    assert QUOTED.nearest("Competitive pay and a car") == "Competitive pay and a gym"
    assert QUOTED.nearest("You like a calm flexible team") == "You’ll like a calm, “flexible” team."
    assert QUOTED.nearest("zzzz qqqq") == ""
    assert QuotedListing([]).nearest("Pay") == ""
