"""The theme's templates, compiled once a build, and the names they all know.

Each of Pelican's generators has templates of its own, and would compile all that it needs again.
"""

from collections.abc import Callable, Mapping, MutableMapping
from types import CodeType
from typing import Any

from jinja2 import Environment, Template
from jinja2.runtime import Context, Macro
from jinja2.utils import internalcode
from markupsafe import Markup, escape
from pelican.generators import Generator

from plugins.sections.build_state import BuildState
from plugins.sections.template_cache import CompiledTemplates, WithoutFolding


class SiteContext(Context):
    """Jinja's context, in which a macro is called at once.

    Jinja's own looks four times whether what is called wants the context handed in: 120 macros on a page took an
    eighth of its time more.
    """

    @internalcode
    def call(self, called: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Call what a template calls."""
        if type(called) is not Macro:
            return super().call(called, *args, **kwargs)
        kwargs.pop("_block_vars", None)
        kwargs.pop("_loop_vars", None)
        return called(self.eval_ctx, *args, **kwargs)


class SiteTemplate(Template):
    """Jinja's template, in which what a macro gave is put out as it is, and not made Markup twice more.

    A page puts out 300 values, half of them Markup already: a tenth of its time.
    """

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        """Make a template of what it was compiled to."""
        template = super().from_code(environment, code, globals, uptodate)
        template.root_render_func.__globals__["escape"] = _escaped  # it imports Jinja's there
        return template


def _escaped(value: object) -> Markup:
    return value if type(value) is Markup else escape(value)


class SiteEnvironment(Environment):
    """Jinja's environment, whose templates have their globals as they were when the template was loaded.

    Jinja's own are a ChainMap, to be changed until the end. Each import of a part goes through all its names: 140 µs
    under a profiler, and a page of the wire has eight.
    """

    code_generator_class = WithoutFolding
    context_class = SiteContext
    template_class = SiteTemplate

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of one template."""
        return {**self.globals, **(d or {})}


def prepare(generator: Generator, state: BuildState, known: Mapping[str, object]) -> None:
    """Tell a generator's templates what is `known` on every page, and share what they are compiled to."""
    if type(generator.env) is Environment:  # Pelican makes it, and offers no way to make it another
        generator.env.__class__ = SiteEnvironment
        generator.env.cache = {}  # all templates stay loaded: Jinja's own cache notes the order of 16 uses a page
    generator.env.globals.update(known)
    if generator.env.bytecode_cache is None:  # a site may have one of its own, in JINJA_ENVIRONMENT
        generator.env.bytecode_cache = state.notes(CompiledTemplates)
