"""Words for a network: as long as it counts, and nothing in them that means something to it."""

import pytest

from plugins.announce.post_words import fitted, graphemes, harmless

FAMILY = "👩‍👩‍👧‍👦"


def test_a_reader_s_character_counts_as_one() -> None:
    """An emoji of seven code points, a letter with its accent apart, a flag."""
    assert [graphemes(text) for text in (FAMILY, "e\u0301", "🇩🇪", "ab")] == [1, 1, 1, 2]


@pytest.mark.parametrize("letter", ["a", FAMILY, "é", "あ"])
@pytest.mark.parametrize("room", [1, 30, 80, 300])
def test_what_is_cut_fits_and_is_cut_between_characters(letter: str, room: int) -> None:
    """Whatever it is made of; the opening is whole wherever it fits."""
    opening, rest = (letter * 9 + " ") * 3 + letter, (letter * 12 + " ") * 50
    text = fitted(opening, rest, room, graphemes)
    assert graphemes(text) <= room
    assert "\ufffd" not in text and not text.endswith("\u200d")
    assert text.startswith(opening) is (graphemes(opening) <= room)


def test_what_fits_is_not_changed() -> None:
    """And an empty rest leaves no empty lines."""
    assert fitted("One", "Two", 300, graphemes) == "One\n\nTwo"
    assert fitted("One", "", 300, graphemes) == "One"


def test_nobody_is_mentioned_and_nothing_is_a_link() -> None:
    """A headline of a stranger's may say @someone, or an address, and a network would make something of it."""
    said = harmless("@boss and a@b.example: https://evil.example/ at 9:30")
    assert "@boss" not in said and "https://" not in said
    assert said.replace("\u2060", "") == "@boss and a@b.example: https://evil.example/ at 9:30"
