"""What a template asked while a page was rendered, and whether it would get the same answers now.

Rendering follows from the templates, from the functions they call, and from the answers they get: to the names they
look up, to what they ask of Pelican's objects (`consumed`), and to those objects' methods. A page that would get the
same answers to the same questions would be the same page. Asking again is some ten times quicker than rendering, and
does what asking does besides: Pelican moves an `{attach}`ed file when a text's content is asked for.
"""

import hashlib
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment, Template
from jinja2.runtime import Context
from markupsafe import Markup

from . import consumed, recorder
from .consumed import Consumed, Step
from .values import UnknownValueError

_ABSENT = object()
_MOST = 50_000
_ARGUMENTS = (str, Markup, int, float, bool, type(None))


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked: a `name` of the page, a `global` one, an `attribute` of an object, or a `call` of its method.

    `of` is the number of the object in Asked's `objects`.
    """

    kind: str
    name: str
    of: int = -1
    arguments: tuple[Any, ...] = ()
    named: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """All that a page's rendering asked, in order, and a digest of the answers.

    `objects` says where each object was found: in the answer of that number, by that way.
    """

    questions: tuple[Question, ...]
    objects: tuple[tuple[int, tuple[Step, ...]], ...]
    answers: str
    templates: tuple[str, ...]

    def is_same(self, template: Template, names: Mapping[str, Any], said: Consumed) -> bool:
        """Ask all of it again, and say whether the answers are the same. What fails, rendering will tell of."""
        return _digest(_again(self, template, names, said)) == self.answers


class Trace:
    """Takes down what a page's rendering asks. `problem` is why the page cannot be known again, "" where it can."""

    def __init__(self, template: Template, names: Mapping[str, Any], said: Consumed) -> None:
        self.environment = template.environment
        self.problem = ""
        self.is_inside = False  # an object's own code is at work, which answers a question
        self.templates: dict[str, None] = {}
        self._names, self._said = names, said
        self._questions: list[Question] = []
        self._data: list[bytes] = []
        self._answered: dict[tuple[Any, ...], bytes] = {}
        self._ways: list[tuple[int, Mapping[int, tuple[Step, ...]]]] = []
        self._objects: dict[int, int] = {}
        self._places: list[tuple[int, tuple[Step, ...]]] = []
        self._held: list[Any] = []

    def asked(self) -> Asked:
        """Return what was asked."""
        return Asked(tuple(self._questions), tuple(self._places), _digest(self._data), tuple(self.templates))

    def name(self, name: str, found: Mapping[str, Any]) -> None:
        """Take down that a name was looked up, and where: what a template itself has set does not count."""
        if name in self._names:
            if found.get(name, _ABSENT) is self._names[name]:
                self._note(Question("name", name), self._names[name])
        elif name not in found:
            self._note(Question("name", name), _ABSENT)

    def attribute(self, asked: Any, name: str, value: Any) -> None:
        """Take down what an object answered."""
        self._note(Question("attribute", name, self._number(asked)), value)

    def call(self, asked: Any, name: str, arguments: tuple[Any, ...], named: dict[str, Any], value: Any) -> None:
        """Take down what an object's method gave."""
        if not all(type(one) in _ARGUMENTS for one in (*arguments, *named.values())):
            self.fail(f"{name} was called with more than words and numbers")
            return
        self._note(Question("call", name, self._number(asked), arguments, named), value)

    def fail(self, problem: str) -> None:
        """Take down why the page cannot be known again."""
        self.problem = self.problem or problem

    def _note(self, question: Question, value: Any) -> None:
        if self.problem:
            return
        try:
            data, ways = _answer(value, self._said)
        except UnknownValueError as error:
            self.fail(f"{question.name} is {error.args[0]}")
            return
        key = (question.kind, question.name, question.of, question.arguments, tuple(question.named.items()))
        if key in self._answered:
            if self._answered[key] != data:
                self.fail(f"{question.name} was something else while the page was rendered")
            return
        self._answered[key] = data
        if len(self._questions) >= _MOST:
            self.fail("too much was asked")
        if ways:
            self._ways.append((len(self._questions), ways))
        self._questions.append(question)
        self._data.append(data)
        self._held.append(value)  # kept, so that its address is not given to another

    def _number(self, asked: Any) -> int:
        """Return an object's number, having found out where the template has it from."""
        if self.problem:
            return -1
        known = self._objects.get(id(asked))
        if known is not None:
            return known
        place = self._place(asked) or (self._global_place(asked) if not self.problem else None)
        if place is None:
            self.fail(f"a {type(asked).__qualname__} came from elsewhere")
            return -1
        self._objects[id(asked)] = len(self._places)
        self._places.append(place)
        return self._objects[id(asked)]

    def _place(self, asked: Any) -> tuple[int, tuple[Step, ...]] | None:
        for number, ways in reversed(self._ways):
            if id(asked) in ways:
                return number, ways[id(asked)]
        return None

    def _global_place(self, asked: Any) -> tuple[int, tuple[Step, ...]] | None:
        for name, value in self.environment.globals.items():
            if value is asked:
                self._note(Question("global", name), value)
                return self._place(asked)
        return None


def _again(asked: Asked, template: Template, names: Mapping[str, Any], said: Consumed) -> Iterator[bytes]:
    """Yield what is answered now."""
    answers: list[Any] = []
    objects: dict[int, Any] = {}
    for question in asked.questions:
        try:
            if question.of >= 0 and question.of not in objects:
                number, way = asked.objects[question.of]
                objects[question.of] = consumed.follow(answers[number], way)
            value = _value(question, objects.get(question.of), template, names)
            yield _answer(value, said)[0]
        except (
            Exception
        ):  # whatever a site's own code raises: then the page is rendered, and raises it where it is told
            yield b"no answer"
            return
        answers.append(value)


def _value(question: Question, asked: Any, template: Template, names: Mapping[str, Any]) -> Any:
    match question.kind:
        case "name":
            return names.get(question.name, _ABSENT)
        case "global":
            return template.environment.globals.get(question.name, _ABSENT)
        case "attribute":
            return getattr(asked, question.name, _ABSENT)
        case _:
            return getattr(asked, question.name)(*question.arguments, **question.named)


def _answer(value: Any, said: Consumed) -> tuple[bytes, Mapping[int, tuple[Step, ...]]]:
    if value is _ABSENT:
        return b"absent", {}
    found = said.of(value)
    return found.data, found.ways


def _digest(parts: Any) -> str:
    found = hashlib.blake2b(digest_size=20)
    for part in parts:
        found.update(b"%d:" % len(part))
        found.update(part)
    return found.hexdigest()


_active: list[Trace] = []


@contextmanager
def tracing(trace: Trace, kinds: tuple[type, ...]) -> Iterator[None]:
    """Take down what is asked until the block ends, of objects of these classes too."""
    environment = trace.environment
    before = vars(environment).get("context_class", _ABSENT)
    environment.context_class = _traced_context(environment.context_class)
    installed = [(kind, name, _install(kind, name)) for kind in kinds for name in _own(kind)]
    load = Environment._load_template
    Environment._load_template = _loading(load)  # type: ignore[method-assign]
    _active.append(trace)
    try:
        yield
    finally:
        _active.remove(trace)
        Environment._load_template = load  # type: ignore[method-assign]
        for kind, name, original in installed:
            if original is None:
                delattr(kind, name)
            else:
                setattr(kind, name, original)
        if before is _ABSENT:
            del environment.context_class
        else:
            environment.context_class = before


def _own(kind: type) -> tuple[str, ...]:
    return ("__getattribute__", "__call__") if "__call__" in vars(kind) else ("__getattribute__",)


def _install(kind: type, name: str) -> Any:
    """Have a class's objects tell what they are asked. Return what the class itself had by that name, if anything."""
    original = vars(kind).get(name)
    setattr(kind, name, (_calling if name == "__call__" else _asking)(getattr(kind, name)))
    return original


def _asking(original: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    def ask(self: Any, name: str) -> Any:
        trace = _active[-1] if _active else None
        if trace is None or trace.is_inside or name.startswith("__"):
            if trace is not None and name == "__dict__" and not trace.is_inside:
                trace.fail("all of an object was asked for")
            return original(self, name)
        trace.is_inside = True
        try:
            value = original(self, name)
        except AttributeError:
            trace.attribute(self, name, _ABSENT)
            raise
        finally:
            trace.is_inside = False
        if callable(value) and getattr(value, "__self__", None) is self:
            return _Method(trace, self, name, value)
        trace.is_inside = True
        try:
            trace.attribute(self, name, value)
        finally:
            trace.is_inside = False
        return value

    return ask


def _calling(original: Callable[..., Any]) -> Callable[..., Any]:
    def call(self: Any, *arguments: Any, **named: Any) -> Any:
        trace = _active[-1] if _active else None
        if trace is None or trace.is_inside:
            return original(self, *arguments, **named)
        return _Method(trace, self, "__call__", original.__get__(self))(*arguments, **named)

    return call


class _Method:
    """An object's method, whose calls are taken down."""

    def __init__(self, trace: Trace, asked: Any, name: str, method: Callable[..., Any]) -> None:
        self._trace, self._asked, self._name, self._method = trace, asked, name, method
        self.__doc__ = method.__doc__

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        trace = self._trace
        if trace.is_inside or not _active or _active[-1] is not trace:
            return self._method(*arguments, **named)
        trace.is_inside = True
        try:
            value = self._method(*arguments, **named)
            trace.call(self._asked, self._name, arguments, named, value)
        finally:
            trace.is_inside = False
        return value


def _traced_context(kind: type[Context]) -> type[Context]:
    """Return a class of contexts that tell which names are looked up."""
    if kind not in _contexts:

        class TracedContext(kind):  # type: ignore[misc, valid-type]  # whatever class a site has for it
            def resolve_or_missing(self, key: str) -> Any:
                if _active and not _active[-1].is_inside and key not in self.vars:
                    _note_name(key, self.parent)
                return super().resolve_or_missing(key)

            def __contains__(self, name: str) -> bool:
                if _active and not _active[-1].is_inside and name not in self.vars:
                    _note_name(name, self.parent)
                return bool(super().__contains__(name))

            def get_all(self) -> dict[str, Any]:
                asking = sys._getframe(1).f_globals.get("__name__", "jinja2")
                if _active and not asking.startswith("jinja2") and not _active[-1]._said.functions.is_pure(asking):
                    _active[-1].fail("all names were asked for")
                found: dict[str, Any] = super().get_all()
                return found

        _contexts[kind] = _contexts[TracedContext] = TracedContext
    return _contexts[kind]


_contexts: dict[type[Context], type[Context]] = {}


def _note_name(name: str, found: Mapping[str, Any]) -> None:
    trace = _active[-1]
    trace.is_inside = True
    try:
        trace.name(name, found)
    finally:
        trace.is_inside = False


def _loading(original: Callable[..., Template]) -> Callable[..., Template]:
    def load(self: Environment, name: str, globals: Any) -> Template:
        trace = _active[-1] if _active else None
        if trace is not None and self is trace.environment:
            trace.templates[name] = None
        elif trace is not None:
            trace.fail("templates of another environment were used")
        with recorder.untraced():  # which templates a page has is known
            return original(self, name, globals)

    return load
