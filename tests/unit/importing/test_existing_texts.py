"""A picture that comes with a later run takes the place that was left for it, and nothing else of a text changes."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from plugins.core.config import frontmatter
from plugins.importing import existing_texts, pipeline
from plugins.importing.model import FetchedPictures, OldDocument, OldPicture
from plugins.importing.transforms.old_links import Moved
from tests.shipped import pelicanconf

DAY = datetime(2024, 5, 1, tzinfo=UTC)
OLD = "https://old.example.org"
FRONT = OldPicture((f"{OLD}/front.png",), "The gate: a [sign]", "At dawn")


def imported(html: str, picture: OldPicture | None = None, came: Mapping[str, str] = {}) -> str:
    """Return what was written of an old text; `came` is where the pictures that came are."""
    piece = OldDocument("k", "p", "Title", "text", html, DAY, old=(f"{OLD}/p/text",), picture=picture)
    shaped = pipeline.prepare(piece, "text", OLD)
    settled = pipeline.place(shaped, FetchedPictures(came), DAY)
    return pipeline.write(settled, DAY, (), Moved(OLD, {}), vars(pelicanconf)).text


def test_the_picture_on_top_stands_above_the_text_until_it_comes_and_then() -> None:
    """In its place is a link with its words, the caption below it; one that came at once is in the head."""
    text = imported("<p>Words.</p>", FRONT)
    assert existing_texts.pictures_left_behind(text) == list(FRONT.sources)
    filled = existing_texts.with_pictures(text, {FRONT.sources[0]: "images/text/front.png"})
    assert existing_texts.pictures_left_behind(filled) == []
    assert filled.endswith("---\n\n![The gate: a \\[sign\\]]({static}/images/text/front.png)\n\nAt dawn\n\nWords.\n")
    at_once = imported("<p>Words.</p>", FRONT, {FRONT.sources[0]: "images/text/front.png"})
    front, _ = frontmatter.split(at_once, "text.md")
    assert front.data["image"] == {"src": "images/text/front.png", "alt": FRONT.alt, "caption": FRONT.caption}
    assert at_once.endswith("---\n\nWords.\n")


@pytest.mark.parametrize("alt", ["A crane", "A *bold* [crane] & <b>", "![x](y)", "日の出"])
def test_a_picture_in_the_text_takes_the_place_of_its_link(alt: str) -> None:
    """Whatever its words; a link of the writer's to it, or a picture that is there, is left alone."""
    shown = alt.replace("&", "&amp;").replace("<", "&lt;")
    text = imported(f'<p>Before. <img src="{OLD}/a.png" alt="{shown}"> After.</p>')
    text += f"\n[See the crane]({OLD}/a.png)\n"
    assert existing_texts.pictures_left_behind(text) == [f"{OLD}/a.png"]
    assert existing_texts.with_pictures(text, {}) == text
    brought = {f"{OLD}/a.png": "images/text/a.png"}
    filled = existing_texts.with_pictures(text, brought)
    assert "({static}/images/text/a.png)" in filled and "Before. !" in filled
    assert filled.endswith(f"\n[See the crane]({OLD}/a.png)\n")
    assert existing_texts.pictures_left_behind(filled) == []
    assert existing_texts.with_pictures(filled, brought) == filled
