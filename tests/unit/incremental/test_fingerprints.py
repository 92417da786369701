"""A text's fingerprint is another one where anything that it answers may be, and there is none where others answer."""

import copy
from collections.abc import Callable
from typing import Any

import pytest
from pelican.contents import Article, Page
from pelican.settings import DEFAULT_CONFIG
from pelican.urlwrappers import Category, Tag
from pelican.utils import SafeDatetime

from plugins.incremental.consumed import STOCK, Consumed
from plugins.incremental.fingerprints import Fingerprints
from plugins.incremental.functions import Functions

SETTINGS = copy.deepcopy(DEFAULT_CONFIG)


def fingerprint(value: object, settings: object = SETTINGS, *, with_words: bool = True) -> bytes | None:
    """Return the fingerprint of an object, in a build with these settings."""
    return Fingerprints(Consumed(STOCK, Functions((), STOCK)), settings).of(value, with_words=with_words)


def article(text: str = "<p>Word.</p>", **metadata: Any) -> Article:
    """Return a post."""
    metadata = {"title": "A title", "date": SafeDatetime(2023, 8, 1), "tags": [Tag("a", SETTINGS)], **metadata}
    metadata["category"] = Category("c", SETTINGS)
    return Article(text, metadata, SETTINGS, "posts/one.md", {})


def set_next(one: Article) -> None:
    """Have a post lead to another one."""
    one.next = article()


CHANGES: list[Callable[[Article], None]] = [
    lambda one: setattr(one, "title", "Another"),
    lambda one: setattr(one, "_content", "<p>Other.</p>"),
    lambda one: one.tags.append(Tag("b", SETTINGS)),
    lambda one: one.metadata.update(summary="Short."),
    lambda one: one.metadata.update(title="Another"),
    lambda one: one.translations.append(article()),
    lambda one: setattr(one, "minutes", 3),
    lambda one: delattr(one, "title"),
    set_next,
    lambda one: setattr(one.category, "slug", "another"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_of_a_text_changes_its_fingerprint(change: Callable[[Article], None]) -> None:
    """Its words, its lists, its metadata besides its attributes, and which others it leads to."""
    one = article()
    before = fingerprint(one)
    assert before is not None
    assert before == fingerprint(article())
    change(one)
    assert fingerprint(one) not in (before, None)


def test_a_tag_that_was_asked_for_its_address_is_the_same_tag() -> None:
    """It keeps its address and its name a second time, and is another one where its address was set."""
    tag, asked, other = (Tag("A tag", SETTINGS) for _ in range(3))
    assert asked.url == "tag/a-tag.html"
    other.slug = "other"
    assert fingerprint(tag) == fingerprint(asked)
    assert fingerprint(tag) not in (fingerprint(other), fingerprint(Tag("B tag", SETTINGS)), None)


@pytest.mark.parametrize(
    "text", ["<a href='{filename}two.md'>Two</a>", "<a href='|tag|a'>A</a>", '<img src="{attach}a.png">']
)
def test_a_text_whose_links_others_answer_has_none(text: str) -> None:
    """Where a link leads follows from another text; braces alone are words, and a title is its own."""
    assert fingerprint(article(text)) is None
    assert fingerprint(article(text), with_words=False) is not None
    assert fingerprint(article("<p>{brace} | pipe</p>")) is not None


def test_without_its_words_a_text_is_the_same_whatever_they_are() -> None:
    """So that a list of posts is the same when one of them is edited."""
    assert fingerprint(article("<p>One.</p>"), with_words=False) == fingerprint(article(""), with_words=False)


def test_what_may_answer_by_more_than_its_own_attributes_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Today's date, a function of its own, others' settings, other classes, and others' code in Pelican's class."""
    undated = Page("<p>Word.</p>", {"title": "A page"}, SETTINGS, "pages/one.md", {})
    assert fingerprint(undated) is None
    by_function = article()
    by_function._get_content = lambda: "<p>Other.</p>"
    assert fingerprint(by_function) is None
    assert fingerprint(article(), copy.deepcopy(SETTINGS)) is None
    assert fingerprint(type("OfAPlugin", (Article,), {})("", {"title": "T"}, SETTINGS, "a.md", {})) is None
    assert fingerprint("words") is None
    monkeypatch.setattr(Article, "first", property(lambda self: self._context["articles"][0].title), raising=False)
    assert fingerprint(article()) is None
