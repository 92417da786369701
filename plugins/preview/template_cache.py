"""Compiled templates are kept from build to build of the preview, which saves nearly half of a small site's build.

What is kept must depend on nothing but the template's text and what the key holds. So filters are not called while a
template is compiled, as Jinja would with constants: the code of a filter may change while the template does not.
Source: https://jinja.palletsprojects.com/en/stable/api/ (bytecode cache, `finalize`, `pass_context`).
"""

import hashlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import jinja2
from jinja2 import Environment, FileSystemBytecodeCache, pass_context
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from pelican.generators import Generator


@pass_context
def _unchanged(context: Context, value: object) -> object:
    """Return what is put out, as it is. A `finalize` that asks for the context leaves all values to the rendering."""
    return value


class _Kept(FileSystemBytecodeCache):
    """Compiled templates by name, file and text, and by how filters and tests are called."""

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        return super().get_bucket(environment, name, filename, f"{_calls(environment)}\n{source}")


@lru_cache
def _calls(environment: Environment) -> str:
    """Return what the compiler looks at in filters and tests: which there are, and what they want handed in."""
    known = {**environment.filters, **{f"is {name}": test for name, test in environment.tests.items()}}
    return repr(sorted((name, str(getattr(call, "jinja_pass_arg", ""))) for name, call in known.items()))


def keeping(folder: Path, environment: dict[str, object]) -> Callable[[Generator], None]:
    """Return a receiver of `generator_init` that keeps compiled templates below `folder`, made with these settings."""
    key = hashlib.sha256(repr((jinja2.__version__, sorted(environment.items()))).encode()).hexdigest()[:16]
    place = folder / key
    place.mkdir(parents=True, exist_ok=True)
    kept = _Kept(str(place))

    def keep(generator: Generator) -> None:
        generator.env.bytecode_cache = kept
        generator.env.optimized = False
        generator.env.finalize = _unchanged

    return keep
