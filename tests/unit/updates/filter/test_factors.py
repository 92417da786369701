"""Factors: what a pattern cannot do without is found, and never asked of a text that has the pattern."""

import re

import pytest

from plugins.updates.filter.factors import factors
from plugins.updates.filter.folding import fold
from plugins.updates.filter.term_index import Vocabulary
from plugins.updates.filter.terms import Pattern, read_term


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"\bstrik(?:es?|ing)\b", (("strik",),)),
        (r"(?:writers?|actors?) on strike", (("actor", "writer"), ("on",), ("strike",))),
        (r"(?:workers)?\d{3}[a-z]", ()),
        (r"a|strike", ()),
        (r"(?!strike)(?:picket){2}", (("picket",),)),
    ],
)
def test_the_letters_a_pattern_needs(pattern: str, expected: tuple[tuple[str, ...], ...]) -> None:
    """Alternatives are one group; what may be left out, or is forbidden, is none."""
    assert factors(pattern) == expected


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("strike", "STRIKE!"),
        ("strike", "ſtriKe"),
        ("pickets", "pİckets"),
        ("gr[eè]ve", "La Grève"),
        ("caf\\W", "caf\u00ad"),
        ("walk-?out", "walk\u2011out"),
    ],
)
def test_no_text_that_has_the_pattern_is_passed_over(pattern: str, text: str) -> None:
    """Letters that only ignoring case, or folding, makes equal count as they do for the search itself."""
    term = read_term(f"/{pattern}/", Vocabulary())
    assert isinstance(term, Pattern)
    folded = fold(text)
    looked = bool(re.search(pattern, folded, re.IGNORECASE) or re.search(pattern, text, re.IGNORECASE))
    assert term.found_in(folded, text) == looked
    assert not looked or term.likely_in(folded)
