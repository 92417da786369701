"""Characters that hide, heap and widen: bounded, while every script passes untouched."""

import unicodedata

import pytest

from plugins.core.text.characters import clean, is_seen
from plugins.core.text.plain_text import plain_line

SCRIPTS = {
    "Vietnamese, decomposed": unicodedata.normalize("NFD", "Người lao động đình công ở Thừa Thiên"),
    "Hebrew with points and accents": "בְּרֵאשִׁ֖ית בָּרָ֣א אֱלֹהִ֑ים",
    "Arabic, fully voiced": "بِسْمِ ٱللَّهِ ٱلرَّحْمَٰنِ",
    "Persian with a joiner": "می\u200cخواهم",
    "Thai": "เก้าอี้ที่นี่ น้ำท่วม ผู้คน",
    "Hindi with conjuncts": "हड़ताल क्षत्रिय राष्ट्रीय र्\u200dक",
    "Sinhala with a joiner": "ශ්\u200dරී ලංකා",
    "Burmese": "မြန်မာ ကြွေ့",
    "Tibetan stacks": "བརྒྱུད ཧྐྵྨླྺྼྻྂ",
    "Korean, decomposed": unicodedata.normalize("NFD", "한국 노동자 파업"),
    "Japanese with a selector": "葛\U000e0100城市 か\u309a",
    "Families and couples": "👩\u200d👩\u200d👧\u200d👦 👩🏽\u200d❤\ufe0f\u200d💋\u200d👨🏿",
    "Flags": "🇺🇸🇩🇪 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f 🏳\ufe0f\u200d🌈",
    "Keycaps": "1\ufe0f\u20e3 #\ufe0f\u20e3",
}
HEAPS = {
    "accents": "a" + "\u0301" * 450,
    "Thai tones": "ก" + "\u0e49" * 450,
    "accents and joiners": "a" + "\u034f\u0301" * 225,
    "Arabic signs and joiners": "ا" + "\u064b\u200c" * 225,
    "skin tones": "👍" + "🏻" * 450,
    "selectors": "葛" + "\U000e0100" * 450,
    "signs before numbers": "\u0600" * 450,
    "Hangul's first parts": "\u1100" * 450,
    "conjuncts": "क\u094d" * 225,
}


@pytest.mark.parametrize("text", SCRIPTS.values(), ids=list(SCRIPTS))
def test_scripts_pass_untouched(text: str) -> None:
    """What people write in any language, and the pictures they put into headlines, stay as they are."""
    assert clean(text) == text
    assert plain_line(text) == text


@pytest.mark.parametrize("text", HEAPS.values(), ids=list(HEAPS))
def test_nothing_that_cannot_be_broken_is_long(text: str) -> None:
    """A letter keeps eight of 450 marks, and so does every other run that a browser cannot break."""
    assert len(clean(f"Strike {text} over")) <= len("Strike  over") + 16
    assert clean(clean(text)) == clean(text)


def test_joined_pictures_come_apart_where_they_are_too_many() -> None:
    """Two hundred pictures joined to one are two hundred pictures, which have a place to break between them."""
    assert clean("👩\u200d" * 200 + "👩") == "👩" * 201


def test_tags_hide_nothing_but_in_flags() -> None:
    """Tag letters, with which text is hidden in a headline, go; a region's flag keeps its own."""
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "buy")
    assert clean(f"Strike{hidden}") == "Strike"


@pytest.mark.parametrize(
    "text",
    ["\u3164", "\u2800\u2800", "\u115f\u1160", "\ufe0f\ufe0f", "\u034f", "\u0301\u0301", "&shy;&#x200b;", "\ufffc"],
)
def test_a_line_of_fillers_is_empty(text: str) -> None:
    """A title or a name in which a reader would see nothing is none: its link could not be found, or pressed."""
    assert plain_line(text) == ""


@pytest.mark.parametrize("text", ["!", "7", "大", "🪧", "हि", "…", "A\u3164"])
def test_a_line_with_anything_to_see_is_not(text: str) -> None:
    """One sign is enough."""
    assert plain_line(text) == text
    assert is_seen(text)
