"""What a page's rendering asked of what its template got, and asking all of it again.

Rendering follows from the templates, from the functions they call, and from the answers they get: to the names they
look up, to what they ask of Pelican's objects (`consumed`), and to those objects' methods. A page that would get the
same answers to the same questions would be the same page. Asking again is some ten times quicker than rendering, and
does what asking does besides: Pelican moves an `{attach}`ed file when a text's content is asked for.

Pages of one kind mostly ask the same, so that their questions are kept once. Of 1,000 posts, each is shown by a dozen
pages that ask the same of it: one is answered for all of them by KnownAnswers, where that cannot make a difference.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from jinja2 import Template
from markupsafe import Markup

from . import consumed
from .consumed import Consumed, Step

ABSENT = object()
"""The answer where there is no such name, or no such attribute."""

ABSENT_DATA = b"absent;"
"""What that answer says."""

NAME, GLOBAL, ATTRIBUTE, CALL = range(4)
"""Kinds of questions: for a name that the page got, for a global one, for an object's attribute, for its method."""

Place = tuple[int, tuple[Step, ...]]
"""Where an object is: in the answer of that number, by that way."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An argument of a call that is the answer of that number."""

    number: int


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked. `of` is the number of the object in Questions' `objects`, -1 for a name."""

    kind: int
    name: str
    of: int = -1
    arguments: tuple[Any, ...] = ()
    named: tuple[tuple[str, Any], ...] = ()


class Attributes(NamedTuple):
    """Attributes that are asked of an object one after another. `needed` are those whose answers matter later."""

    names: tuple[str, ...]
    needed: frozenset[int]


class KnownAnswers:
    """What names and objects have answered, to be asked once for all pages.

    To be cleared whenever anything was done that may change an answer. One that `is_asking` each time keeps nothing.
    """

    def __init__(self, said: Consumed, *, is_asking: bool) -> None:
        self.said, self._is_asking = said, is_asking
        self._names: dict[str, tuple[Any, bytes]] = {}
        self._attributes: dict[tuple[int, Attributes], tuple[Any, list[Any], bytes]] = {}

    def clear(self) -> None:
        """Forget all answers."""
        self._names.clear()
        self._attributes.clear()

    def named(self, name: str, value: Any) -> bytes:
        """Return what the value of a name says."""
        kept = self._names.get(name)
        if kept is None or kept[0] is not value:
            kept = (value, data_of(value, self.said))
            if not self._is_asking:
                self._names[name] = kept
        return kept[1]

    def attributes(self, asked: Any, wanted: Attributes) -> tuple[list[Any], bytes]:
        """Return the values of an object's attributes, None for those that are not needed, and what all of them say."""
        key = (id(asked), wanted)
        kept = self._attributes.get(key)
        if kept is None:
            values = [getattr(asked, name, ABSENT) for name in wanted.names]
            data = digest_bytes(data_of(value, self.said) for value in values)
            kept = (asked, [value if number in wanted.needed else None for number, value in enumerate(values)], data)
            if not self._is_asking:
                self._attributes[key] = kept  # with the object, so that its address is not given to another
        return kept[1], kept[2]


class PageQuestions:
    """All questions of a page. `objects` says where each object is.

    Attributes that are asked of one object stand together, unless a method was called in between.
    """

    def __init__(self, asked: Sequence[Question], objects: Sequence[Place]) -> None:
        self.asked, self.objects = tuple(asked), tuple(objects)
        self._steps = list(_steps(self.asked, self.objects))

    def dump(self) -> bytes:
        """Return all as bytes."""
        rows: list[list[Any]] = []
        for one in self.asked:
            row: list[Any] = [one.kind, one.name, one.of]
            if one.kind == CALL:
                row += [[*map(_packed, one.arguments)], [(name, _packed(value)) for name, value in one.named]]
            rows.append(row)
        return json.dumps([self.objects, rows], separators=(",", ":")).encode("ascii")

    def answers(self, template: Template, names: Mapping[str, Any], known: KnownAnswers) -> str:
        """Ask all of it, and return a digest of the answers; "" where something could not be answered."""
        parts: list[bytes] = []
        answers: list[Any] = []
        objects: list[Any] = [ABSENT] * len(self.objects)
        try:
            for question, wanted in self._steps:
                of = question.of
                if of >= 0 and objects[of] is ABSENT:
                    number, way = self.objects[of]
                    objects[of] = consumed.follow(answers[number], way)
                if wanted is not None:
                    values, data = known.attributes(objects[of], wanted)
                    answers += values
                    parts.append(data)
                    continue
                if question.kind == CALL:
                    value = _call(question, objects[of], answers)
                    parts.append(data_of(value, known.said))
                else:
                    found = names if question.kind == NAME else template.environment.globals
                    value = found.get(question.name, ABSENT)
                    parts.append(known.named(question.name, value))
                answers.append(value)
        except Exception:  # whatever a site's own code raises: the page is rendered then, and raises it again
            return ""
        return digest_bytes(parts).hex()

    def digest(self, data: Sequence[bytes]) -> str:
        """Return the digest that `answers` returns for answers that say this, one for each question in order."""
        parts: list[bytes] = []
        number = 0
        for _, wanted in self._steps:
            count = len(wanted.names) if wanted else 1
            some = data[number : number + count]
            parts.append(digest_bytes(some) if wanted else some[0])
            number += count
        return digest_bytes(parts).hex()


def arranged(
    asked: Sequence[Question], objects: Sequence[Place], data: Sequence[bytes]
) -> tuple[PageQuestions, list[bytes]]:
    """Return questions as PageQuestions wants them, and what their answers say in that order.

    Nothing is moved over the call of a method, which may change what is answered after it.
    """
    order: list[int] = []
    for start, end in _between_calls(asked):
        by_object: dict[int, list[int]] = {}
        for number in range(start, end):
            by_object.setdefault(asked[number].of, []).append(number)
        for numbers in by_object.values():
            order += numbers
        if end < len(asked):
            order.append(end)
    places = {before: now for now, before in enumerate(order)}
    moved = [_renumbered(asked[number], places) for number in order]
    where = [(places[number], way) for number, way in objects]
    return PageQuestions(moved, where), [data[number] for number in order]


def _between_calls(asked: Sequence[Question]) -> Iterator[tuple[int, int]]:
    """Yield where each row of questions without a call begins and ends: at a call, or with the last question."""
    start = 0
    for number, question in enumerate(asked):
        if question.kind == CALL:
            yield start, number
            start = number + 1
    yield start, len(asked)


def _renumbered(question: Question, places: Mapping[int, int]) -> Question:
    def given(value: Any) -> Any:
        return Answered(places[value.number]) if isinstance(value, Answered) else value

    arguments = tuple(map(given, question.arguments))
    named = tuple((name, given(value)) for name, value in question.named)
    return Question(question.kind, question.name, question.of, arguments, named)


def _steps(asked: Sequence[Question], objects: Sequence[Place]) -> Iterator[tuple[Question, Attributes | None]]:
    """Yield each question with None; of a row of attributes of one object, the first with all of them."""
    needed = {number for number, _ in objects}
    for question in asked:
        if question.kind == CALL:
            given = (*question.arguments, *(value for _, value in question.named))
            needed.update(value.number for value in given if isinstance(value, Answered))
    number = 0
    while number < len(asked):
        first = asked[number]
        if first.kind != ATTRIBUTE:
            yield first, None
            number += 1
            continue
        names: list[str] = []
        start = number
        while number < len(asked) and (asked[number].kind, asked[number].of) == (ATTRIBUTE, first.of):
            names.append(asked[number].name)
            number += 1
        yield first, Attributes(tuple(names), frozenset(one - start for one in needed if start <= one < number))


def data_of(value: Any, said: Consumed) -> bytes:
    """Return what an answer says. Raises UnknownValueError where that cannot be told."""
    return ABSENT_DATA if value is ABSENT else said.data(value)


def digest_bytes(parts: Iterable[bytes]) -> bytes:
    """Return a digest of what answers say."""
    return hashlib.blake2b(b"".join(parts), digest_size=20).digest()


def load(data: bytes) -> PageQuestions:
    """Return the questions that were dumped."""
    objects, rows = json.loads(data)
    asked = []
    for kind, name, of, *call in rows:
        arguments = tuple(map(_unpacked, call[0])) if call else ()
        named = tuple((key, _unpacked(value)) for key, value in call[1]) if call else ()
        asked.append(Question(kind, name, of, arguments, named))
    return PageQuestions(asked, [(number, tuple((step, part) for step, part in way)) for number, way in objects])


def _call(question: Question, asked: Any, answers: list[Any]) -> Any:
    arguments = [_given(one, answers) for one in question.arguments]
    named = {name: _given(one, answers) for name, one in question.named}
    return getattr(asked, question.name)(*arguments, **named)


def _given(argument: Any, answers: list[Any]) -> Any:
    return answers[argument.number] if isinstance(argument, Answered) else argument


def _packed(value: Any) -> Any:
    match value:
        case Answered():
            return {"answer": value.number}
        case Markup():
            return {"markup": str(value)}
    return value


def _unpacked(value: Any) -> Any:
    match value:
        case {"answer": number}:
            return Answered(number)
        case {"markup": text}:
            return Markup(text)  # noqa: S704 - what the site's own code marked so
    return value
