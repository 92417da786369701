from dataclasses import replace
from typing import Any

import pytest

from plugins.updates.filter.item_fields import compile_topic
from plugins.updates.filter.matching import Dropped, Kept, filter_item
from plugins.updates.model import Field, Item, Match, SafeHtml, Source

SOURCE = Source("post", "The Post", "https://post.example", "press")
ITEM = Item(
    guid="1",
    url="https://post.example/hollywood_labor/caf%C3%A9-workers",
    title="Writers strike enters day 100",
    summary=SafeHtml('<p>Pick<b>et</b> lines</p><p>grew &amp; grew.</p><a href="/baseball">More</a>'),
    authors=("Ana Núñez",),
    tags=("WGA", "Film & TV"),
)
STRIKE = compile_topic("strike", "The strike", any=["strike", "walkout"], none=["baseball", "air raid"])


def test_an_item_about_a_topic_is_kept_with_every_term_that_matched() -> None:
    """What is kept says by which terms, in which field each was first found."""
    topic = compile_topic("writers", "", any=["picket lines", "wga", "nowhere"], all=["writers"])
    assert filter_item(ITEM, [STRIKE, topic], SOURCE) == Kept(
        (
            Match("strike", "strike", "title"),
            Match("writers", "writers", "title"),
            Match("writers", "picket lines", "summary"),
            Match("writers", "wga", "tags"),
        )
    )


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        ({"any": ["lockout"]}, "no topic matched"),
        ({"any": ["strike"], "none": ["writers"]}, "topic t: none-term “writers” in title"),
        ({"any": ["strike"], "all": ["studio"]}, "topic t: all-term “studio” not found"),
        ({"any": ["lockout"], "all": ["strike"]}, "topic t: no any-term found"),
        ({"all": ["lockout"]}, "no topic matched"),
        ({"any": ["baseball"]}, "no topic matched"),
        ({"any": ["lines grew", "linesgrew"], "none": ["&"]}, "topic t: none-term “&” in summary"),
    ],
)
def test_an_item_left_out_says_why(rules: dict[str, Any], reason: str) -> None:
    """The reason names the topic, term and field that kept it out; what only a tag's attribute says is not said."""
    assert filter_item(ITEM, [compile_topic("t", "", **rules)], SOURCE) == Dropped(reason)


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Writers strike enters day 100", True),
        ("Missile strike near the writers’ strike", True),
        ("Missile strikes and a strike", True),
        ("A strike, a missile strike", True),
        ("Missile strike", False),
        ("Union strikes a deal, and strikes a pose", False),
        ("Union strikes a new deal", False),
    ],
)
def test_a_word_within_an_ignored_phrase_does_not_count_and_another_does(title: str, found: bool) -> None:
    """What is ignored takes nothing from the rest of the item."""
    topic = compile_topic("t", "", any=["strike*"], ignore=["missile strike*", "strikes a ... deal", "strikes a pose"])
    decision = filter_item(replace(ITEM, title=title, summary=SafeHtml("")), [topic], SOURCE)
    assert isinstance(decision, Kept) == found


@pytest.mark.parametrize(
    ("rules", "reason"),
    [
        ({"any": ["strike"]}, "topic t: “strike” in title only within the ignored “missile strike*”"),
        ({"any": ["x"], "all": ["strike"]}, "topic t: “strike” in title only within the ignored “missile strike*”"),
        ({"any": ["strike"], "all": ["base"]}, "topic t: “strike” in title only within the ignored “missile strike*”"),
        ({"any": ["grève"]}, "topic t: “grève” in summary only within the ignored “grève du zèle”"),
    ],
)
def test_an_item_with_ignored_words_only_says_so(rules: dict[str, Any], reason: str) -> None:
    """The reason names the term, the field, and the phrase for which it did not count."""
    topic = compile_topic("t", "", **rules, ignore=["strike zone", "missile strike*", "grève du zèle"])
    item = replace(ITEM, title="A missile strike", summary=SafeHtml("Grève du zèle"))
    assert filter_item(item, [topic], SOURCE) == Dropped(reason)


@pytest.mark.parametrize(
    ("term", "field"),
    [("nunez", "authors"), ("film & tv", "tags"), ("café-workers", "url"), ("labor", "url"), ("picket", "summary")],
)
def test_each_field_can_be_searched(term: str, field: Field) -> None:
    """A topic may look in any field: addresses are read decoded, HTML as its text."""
    topic = compile_topic("t", "", any=[term], fields=[field])
    assert filter_item(ITEM, [topic], SOURCE) == Kept((Match("t", term, field),))


def test_a_phrase_does_not_run_from_one_tag_or_author_into_the_next() -> None:
    """Values of a list are apart."""
    assert filter_item(ITEM, [compile_topic("t", "", any=["wga film"])], SOURCE) == Dropped("no topic matched")


def test_a_source_that_keeps_all_needs_no_topic_but_its_matches_are_kept() -> None:
    """A guild's own strike feed is kept whole, even what a none-term speaks against."""
    guild = replace(SOURCE, keep="all")
    assert filter_item(ITEM, [], guild) == Kept(())
    assert filter_item(ITEM, [STRIKE], guild) == Kept((Match("strike", "strike", "title"),))
    assert filter_item(replace(ITEM, title="Baseball strike"), [STRIKE], guild) == Kept(())


def test_only_a_sources_own_topics_count() -> None:
    """Items of a source that names topics are filtered by those alone."""
    other = compile_topic("other", "", any=["lockout"])
    assert filter_item(ITEM, [STRIKE, other], replace(SOURCE, topics=("other",))) == Dropped("no topic matched")
    assert isinstance(filter_item(ITEM, [STRIKE, other], replace(SOURCE, topics=("strike",))), Kept)
