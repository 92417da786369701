"""What a build has in memory, from which single pages are printed: those in the browser's tabs, before all the others.

Of 1,000 posts a build takes seconds to print all pages, or to find that they stay as they are. Whoever edits looks at
one. It is printed by itself, by the generators and the writer of a build: before that build prints the others, and of
what is edited next by the last one that went well, without waiting for the next.
"""

import inspect
import logging
import os
from collections.abc import Callable, Iterator, Sequence, Set
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pelican import signals
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator
from pelican.writers import Writer

from plugins.incremental import recorder
from plugins.preview import edited_texts
from plugins.sections.plugin import SectionsGenerator

log = logging.getLogger(__name__)
_TEXTS = (ArticlesGenerator, PagesGenerator)


class BuiltSite:
    """The generators of a build, with all that they have read, and its writer. `folder` is the preview's own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._generators: Sequence[Generator] = ()
        self._writer: Writer = None

    @contextmanager
    def noted(self, beside: Callable[[], None] | None) -> Iterator[None]:
        """Take note of the build in this block; `beside` is run by a fork of it that has all read, and nothing printed.

        The block does not end before that: a fork holds the build's locks too.
        """
        forks: list[int] = []

        def note(generators: Sequence[Generator]) -> None:
            first = generators[0]

            def begin(writer: Writer) -> None:
                del first.generate_output
                self._generators, self._writer = generators, writer
                if beside:
                    forks.append(_fork(beside))
                first.generate_output(writer)

            first.generate_output = begin

        try:
            with signals.all_generators_finalized.connected_to(note):
                yield
        finally:
            for fork in forks:
                os.waitpid(fork, 0)

    def pages(self, wanted: Set[str]) -> dict[str, bytes]:
        """Return those of the wanted pages that the build prints: path below the output → HTML.

        For a process of its own, whatever else goes on in this one. A page that cannot be printed is left out.
        """
        Writer.write_file = inspect.unwrap(Writer.write_file)  # nothing is to be known of these pages
        found: dict[str, bytes] = {}
        with TemporaryDirectory(dir=self._folder) as folder:
            writer = type(self._writer)(folder, settings=self._writer.settings)
            write = writer.write_file

            def write_wanted(name: str, *args: Any, **kwargs: Any) -> None:
                if name in wanted:
                    with _left_to_the_build(name):
                        write(name, *args, **kwargs)
                        found[name] = Path(folder, name).read_bytes()

            def write_no_feed(*_: Any, **__: Any) -> None:
                pass

            writer.write_file, writer.write_feed = write_wanted, write_no_feed
            for generator in self._generators:
                if isinstance(generator, _TEXTS):
                    generator.generate_output(writer)
                elif isinstance(generator, SectionsGenerator):
                    generator.print_pages(writer, wanted)
        return found

    def edited(self, paths: Set[str], wanted: Set[str]) -> dict[str, bytes]:
        """Return what the next build will make of files that were edited: path below the output → what is in it.

        That is what the theme has copied, and the texts' own pages; where a template is among them, also the wanted
        pages. What cannot be printed is left out.
        """
        found: dict[str, bytes] = {}
        has_template = any(map(self._is_template, paths))
        if has_template:
            for generator in self._generators:
                generator._templates.clear()
                generator.env.cache.clear()
        for path in paths:
            with _left_to_the_build(path):
                found |= self._copy(path)
            for generator in self._generators:
                if isinstance(generator, _TEXTS):
                    with _left_to_the_build(path):
                        found |= edited_texts.page(path, generator, self._writer, self._folder)
        if has_template and (others := wanted - found.keys()):
            with _left_to_the_build("what tabs show"):
                found |= self.pages(others)
        return found

    def _copy(self, path: str) -> dict[str, bytes]:
        """Return a file that is copied from the theme to the site, as it is now; none where it is no such file."""
        settings = self._writer.settings
        for name in settings["THEME_STATIC_PATHS"]:
            top = Path(settings["THEME"], name).resolve()
            if Path(path).is_relative_to(top):
                copy = Path(settings["THEME_STATIC_DIR"], Path(path).relative_to(top))
                return {copy.as_posix(): Path(path).read_bytes()}
        return {}

    def _is_template(self, path: str) -> bool:
        settings = self._writer.settings
        folders = (Path(settings["THEME"], "templates"), *map(Path, settings["THEME_TEMPLATES_OVERRIDES"]))
        return any(Path(path).is_relative_to(folder.resolve()) for folder in folders)


def _fork(work: Callable[[], None]) -> int:
    with recorder.paused():  # it is no program of which nothing would be known
        child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)  # where it went wrong, the build tells
    return child


@contextmanager
def _left_to_the_build(what: str) -> Iterator[None]:
    """Let the build tell what is wrong."""
    try:
        yield
    except Exception:
        log.debug("%s is left to the build", what, exc_info=True)
