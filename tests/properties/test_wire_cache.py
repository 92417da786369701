"""What the wire keeps from one build to the next changes nothing, whatever happened in between."""

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from unittest.mock import patch
from zoneinfo import ZoneInfo

from hypothesis import example, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from plugins.sections.findable import LaterFindable
from plugins.sections.model import Edition, Newsroom
from plugins.sections.news import Period
from plugins.sections.printed import File, LaterFeed, LaterFile, Page, Printed, Unit
from plugins.updates import section
from plugins.updates.archive import archive_folder, stored_updates
from plugins.updates.config.load import read_archive
from plugins.updates.desk.takedowns import redacted
from plugins.updates.model import EarlierTitle, Match, SafeHtml, SourceRecord, Update
from plugins.updates.publish import feeds
from plugins.updates.stories import checkpoints, feature_blocks
from tests.site_settings import changed

START = datetime(2031, 5, 29, 12, tzinfo=UTC)
SOON, LATER = START + timedelta(days=12), START + timedelta(days=90)
"""Nothing is seen after the first; the month of it is under way then, and over at the second."""
WORDS = ["crews", "ferry", "vote", "reject", "judge", "Calder", "Quay"]
SETTINGS = changed()
SOURCE = '[[source]]\nid = "{0}"\ntitle = "{1} {0}"\nsite = "https://{0}.example.org/"\nkind = "{2}"\n'
TOPIC = '[topic.{0}]\ntitle = "{1}"\nany = ["{0}"]\n'

places = st.integers(0, 40)
"""Which of the updates that are there by then an action is about, counted round."""
texts = st.lists(st.sampled_from(WORDS), min_size=3, max_size=7).map(" ".join)
actions = st.one_of(
    st.tuples(st.just("new"), texts, texts, st.sampled_from([0, 1, 2, 30])),
    st.tuples(st.just("new"), texts, texts, st.sampled_from([0, 1, 2, 30])),
    st.tuples(st.just("late"), texts, texts, st.sampled_from([0, 1, 30, 24 * 40])),
    st.tuples(st.just("again"), places, st.sampled_from([0, 1, 24])),
    st.tuples(st.just("retitled"), places, texts),
    st.tuples(st.just("rewritten"), places, texts),
    st.tuples(st.just("order"), st.sampled_from(["pin", "hide", "split"]), places),
    st.tuples(st.just("words"), st.sampled_from(["retitle", "note"]), places),
    st.tuples(st.just("join"), places, places),
    st.tuples(st.just("takedown"), places),
    st.tuples(st.just("topic"), texts),
    st.tuples(st.just("source"), st.sampled_from(["The", "Our"]), st.sampled_from(["guild", "employer", "press"])),
    st.tuples(st.just("hand"), texts, st.integers(0, 60)),
    st.tuples(st.just("time passes")),
)


@dataclass
class Wire:
    """A content folder, and what happens to it."""

    content: Path
    updates: dict[str, Update] = field(default_factory=dict)
    orders: dict[str, str] = field(default_factory=dict)
    topics: str = TOPIC.format("vote", "Votes")
    sources: tuple[str, str] = ("The", "press")
    clock: datetime = START
    now: datetime = SOON
    steps: int = 0

    def do(self, action: tuple[object, ...]) -> None:
        """Carry out an action, as the desk, a fetch or a merge of two branches would."""
        self.steps += 1
        match action:
            case ("new", str(title), str(text), int(hours)):
                self.clock += timedelta(hours=hours)
                self._add(title, text, self.clock)
            case ("late", str(title), str(text), int(hours)):
                self._add(title, text, START - timedelta(hours=hours))
            case ("topic", str(title)):
                self.topics = TOPIC.format("vote", title) + TOPIC.format("judge", "Courts")
            case ("time passes",):
                self.now = LATER
            case ("source", str(title), str(kind)):
                self.sources = (title, kind)
            case ("hand", str(title), int(hours)):
                at = f"{START + timedelta(hours=hours):%Y-%m-%d %H:%M}"
                text = f'---\ntitle: "{title}"\nsource: a\ndate: {at}\n---\n\n{title}\n'
                self._write(f"updates/hand-{self.steps}.md", text)
            case (str(what), *given) if self.updates:
                self._edit(what, given)
        self._lay()

    def _edit(self, what: str, given: list[object]) -> None:
        """Carry out what is about an update that there is."""
        match what, given:
            case "again", (int(place), int(hours)):
                self.clock += timedelta(hours=hours)
                one = self._at(place)
                self._add(one.title, f'{one.summary} <a href="{one.url}">x</a>', self.clock)
            case "retitled", (int(place), str(title)):
                one = self._at(place)
                earlier = (*one.earlier_titles, EarlierTitle(one.title, LATER))
                self.updates[one.id] = replace(one, title=title, earlier_titles=earlier)
            case "rewritten", (int(place), str(text)):
                one = self._at(place)
                self.updates[one.id] = replace(one, summary=SafeHtml(text), topics=(Match("vote", "vote", "title"),))
            case "join", (int(one_place), int(place)) if self._at(one_place) != self._at(place):
                ids = json.dumps([self._at(one_place).id, self._at(place).id])
                self.orders[f"join {ids}"] = f"[[join]]\nupdates = {ids}\n"
            case "takedown", (int(place),):
                one = self._at(place)
                self.updates[one.id] = redacted(one)
                self.orders = {name: order for name, order in self.orders.items() if one.id not in name}
                self.orders[f"takedown {one.id}"] = f'[[takedown]]\nupdate = "{one.id}"\n'
            case "order", (str(verb), int(place)):
                id = self._at(place).id
                if not (verb in {"pin", "hide"} and {f"pin {id}", f"hide {id}"} & self.orders.keys()):
                    self.orders[f"{verb} {id}"] = f'[[{verb}]]\nupdate = "{id}"\n'
            case "words", (str(verb), int(place)):
                id, key = self._at(place).id, "to" if verb == "retitle" else "text"
                self.orders[f"{verb} {id}"] = f'[[{verb}]]\nupdate = "{id}"\n{key} = "Ours {self.steps}"\n'

    def _at(self, place: int) -> Update:
        return list(self.updates.values())[place % len(self.updates)]

    def _add(self, title: str, text: str, seen: datetime) -> None:
        id = f"u{self.steps}"
        topics = tuple(Match(name, name, "title") for name in ("vote", "judge") if name in title)
        self.updates[id] = Update(
            id=id,
            source="ab"[self.steps % 2],
            url=f"https://{'ab'[self.steps % 2]}.example.org/{id}",
            title=title,
            summary=SafeHtml(text),
            authors=(),
            published=seen - timedelta(hours=self.steps % 3 * 20),
            date_from="first-seen" if self.steps % 7 == 0 else "published",
            first_seen=seen,
            topics=topics,
        )

    def _lay(self) -> None:
        title, kind = self.sources
        self._write("updates/sources.toml", SOURCE.format("a", "The", "guild") + SOURCE.format("b", title, kind))
        self._write("updates/topics.toml", self.topics)
        self._write("updates/desk.toml", "".join(self.orders.values()))
        records = {"a": SourceRecord("a", last_success=date(2031, 6, 1) + timedelta(days=self.steps))}
        archive_folder.write(
            self.content / "archive" / "updates",
            replace(read_archive(self.content / "archive" / "updates"), updates=self.updates, records=records),
        )

    def _write(self, name: str, text: str) -> None:
        path = self.content / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


class Printer:
    """Words what feeds say."""

    context: Mapping[str, object] = {}

    def html(self, *_: object, **__: object) -> Markup:
        """Return nothing: the wire has no documents."""
        return Markup()

    def say(self, what: str, **values: object) -> Markup:
        """Return what is said, and with what."""
        return Markup("{}").format(repr((what, values)))


def edition(content: Path, now: datetime) -> Edition:
    """Return the wire's edition of a content folder."""
    return section.edition(Newsroom(content, now, ZoneInfo("America/Los_Angeles"), "en", "https://s.example", SETTINGS))


def published(content: Path, now: datetime) -> dict[str, tuple[str, str]]:
    """Return all that the wire hands over, each with its `inputs`, "" where it has none."""
    made = edition(content, now)
    assert made.problems == ()
    found = dict(_printed(made))
    for name in ("wire", "opml"):
        found[name] = ("", repr(made.context[name]))
    for name in ("updates_by_id", "stories_by_id"):
        by_id = made.context[name]
        assert isinstance(by_id, Mapping)
        found[name] = ("", repr({id: by_id[id] for id in sorted(by_id)}))
    found["news"] = ("", repr(list(made.news(Period(START - timedelta(days=60), LATER)))))
    for one in made.findables():
        if isinstance(one, LaterFindable):
            found[f"found {one.url}"] = (one.inputs, repr(one.make()))
        else:
            found[f"found {one.url}"] = ("", repr(one))
    return found


def _printed(made: Edition) -> Iterator[tuple[str, tuple[str, str]]]:
    for one in made.publish(Printer()):
        if isinstance(one, Unit):
            parts = dict(map(_one_printed, one.make()))
            yield f"unit {one.name}", (one.inputs, repr(parts))
            yield from parts.items()
        else:
            yield _one_printed(one)


def _one_printed(one: Printed) -> tuple[str, tuple[str, str]]:
    match one:
        case Page():
            return one.save_as, (one.inputs or "", repr((one.template, one.modified, dict(one.values))))
        case File():
            return one.save_as, ("", one.text)
        case LaterFile():
            return one.save_as, (one.inputs, one.make())
        case LaterFeed():
            return one.save_as, (one.inputs, repr(one.make()))
        case _:
            return f"feeds/{one.key}", ("", repr(one))


A_MONTH_BEFORE = 24 * 40
BESIDE = [
    ("new", "crews vote reject", "one", 0),
    ("late", "ferry judge Quay", "two", A_MONTH_BEFORE),
    ("late", "Calder ferry", "three", A_MONTH_BEFORE),
    ("late", "vote Quay", "four", A_MONTH_BEFORE),
]
"""Of a month, nothing changes but what is beside it: the wire, then its source, then its topic have one before."""
HIDDEN = [
    *(("new", f"{word} Quay", word, 20) for word in WORDS),
    *(("order", "hide", 1), ("words", "note", 2), ("words", "retitle", 0), ("time passes",)),
]
"""Of a feed, nothing comes but what the desk says, and the end of a month."""


@given(st.lists(actions, min_size=2, max_size=9))
@example(BESIDE)
@example(HIDDEN)
@settings(deadline=None, max_examples=20)
def test_builds_one_after_another_publish_what_a_first_build_does(happens: list[tuple[object, ...]]) -> None:
    """After each thing that happened, all is as if nothing had been kept; and what has the inputs it had, is as it was.

    Blocks, files in memory and states are as small as can be, so that a handful of updates goes through all of them; so
    are the parts of feeds, in both.
    """
    small = {
        feature_blocks: {"STORIES": 2, "_OPEN": 1},
        checkpoints: {"_FEW": 0},
        stored_updates: {"_FILES": 1, "_ROWS": 1},
    }
    with tempfile.TemporaryDirectory() as folder, patch.object(feeds, "PART", 2):
        wire = Wire(Path(folder) / "content")
        before: dict[str, tuple[str, str]] = {}
        for action in happens:
            wire.do(action)
            for module, figures in small.items():
                for name, figure in figures.items():
                    patch.object(module, name, figure).start()
            found = published(wire.content, wire.now)
            patch.stopall()
            with_nothing_kept = Path(folder) / "other" / "content"
            shutil.copytree(wire.content, with_nothing_kept)
            assert found == published(with_nothing_kept, wire.now)
            shutil.rmtree(with_nothing_kept.parent)
            same = [name for name, (inputs, _) in found.items() if inputs and before.get(name, ("",))[0] == inputs]
            assert [name for name in same if found[name] != before[name]] == []
            before = found
