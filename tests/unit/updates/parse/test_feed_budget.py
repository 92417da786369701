"""What is read of a feed that is made to cost: counted before it is cleaned, and told."""

import re
from collections.abc import Iterator
from unittest import mock

import pytest

from plugins.core.syndication.read import feedparser_fallback
from plugins.core.syndication.read.raw_feed import Limits, Markup
from plugins.updates.budgets import ItemBudget
from plugins.updates.model import Parsed, SafeHtml, Source, Update
from plugins.updates.parse import safe_html
from plugins.updates.parse.parser import parse
from plugins.updates.parse.row_budget import row_bytes, within_row
from tests.unit.updates.conftest import Make

SOURCE = Source("a", "A", "https://a.example.org", "press")


def parsed(items: str, budget: ItemBudget = ItemBudget()) -> Parsed:  # noqa: B008 - frozen
    """Parse an RSS feed of these items."""
    body = f'<rss version="2.0"><channel><title>T</title>{items}</channel></rss>'
    found = parse(body.encode(), "", "https://a.example.org/feed", SOURCE, budget=budget)
    assert isinstance(found, Parsed), found
    return found


def item(inner: str, number: int = 1) -> str:
    """Return an item with more in it."""
    link = f"https://a.example.org/{number}"
    return f"<item><title>Strike {number}</title><link>{link}</link>{inner}</item>"


@pytest.fixture
def cleaned() -> Iterator[list[int]]:
    """Return a list that grows by the number of tags of each text that is cleaned."""
    counts: list[int] = []
    whole = safe_html._cleaned

    def counting(html: str, base: str) -> str:
        counts.append(html.count("<"))
        return whole(html, base)

    with mock.patch.object(safe_html, "_cleaned", counting):
        yield counts


def test_markup_made_to_cost_is_not_cleaned(cleaned: list[int]) -> None:
    """A megabyte of `<a>`, which is two kilobytes of gzip, is read as its text, and the run's report says so."""
    links = "&lt;a href='https://b.example.org/x'&gt;&lt;/a&gt;" * 6_000
    found = parsed("".join(item(f"<description>The yard is shut. {links}</description>", n) for n in range(5)))
    assert sum(cleaned) == 0
    assert [one.summary for one in found.items] == ["The yard is shut."] * 5
    assert [problem for problem in found.problems if "5 items with more than 5000 tags" in problem]


def test_many_items_together_have_a_budget_too(cleaned: list[int]) -> None:
    """Each of them within an item's budget, and none of their headlines lost."""
    markup = "&lt;b&gt;x&lt;/b&gt;" * 48
    items = "".join(item(f"<description>{markup}</description>", number) for number in range(80))
    found = parsed(items, ItemBudget(markup=100))
    assert 0 < sum(cleaned) <= 60 * 100
    assert len(found.items) == 80


def test_a_broken_feed_of_tags_is_read_as_far_as_it_pays() -> None:
    """Feedparser takes 26 µs for a tag: of a million tags in a feed that is not well-formed it gets the first part."""
    read = []
    whole = feedparser_fallback._parsed

    def counting(body: bytes, url: str) -> object:
        read.append(body.count(b"<"))
        return whole(body, url)

    markup = Markup(f"<rss><channel>{item('')}<item><description>{'<a>' * 20_000}")
    with mock.patch.object(feedparser_fallback, "_parsed", counting):
        feed = feedparser_fallback.read(markup, "", Limits(tags=500))
    assert read == [500]
    assert feed.entries[0].title.value == "Strike 1"
    assert any(f"{markup.count('<')} tags, of which the first 500 are read" in problem for problem in feed.problems)


def test_lists_have_an_end() -> None:
    """33 kB of gzip with 100,000 addresses, names, tags and files: a few of each are kept, and the others told of."""
    lists = {
        "via": "".join(f'<source url="https://v.example.org/{n}">V</source>' for n in range(100)),
        "authors": "<author>A. Writer</author>" * 60,
        "tags": "".join(f"<category>c{n}</category>" for n in range(90)),
        "links": '<enclosure url="https://a.example.org/x.mp3" type="audio/mpeg"/>' * 10_000,
    }
    atom = "".join(f'<atom:link rel="via" href="https://v.example.org/{n}"/>' for n in range(5_000))
    body = item(f'<x xmlns:atom="http://www.w3.org/2005/Atom"/>{"".join(lists.values())}')
    body = body.replace("<item>", '<item xmlns:atom="http://www.w3.org/2005/Atom">').replace(
        "</item>", f"{atom}</item>"
    )
    found = parsed(body)
    (one,) = found.items
    assert (len(one.via), len(one.tags)) == (5, 50)
    told = " ".join(found.problems)
    for words in ("5 via (UPDATES_VIA)", "50 authors (UPDATES_AUTHORS)", "50 tags (UPDATES_TAGS)", "20 addresses"):
        assert f"1 item with more than {words}" in told


def test_a_row_has_a_size(make: Make) -> None:
    """An excerpt with an address of 2,000 letters at each of its words is cut to its words; what fits is untouched."""
    link = f'<a href="https://b.example.org/{"x" * 1_900}" rel="nofollow ugc noopener">word</a> '
    heavy: Update = make(summary=SafeHtml(f"<p>{link * 60}</p>"), authors=tuple(f"Writer {n}" for n in range(50)))
    found = within_row(heavy, 8_000)
    assert row_bytes(heavy) > 100_000
    assert row_bytes(found) <= 8_000
    assert re.sub("<[^>]*>", "", found.summary).startswith("word word")
    assert (found.title, found.url, len(found.authors)) == (heavy.title, heavy.url, 3)
    light: Update = make()
    assert within_row(light, 8_000) is light


def test_a_full_text_over_its_size_keeps_its_start_with_its_markup(make: Make) -> None:
    """A long article is cut at a word."""
    article: Update = make(summary=SafeHtml(f"<p><em>Day one.</em> {'The line holds. ' * 9_000}</p>"))
    found = within_row(article, 100_000)
    assert found.summary.startswith("<p><em>Day one.</em> The line holds.")
    assert found.summary.endswith("…</p>")
    assert 90_000 < row_bytes(found) <= 100_000


def test_what_is_told_of_a_feed_has_an_end() -> None:
    """Of a million numbers in place of items no million problems is made: they would be larger than the feed."""
    body = b'{"items":[' + b"1," * 20_000 + b'{"id":"a","title":"Strike"}]}'
    found = parse(body, "", "https://a.example.org/feed", SOURCE)
    assert isinstance(found, Parsed)
    assert len(found.problems) <= Limits().entries + 1
    assert any("more than 2000 items" in problem for problem in found.problems)
