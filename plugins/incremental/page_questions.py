"""What a page's rendering asked of what its template got, and asking all of it again.

Rendering follows from the templates, from the functions they call, and from the answers they get: to the names they
look up, to what they ask of Pelican's objects (`consumed`), and to those objects' methods. A page that would get the
same answers to the same questions would be the same page. Asking again is some ten times quicker than rendering, and
does what asking does besides: Pelican moves an `{attach}`ed file when a text's content is asked for.

Pages of one kind mostly ask the same, so that their questions are kept once. Of 1,000 posts, each is shown by a dozen
pages that ask the same of it: one is answered for all of them by KnownAnswers, where that cannot make a difference.
"""

import hashlib
import marshal
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from jinja2 import Template
from markupsafe import Markup

from . import consumed
from .consumed import Consumed, Step
from .fingerprints import WORDS, Fingerprints
from .values import address

ABSENT = object()
"""The answer where there is no such name, or no such attribute."""

ABSENT_DATA = b"absent;"
"""What that answer says."""

NAME, GLOBAL, ATTRIBUTE, CALL = range(4)
"""Kinds of questions: for a name that the page got, for a global one, for an object's attribute, for its method."""

_FORM = 2
"""Of `marshal`: since 3, what it writes also depends on who else holds a value, and equal questions are kept once."""

_ACTING = frozenset({"content", "summary", "get_content", "get_summary"})
"""What Pelican's contents are asked that does something: an `{attach}`ed file goes to whose content is asked first.

It is asked again only where all answers before are the same, so that the page would ask for it, too.
"""
_CHECK = 4
"""Characters of the digest of all answers before such a question."""

_NOT_SAID = "_context"
"""An attribute of Pelican's contents that their fingerprints leave out: it has the whole site."""

ANSWER, MARKUP = "answer", "markup"
"""What an argument is, where it is no plain word or number: an answer, by its number, or text that is marked up."""

Place = tuple[int, tuple[Step, ...]]
"""Where an object is: in the answer of that number, by that way."""


@dataclass(frozen=True, slots=True)
class Answered:
    """An argument of a call that is the answer of that number."""

    number: int


class Question(NamedTuple):
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

    @property
    def follow_from_words(self) -> bool:
        """Say whether a text answers to some of them by its words."""
        return not WORDS.isdisjoint(self.names)

    @property
    def are_acting(self) -> bool:
        """Say whether to ask does something; there is one attribute then."""
        return self.names[0] in _ACTING


class Names(NamedTuple):
    """Names that are asked for one after another, each with whether it is a global one."""

    names: tuple[tuple[bool, str], ...]


class Call(NamedTuple):
    """A method's call: its `name`, and the arguments that are `given`, each with its keyword, "" for one without."""

    name: str
    given: tuple[tuple[str, Any], ...]

    @property
    def is_acting(self) -> bool:
        """Say whether to call it does something to what others get."""
        return self.name in _ACTING


Row = tuple[int, int, int]
"""What is asked together: a kind, the number of Names, Attributes or a Call, and that of the object, -1 for names."""


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
        self._names: dict[Names, tuple[list[Any], list[bytes]]] = {}
        self._attributes: dict[Attributes, dict[int, _Kept]] = {}

    def clear(self) -> None:
        """Forget all answers."""
        self._names.clear()
        for table in self._attributes.values():
            table.clear()

    def named(self, names: Names, own: Mapping[str, Any], common: Mapping[str, Any]) -> tuple[list[Any], bytes]:
        """Return the values of names, some of a page's `own` and some `common` ones, and what all of them say.

        Of 29 names that a post's page asks for, two have another value on the next page.
        """
        values = [(common if is_global else own).get(name, ABSENT) for is_global, name in names.names]
        kept = self._names.get(names)
        if kept is None or self._is_asking:
            data = [data_of(value, self.said) for value in values]
        else:
            before, data = kept[0], [*kept[1]]
            for number, (value, old) in enumerate(zip(values, before, strict=True)):
                if value is not old:
                    data[number] = data_of(value, self.said)
        self._names[names] = (values, data)
        return values, b"".join(data)

    def table(self, wanted: Attributes) -> dict[int, "_Kept"]:
        """Return what objects have answered to these attributes, by their `address`; a page looks there for many."""
        return self._attributes.setdefault(wanted, {})

    def attributes(self, asked: Any, wanted: Attributes, table: dict[int, "_Kept"]) -> "_Kept":
        """Ask an object for attributes, and note in the table what it answers."""
        values, parts, says = [], [], self.said.data
        for number, name in enumerate(wanted.names):
            value = getattr(asked, name, ABSENT)
            parts.append(ABSENT_DATA if value is ABSENT else says(value))
            if number not in wanted.needed:
                value = None  # a post's content is long, and asked by one page
            values.append(value)
        kept = _Kept(asked, values, digest_bytes(parts))
        if not self._is_asking:
            table[address(asked)] = kept
        return kept


class QuickAnswers(KnownAnswers):
    """What is answered where objects need not be asked: one says its fingerprint, of which all its answers follow."""

    def __init__(self, said: Consumed, fingerprints: Fingerprints) -> None:
        super().__init__(said, is_asking=False)
        self._fingerprints = fingerprints

    def clear(self) -> None:
        """Forget all answers, and all fingerprints."""
        super().clear()
        self._fingerprints.clear()

    def attributes(self, asked: Any, wanted: Attributes, table: dict[int, "_Kept"]) -> "_Kept":
        """Return an object's fingerprint, with those of its attributes that lead to others; ask one that has none."""
        fingerprint = self._fingerprints.of(asked, with_words=wanted.follow_from_words)
        if fingerprint is None or _NOT_SAID in wanted.names:
            return super().attributes(asked, wanted, table)
        values = _nothing(len(wanted.names))
        if wanted.needed:
            values = [*values]
        for number in wanted.needed:
            values[number] = getattr(asked, wanted.names[number], ABSENT)
        kept = table[address(asked)] = _Kept(asked, values, fingerprint)
        return kept


@cache
def _nothing(size: int) -> list[Any]:
    """Return the values of so many attributes that lead nowhere: one list for all, of 10,000 posts 20 MiB."""
    return [None] * size


class _Kept(NamedTuple):
    """What an object answered: the values of attributes, None for those that are not needed, and what they say.

    With the object, so that its address is not given to another.
    """

    asked: Any
    values: list[Any]
    data: bytes


@dataclass(frozen=True, slots=True)
class PageQuestions:
    """All questions of a page, in order.

    `objects` says where each object is, `names`, `attributes` and `calls` what is asked.

    Attributes that are asked of one object stand together, unless a method was called in between: a page may list
    10,000 posts, and ask of each the same. All is of tuples, words and numbers, as `marshal` reads them: of 47 pages
    that list 1,900 posts and more, that takes 0.2 s, and to make an object of each question took 2.8.
    """

    rows: tuple[Row, ...]
    objects: tuple[Place, ...]
    names: tuple[Names, ...]
    attributes: tuple[Attributes, ...]
    calls: tuple[Call, ...]

    def dump(self) -> bytes:
        """Return all as bytes."""
        names = [one.names for one in self.names]
        calls = [tuple(call) for call in self.calls]
        attributes = [(wanted.names, tuple(sorted(wanted.needed))) for wanted in self.attributes]
        return marshal.dumps((self.rows, self.objects, names, attributes, calls), _FORM)

    def answers(self, template: Template, names: Mapping[str, Any], known: KnownAnswers, expected: str = "") -> str:
        """Ask all of it, and return a digest of the answers (see `Digest`); "" where something could not be answered.

        No more is asked where it would do something, and the answers before it are not the `expected` ones.
        """
        digest = Digest()
        parts = digest.parts
        answers: list[Any] = []
        objects: list[Any] = [ABSENT] * len(self.objects)
        tables = [known.table(wanted) for wanted in self.attributes]
        are_acting = [wanted.are_acting for wanted in self.attributes]
        try:
            for kind, what, of in self.rows:
                if kind == NAME:
                    values, data = known.named(self.names[what], names, template.environment.globals)
                    answers += values
                    parts.append(data)
                    continue
                asked = objects[of]
                if asked is ABSENT:
                    number, way = self.objects[of]
                    asked = objects[of] = consumed.follow(answers[number], way)
                if kind == CALL:
                    call = self.calls[what]
                    if call.is_acting and not digest.check(expected):
                        return ""
                    value = _call(asked, call, answers)
                    answers.append(value)
                    parts.append(data_of(value, known.said))
                    continue
                if are_acting[what] and not digest.check(expected):
                    return ""
                kept = tables[what].get(address(asked)) or known.attributes(asked, self.attributes[what], tables[what])
                answers += kept.values
                parts.append(kept.data)
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
    rows: list[Row] = []
    all_names: dict[Names, int] = {}
    all_attributes: dict[Attributes, int] = {}
    all_calls: list[Call] = []
    digest = Digest()
    places: dict[int, int] = {}
    for group in _groups(asked):
        names: list[tuple[bool, str]] = []
        matter: set[int] = set()
        for place, number in enumerate(group):
            places[number] = len(places)
            names.append((asked[number].kind == GLOBAL, _word(asked[number].name)))
            if number in needed:
                matter.add(place)
        first = asked[group[0]]
        if first.is_acting:
            digest.check()
        some = [data[number] for number in group]
        if first.kind == CALL:
            call = Call(_word(first.name), _renumbered(first, places))
            rows.append((CALL, len(all_calls), first.of))
            all_calls.append(call)
            digest.parts += some
        elif first.kind == ATTRIBUTE:
            wanted = Attributes(tuple(name for _, name in names), frozenset(matter))
            rows.append((ATTRIBUTE, all_attributes.setdefault(wanted, len(all_attributes)), first.of))
            digest.parts.append(digest_bytes(some))
        else:
            rows.append((NAME, all_names.setdefault(Names(tuple(names)), len(all_names)), -1))
            digest.parts += some
    where = tuple((places[number], way) for number, way in objects)
    asked_again = PageQuestions(tuple(rows), where, tuple(all_names), tuple(all_attributes), tuple(all_calls))
    return asked_again, digest.whole()


def _word(name: str) -> str:
    """Return a name as a plain word, whatever kind of one a site's code asked by."""
    return str.__str__(name)


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


def _renumbered(question: Question, places: Mapping[int, int]) -> tuple[tuple[str, Any], ...]:
    """Return the arguments of a call, with the new numbers of answers among them; these came before it."""
    given: list[tuple[str, Any]] = []
    for keyword, value in question.given:
        match value:
            case Answered():
                given.append((_word(keyword), (ANSWER, places[value.number])))
            case Markup():
                given.append((_word(keyword), (MARKUP, _word(value))))
            case _:
                given.append((_word(keyword), value))
    return tuple(given)


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
    rows, objects, names, attributes, calls = marshal.loads(data)  # noqa: S302 - written by this plugin, below its digest
    wanted = [Attributes(tuple(some), frozenset(needed)) for some, needed in attributes]
    all_calls = tuple(Call(name, given) for name, given in calls)
    return PageQuestions(rows, objects, tuple(map(Names, names)), tuple(wanted), all_calls)


def _call(asked: Any, call: Call, answers: list[Any]) -> Any:
    arguments, named = [], {}
    for keyword, value in call.given:
        match value:
            case (kind, number) if kind == ANSWER:
                argument = answers[number]
            case (kind, text):
                argument = Markup(text)  # noqa: S704 - what the site's own code marked so
            case _:
                argument = value
        if keyword:
            named[keyword] = argument
        else:
            arguments.append(argument)
    return getattr(asked, call.name)(*arguments, **named)
