"""A card is a small PNG of the size readers of og:image want, the same each time."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from plugins.cards.draw import drawn
from plugins.cards.fonts import Face, face
from plugins.cards.model import HEIGHT, PAPER, RED, WIDTH, Card
from plugins.core.errors import SiteError

_LONG = "The studios said the offer was historic, and the union said it was history repeating itself; " * 6


def _card(headline: str) -> Card:
    return Card(headline, "The wire", "Picketwire", "example.org/repo")


@pytest.mark.parametrize(
    "headline", ["No deal", _LONG, "x" * 400, "俳優たちのストライキ", "", "Pays $300,000–$900,000"]
)
def test_a_card_is_small_and_always_the_same(headline: str) -> None:
    """Any headline gives a PNG of 1200 × 630 below 60 kB, twice the same bytes."""
    data = drawn(_card(headline), Face(None))
    image = Image.open(BytesIO(data)).convert("RGB")
    assert image.size == (WIDTH, HEIGHT)
    assert image.getpixel((0, 0)) == RED
    assert image.getpixel((WIDTH - 1, HEIGHT - 1)) == PAPER
    assert len(data) < 60_000
    assert drawn(_card(headline), Face(None)) == data


def test_no_headline_runs_off_the_card() -> None:
    """The margins stay empty, however long the words."""
    for headline in (_LONG, "x" * 400, "W" * 300):
        image = Image.open(BytesIO(drawn(_card(headline), Face(None)))).convert("RGB")
        margin = image.crop((WIDTH - 70, 20, WIDTH, HEIGHT))
        assert margin.getcolors() == [(margin.width * margin.height, PAPER)]


def test_a_headline_the_face_cannot_say_has_the_mark_instead() -> None:
    """Two headlines in letters the face lacks give the same wordless card; others differ."""
    assert drawn(_card("俳優"), Face(None)) == drawn(_card("脚本家"), Face(None))
    assert drawn(_card("Actors"), Face(None)) != drawn(_card("Writers"), Face(None))


def test_the_face_with_pillow_says_what_it_has() -> None:
    """Pillow's own face has English letters, and is known not to have others."""
    mine = Face(None)
    assert all(mine.has(letter) for letter in "Aa09.,;:!?$’“”")
    assert not any(mine.has(letter) for letter in "éñ俳я")


def test_a_file_that_is_no_typeface_is_told(tmp_path: Path) -> None:
    """CARDS_FONT naming something else stops the build with what to do."""
    file = tmp_path / "a.ttf"
    file.write_bytes(b"no face")
    with pytest.raises(SiteError, match="CARDS_FONT is no typeface"):
        drawn(_card("Words"), face(str(file)))
