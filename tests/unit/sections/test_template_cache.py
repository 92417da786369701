"""Compiled templates are kept from build to build, and never taken where they are not what would be compiled now."""

import stat
from functools import partial
from pathlib import Path
from typing import Any, NoReturn, cast

import pytest
from jinja2 import DictLoader, Environment

from plugins.core.text.plain_text import plain
from plugins.sections import template_cache
from plugins.sections.template_cache import CompiledTemplates, WithoutFolding

TEXT = "{% macro greet(name) %}Hello, {{ name|plain }}.{% endmacro %}{{ greet(who) }}"


class Uncompiling(Environment):
    """An environment that has no compiler."""

    def compile(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Fail where a template would be compiled."""
        pytest.fail("a template was compiled that is kept")


class Unfolding(Environment):
    """An environment whose templates have no answer of ours in them."""

    code_generator_class = WithoutFolding


class UnfoldingUncompiling(Unfolding, Uncompiling):
    """The same, without a compiler."""


def build(folder: Path, text: str = TEXT, language: str = "en", kind: type[Environment] = Environment) -> str:
    """Print a page as a build that begins with what is in a folder."""
    environment = kind(loader=DictLoader({"page": text}), autoescape=True, bytecode_cache=CompiledTemplates(folder))
    environment.filters["plain"] = plain
    environment.globals["PAGE_LANG"] = language
    return environment.get_template("page").render(who="<b>Ada</b>")


def test_what_one_build_compiled_the_next_one_does_not(tmp_path: Path) -> None:
    """The second build prints the same page and compiles nothing."""
    assert build(tmp_path) == "Hello, Ada."
    assert build(tmp_path, kind=Uncompiling) == "Hello, Ada."


def test_a_changed_text_and_another_language_are_compiled(tmp_path: Path) -> None:
    """Neither is answered from what was kept; a text's next version takes the place of the last."""
    build(tmp_path)
    assert build(tmp_path, TEXT.replace("Hello", "Good day")) == "Good day, Ada."
    assert len(list(tmp_path.iterdir())) == 1
    build(tmp_path, language="es")
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("{{ 'x'|word }}", "a", "b"),
        ("{% set made = 'x'|word %}{{ made }}", "a", "b"),
        ("{{ 'yes' if 'x' is said else 'no' }}", "yes", "no"),
        ("{% autoescape 'x'|word == 'a' %}{{ sign }}{% endautoescape %}", "&lt;", "<"),
    ],
)
def test_other_code_answers_for_constants_too(
    text: str, before: str, after: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was compiled with one filter prints what the next one says, and is not compiled again for it."""

    def render(kind: type[Environment], word: str) -> str:
        environment = kind(
            loader=DictLoader({"page": text}), autoescape=False, bytecode_cache=CompiledTemplates(tmp_path)
        )
        environment.filters["word"] = partial(_given, word)
        environment.tests["said"] = cast("Any", partial(_given, word == "a"))
        return environment.get_template("page").render(sign="<")

    monkeypatch.setattr(template_cache, "own_code", lambda: "before")
    assert render(Unfolding, "a") == before
    template_cache._code.cache_clear()
    monkeypatch.setattr(template_cache, "own_code", lambda: "after")
    assert render(UnfoldingUncompiling, "b") == after
    template_cache._code.cache_clear()


def _given(answer: object, _: object) -> object:
    return answer


_given.__module__ = "plugins.words"  # one of ours: with others' filters, nothing is kept


def test_what_is_damaged_is_never_run(tmp_path: Path) -> None:
    """Cut short, changed in a byte, empty or something else: it is compiled again, and kept whole."""
    build(tmp_path)
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    changed = [whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(0, len(whole), 97)]
    for data in (b"", b"x", whole[:-1], whole[: len(whole) // 2], b"\0" * len(whole), *changed):
        kept.write_bytes(data)
        assert build(tmp_path) == "Hello, Ada."
        assert kept.read_bytes() == whole


@pytest.mark.parametrize("right", [stat.S_IWGRP, stat.S_IWOTH])
def test_what_others_may_write_is_never_run(tmp_path: Path, right: int) -> None:
    """A file that somebody else could have put code into is written anew, and is the owner's alone."""
    build(tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.chmod(kept.stat().st_mode | right)
    with pytest.raises(pytest.fail.Exception):
        build(tmp_path, kind=Uncompiling)
    build(tmp_path)
    assert not kept.stat().st_mode & right


def test_a_filter_of_others_is_not_kept(tmp_path: Path) -> None:
    """Jinja calls a constant's filter when it compiles, and nobody knows when the code of somebody else's changes."""
    environment = Environment(loader=DictLoader({"page": "{{ 'x'|loud }}"}), bytecode_cache=CompiledTemplates(tmp_path))  # noqa: S701 - there is no HTML here
    environment.filters["loud"] = lambda words: f"{words}!"
    assert environment.get_template("page").render() == "x!"
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    """A build goes on where its cache cannot be written."""
    place = tmp_path / "templates"
    place.write_text("a file stands where the folder would be")
    assert build(place) == "Hello, Ada."
