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
from .values import UnknownValueError

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

    leads: tuple[str, ...]
    filters: tuple[str, ...]
    tests: tuple[str, ...]
    names: tuple[str, ...]
    extensions: tuple[str, ...]
    may_change: bool


_NOTHING = TemplateSource((), (), (), (), (), may_change=False)


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
        key = (id(environment), tuple(names))
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
        environments = {id(one): one for one in self._environments}
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
        parts = [f"{name} {text}" for name, (text, _) in sorted(found.items())]
        parts += [f"{name} {self._said.functions.state(value)}" for name, value in _made_by(environment)]
        sources = [source for _, source in found.values()]
        parts += self._called(environment, sources)
        may_change = any(one.may_change or one.extensions for one in sources) or self._calls_others(
            environment, sources
        )
        return Closure(frozenset(found), hashlib.sha256("\0".join(parts).encode()).hexdigest(), may_change)

    def _calls_others(self, environment: Environment, sources: list[TemplateSource]) -> bool:
        """Say whether a filter, a test or a global function is of others than libraries, and not said to be pure."""
        functions = self._said.functions
        called = [environment.filters.get(name) for source in sources for name in source.filters]
        called += [environment.tests.get(name) for source in sources for name in source.tests]
        called += [environment.globals.get(name) for source in sources for name in source.names]
        return not all(functions.is_of_known(one) for one in called if callable(one))

    def _called(self, environment: Environment, sources: list[TemplateSource]) -> Iterable[str]:
        state = self._said.functions.state
        for name in sorted({name for source in sources for name in source.filters}):
            _refuse_chance(name)
            if name in environment.filters:
                yield f"filter {name} {state(environment.filters[name])}"
        for name in sorted({name for source in sources for name in source.tests}):
            if name in environment.tests:
                yield f"test {name} {state(environment.tests[name])}"
        for name in sorted({name for source in sources for name in source.names}):
            if name in environment.globals:
                _refuse_chance(name)
                data = self._said.data(environment.globals[name])
                yield f"global {name} {hashlib.sha256(data).hexdigest()}"

        for name in sorted({name for source in sources for name in source.extensions}):
            if not self._said.functions.is_known(name) and not self._said.functions.is_pure(name):
                raise UnknownValueError(f"the extension {name}")

    def _source(self, environment: Environment, name: str) -> tuple[str, TemplateSource]:
        """Return a digest of a template's text, and what it names."""
        if (id(environment), name) not in self._sources:
            self._sources[id(environment), name] = self._read(environment, name)
        return self._sources[id(environment), name]

    def _read(self, environment: Environment, name: str) -> tuple[str, TemplateSource]:
        if environment.loader is None:
            raise UnknownValueError("a template of no file")
        try:
            text, _, _ = environment.loader.get_source(environment, name)
        except (TemplateNotFound, UnicodeDecodeError):
            return "absent", _NOTHING
        if not self._said.functions.has_clock and (found := _TIME.search(text)):
            raise UnknownValueError(f"what asks for the time ({found[0]})")
        syntax = [repr(getattr(environment, part)) for part in _SYNTAX]
        key = hashlib.sha256(
            "\0".join(("template", *syntax, *sorted(environment.extensions), text)).encode()
        ).hexdigest()
        kept = self._pack.get(key)
        if kept is None:
            try:
                kept = json.dumps(_parsed(environment, text)).encode()
            except TemplateSyntaxError:  # as in a part for those who have an extension, which others never come to
                return hashlib.sha256(f"wrong {text}".encode()).hexdigest(), _NOTHING
            except Exception as error:  # whatever an extension's own code raises
                raise UnknownValueError(f"{name}, which cannot be parsed") from error
            self._pack.put(key, kept)
        *named, may_change = json.loads(kept)
        leads, filters, tests, names, extensions = (tuple(one) for one in named)
        digest = hashlib.sha256(text.encode()).hexdigest()
        return digest, TemplateSource(leads, filters, tests, names, extensions, bool(may_change))


def _parsed(environment: Environment, text: str) -> list[Any]:
    tree = environment.parse(text)
    return [
        sorted({name for name in meta.find_referenced_templates(tree) if name}),
        sorted({one.name for one in tree.find_all(nodes.Filter)}),
        sorted({one.name for one in tree.find_all(nodes.Test)}),
        sorted({one.name for one in tree.find_all(nodes.Name) if one.ctx == "load"}),
        sorted({one.identifier for one in tree.find_all(nodes.ExtensionAttribute)}),
        any(one.attr in _CHANGING for one in tree.find_all(nodes.Getattr)),
    ]


def _made_by(environment: Environment) -> Iterator[tuple[str, Any]]:
    """Yield what an environment makes of any template: its class, how it treats values, its extensions."""
    yield "environment", type(environment)
    yield from ((name, getattr(environment, name)) for name in _ENVIRONMENT)
    for name, one in sorted(environment.extensions.items()):
        kind = type(one)
        is_plain = kind.preprocess is Extension.preprocess and kind.filter_stream is Extension.filter_stream
        yield name, None if is_plain else kind


def _refuse_chance(name: str) -> None:
    if name in _CHANCE:
        raise UnknownValueError(f"{name}, which gives another value each time")
