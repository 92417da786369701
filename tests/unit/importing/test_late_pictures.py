"""A picture that comes with a later run takes the place that was left for it, and nothing else of a text changes."""

from datetime import UTC, datetime

import pytest

from plugins.core.config import frontmatter
from plugins.importing import late_pictures, pipeline
from plugins.importing.markdown import front_matter
from plugins.importing.model import FetchedPictures, OldDocument, OldPicture
from plugins.importing.pipeline import Prepared
from plugins.importing.transforms.old_links import Moved
from tests.shipped import pelicanconf

DAY = datetime(2024, 5, 1, tzinfo=UTC)
OLD = "https://old.example.org"
FRONT = OldPicture((f"{OLD}/front.png",), "The gate: a [sign]", "At dawn")


def imported(html: str, picture: OldPicture | None = None) -> tuple[Prepared, str]:
    """Return an old text and what was written of it while none of its pictures came."""
    piece = OldDocument("k", "p", "Title", "text", html, DAY, old=(f"{OLD}/p/text",), picture=picture)
    shaped = pipeline.prepare(piece, "text", OLD)
    settled = pipeline.place(shaped, FetchedPictures(), DAY)
    head = front_matter.FileHead(DAY, settled.draft, (), settled.picture, settled.left)
    return shaped, pipeline.write(settled, head, Moved(OLD, {}), vars(pelicanconf)).text


def test_the_picture_on_top_comes_into_the_head() -> None:
    """Until it comes its old address stands there; then its path, words and caption do."""
    shaped, text = imported("<p>Words.</p>", FRONT)
    assert f"# Its picture is still at {OLD}/front.png\n" in text
    assert late_pictures.lacking(text, shaped.picture_on_top, shaped.pictures) == (FRONT,)
    filled, came = late_pictures.insert(text, [FRONT], FetchedPictures({FRONT.sources[0]: "images/text/front.png"}))
    front, _ = frontmatter.split(filled, "text.md")
    assert front.data["image"] == {"src": "images/text/front.png", "alt": FRONT.alt, "caption": FRONT.caption}
    assert (came, "still at" in filled) == (1, False)
    assert filled.endswith("---\n\nWords.\n")


@pytest.mark.parametrize("alt", ["A crane", "A *bold* [crane] & <b>", "![x](y)", "日の出"])
def test_a_picture_in_the_text_takes_the_place_of_its_link(alt: str) -> None:
    """Whatever its words; a link of the writer's with other words, or a picture that is there, is left alone."""
    shown = alt.replace("&", "&amp;").replace("<", "&lt;")
    shaped, text = imported(f'<p>Before. <img src="{OLD}/a.png" alt="{shown}"> After.</p>')
    text += f"\n[See the crane]({OLD}/a.png)\n"
    (picture,) = late_pictures.lacking(text, None, shaped.pictures)
    brought = FetchedPictures({picture.sources[0]: "images/text/a.png"})
    filled, came = late_pictures.insert(text, [picture], brought)
    assert came == 1
    assert "({static}/images/text/a.png)" in filled and "Before. !" in filled
    assert filled.endswith(f"\n[See the crane]({OLD}/a.png)\n")
    assert late_pictures.lacking(filled, None, shaped.pictures) == ()
    assert late_pictures.insert(filled, [picture], brought) == (filled, 0)
