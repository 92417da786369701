"""A text's whole way here in one call."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest

from plugins.core.config import frontmatter
from plugins.importing import pipeline
from plugins.importing.models import Brought, Loss, Piece
from plugins.importing.rewriting.addresses import Moved
from plugins.importing.scribing import matter
from tests.shipped import pelicanconf

DAY = datetime(2024, 5, 1, tzinfo=UTC)
Bring = Callable[..., tuple[str, tuple[Loss, ...]]]


@pytest.fixture
def bring() -> Bring:
    """Return a function that makes HTML of an old site a body in Markdown, and says what was lost."""

    def run(html: str, files: Mapping[str, str] = {}, *, flowing: bool = False) -> tuple[str, tuple[Loss, ...]]:
        piece = Piece("k", "p", "Title", "text", html, DAY, old=("https://old.example.org/p/text",), flowing=flowing)
        shaped = pipeline.shaped(piece, "text", "https://old.example.org")
        sources = [source for one in shaped.pictures for source in one.sources]
        here = {source: "images/text/a.png" for source in sources if "lost" not in source}
        settled = pipeline.settled(shaped, Brought(here), DAY)
        moved = Moved("https://old.example.org", files)
        written = pipeline.written(
            settled, matter.Head(DAY, settled.draft, ()), moved, {"MARKDOWN": pelicanconf.MARKDOWN}
        )
        assert (written.lost_words, written.new_words) == ((), ())
        return frontmatter.split(written.text, "x")[0].body.strip("\n"), written.losses

    return run
