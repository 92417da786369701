"""What a page's rendering asked of what its template got, and asking all of it again.

Rendering follows from the templates, from the functions they call, and from the answers they get: to the names they
look up, to what they ask of Pelican's objects (`consumed`), and to those objects' methods. A page that would get the
same answers to the same questions would be the same page. Asking again is some ten times quicker than rendering, and
does what asking does besides: Pelican moves an `{attach}`ed file when a text's content is asked for.

Pages of one kind mostly ask the same, so that their questions are kept once.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

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

_ACTING = frozenset({"content", "summary", "get_content", "get_summary"})
"""What Pelican's contents are asked that does something: an `{attach}`ed file goes to whose content is asked first.

It is asked again only where all answers before are the same, so that the page would ask for it, too.
"""
_CHECK = 4
"""Characters of the digest of all answers before such a question."""


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


@dataclass(frozen=True, slots=True)
class PageQuestions:
    """All questions of a page, in order. `objects` says where each object is: in which answer, by which way."""

    asked: tuple[Question, ...]
    objects: tuple[tuple[int, tuple[Step, ...]], ...]

    def dump(self) -> bytes:
        """Return all as bytes."""
        rows: list[list[Any]] = []
        for one in self.asked:
            row: list[Any] = [one.kind, one.name, one.of]
            if one.kind == CALL:
                row += [[*map(_packed, one.arguments)], [(name, _packed(value)) for name, value in one.named]]
            rows.append(row)
        return json.dumps([self.objects, rows], separators=(",", ":")).encode("ascii")

    def answers(self, template: Template, names: Mapping[str, Any], said: Consumed, expected: str = "") -> str:
        """Ask all of it, and return a digest of the answers (see `Digest`); "" where something could not be answered.

        No more is asked where it would do something, and the answers before it are not the `expected` ones.
        """
        digest = Digest()
        parts = digest.parts
        answers: list[Any] = []
        objects: list[Any] = [ABSENT] * len(self.objects)
        try:
            for question in self.asked:
                kind, of = question.kind, question.of
                if question.name in _ACTING and not digest.check(expected):
                    return ""
                if of >= 0 and objects[of] is ABSENT:
                    number, way = self.objects[of]
                    objects[of] = consumed.follow(answers[number], way)
                if kind == ATTRIBUTE:
                    value = getattr(objects[of], question.name, ABSENT)
                elif kind == NAME:
                    value = names.get(question.name, ABSENT)
                elif kind == GLOBAL:
                    value = template.environment.globals.get(question.name, ABSENT)
                else:
                    value = _call(question, objects[of], answers)
                parts.append(data_of(value, said))
                answers.append(value)
        except Exception:  # whatever a site's own code raises: the page is rendered then, and raises it again
            return ""
        return digest.whole()


def data_of(value: Any, said: Consumed) -> bytes:
    """Return what an answer says. Raises UnknownValueError where that cannot be told."""
    return ABSENT_DATA if value is ABSENT else said.data(value)


class Digest:
    """A digest of what answers say, whose `parts` are added to; before it, the beginnings of those on the way to it."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self._hash = hashlib.blake2b(digest_size=20)
        self._checks = ""

    def check(self, expected: str) -> bool:
        """Take down the digest up to here, and say whether it is the one in what was expected, if anything was."""
        at = len(self._checks)
        self._checks += self._now()[:_CHECK]
        return not expected or expected.startswith(self._checks[at:], at)

    def whole(self) -> str:
        """Return all of it."""
        return self._checks + self._now()

    def _now(self) -> str:
        self._hash.update(b"".join(self.parts))
        self.parts.clear()
        return self._hash.hexdigest()


def digest(asked: Iterable[Question], parts: Iterable[bytes]) -> str:
    """Return a digest of what the answers to questions say."""
    found = Digest()
    for question, part in zip(asked, parts, strict=True):
        if question.name in _ACTING:
            found.check("")
        found.parts.append(part)
    return found.whole()


def load(data: bytes) -> PageQuestions:
    """Return the questions that were dumped."""
    objects, rows = json.loads(data)
    asked = []
    for kind, name, of, *call in rows:
        arguments = tuple(map(_unpacked, call[0])) if call else ()
        named = tuple((key, _unpacked(value)) for key, value in call[1]) if call else ()
        asked.append(Question(kind, name, of, arguments, named))
    places = tuple((number, tuple((step, part) for step, part in way)) for number, way in objects)
    return PageQuestions(tuple(asked), places)


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
