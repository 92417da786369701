"""What pages of a template depend on besides what they get: all templates that it leads to, and what those call."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, meta, nodes
from jinja2.ext import Extension

from .consumed import Consumed
from .pack import Pack
from .values import UnknownValueError, address

_SYNTAX = (
    "block_start_string", "block_end_string", "variable_start_string", "variable_end_string", "comment_start_string",
    "comment_end_string", "line_statement_prefix", "line_comment_prefix", "trim_blocks", "lstrip_blocks",
    "newline_sequence", "keep_trailing_newline",
)  # fmt: skip
_ENVIRONMENT = (
    "autoescape", "undefined", "finalize", "template_class", "code_generator_class", "policies",
)  # fmt: skip
_CHANGING = frozenset({
    "append", "extend", "insert", "pop", "popitem", "remove", "clear", "sort", "reverse", "add", "discard", "update",
    "setdefault",
})  # fmt: skip
_CHANCE = frozenset({"random", "lipsum"})
_TIME = re.compile(r"\b(?:now|utcnow|today)\s*\(")


@dataclass(frozen=True, slots=True)
class TemplateSource:
    """What one template's text names: other templates, filters, tests, names, and extensions of Jinja.

    `leads` are without those templates whose names are only found while it is rendered: that is taken down (`trace`).
    `extensions` are those that do something while it is rendered. `may_change`: it calls methods by which lists and
    mappings are changed.
    """

    leads: tuple[str, ...] = ()
    filters: frozenset[str] = frozenset()
    tests: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    extensions: frozenset[str] = frozenset()
    may_change: bool = False


_NOTHING = TemplateSource()


@dataclass(frozen=True, slots=True)
class Closure:
    """All templates that one leads to, itself too, and a digest of what they are and call.

    `may_change`: the values that a page gets may be others once it is rendered.
    """

    names: frozenset[str]
    digest: str
    may_change: bool


class Closures:
    """The closures of one build's templates. What a text names is kept, as parsing it takes longer than reading it."""

    def __init__(self, pack: Pack, said: Consumed) -> None:
        self._pack, self._said = pack, said
        self._found: dict[tuple[int, tuple[str, ...]], Closure | UnknownValueError] = {}
        self._sources: dict[tuple[int, str], tuple[str, TemplateSource]] = {}
        self._environments: list[Environment] = []

    def of(self, environment: Environment, names: Iterable[str]) -> Closure:
        """Return the closure of templates. Raises UnknownValueError where something in it cannot be known again."""
        key = (address(environment), tuple(names))
        if key not in self._found:
            self._environments.append(environment)  # kept, so that its address is not given to another
            try:
                self._found[key] = self._of(environment, key[1])
            except UnknownValueError as error:
                self._found[key] = error
        found = self._found[key]
        if isinstance(found, UnknownValueError):
            raise found
        return found

    def unstable(self) -> frozenset[str]:
        """Return the digests of the closures that have become others since they were asked for.

        What they call keeps something from page to page, and depends on which pages are rendered. Texts are not asked
        for again: a loader may be there only while its page is written, as Pelican's is for a template in the content.
        """
        now = Closures(self._pack, self._said.anew())
        now._sources = self._sources
        environments = {address(one): one for one in self._environments}
        found = set()
        for (number, names), before in self._found.items():
            if isinstance(before, Closure) and not now._is(environments[number], names, before):
                found.add(before.digest)
        return frozenset(found)

    def _is(self, environment: Environment, names: Iterable[str], before: Closure) -> bool:
        try:
            return self.of(environment, names) == before
        except UnknownValueError:
            return False

    def _of(self, environment: Environment, names: Iterable[str]) -> Closure:
        found: dict[str, tuple[str, TemplateSource]] = {}
        pending = list(names)
        while pending:
            name = pending.pop()
            if name in found:
                continue
            found[name] = self._source(environment, name)
            pending += found[name][1].leads
        parts, sources = [], []
        for name, (text, source) in sorted(found.items()):
            parts.append(f"{name} {text}")
            sources.append(source)
        for name, value in _made_by(environment):
            parts.append(f"{name} {self._said.functions.state(value)}")
        named = _together(sources)
        parts += self._called(environment, named)
        digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()
        may_change = named.may_change or bool(named.extensions) or self._calls_others(environment, named)
        return Closure(frozenset(found), digest, may_change)

    def _calls_others(self, environment: Environment, named: TemplateSource) -> bool:
        """Say whether a filter, a test or a global function is of others than libraries, and not said to be pure."""
        called = [
            *map(environment.filters.get, named.filters),
            *map(environment.tests.get, named.tests),
            *map(environment.globals.get, named.names),
        ]
        return not all(map(self._said.functions.is_of_known, filter(callable, called)))

    def _called(self, environment: Environment, named: TemplateSource) -> Iterator[str]:
        """Yield the states of what templates call. Raises UnknownValueError for what cannot be known again.

        A name that the environment does not have says nothing here: `names` are also those that a page gets.
        """
        state = self._said.functions.state
        for name in sorted(named.filters):
            _refuse_chance(name)
            if name in environment.filters:
                yield f"filter {name} {state(environment.filters[name])}"
        for name in sorted(named.tests):
            if name in environment.tests:
                yield f"test {name} {state(environment.tests[name])}"
        for name in sorted(named.names):
            if name in environment.globals:
                _refuse_chance(name)
                data = self._said.data(environment.globals[name])
                yield f"global {name} {hashlib.sha256(data).hexdigest()}"
        for name in sorted(named.extensions):
            if not self._said.functions.is_known(name) and not self._said.functions.is_pure(name):
                raise UnknownValueError(f"the extension {name}")

    def _source(self, environment: Environment, name: str) -> tuple[str, TemplateSource]:
        """Return a digest of a template's text, and what it names."""
        if (address(environment), name) not in self._sources:
            self._sources[address(environment), name] = self._read(environment, name)
        return self._sources[address(environment), name]

    def _read(self, environment: Environment, name: str) -> tuple[str, TemplateSource]:
        if environment.loader is None:
            raise UnknownValueError("a template of no file")
        try:
            text, _, _ = environment.loader.get_source(environment, name)
        except (TemplateNotFound, UnicodeDecodeError):
            return "absent", _NOTHING
        if not self._said.functions.has_clock and (found := _TIME.search(text)):
            raise UnknownValueError(f"what asks for the time ({found[0]})")
        # The same text is another template where other characters begin its tags, or an extension knows other tags.
        syntax = [repr(getattr(environment, part)) for part in _SYNTAX]
        parts = ("template", *syntax, *sorted(environment.extensions), text)
        key = hashlib.sha256("\0".join(parts).encode()).hexdigest()
        kept = self._pack.get(key)
        if kept is None:
            try:
                kept = json.dumps(_parsed(environment, text)).encode()
            except TemplateSyntaxError:  # as in a part for those who have an extension, which others never come to
                return hashlib.sha256(f"wrong {text}".encode()).hexdigest(), _NOTHING
            except Exception as error:  # whatever an extension's own code raises
                raise UnknownValueError(f"{name}, which cannot be parsed") from error
            self._pack.put(key, kept)
        leads, *named, may_change = json.loads(kept)
        filters, tests, names, extensions = map(frozenset, named)
        digest = hashlib.sha256(text.encode()).hexdigest()
        return digest, TemplateSource(tuple(leads), filters, tests, names, extensions, bool(may_change))


def _parsed(environment: Environment, text: str) -> list[Any]:
    """Return the fields of the TemplateSource of a text, as JSON holds them."""
    tree = environment.parse(text)
    leads = set(filter(None, meta.find_referenced_templates(tree)))  # None: found only while a page is rendered
    filters: set[str] = set()
    tests: set[str] = set()
    names: set[str] = set()
    extensions: set[str] = set()
    may_change = False
    for node in tree.find_all((nodes.Filter, nodes.Test, nodes.Name, nodes.ExtensionAttribute, nodes.Getattr)):
        match node:
            case nodes.Filter():
                filters.add(node.name)
            case nodes.Test():
                tests.add(node.name)
            case nodes.Name(ctx="load"):
                names.add(node.name)
            case nodes.ExtensionAttribute():
                extensions.add(node.identifier)
            case nodes.Getattr():
                may_change = may_change or node.attr in _CHANGING
    return [sorted(leads), sorted(filters), sorted(tests), sorted(names), sorted(extensions), may_change]


def _together(sources: Iterable[TemplateSource]) -> TemplateSource:
    """Return what templates name together, but for where they lead, which has been followed."""
    filters: set[str] = set()
    tests: set[str] = set()
    names: set[str] = set()
    extensions: set[str] = set()
    may_change = False
    for source in sources:
        filters.update(source.filters)
        tests.update(source.tests)
        names.update(source.names)
        extensions.update(source.extensions)
        may_change = may_change or source.may_change
    return TemplateSource(
        (), frozenset(filters), frozenset(tests), frozenset(names), frozenset(extensions), may_change=may_change
    )


def _made_by(environment: Environment) -> Iterator[tuple[str, Any]]:
    """Yield what an environment makes of any template: its class, how it treats values, its extensions."""
    yield "environment", type(environment)
    for name in _ENVIRONMENT:
        yield name, getattr(environment, name)
    for name, extension in sorted(environment.extensions.items()):
        kind = type(extension)
        if kind.preprocess is Extension.preprocess and kind.filter_stream is Extension.filter_stream:
            yield name, None  # what its tags become stands in the templates' own text (`TemplateSource.extensions`)
        else:
            yield name, kind


def _refuse_chance(name: str) -> None:
    if name in _CHANCE:
        raise UnknownValueError(f"{name}, which gives another value each time")
