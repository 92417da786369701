"""A digest's draft as a file."""

import re
from datetime import UTC, datetime

from plugins.core.config import checked, frontmatter
from plugins.digest.draft import draft
from plugins.posts.model import PostMatter

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_every_field_of_it_can_be_set() -> None:
    """As it is and with every comment taken off it is a sound draft, and its text follows with single empty lines."""
    text = draft("The news &amp; more\n\n\n\nWords.\n\n\n## A\n\n", "content/posts/2026-03-01-digest.md", "x", NOW)
    head, _, body = text.rpartition("---\n")
    for made in (text, re.sub(r"^#(?! )|^#(?=  )", "", head, flags=re.MULTILINE) + f"---\n{body}"):
        front, problems = frontmatter.split(made, "x.md")
        matter, wrong = checked.check(PostMatter, front.data, "x.md", front.line_of)
        assert problems + wrong == []
        assert matter is not None
        assert (matter.status, matter.title, front.body) == ("draft", "The news & more", "\nWords.\n\n## A\n")
    assert "./inv digest --post content/posts/2026-03-01-digest.md" in text
    assert "[UNSUBSCRIBE]" in text
