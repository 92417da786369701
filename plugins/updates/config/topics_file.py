"""content/updates/topics.toml: the topics, loaded, checked and compiled."""

import dataclasses
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import Field

from plugins.core import files
from plugins.core.config import checked, toml
from plugins.core.config.fields import Text, is_id
from plugins.core.errors import Problem, SiteError
from plugins.core.topics.term_index import Vocabulary
from plugins.core.topics.topic import Topic, set_errors, term_errors
from plugins.updates.filter.item_fields import DEFAULT_FIELDS, compile_topic
from plugins.updates.model import Field as FieldName

_Terms = tuple[Text, ...]
_Table = TypeVar("_Table", bound=checked.Checked)


class TopicTable(checked.Checked):
    """`[topic.ID]`: a rule over words, "phrases", prefix*, words ... near each other, and {sets}."""

    title: Text
    any: _Terms = ()
    all: _Terms = ()
    none: _Terms = ()
    ignore: _Terms = ()
    fields: tuple[FieldName, ...] = DEFAULT_FIELDS


class SetTable(checked.Checked):
    """A line of `[words]`: what terms call by the set's name, in braces."""

    words: _Terms = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Topics:
    """The topics in the file's order; `ids` are those of topics with problems too."""

    topics: tuple[Topic, ...]
    ids: frozenset[str]
    problems: tuple[Problem, ...] = ()


def read_topics(folder: Path) -> Topics:
    """Return the topics of a content/updates, and everything that is wrong with them."""
    path = folder / "topics.toml"
    where = files.display_path(path)
    if not path.exists():
        return Topics((), frozenset())
    try:
        text = files.read_text(path)
    except SiteError as error:
        return Topics((), _names_in(files.read_lossy(path)), error.problems)
    document = toml.read(text, where)
    unknown = checked.unknown_keys(document.data, ["words", "topic"], where, document.line_of)
    ids: set[str] = set()
    if document.problems or unknown:
        # What cannot be read whole may have these topics all the same: who names one gets no second problem for it.
        ids.update(_names_in(text))
    reader = _Reader(document, where, [*document.problems, *unknown])
    topics = tuple(reader.topics(reader.sets()))
    rows = document.data.get("topic", {})
    if isinstance(rows, dict):
        ids.update(rows)
    return Topics(topics, frozenset(ids), tuple(reader.problems))


@dataclass(frozen=True, slots=True)
class _Reader:
    """The reading of one file; what is wrong with the file is added to `problems`."""

    document: toml.ParsedToml
    where: str
    problems: list[Problem]
    vocabulary: Vocabulary = dataclasses.field(default_factory=Vocabulary)

    def sets(self) -> dict[str, _Terms]:
        """Return the named sets. One with a problem has its own name as its only word: terms give no second problem."""
        rows = self.document.data.get("words", {})
        if not isinstance(rows, dict):
            self._wrong(("words",), 'words is no table; write [words], and below it lines of name = ["word", …]')
            return {}
        sets: dict[str, _Terms] = {}
        for name, row in rows.items():
            at = ("words", name)
            table = self._checked(SetTable, {"words": row}, at, 1)
            sets[name] = table.words if table else (name,)
            if not is_id(name):
                self._wrong(at, f"{name!r} is not a set's name; use small letters, digits and hyphens")
        for name, number, message in set_errors(sets):
            self._wrong(("words", name, number), f"words {name}: {message}")
            sets[name] = (name,)
        return sets

    def topics(self, sets: Mapping[str, _Terms]) -> Iterator[Topic]:
        """Yield the topics that have no problem."""
        rows = self.document.data.get("topic", {})
        if not isinstance(rows, dict):
            rows = {"topic": rows}  # for the problem that says what to write
        for name, row in rows.items():
            if not is_id(name) or not isinstance(row, dict):
                remedy = "write [topic.some-name], in small letters, digits and hyphens"
                self._wrong(("topic", name), f"{name!r} is not a topic's id; {remedy}")
                continue
            table = self._checked(TopicTable, row, ("topic", name))
            if table and (topic := self._topic(name, table, sets)):
                yield topic

    def _topic(self, name: str, table: TopicTable, sets: Mapping[str, _Terms]) -> Topic | None:
        """Return a compiled topic, or None and a problem for each of its terms that cannot work, at the term's line."""
        rules = {"any": table.any, "all": table.all, "none": table.none, "ignore": table.ignore}
        try:
            return compile_topic(name, table.title, sets, self.vocabulary, **rules, fields=table.fields)
        except ValueError as error:
            wrong = list(term_errors(rules, sets))
            for key, number, message in wrong:
                self._wrong(("topic", name, key, number), f"topic {name}: {message}")
            if not wrong:
                self._wrong(("topic", name), f"topic {name}: {error}")
        return None

    def _checked(self, model: type[_Table], row: Mapping[str, Any], at: tuple[str, ...], own: int = 0) -> _Table | None:
        """Return a table's values, or None and its problems; the first `own` keys of a path are not the file's."""
        within = {gap[len(at) :] for gap in self.document.unparsable if gap[: len(at)] == at}
        table, found = checked.check(
            model, row, self.where, lambda path: self.document.line_of([*at, *path[own:]]), within
        )
        self.problems.extend(found)
        return table

    def _wrong(self, at: Sequence[str | int], message: str) -> None:
        what, _, remedy = message.partition("; ")
        self.problems.append(Problem(self.where, self.document.line_of(at), what, remedy))


def _names_in(text: str) -> frozenset[str]:
    """Return the names of the topics of a text that may be no TOML."""
    return frozenset(re.findall(r"^\s*\[+\s*\w+\s*\.\s*\"?([a-z0-9-]+)", text, re.MULTILINE))
