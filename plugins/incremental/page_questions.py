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

_ACTING = frozenset({"content", "summary", "get_content", "get_summary"})
"""What Pelican's contents are asked that does something: an `{attach}`ed file goes to whose content is asked first.

It is asked again only where all answers before are the same, so that the page would ask for it, too.
"""
_CHECK = 4
"""Characters of the digest of all answers before such a question."""

Place = tuple[int, tuple[Step, ...]]
"""Where an object is: in the answer of that number, by that way."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An argument of a call that is the answer of that number."""

    number: int


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked. `of` is the number of the object in PageQuestions' `objects`, -1 for a name.

    `given` are the arguments of a call, each with its keyword, "" for one without.
    """

    kind: int
    name: str
    of: int = -1
    given: tuple[tuple[str, Any], ...] = ()

    @property
    def is_acting(self) -> bool:
        """Say whether to ask does something."""
        return self.kind in (ATTRIBUTE, CALL) and self.name in _ACTING


class Attributes(NamedTuple):
    """Attributes that are asked of an object one after another. `needed` are those whose answers matter later."""

    names: tuple[str, ...]
    needed: frozenset[int]


class AttributesOf(NamedTuple):
    """Attributes, and the number of the object that they are asked of."""

    of: int
    wanted: Attributes

    @property
    def is_acting(self) -> bool:
        """Say whether to ask does something; there is one attribute then."""
        return self.wanted.names[0] in _ACTING


class Digest:
    """A digest of what answers say, whose `parts` are added to; before it, the beginnings of those on the way to it."""

    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self._hash = hashlib.blake2b(digest_size=20)
        self._checks = ""

    def check(self, expected: str = "") -> bool:
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
            values, parts = [], []
            for number, name in enumerate(wanted.names):
                value = getattr(asked, name, ABSENT)
                parts.append(data_of(value, self.said))
                if number not in wanted.needed:
                    value = None  # a post's content is long, and asked by one page
                values.append(value)
            kept = (asked, values, digest_bytes(parts))
            if not self._is_asking:
                self._attributes[key] = kept  # with the object, so that its address is not given to another
        return kept[1], kept[2]


@dataclass(frozen=True, slots=True)
class PageQuestions:
    """All questions of a page, in order. `objects` says where each object is.

    Attributes that are asked of one object stand together, unless a method was called in between: a page may list
    10,000 posts, and ask of each the same.
    """

    asked: tuple[Question | AttributesOf, ...]
    objects: tuple[Place, ...]

    def dump(self) -> bytes:
        """Return all as bytes."""
        kinds: dict[Attributes, int] = {}
        rows: list[list[Any]] = []
        for one in self.asked:
            if isinstance(one, AttributesOf):
                rows.append([ATTRIBUTE, kinds.setdefault(one.wanted, len(kinds)), one.of])
                continue
            given = [(keyword, _packed(value)) for keyword, value in one.given]
            rows.append([one.kind, one.name, one.of, *given])
        attributes = [(wanted.names, sorted(wanted.needed)) for wanted in kinds]
        return json.dumps([self.objects, attributes, rows], separators=(",", ":")).encode("ascii")

    def answers(self, template: Template, names: Mapping[str, Any], known: KnownAnswers, expected: str = "") -> str:
        """Ask all of it, and return a digest of the answers (see `Digest`); "" where something could not be answered.

        No more is asked where it would do something, and the answers before it are not the `expected` ones.
        """
        digest = Digest()
        parts = digest.parts
        answers: list[Any] = []
        objects: list[Any] = [ABSENT] * len(self.objects)
        try:
            for question in self.asked:
                of = question.of
                if question.is_acting and not digest.check(expected):
                    return ""
                if of >= 0 and objects[of] is ABSENT:
                    number, way = self.objects[of]
                    objects[of] = consumed.follow(answers[number], way)
                if isinstance(question, AttributesOf):
                    values, data = known.attributes(objects[of], question.wanted)
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
        return digest.whole()


def arranged(asked: Sequence[Question], objects: Sequence[Place], data: Sequence[bytes]) -> tuple[PageQuestions, str]:
    """Return questions that were asked one by one as PageQuestions, and the digest of answers that say `data`.

    Nothing is moved over a question that does something, or may: the call of a method, which may change what is
    answered after it.
    """
    needed = {number for number, _ in objects}
    for question in asked:
        for _, value in question.given:
            if isinstance(value, Answered):
                needed.add(value.number)
    steps: list[Question | AttributesOf] = []
    digest = Digest()
    places: dict[int, int] = {}
    for group in _groups(asked):
        names: list[str] = []
        matter: set[int] = set()
        for place, number in enumerate(group):
            places[number] = len(places)
            names.append(asked[number].name)
            if number in needed:
                matter.add(place)
        first = asked[group[0]]
        if first.is_acting:
            digest.check()
        some = [data[number] for number in group]
        if first.kind == ATTRIBUTE:
            steps.append(AttributesOf(first.of, Attributes(tuple(names), frozenset(matter))))
            digest.parts.append(digest_bytes(some))
        else:
            steps += [_renumbered(asked[number], places) for number in group]
            digest.parts += some
    where = tuple((places[number], way) for number, way in objects)
    return PageQuestions(tuple(steps), where), digest.whole()


def _groups(asked: Sequence[Question]) -> Iterator[list[int]]:
    """Yield the numbers of questions that belong together: names, or attributes of one object.

    They are in the order in which the first of each was asked. One that does something is alone.
    """
    by_object: dict[int, list[int]] = {}
    for number, question in enumerate(asked):
        if question.kind != CALL and not question.is_acting:
            by_object.setdefault(question.of, []).append(number)
            continue
        yield from by_object.values()
        yield [number]
        by_object = {}
    yield from by_object.values()


def _renumbered(question: Question, places: Mapping[int, int]) -> Question:
    """Return a question with the new numbers of answers among its arguments; these came before it."""
    given = []
    for keyword, value in question.given:
        if isinstance(value, Answered):
            given.append((keyword, Answered(places[value.number])))
        else:
            given.append((keyword, value))
    return Question(question.kind, question.name, question.of, tuple(given))


def data_of(value: Any, said: Consumed) -> bytes:
    """Return what an answer says. Raises UnknownValueError where that cannot be told."""
    if value is ABSENT:
        return ABSENT_DATA
    return said.data(value)


def digest_bytes(parts: Iterable[bytes]) -> bytes:
    """Return a digest of what answers say."""
    return hashlib.blake2b(b"".join(parts), digest_size=20).digest()


def load(data: bytes) -> PageQuestions:
    """Return the questions that were dumped."""
    objects, attributes, rows = json.loads(data)
    kinds = [Attributes(tuple(names), frozenset(needed)) for names, needed in attributes]
    asked: list[Question | AttributesOf] = []
    for kind, name, of, *arguments in rows:
        if kind == ATTRIBUTE:
            asked.append(AttributesOf(of, kinds[name]))
        else:
            given = tuple((keyword, _unpacked(value)) for keyword, value in arguments)
            asked.append(Question(kind, name, of, given))
    places = [(number, tuple(map(tuple, way))) for number, way in objects]
    return PageQuestions(tuple(asked), tuple(places))


def _call(question: Question, asked: Any, answers: list[Any]) -> Any:
    arguments, named = [], {}
    for keyword, value in question.given:
        given = value
        if isinstance(value, Answered):
            given = answers[value.number]
        if keyword:
            named[keyword] = given
        else:
            arguments.append(given)
    return getattr(asked, question.name)(*arguments, **named)


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
