"""A headline is set in lines that fit, and said only where the typeface can say it."""

from hypothesis import given
from hypothesis import strategies as st

from plugins.cards.typesetting import legible, lines, shortened

_PLAIN = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,:;!?'\"-$ ")


def _has(letter: str) -> bool:
    return letter in _PLAIN


def test_typographic_signs_give_way_to_plain_ones() -> None:
    """Quotes, dashes and spaces a face lacks become those it has."""
    assert legible("“No\u00a0deal” – it’s over…", _has) == '"No deal" - it\'s over...'


def test_ornaments_are_left_out() -> None:
    """A headline loses its emoji, whole sequences of them, and nothing else."""
    assert legible("Day 100 ✊🏽 of it ❤️", _has) == "Day 100 of it"


def test_what_a_face_cannot_say_is_not_said() -> None:
    """A word in letters the face lacks is never spelt without them."""
    assert legible("Café", _has) is None
    assert legible("俳優たちのストライキ", _has) is None
    assert legible("¿Qué pasa?", lambda letter: letter != "¿") is None


@given(st.text(st.characters(codec="utf-8"), max_size=200), st.integers(1, 60), st.integers(1, 6))
def test_lines_hold_the_whole_text(text: str, width: int, most: int) -> None:
    """No line is wider than the card unless a letter is, and no letter is lost."""
    rows = lines(text, width, most, len)
    if rows is not None:
        assert len(rows) <= most
        assert all(len(row) <= width for row in rows)
        assert "".join("".join(rows).split()) == "".join(text.split())


def test_a_headline_without_end_is_soon_set() -> None:
    """A feed cannot hold a build up: of one word of 4,000 letters, or of many words, no letter is measured alone."""
    for text in ("x" * 4000, "x " * 2000):
        measured: list[str] = []

        def length(row: str, measured: list[str] = measured) -> float:
            measured.append(row)
            return len(row)

        assert lines(text, 40, 6, length) is None
        assert len(shortened(text, 40, 6, length)) <= 6
        assert len(measured) < 5000


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=400), st.integers(8, 40))
def test_what_does_not_fit_is_shortened(text: str, width: int) -> None:
    """A headline too long for the card ends in a sign that there is more, within its lines."""
    rows = shortened(text, width, 3, len)
    assert len(rows) <= 3
    assert all(len(row) <= width for row in rows)
