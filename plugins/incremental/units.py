"""Units: pages and files of a generator that stay together, where all that they follow from is as it was.

A generator knows of many pages at once that they are as they were: of a month that is over, by one digest. It says so
with the unit's name, and nothing is made, digested or asked page by page. What pages ask besides, they ask of what all
pages get, so that one page of each kind asks for all of the unit. A kind are pages of the same templates which ask the
same, but for the words that they call methods with. Calls are made for each page, as they may do something besides: so
a page orders its card.

Of 19,000 pages of a wire, in 72 units, that takes 0.8 s.
"""

import marshal
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from jinja2 import Environment, Template
from markupsafe import Markup
from pelican import signals
from pelican.writers import Writer

from . import known_pages
from .consumed import Step, follow
from .disk import Known
from .known_pages import KnownPages, page_key
from .page_questions import ANSWER, ATTRIBUTE, MARKUP, NAME, Call, PageQuestions, data_of
from .page_records import KnownFile, KnownPage


class UnitFile(NamedTuple):
    """A page or another file: its path below the output, and its template, "" where it has none."""

    name: str
    template: str = ""


@dataclass(frozen=True, slots=True)
class Printing:
    """How a generator prints: by which `writer`, and templates that it finds by `template`, in their `environment`.

    A page of a unit gets the `names` that all pages get, its own path as "output_file", the `own` ones, which are the
    same for all of the unit, and a Given; no other name.
    """

    writer: Writer
    environment: Environment
    template: Callable[[str], Template]
    names: Mapping[str, Any]
    own: Mapping[str, Any]

    def shared(self) -> dict[str, Any]:
        """Return the names that all pages get, as Pelican's writer puts them together."""
        return {**self.names, "localsiteurl": self.names.get("localsiteurl"), **self.own}


_Source = tuple[bool, str, tuple[Step, ...]]
"""Where a value comes from: whether from a global name or one that pages get, which, and the way from its value."""

_Argument = tuple[str, str, Any]
"""An argument's keyword, "" without one; whether it is a _WORD, marked up, or FROM somewhere; and what it is."""

_Call = tuple[_Source, str, tuple[_Argument, ...]]
"""A call that pages make: of what, which method, and with what."""

_WORD, _FROM = "word", "from"


def stays(name: str, inputs: str, printing: Printing) -> bool:
    """Say whether all pages and files of a unit are in the output, and stay there; hooks are told of its pages then.

    `inputs` is a digest of all that they follow from besides settings, code and templates.
    """
    pages = _pages(printing)
    if pages is None or not pages.may_stay_together:
        return False
    data = pages.records.unit(name, inputs)
    if data is None:
        return False
    unit = _Unit(pages, printing)
    names, files, kinds, calls = marshal.loads(data)  # noqa: S302 - written by this plugin, below its digest
    if not (unit.are_same(kinds) and all(unit.answer(call) == answer for call, answer in calls)):
        return False
    if not unit.leave(names, files):
        return False
    pages.records.add_unit(name, inputs)
    return True


def note(name: str, inputs: str, printing: Printing, printed: Iterable[UnitFile], files: Iterable[UnitFile]) -> None:
    """Note a unit for the next build: its pages, all `printed` or left as they are in this one, and its other `files`.

    Nothing is noted where a page cannot be known again, or asks something that one page cannot ask for others.
    """
    pages = _pages(printing)
    if pages is None:
        return
    kinds: dict[tuple[Any, ...], str] = {}
    calls: dict[_Call, bytes] = {}
    unit = _Unit(pages, printing)
    for file in printed:
        kept = pages.records.noted_page(page_key(file.name))
        asked = pages.records.questions(kept.questions) if kept else None
        if kept is None or asked is None:
            return
        kinds.setdefault((file.template, kept.closure, tuple(kept.templates), *_kind(asked)), file.name)
        found = _calls(asked, file.name)
        if found is None:
            return
        for call in found:
            answer = calls.get(call) if call in calls else unit.answer(call)
            if answer is None:
                return
            calls[call] = answer
    if any(pages.records.noted_file(file.name) is None for file in files):
        return
    of_kinds = [(page, template) for (template, *_), page in kinds.items()]
    rows = ([file.name for file in printed], list(map(tuple, files)), of_kinds, list(calls.items()))
    pages.records.add_unit(name, inputs, marshal.dumps(rows, 2))


def _pages(printing: Printing) -> KnownPages | None:
    """Return the pages of the build that is under way, unless what prints is a site within its site."""
    pages = known_pages.current()
    if pages is None or os.path.abspath(printing.writer.output_path) != str(pages.aside):
        return None
    return pages


class _Unit:
    """A unit that is held against what there is now."""

    def __init__(self, pages: KnownPages, printing: Printing) -> None:
        self._pages, self._printing = pages, printing
        self._names = printing.shared()

    def are_same(self, kinds: Iterable[tuple[str, str]]) -> bool:
        """Say whether one page of each kind, given with its template, would be the same as in the last build."""
        for page, name in kinds:
            kept, template = self._pages.records.page(page_key(page)), self._printing.template(name)
            if kept is None or not self._pages.is_same(kept, template, {**self._names, "output_file": page}):
                return False
        return True

    def answer(self, call: _Call) -> bytes | None:
        """Make a call that pages make, and return what its answer says; None where it cannot be made."""
        asked, name, given = call
        arguments, named = [], {}
        try:
            for keyword, kind, value in given:
                argument = value
                if kind == _FROM:
                    argument = self._value(value)
                elif kind == MARKUP:
                    argument = Markup(value)  # noqa: S704 - what the site's own code marked so
                if keyword:
                    named[keyword] = argument
                else:
                    arguments.append(argument)
            return data_of(getattr(self._value(asked), name)(*arguments, **named), self._pages.said)
        except Exception:  # whatever a site's own code raises: its pages are rendered then, and raise it again
            return None

    def _value(self, source: _Source) -> Any:
        is_global, name, way = source
        names: Mapping[str, Any] = self._printing.environment.globals if is_global else self._names
        return follow(names[name], way)

    def leave(self, names: Sequence[str], files: Iterable[tuple[str, str]]) -> bool:
        """Have all pages and files stay, and tell hooks of the pages; say whether they are all in the output."""
        pages, records, writer = self._pages, self._pages.records, self._printing.writer
        folder = writer.output_path
        paths = {name: os.path.join(folder, name) for name in names}
        if not writer._written_files.isdisjoint(paths.values()):
            return False  # who writes the second raises, as ever
        found: dict[str, Known] = {}
        known: dict[str, KnownPage] = {}
        for name in names:
            page = records.page(page_key(name))
            file = page and pages.unchanged_file(name, page.text)
            if page is None or file is None:
                return False
            found[name], known[name] = file, page
        kept: dict[str, KnownFile] = {}
        for name, template in files:
            before = records.file(name)
            closure = pages.closure_digest(self._printing.template(template) if template else None)
            file = before and pages.unchanged_file(name, before.digest)
            if before is None or file is None or before.closure != closure:
                return False
            found[name], kept[name] = file, before
        pages.leave(found, known)
        for name, before in kept.items():
            records.add_file(name, before.inputs, before.closure)
        writer._written_files.update(paths.values())
        self._tell(paths)
        return True

    def _tell(self, paths: Mapping[str, str]) -> None:
        """Tell hooks of pages as Pelican does of each that it has written."""
        names = self._names
        if "OUTPUT_PATH" in names:
            names = {**names, "OUTPUT_PATH": self._pages.where.moved(names["OUTPUT_PATH"])}
        for name, path in paths.items():
            signals.content_written.send(path, context={**names, "output_file": name})


def _kind(asked: PageQuestions) -> tuple[Any, ...]:
    """Return what pages of a kind have in common of their questions: all but what calls are made with."""
    calls = tuple((call.name, len(call.given)) for call in asked.calls)
    return asked.rows, asked.objects, asked.names, asked.attributes, calls


def _calls(asked: PageQuestions, page: str) -> list[_Call] | None:
    """Return the calls that a page makes; None where it asks what another page of its kind cannot ask for it.

    That is what does something to what others get, and what depends on the answer to a call.
    """
    answers: list[_Source | None] = []  # where each answer comes from, None where it is no name's
    by_calls: set[int] = set()
    calls: list[_Call] = []
    for kind, what, of in asked.rows:
        if kind == NAME:
            answers += [(is_global, name, ()) for is_global, name in asked.names[what].names]
            continue
        number, way = asked.objects[of]
        if number in by_calls:
            return None
        if kind == ATTRIBUTE:
            if asked.attributes[what].are_acting:
                return None
            answers += [None] * len(asked.attributes[what].names)
            continue
        call, source = asked.calls[what], answers[number]
        given = _given(call, answers, page)
        if call.is_acting or source is None or given is None:
            return None
        calls.append(((source[0], source[1], way), call.name, given))
        by_calls.add(len(answers))
        answers.append(None)
    return calls


def _given(call: Call, answers: Sequence[_Source | None], page: str) -> tuple[_Argument, ...] | None:
    """Return the arguments of a page's call, each by itself; None where one is an answer that is no name's."""
    found: list[_Argument] = []
    for keyword, value in call.given:
        match value:
            case (kind, number) if kind == ANSWER:
                source = answers[number]
                if source is None:
                    return None
                is_own = source[:2] == (False, "output_file")
                found.append((keyword, _WORD, page) if is_own else (keyword, _FROM, source))
            case (_, text):
                found.append((keyword, MARKUP, text))
            case _:
                found.append((keyword, _WORD, value))
    return tuple(found)
