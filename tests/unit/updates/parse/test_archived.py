"""Rows that were archived before, or by hand, are made safe again for a build."""

import pytest

from plugins.core.syndication.read.raw_feed import RawEntry, RawText
from plugins.updates.model import SafeHtml, Source
from plugins.updates.parse.archived import made_safe
from plugins.updates.parse.item import item_of
from tests.unit.updates.conftest import Make

SOURCE = Source("a", "A", "https://a.example.org", "press")
BLANK = "\u3164\u2800\ufe0f"


def test_what_nobody_sees_is_no_headline(make: Make) -> None:
    """A row whose headline is of fillers is shown by its address, and one heaped with marks by its letters."""
    assert made_safe(make(title=BLANK)).title == make().url
    assert len(made_safe(make(title="a" + "\u0301" * 450)).title) == 9
    assert made_safe(make(title="")).title == ""
    sound = make(summary=SafeHtml("<p>Text.</p>"))
    assert made_safe(sound) is sound


@pytest.mark.parametrize(
    ("summary", "title"), [("The yard is shut", "The yard is shut"), (BLANK, "https://a.example.org/1")]
)
def test_an_item_with_a_blank_headline_is_named_by_what_can_be_seen(summary: str, title: str) -> None:
    """The first words of its text, or its address: a link has to have something to press."""
    entry = RawEntry(links=("https://a.example.org/1",), title=RawText(BLANK), summary=RawText(summary))
    item = item_of(entry, SOURCE, "https://a.example.org/feed")
    assert item.title == title
    assert item_of(RawEntry(authors=(BLANK, "A. Writer")), SOURCE, "").authors == ("A. Writer",)
