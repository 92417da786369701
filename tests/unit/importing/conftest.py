"""A text's whole way here in one call."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest

from plugins.core.config import frontmatter
from plugins.importing import pipeline
from plugins.importing.model import FetchedPictures, Loss, OldDocument
from plugins.importing.transforms.old_links import Moved
from tests.shipped import pelicanconf

DAY = datetime(2024, 5, 1, tzinfo=UTC)
Bring = Callable[..., tuple[str, tuple[Loss, ...]]]


@pytest.fixture
def bring() -> Bring:
    """Return a function that makes HTML of an old site a body in Markdown, and says what was lost."""

    def run(html: str, files: Mapping[str, str] = {}, *, flowing: bool = False) -> tuple[str, tuple[Loss, ...]]:
        piece = OldDocument(
            "k", "p", "Title", "text", html, DAY, old=("https://old.example.org/p/text",), has_line_breaks=flowing
        )
        shaped = pipeline.prepare(piece, "text", "https://old.example.org")
        sources = [source for one in shaped.pictures for source in one.sources]
        here = {source: "images/text/a.png" for source in sources if "lost" not in source}
        settled = pipeline.place(shaped, FetchedPictures(here), DAY)
        moved = Moved("https://old.example.org", files)
        written = pipeline.write(settled, DAY, (), moved, {"MARKDOWN": pelicanconf.MARKDOWN})
        assert (written.lost_words, written.new_words) == ((), ())
        return frontmatter.split(written.text, "x")[0].body.strip("\n"), written.losses

    return run
