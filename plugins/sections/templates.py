"""The theme's templates, compiled once a build, and the names they all know.

Each of Pelican's generators has templates of its own, and would compile all that it needs again.
"""

from collections.abc import Mapping, MutableMapping
from typing import Any

from jinja2 import Environment
from jinja2.bccache import Bucket, BytecodeCache
from pelican.generators import Generator

from plugins.sections.build_state import BuildState


class SiteEnvironment(Environment):
    """Jinja's environment, whose templates have their globals as they were when the template was loaded.

    Jinja's own are a ChainMap, to be changed until the end. Each import of a part goes through all its names: 140 µs
    under a profiler, and a page of the wire has eight.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of one template."""
        return {**self.globals, **(d or {})}


class CompiledTemplates(BytecodeCache):
    """What the templates of one build were compiled to, by the language they are printed in.

    By the language, since Jinja carries out a filter of a constant when it compiles, and words differ. A build of a
    wire compiled 57 templates where it has 25.
    """

    def __init__(self) -> None:
        self._compiled: dict[tuple[str, str, str], Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Put the code into the bucket, if there is some."""
        bucket.code = self._compiled.get(_key(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the bucket's code."""
        self._compiled[_key(bucket)] = bucket.code


def _key(bucket: Bucket) -> tuple[str, str, str]:
    return bucket.key, bucket.checksum, str(bucket.environment.globals.get("PAGE_LANG"))


def prepare(generator: Generator, state: BuildState, known: Mapping[str, object]) -> None:
    """Tell a generator's templates what is `known` on every page, and share what they are compiled to."""
    if type(generator.env) is Environment:  # Pelican makes it, and offers no way to make it another
        generator.env.__class__ = SiteEnvironment
    generator.env.globals.update(known)
    if generator.env.bytecode_cache is None:  # a site may have one of its own, in JINJA_ENVIRONMENT
        generator.env.bytecode_cache = state.notes(CompiledTemplates)
