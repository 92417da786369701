"""Takedowns hold by page, id, guid, title and text, in every source, and nobody can have another's text taken down."""

from dataclasses import replace

import pytest

from plugins.updates.archive.codec import UPDATES
from plugins.updates.desk.order import Order
from plugins.updates.desk.takedowns import Takedowns, redacted, takedowns, text_digest
from plugins.updates.model import Item, SafeHtml, Update
from tests.unit.updates.conftest import Make

SITES = {"post": "https://post.example/", "evil": "https://evil.example/"}
LEAK = {
    "id": "post-leak",
    "guid": "urn:leak",
    "url": "https://post.example/2026/leak",
    "title": "Private address of an organiser",
    "summary": SafeHtml("<p>She lives behind the harbour office, says a neighbour who did not want to be named.</p>"),
}


def down(*updates: Update, name: str = "post-leak") -> Takedowns:
    """Return what a takedown of an id or an address covers, as the updates are archived."""
    return takedowns([Order("takedown", (name,))], updates, SITES)


@pytest.mark.parametrize("name", ["post-leak", "https://post.example/2026/leak"])
@pytest.mark.parametrize(
    ("back", "why"),
    [
        ({"url": "https://post.example/2026/leak?v=2"}, "its page"),
        ({"url": "https://post.example./2026/./%6Ceak;x=1"}, "its page"),
        ({"url": "https://post.example/2026/leak", "title": "Other", "summary": ""}, "its page"),
        ({"guid": "urn:leak", "title": "Other", "summary": "Other words."}, "its guid"),
        ({}, "its title and text"),
        ({"url": "", "guid": ""}, "its title and text"),
        ({"title": "PRIVATE ADDRESS of an organiser "}, "its title and text"),
        ({"summary": f"<div>{str(LEAK['summary']).upper()} …</div>"}, "its title and text"),
        ({"title": "", "summary": f"{LEAK['title']}. {LEAK['summary']}"}, "its title and text"),
    ],
)
@pytest.mark.parametrize("is_redacted", [False, True], ids=["before the run", "after it"])
def test_a_takedown_holds_whatever_is_changed(
    make: Make, name: str, back: dict[str, str], why: str, is_redacted: bool
) -> None:
    """Another slug, another spelling, another guid, no link: the archive knows it again, with or without its text."""
    leak = make(**LEAK)
    held = down(make("other"), redacted(leak) if is_redacted else leak, name=name)
    given = {"guid": "new", "url": "https://post.example/new-slug", "title": leak.title, "summary": leak.summary}
    assert held.why(Item(**{**given, **back}), "post") == why  # type: ignore[arg-type]
    elsewhere = held.why(Item(**{**given, **back, "guid": "urn:leak"}), "evil")  # type: ignore[arg-type]
    assert elsewhere == (why if why != "its guid" else "")
    assert not held.has(make("other"))


def test_the_digest_is_kept_where_the_text_was(make: Make) -> None:
    """The row has it after the text is gone, and reads back as it is."""
    bare = redacted(make(**LEAK), "post-talks")
    assert (bare.digest, bare.stood_with) == (text_digest(LEAK["title"], LEAK["summary"]), "post-talks")
    assert redacted(bare, "another") == bare
    assert UPDATES.read(UPDATES.row(bare).decode(), "x") == ([bare], [])


def test_nobody_has_anothers_text_taken_down_by_sending_it_under_a_page(make: Make) -> None:
    """What another source sent under the page is kept out with it, and the text stays where it was told first."""
    leak, talks = make(**LEAK), make("talks", title="Mediator calls both sides back to the table")
    forged = replace(talks, id="evil-1", source="evil", url=LEAK["url"], guid="x")
    for archived in ((forged, leak, talks), (redacted(forged), redacted(leak), talks)):
        held = down(*archived, name=str(LEAK["url"]))
        assert [held.has(one) for one in (forged, leak, talks)] == [True, True, False]
    first = replace(make(**LEAK), url="https://else.example/leak")
    copy = replace(forged, url=first.url, first_seen=first.first_seen.replace(year=2027))
    held = down(copy, first, talks, name=first.url)
    assert [held.has(one) for one in (copy, first, talks)] == [True, True, False]


def test_what_many_have_in_common_is_no_mark(make: Make) -> None:
    """A feed that links all its items to one page, or gives them one guid, loses the one that was named."""
    common = {"url": "https://post.example/all", "guid": "one-for-all"}
    leak, others = make(**{**LEAK, **common}), [make(str(number), **common) for number in range(3)]
    held = down(leak, *others)
    assert held.has(leak)
    assert not any(held.has(one) for one in others)
    front = make(**{**LEAK, "url": "https://post.example/"})
    assert not down(front).has(make("b", url="https://post.example/?p=12"))


def test_few_words_are_many_updates(make: Make) -> None:
    """A headline of two words without a text is no mark of one update; in other scripts a letter says more."""
    assert text_digest("Strike update", "") == ""
    assert text_digest("脚本家組合が暫定合意を発表", "") != ""
    short = make("a", title="Strike update", summary=SafeHtml(""))
    assert not down(short, name="a").has(make("b", title="Strike update", summary=SafeHtml("")))
