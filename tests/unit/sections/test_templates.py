"""Templates are compiled once a build, and print what they would if each generator had compiled its own."""

from types import SimpleNamespace
from typing import NoReturn

import pytest
from jinja2 import DictLoader, Environment

from plugins.sections import templates
from plugins.sections.build_state import BuildState, Gathered
from plugins.sections.model import Newsroom

SOURCES = {
    "page": '{% from "part" import greet %}{{ greet() }}',
    "part": '{% macro greet() %}{{ "x"|hail }} {{ NAME }}{% endmacro %}',
}


def printed(state: BuildState, language: str, hail: str, name: str) -> str:
    """Return a page of a generator with a filter that words a constant, and with a name that all its pages know."""
    environment = Environment(loader=DictLoader(SOURCES))  # noqa: S701 - there is no HTML here
    environment.filters["hail"] = lambda _: hail
    templates.prepare(SimpleNamespace(env=environment), state, {"PAGE_LANG": language, "NAME": name})
    return environment.get_template("page").render()


def test_a_language_has_templates_of_its_own(newsroom: Newsroom) -> None:
    """Jinja words a constant when it compiles: what another language has compiled is not taken."""
    state = BuildState(newsroom, Gathered(()))
    assert printed(state, "en", "Hello", "Ada") == "Hello Ada"
    assert printed(state, "es", "Hola", "Ada") == "Hola Ada"


def test_what_one_generator_compiled_is_not_compiled_again(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> None:
    """The code is taken from those before; names and filters are each one's own, those of constants too."""

    def fail(*_: object, **__: object) -> NoReturn:
        pytest.fail("a template was compiled that is kept")

    state = BuildState(newsroom, Gathered(()))
    assert printed(state, "en", "Hello", "Ada") == "Hello Ada"
    monkeypatch.setattr(templates.SiteEnvironment, "compile", fail)
    assert printed(state, "en", "Hail", "Bea") == "Hail Bea"
