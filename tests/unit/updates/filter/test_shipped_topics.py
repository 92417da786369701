"""The topics that are shipped, on the labelled headlines by which they were tuned: that they keep what they can.

How well they do on headlines they were not written by, `./inv bench topics` judges, on those that were held out, which
no test reads; it also prints what is wrong.
"""

import json
from collections.abc import Iterable

import pytest

from plugins.core.topics.topic import Topic
from plugins.updates.config.topics_file import read_topics
from plugins.updates.filter.matching import Kept, filter_item
from plugins.updates.model import Item, SafeHtml, Source
from tests.copies import ROOT, SHIPPED

LABELLED = ROOT / "tests" / "labelled" / "topics.jsonl"
SOURCE = Source("post", "The Post", "https://post.example/", "press")
ROWS = [row for line in LABELLED.read_text("utf-8").splitlines() if not (row := json.loads(line)).get("held_out")]


@pytest.fixture(scope="module")
def topics() -> tuple[Topic, ...]:
    """Return the shipped topics."""
    read = read_topics(SHIPPED)
    assert not read.problems
    return read.topics


def found(title: str, summary: str, topics: Iterable[Topic]) -> set[str]:
    """Return the topics of an item."""
    decision = filter_item(Item("1", "", title, SafeHtml(summary)), topics, SOURCE)
    return {match.topic for match in decision.matches} if isinstance(decision, Kept) else set()


@pytest.mark.parametrize("name", ["strike", "contract", "ai-work", "pay", "relief"])
def test_a_topic_keeps_what_is_about_it_and_little_else(name: str, topics: tuple[Topic, ...]) -> None:
    """Of what a topic keeps 87 in 100 are about it, and it misses at most 15 in 100."""
    wanted = [name in row["topics"] for row in ROWS]
    got = [name in found(row["title"], row["summary"], topics) for row in ROWS]
    right = sum(1 for one, other in zip(wanted, got, strict=True) if one and other)
    assert right >= 0.85 * sum(wanted)
    assert right >= 0.87 * sum(got)


def test_what_is_about_nothing_of_ours_is_not_kept(topics: tuple[Topic, ...]) -> None:
    """Of missile strikes, matches and deals, one in twenty gets onto the wire at the most."""
    others = [row for row in ROWS if not row["topics"]]
    assert sum(1 for row in others if found(row["title"], row["summary"], topics)) <= 0.05 * len(others)


@pytest.mark.parametrize(
    "trade",
    ["Glaziers", "Lighthouse keepers", "Cheesemakers", "Piano tuners", "Beekeepers", "Undertakers", "Croupiers"],
)
def test_any_trades_strike_is_one(trade: str, topics: tuple[Topic, ...]) -> None:
    """The topic names trades, and does without them; a missile strike beside the real one takes nothing from it."""
    assert "strike" in found(f"{trade} of Morvane begin strike over pay", "", topics)
    assert "strike" in found(f"{trade}’ strike enters third week", "A missile strike hit the next town.", topics)
    assert "strike" in found(f"{trade} stage walkout", "", topics)
    assert not found(f"{trade} gather after missile strike", "", topics)
