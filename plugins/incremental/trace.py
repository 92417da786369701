"""Takes down what a template asks while a page is rendered: see `page_questions`."""

import sys
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from weakref import WeakSet

from jinja2 import Environment, Template
from jinja2.runtime import Context
from jinja2.utils import missing
from markupsafe import Markup

from . import page_questions, recorder
from .consumed import Consumed, Step
from .page_questions import ABSENT, ABSENT_DATA, ATTRIBUTE, CALL, GLOBAL, NAME, Answered, PageQuestions, Question
from .values import UnknownValueError, address

_MOST = 300_000
"""Questions of a page: to take down one takes 2 µs and 400 bytes. A list of 10,000 posts asks ten of each."""
_FEW = 64
"""Objects in an answer up to which the ways to each are put together with those of all such answers."""

_NO_WAYS: Mapping[int, tuple[Step, ...]] = {}
_UNKNOWN = object()
_ARGUMENTS = (str, Markup, int, float, bool, type(None))


class Trace:
    """Takes down what a page's rendering asks, but for the `given` names, which are known by other means.

    `problem` is why the page cannot be known again, "" where it can.
    """

    def __init__(
        self, template: Template, names: Mapping[str, Any], said: Consumed, given: Container[str] = frozenset()
    ) -> None:
        self.environment = template.environment
        self.problem = ""
        self.is_inside = False  # an object's own code is at work, which answers a question
        self.templates: dict[str, None] = {}
        self.known_names: set[str] = set()
        self.known_answers: dict[tuple[int, str], Any] = {}
        self._names, self._said, self._given_names = names, said, given
        self._questions: list[Question] = []
        self._data: list[bytes] = []
        self._answered: dict[Question, bytes] = {}
        self._words: dict[tuple[type, str], int] = {}
        self._few: dict[int, tuple[int, tuple[Step, ...]]] = {}
        self._many: list[tuple[int, Mapping[int, tuple[Step, ...]]]] = []
        self._objects: dict[int, int] = {}
        self._places: list[tuple[int, tuple[Step, ...]]] = []
        self._held: list[Any] = []

    def found(self) -> tuple[PageQuestions, str]:
        """Return what was asked, and a digest of the answers."""
        return page_questions.arranged(self._questions, self._places, self._data)

    def asked_objects(self) -> bool:
        """Say whether more was asked than names, or something that cannot be known again."""
        return bool(self.problem) or any(one.kind in (ATTRIBUTE, CALL) for one in self._questions)

    def anew(self, template: Template) -> "Trace":
        """Return another, for a template that gets nothing of this one's page."""
        return Trace(template, {}, self._said)

    def is_pure(self, module: str) -> bool:
        """Say whether a plugin has said that a module's functions give what follows from what they ask."""
        return self._said.functions.is_pure(module)

    def name(self, name: str, found: Mapping[str, Any]) -> None:
        """Take down that a name was looked up, and where: what a template itself has set does not count."""
        if name in self._given_names:
            self.known_names.add(name)
            return
        if name in self._names:
            if found.get(name, ABSENT) is not self._names[name]:
                return
            self._note(Question(NAME, name), self._names[name])
        elif name not in found:
            self._note(Question(NAME, name), ABSENT)
        elif name in self.environment.globals and found[name] is self.environment.globals[name]:
            self._note(Question(GLOBAL, name), found[name])
        else:
            return
        self.known_names.add(name)

    def attribute(self, asked: Any, name: str, value: Any) -> None:
        """Take down what an object answered."""
        self._note(Question(ATTRIBUTE, name, self._number(asked)), value)
        self.known_answers[address(asked), name] = value

    def call(self, asked: Any, name: str, arguments: tuple[Any, ...], named: dict[str, Any], value: Any) -> None:
        """Take down what an object's method gave."""
        if not all(type(one) in _ARGUMENTS for one in (*arguments, *named.values())):
            self.fail(f"{name} was called with more than words and numbers")
            return
        given = [("", self._given(one)) for one in arguments]
        given += [(keyword, self._given(one)) for keyword, one in named.items()]
        self._note(Question(CALL, name, self._number(asked), tuple(given)), value)

    def fail(self, problem: str) -> None:
        """Take down why the page cannot be known again."""
        self.problem = self.problem or problem

    def _given(self, argument: Any) -> Any:
        """Return an argument as the answer it is, so that pages of one kind ask the same; else as it is."""
        number = self._words.get((type(argument), argument))
        return argument if number is None else Answered(number)

    def _note(self, question: Question, value: Any) -> None:
        if self.problem:
            return
        try:
            data, ways = ABSENT_DATA, _NO_WAYS
            if value is not ABSENT:
                data, ways = self._said.data_and_ways(value)
        except UnknownValueError as error:
            self.fail(f"{question.name} is {error.args[0]}")
            return
        if question in self._answered:
            if self._answered[question] != data:
                self.fail(f"{question.name} was something else while the page was rendered")
            return
        self._answered[question] = data
        if len(self._questions) >= _MOST:
            self.fail("too much was asked")
        if isinstance(value, str):
            self._words.setdefault((type(value), value), len(self._questions))
        if ways:
            self._keep_ways(len(self._questions), ways)
        self._questions.append(question)
        self._data.append(data)
        self._held.append(value)  # kept, so that its address is not given to another

    def _keep_ways(self, number: int, ways: Mapping[int, tuple[Step, ...]]) -> None:
        """Keep where objects are in the answer of that number. Those of a long list are not copied for each answer."""
        if len(ways) > _FEW:
            self._many.append((number, ways))
            return
        for key, way in ways.items():
            if key not in self._few:
                self._few[key] = (number, way)

    def _number(self, asked: Any) -> int:
        """Return an object's number, having found out where the template has it from."""
        if self.problem:
            return -1
        known = self._objects.get(address(asked))
        if known is not None:
            return known
        place = self._place(asked) or self._global_place(asked)
        if place is None:
            self.fail(f"a {type(asked).__qualname__} came from elsewhere")
            return -1
        self._objects[address(asked)] = len(self._places)
        self._places.append(place)
        return self._objects[address(asked)]

    def _place(self, asked: Any) -> tuple[int, tuple[Step, ...]] | None:
        if address(asked) in self._few:
            return self._few[address(asked)]
        for number, ways in self._many:
            if address(asked) in ways:
                return number, ways[address(asked)]
        return None

    def _global_place(self, asked: Any) -> tuple[int, tuple[Step, ...]] | None:
        for name, value in self.environment.globals.items():
            if value is asked:
                self._note(Question(GLOBAL, name), value)
                return self._place(asked)
        return None


_active: list[Trace | None] = [None]
"""Those that take down now, the innermost last; below them None, so that nobody who looks need ask for the length."""


@contextmanager
def tracing(trace: Trace, kinds: tuple[type, ...]) -> Iterator[None]:
    """Take down what is asked until the block ends, of objects of these classes too."""
    environment = trace.environment
    before = vars(environment).get("context_class", ABSENT)
    environment.context_class = _traced_context(environment.context_class)
    installed = []
    for kind in kinds:
        for name in _own(kind):
            installed.append((kind, name, _install(kind, name)))
    load, get_module = Environment._load_template, Template._get_default_module
    Template._get_default_module = _importing(get_module)  # type: ignore[method-assign]
    Environment._load_template = _loading(load)  # type: ignore[method-assign]
    _active.append(trace)
    try:
        yield
    finally:
        _active.remove(trace)
        Environment._load_template = load  # type: ignore[method-assign]
        Template._get_default_module = get_module  # type: ignore[method-assign]
        for kind, name, original in installed:
            if original is None:
                delattr(kind, name)
            else:
                setattr(kind, name, original)
        if before is ABSENT:
            del environment.context_class
        else:
            environment.context_class = before


def _own(kind: type) -> tuple[str, ...]:
    """Return the names of the methods by which objects of a class are asked."""
    if "__call__" in vars(kind):
        return ("__getattribute__", "__setattr__", "__call__")
    return ("__getattribute__", "__setattr__")


def _install(kind: type, name: str) -> Any:
    """Have a class's objects tell what they are asked. Return what the class itself had by that name, if anything."""
    original = vars(kind).get(name)
    setattr(kind, name, _TELLING[name](getattr(kind, name)))
    return original


def _asking(original: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    def ask(self: Any, name: str) -> Any:
        trace = _active[-1]
        if trace is None or trace.is_inside:  # five of six times: what answers a question asks more itself
            return original(self, name)
        if trace.problem or name.startswith("__"):
            if name == "__dict__":
                trace.fail("all of an object was asked for")
            return original(self, name)
        trace.is_inside = True
        try:
            value = original(self, name)
        except AttributeError:
            trace.attribute(self, name, ABSENT)
            raise
        finally:
            trace.is_inside = False
        if trace.known_answers.get((address(self), name), _UNKNOWN) is value and not isinstance(value, list | dict):
            return value
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
        trace = _active[-1]
        if trace is None or trace.is_inside:
            return original(self, *arguments, **named)
        return _Method(trace, self, "__call__", original.__get__(self))(*arguments, **named)

    return call


def _setting(original: Callable[[Any, str, Any], None]) -> Callable[[Any, str, Any], None]:
    def change(self: Any, name: str, value: Any) -> None:
        trace = _active[-1]
        if trace is not None and not trace.is_inside:
            trace.fail(f"{name} of a {type(self).__qualname__} was set while the page was rendered")
        original(self, name, value)

    return change


_TELLING: dict[str, Callable[[Any], Any]] = {
    "__getattribute__": _asking,
    "__setattr__": _setting,
    "__call__": _calling,
}


class _Method:
    """An object's method, whose calls are taken down."""

    def __init__(self, trace: Trace, asked: Any, name: str, method: Callable[..., Any]) -> None:
        self._trace, self._asked, self._name, self._method = trace, asked, name, method
        self.__doc__ = method.__doc__

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        trace = self._trace
        if trace.is_inside or _active[-1] is not trace:
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
        is_plain = kind.resolve_or_missing is Context.resolve_or_missing

        class TracedContext(kind):  # type: ignore[misc, valid-type]  # whatever class a site has for it
            @property
            def parent(self) -> dict[str, Any]:
                _note_if_all_is_asked()
                return self._parent

            @parent.setter
            def parent(self, names: dict[str, Any]) -> None:
                self._parent = names

            def resolve_or_missing(self, key: str) -> Any:
                _note_name(key, self.vars, self._parent)
                if not is_plain:
                    return super().resolve_or_missing(key)
                if key in self.vars:  # as Jinja's own, which is asked for each name, and would be called besides
                    return self.vars[key]
                return self._parent.get(key, missing)

            def __contains__(self, name: str) -> bool:
                _note_name(name, self.vars, self._parent)
                return bool(super().__contains__(name))

            def get_all(self) -> dict[str, Any]:
                _note_if_all_is_asked()
                found: dict[str, Any] = super().get_all()
                return found

        _contexts[kind] = _contexts[TracedContext] = TracedContext
    return _contexts[kind]


_contexts: dict[type[Context], type[Context]] = {}


def _note_if_all_is_asked() -> None:
    """Take down that a function, and not Jinja itself, has looked at all names."""
    asking = str(sys._getframe(2).f_globals.get("__name__", "jinja2"))
    trace = _active[-1]
    if trace and not asking.startswith(("jinja2", __name__)) and not trace.is_pure(asking):
        trace.fail("all names were asked for")


def _note_name(name: str, own: Mapping[str, Any], found: Mapping[str, Any]) -> None:
    """Take down that a name was looked up, unless it is the template's `own`, or known."""
    trace = _active[-1]
    if trace is None or trace.is_inside or trace.problem or name in trace.known_names or name in own:
        return
    trace.is_inside = True
    try:
        trace.name(name, found)
    finally:
        trace.is_inside = False


def _loading(original: Callable[..., Template]) -> Callable[..., Template]:
    def load(self: Environment, name: str, globals: Any) -> Template:
        trace = _active[-1]
        if trace is not None and self is trace.environment:
            trace.templates[name] = None
        elif trace is not None:
            trace.fail("templates of another environment were used")
        with recorder.untraced():  # which templates a page has is known
            return original(self, name, globals)

    return load


_asking_once: WeakSet[Template] = WeakSet()
"""Templates that asked objects for something when they were imported."""


def _importing(original: Callable[..., Any]) -> Callable[..., Any]:
    """Have templates that are imported without a page's names watched: what one asks then, it asks for all pages.

    Jinja runs it when it is first imported, and keeps what that gave.
    """

    def imported(self: Template, context: Context | None = None) -> Any:
        trace = _active[-1]
        if trace is None or (context is not None and context.globals_keys - self.globals.keys()):
            return original(self, context)
        own = trace.anew(self)
        _active.append(own)
        try:
            found = original(self, context)
        finally:
            _active.remove(own)
        if own.asked_objects():
            _asking_once.add(self)
        if self in _asking_once:
            trace.fail(f"{self.name} asked for something when it was imported")
        trace.templates |= own.templates
        return found

    return imported
