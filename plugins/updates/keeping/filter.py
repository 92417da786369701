"""Judge items by the topics: which are kept, and why, or why not.

Pure: items, topics and the source come in, a verdict goes out. Nothing here changes an item, or knows of files.
"""

import html
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import unquote

from plugins.updates.keeping.topics import FIELDS, Finder, Term, Topic, fold, runs
from plugins.updates.models import Field, Match, Parsed, Source

# The sanitiser writes HTML whose attribute values are quoted with ", so that a tag's end can be seen.
_TAG = re.compile(r'<(/?[a-z0-9]*)[^<>"]*(?:"[^"]*"[^<>"]*)*>', re.IGNORECASE)
_WITHIN_WORDS = re.compile(
    r"/?(?:a|abbr|b|bdi|bdo|cite|code|del|em|i|ins|mark|q|s|small|span|strong|su[bp]|u|wbr)", re.IGNORECASE
)


class Judged(Protocol):
    """What is judged: an item as it comes in, or an archived update when the rules changed."""

    @property
    def title(self) -> str:
        """Return the headline, as plain text."""

    @property
    def summary(self) -> str:
        """Return the excerpt, as sanitised HTML."""

    @property
    def url(self) -> str:
        """Return the address."""

    @property
    def authors(self) -> tuple[str, ...]:
        """Return the authors' names."""

    @property
    def tags(self) -> tuple[str, ...]:
        """Return the feed's own categories."""


@dataclass(frozen=True, slots=True)
class Kept:
    """The item goes on the wire; `matches` is empty where the source keeps all and no topic matched."""

    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """The item is left out, and why, in words for the editor."""

    reason: str


@dataclass(frozen=True, slots=True)
class Weighed(Parsed):
    """A feed whose items were judged where it was read; `verdicts` are in the order of its items."""

    verdicts: tuple[Kept | Dropped, ...] = ()


def weigh(parsed: Parsed, topics: Iterable[Topic], source: Source) -> Weighed:
    """Return a feed with a verdict on each of its items."""
    topics = tuple(topics)
    verdicts = tuple(judge(item, topics, source) for item in parsed.items)
    return Weighed(parsed.title, parsed.items, parsed.problems, parsed.language, verdicts)


def judge(item: Judged, topics: Iterable[Topic], source: Source) -> Kept | Dropped:
    """Return whether a source's item is kept. Only the source's own topics count, where it names some."""
    texts = _Texts(item)
    matches: list[Match] = []
    reasons: list[str] = []
    for topic in topics:
        if source.topics and topic.id not in source.topics:
            continue
        verdict = _about(topic, texts)
        if isinstance(verdict, str):
            reasons.append(verdict)
        else:
            matches += verdict
    if matches or source.keep == "all":
        return Kept(tuple(matches))
    return Dropped("; ".join(filter(None, reasons)) or "no topic matched")


def _about(topic: Topic, texts: "_Texts") -> tuple[Match, ...] | str:
    """Return why an item is about a topic; or why it is not, in words ("" where there is nothing to say)."""
    required = [(term, texts.find(term, topic.fields)) for term in topic.all]
    found = [(term, field) for term in texts.likely(topic.wanted) if (field := texts.find(term, topic.fields))]
    missing = [f"“{term.written}”" for term, field in required if not field]
    if len(missing) == len(required) and not found:
        return ""
    if missing:
        return f"topic {topic.id}: all-term {missing[0]} not found"
    if topic.any and not found:
        return f"topic {topic.id}: no any-term found"
    for term in texts.likely(topic.refused):
        if field := texts.find(term, topic.fields):
            return f"topic {topic.id}: none-term “{term.written}” in {field}"
    return tuple(Match(topic.id, term.written, field) for term, field in (*required, *found) if field)


class _Texts:
    """An item's fields as text, plain and folded, each made once and only when a topic asks for it."""

    def __init__(self, item: Judged) -> None:
        self._item = item
        self._made: dict[Field, tuple[str, str]] = {}
        self._whole = ""
        self._runs: frozenset[str] = frozenset()

    def likely(self, terms: Finder) -> list[Term]:
        """Return the terms whose letters are somewhere in the item: the quick answer that spares most of the rest."""
        if not self._whole:
            self._whole = "\n".join(self._field(field)[0] for field in FIELDS)
            self._runs = runs(self._whole)
        return terms.likely_in(self._whole, self._runs)

    def find(self, term: Term, fields: tuple[Field, ...]) -> Field | None:
        """Return the first of the fields that has the term."""
        return next((field for field in fields if term.found_in(*self._field(field))), None)

    def _field(self, field: Field) -> tuple[str, str]:
        made = self._made.get(field)
        if made is None:
            values = [" ".join(value.split()) for value in _values(self._item, field)]
            folded, plain = "\n".join(filter(None, map(fold, values))), "\n".join(filter(None, values))
            made = folded, folded if plain.isascii() else unicodedata.normalize("NFC", plain)
            self._made[field] = made
        return made


def _values(item: Judged, field: Field) -> tuple[str, ...]:
    match field:
        case "title":
            return (item.title,)
        case "summary":
            return (_text(item.summary),)
        case "url":
            return (unquote(item.url),)
        case "authors":
            return item.authors
        case "tags":
            return item.tags


def _text(summary: str) -> str:
    """Return HTML's text: a tag inside a word leaves it whole, any other parts it from the next."""
    if "<" in summary:
        summary = _TAG.sub(lambda tag: "" if _WITHIN_WORDS.fullmatch(tag[1]) else " ", summary)
    return html.unescape(summary) if "&" in summary else summary
