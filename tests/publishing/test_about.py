"""What a fight is about, and the topics a new site begins with: answers, and labelled headlines of many trades."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plugins.core.topics.topic import Topic
from plugins.publishing import about, fresh_site
from plugins.updates.config.topics_file import read_topics
from plugins.updates.filter.matching import Kept, filter_item
from plugins.updates.model import Item, SafeHtml, Source

TEXT = fresh_site.TOPICS.read_text("utf-8")
EVERY = tuple(tomllib.loads(TEXT)["topic"])
LABELLED = Path(__file__).parents[1] / "labelled" / "starter-topics.jsonl"
ROWS = [row for line in LABELLED.read_text("utf-8").splitlines() if not (row := json.loads(line)).get("held_out")]
"""Those by which the topics were tuned; `./inv bench topics` judges them by those that were held out."""
PRESS = Source("post", "The Post", "https://post.example.org/", "press")
printable = st.text(st.characters(exclude_categories=("C", "Z")) | st.just(" "), max_size=30)


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> tuple[Topic, ...]:
    """Return all the topics there are to choose from, as a new site of the dockers' has them."""
    folder = tmp_path_factory.mktemp("updates")
    return written(folder, EVERY, ("Dockers United (DU)", "Farrow Ports"))


def written(folder: Path, chosen: Iterable[str], sides: Iterable[str]) -> tuple[Topic, ...]:
    """Return the topics of a new site, as its own check reads them."""
    (folder / "topics.toml").write_text(about.topics("# Head.\n", TEXT, chosen, sides), "utf-8")
    read = read_topics(folder)
    assert not read.problems, "\n".join(map(str, read.problems))
    return read.topics


def found(title: str, summary: str, topics: Iterable[Topic]) -> list[str]:
    """Return the topics of a headline that came from the press."""
    decision = filter_item(Item("1", "", title, SafeHtml(summary)), topics, PRESS)
    return list(dict.fromkeys(match.topic for match in decision.matches)) if isinstance(decision, Kept) else []


@pytest.mark.parametrize(
    ("answer", "named"),
    [
        ("", ()),
        ("pay, hours, safety, AI, recognition", ("pay", "hours", "safety", "ai", "recognition")),
        ("Wages; health and safety", ("pay", "safety")),
        ("pay and conditions", ("pay", "conditions")),
        ("the rota, job losses & robots, wages, pay.", ("the rota", "jobs", "ai", "pay")),
        ("terms and conditions", ("terms and conditions",)),
        ("Nachtzüge", ("Nachtzüge",)),
    ],
)
def test_an_answer_names_topics_or_is_one(answer: str, named: tuple[str, ...]) -> None:
    """What people call a topic leads to it, each once; anything else is a topic in their own words."""
    assert about.read_about(answer, TEXT) == named


@pytest.mark.parametrize("answer", ["we want back what they took in 2019", "pay*", "a ... b", "/pay/", "--"])
def test_an_answer_that_is_no_words_is_refused(answer: str) -> None:
    """A sentence, or signs that mean something in a term, would find nothing or too much."""
    with pytest.raises(ValueError, match="found"):
        about.read_about(answer, TEXT)


@given(printable, printable, printable)
@example("work", "a/b", "{x} (...)")
@example("賃金, the strike", "’", "ª.")
def test_any_answer_that_is_taken_makes_topics(
    tmp_path_factory: pytest.TempPathFactory, answer: str, one: str, other: str
) -> None:
    """Whatever is answered and whoever strikes, topics.toml can be read, and has what was asked for."""
    try:
        chosen = about.read_about(answer, TEXT)
    except ValueError:
        return
    folder = tmp_path_factory.getbasetemp()
    topics = written(folder, chosen, (one, other))
    assert len(topics) == len({*about.ANY_STRIKE, *chosen})


def test_the_unions_own_walkout_is_filed_under_the_strike(every: tuple[Topic, ...], tmp_path: Path) -> None:
    """Whatever the trade, a walk-out over pay is about the strike and about pay."""
    few = written(tmp_path, (), ("Dockers United (DU)", "Farrow Ports"))
    for who in ("Dockers United", "DU members", "Nurses", "Teachers", "Glaziers at Farrow Ports", "Rail staff"):
        for topics in (few, every):
            assert found(f"{who} walk out over pay", "", topics) == ["strike", "pay"], who


def test_headlines_of_many_trades_are_filed_right(every: tuple[Topic, ...]) -> None:
    """Of what is filed 85 in 100 are right, and 90 in 100 are not missed; of the strike itself 95."""
    precision, recall = _share(ROWS, every, EVERY)
    assert precision >= 0.85
    assert recall >= 0.9
    precision, recall = _share(ROWS, every, ("strike",))
    assert precision >= 0.95
    assert recall >= 0.95
    others = [row for row in ROWS if not row["topics"]]
    assert sum(1 for row in others if found(row["title"], row["summary"], every)) <= 0.05 * len(others)


def _share(rows: Iterable[Mapping[str, Any]], topics: Iterable[Topic], names: Iterable[str]) -> tuple[float, float]:
    """Return precision and recall of some topics together."""
    topics, names = tuple(topics), tuple(names)
    right = wanted = got = 0
    for row in rows:
        should = set(row["topics"]).intersection(names)
        does = set(found(row["title"], row["summary"], topics)).intersection(names)
        right, wanted, got = right + len(should & does), wanted + len(should), got + len(does)
    return right / got, right / wanted
