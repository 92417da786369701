"""One run of Pelican: left out where nothing has changed, else made in a folder aside and carried to the output.

So whatever writes a page, Pelican itself or any plugin, needs to know nothing of this, and a build that fails leaves
the last good output as it was.
"""

import fcntl
import logging
import os
import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib.machinery import all_suffixes
from pathlib import Path
from typing import Any

from pelican import Pelican, console
from pelican import signals as of_pelican

from . import code, disk, facts, last_build, output, recorder, signals, values
from .known_pages import KnownPages
from .last_build import LastBuild
from .members import use_members
from .observed import Observed, observing, say_again
from .places import BuildFolders, places
from .plan import plan
from .reading import Reading
from .recorder import Recorder
from .signals import Brought, BuiltFiles, Declaration, Planned

log = logging.getLogger(__name__)
_CODE = tuple(all_suffixes())
"""Endings of modules' files, which may lie beside a theme's templates."""


def run(site: Pelican, original: Callable[[], None], of_settings: Callable[[], tuple[str, str]]) -> None:
    """Build a site, or say that there is nothing to build. `original` is Pelican's own way to do it.

    `of_settings` returns what `facts.of_settings` found in the first run. A site built from within another's build
    is a part of that one.
    """
    if recorder.is_recording():
        with _within(site, _under_way[-1]):
            original()
        return
    recorder.end()
    where = places(site.settings)
    with _locked(where.cache / "incremental.lock"):
        _Build(site, where, of_settings()).run(original)


class _Build:
    """One build of a site, and what it is held against."""

    def __init__(self, site: Pelican, where: BuildFolders, of_settings: tuple[str, str]) -> None:
        self._site, self._where = site, where
        self._declared = [found for _, found in signals.declare.send(site) if isinstance(found, Declaration)]
        digest, problem = of_settings
        self._reasons = [found for found in (problem, facts.clock_problem(site.settings), *code.changed()) if found]
        self._facts = {"settings": digest, **facts.of_build(site.settings, self._declared)}
        self._clock = next((one.now for one in self._declared if one.now), time.time)
        self._begun = self._clock()
        own = (where.output, where.cache, output.beside(where.output), os.path.abspath(site.settings["CACHE_PATH"]))
        disposable = (folder for one in self._declared for folder in one.disposable)
        self._without = frozenset(map(str, (*own, *disposable)))
        self._last = last_build.read(where.last)

    def run(self, original: Callable[[], None]) -> None:
        """Build, or say that there is nothing to build."""
        difference = self._difference()
        if self._last and not difference:
            self._last.write_if_reread(self._where.last)
            say_again(self._last.said)
            signals.unchanged.send(self._site)
            console.print(f"0 of {self._last.pages:,} pages rendered: nothing has changed")
            return
        log.info("To be built: %s", difference)
        programs = frozenset().union(*(one.programs for one in self._declared))
        watch = Recorder(self._without, programs, self._tops(), self._pure())
        trees = self._trees()
        reading = Reading(self._where.cache / "read", self._site.settings)
        pages = self._pages()
        with recorder.recording(watch), observing() as seen, reading.active(), pages.active():
            made, changes = self._make(original, pages, watch)
        reading.keep()
        self._remember(watch, trees, made, seen, pages, reading)
        count = f"{pages.rendered:,} of {seen.pages:,} pages rendered"
        console.print(f"{count}, {len(changes.written):,} files written, {len(changes.removed):,} removed")

    def _difference(self) -> str:
        """Say why the output may not be what this build would make, "" where it is."""
        if self._last is None:
            return "the last build is not known"
        if self._reasons:
            return self._reasons[0]
        found = self._last.difference(self._facts, self._where.output, self._begun)
        if not found and self._site.delete_outputdir:
            foreign = self._to_clean(disk.below(str(self._where.output)), self._last.outputs)
            return f"{foreign[0]} is to be removed" if foreign else ""
        return found

    def _to_clean(self, present: Iterable[str], made: Mapping[str, object]) -> list[str]:
        """Return others' files that DELETE_OUTPUT_DIRECTORY wants removed; it spares what OUTPUT_RETENTION names."""
        kept = set(self._site.output_retention)
        return [name for name in present if name not in made and name.partition("/")[0] not in kept]

    def _make(
        self, original: Callable[[], None], pages: KnownPages, watch: Recorder
    ) -> tuple[dict[str, disk.Known], Brought]:
        """Build aside, then carry the differences to the output. Return what was made, and what that changed."""
        site, where = self._site, self._where
        shutil.rmtree(where.aside, ignore_errors=True)
        where.aside.mkdir(parents=True)
        quick_lists = of_pelican.article_generator_pretaxonomy.connected_to(use_members)
        with _building(where), _aside(site, str(where.aside)), quick_lists:
            original()
        with recorder.paused():
            signals.built.send(site, files=BuiltFiles(where.aside, where.output, pages.unchanged))
            # A plugin may have looked up where the output is before the build, and so have written there by itself.
            inside = f"{where.output}{os.sep}"
            direct = [path for path in watch.written if path.startswith(inside) and os.path.isfile(path)]
            made = {path.removeprefix(inside): disk.known(path) for path in direct} | pages.unchanged
            made |= {name: disk.known(f"{where.aside}/{name}") for name in disk.below(str(where.aside))}
            changes = self._bring(made)
            shutil.rmtree(where.aside)
            # A file keeps its times as it is moved: these were read when it was made, and it may be known by them.
            hints = {name: disk.known(f"{where.output}/{name}", known) for name, known in made.items()}
        signals.brought.send(site, changes=changes)
        return hints, changes

    def _bring(self, made: Mapping[str, disk.Known]) -> Brought:
        site, where = self._site, self._where
        hints = self._last.outputs if self._last else {}
        present = output.present(where.output, made, hints, hidden=site.delete_outputdir)
        before = output.made_before(where.output, where.cache)
        decided = plan({name: known.digest for name, known in made.items()}, present, before)
        signals.planned.send(site, changes=Planned(decided, where.aside, where.output))
        # Should this run be ended half way, the next one still knows all that is ours.
        output.remember(where.output, where.cache, {*before, *made})
        output.carry_out(decided, where.aside, where.output)
        output.remember(where.output, where.cache, made)
        cleaned = self._to_clean(decided.foreign, made) if site.delete_outputdir else []
        output.remove(where.output, cleaned)
        foreign = tuple(name for name in decided.foreign if name not in set(cleaned))
        return Brought(where.output, decided.write, (*decided.remove, *cleaned), foreign)

    def _pages(self) -> KnownPages:
        """Return the pages of the last build, to be held against this one's."""
        kinds = tuple(kind for one in self._declared for kind in one.asked)
        key = None
        if self._last and self._last.facts == self._facts and not self._reasons:
            files = {path: disk.known(path, known) for path, known in self._last.files.items()}
            key = self._pages_key(files, self._last.by_others)
        made = self._last.outputs if self._last else {}
        has_clock = "INCREMENTAL_CLOCK" in self._site.settings
        return KnownPages(self._where, made, key, kinds, self._pure(), has_clock=has_clock)

    def _pages_key(self, files: Mapping[str, disk.Known], by_others: Iterable[str]) -> str:
        """Return a digest of all that any page depends on: code, settings, facts, all files but texts and templates."""
        others, tops = frozenset(by_others), self._tops()
        known = {
            path: one.digest
            for path, one in files.items()
            if path in others or path.endswith(_CODE) or not path.startswith(tops)
        }
        return values.digest([self._facts, known])

    def _remember(
        self,
        watch: Recorder,
        trees: dict[str, str],
        made: dict[str, disk.Known],
        seen: Observed,
        pages: KnownPages,
        reading: Reading,
    ) -> None:
        """Keep what this build was made of, for the next one."""
        before = self._last.files if self._last else {}
        declared = {path for one in self._declared for path in one.files}
        # A file that a setting names may be read by a C library, of which nothing is seen: a typeface by FreeType.
        named = (value for value in self._site.settings.values() if isinstance(value, str) and os.path.isfile(value))
        declared |= set(map(os.path.abspath, named))
        others = {*watch.by_others, *(self._last.by_others if self._last and pages.is_current else ())}
        files = last_build.known_files({*watch.files, *code.files(), *declared, *others}, before)
        for path in [path for path in watch.written if path in files and files[path].digest == "absent"]:
            del files[path]  # it was the build's own, and is gone with it
        for path, found in watch.files.items():
            now = disk.stamp(path)
            if now and found and path in watch.linked:
                now = now._replace(changed=found.changed)
            if path not in watch.written and now != found:
                self._reasons.append(f"{path} changed while the site was built")
        self._reasons += code.changed()
        # What only makes the whole site another one is seen of a page by what it gets: a plugin's time, or a program's.
        pages.keep(None if self._reasons else self._pages_key(files, others), made)
        if "INCREMENTAL_CLOCK" not in self._site.settings:
            self._reasons += sorted(reading.reasons)
            if not any(one.now for one in self._declared):
                self._reasons += code.reasons(self._site.settings, self._templates(files))
        self._reasons += watch.elsewhere
        moments = [seen.until, *(one.until() for one in self._declared if one.until)]
        until = min((moment for moment in moments if moment is not None), default=None)
        LastBuild(
            facts=self._facts,
            files=files,
            folders={**watch.folders, **trees},
            outputs=made,
            pages=seen.pages,
            said=seen.said,
            built_at=self._begun,
            until=until,
            reasons=self._reasons,
            without=sorted(self._without),
            by_others=sorted(others),
            launch=str(self._site.settings.get(facts.LAUNCH, "")),
        ).write(self._where.last)
        for reason in self._reasons:
            log.info("Nothing is known of the next build: %s", reason)

    def _trees(self) -> dict[str, str]:
        """Return the listings of all folders in which Pelican, or a plugin, may look whether there is a file."""
        settings = self._site.settings
        tops = [settings["PATH"], settings["THEME"], *settings["THEME_TEMPLATES_OVERRIDES"]]
        found = [folder for top in tops for folder in disk.folders(os.path.abspath(top))]
        plugins = {os.path.abspath(folder) for folder in settings.get("PLUGIN_PATHS") or ()}
        plugins |= {
            os.path.dirname(path) for path in code.files() if path.startswith(tuple(f"{top}/" for top in plugins))
        }
        inside = tuple(f"{folder}{os.sep}" for folder in self._without)
        return {
            path: disk.listing(path, self._without) for path in (*found, *plugins) if not f"{path}/".startswith(inside)
        }

    def _pure(self) -> tuple[str, ...]:
        return tuple(name for one in self._declared for name in one.pure)

    def _tops(self) -> tuple[str, ...]:
        """Return the folders of texts, templates and what a theme has copied.

        Of these is seen which page gets what; not of a theme's other files, such as its words in another language.
        """
        settings, theme = self._site.settings, self._site.settings["THEME"]
        of_theme = (os.path.join(theme, name) for name in ("templates", *settings["THEME_STATIC_PATHS"]))
        tops = (settings["PATH"], *of_theme, *settings["THEME_TEMPLATES_OVERRIDES"])
        return tuple(f"{os.path.abspath(top)}{os.sep}" for top in tops)

    def _templates(self, files: Iterable[str]) -> Iterator[str]:
        endings = tuple(self._site.settings["TEMPLATE_EXTENSIONS"])
        folders = self._tops()
        return (path for path in files if path.startswith(folders) and path.endswith(endings) and os.path.isfile(path))


_under_way: list[BuildFolders] = []


@contextmanager
def _building(where: BuildFolders) -> Iterator[None]:
    """Keep where a build is made, for the sites that are built within it."""
    _under_way.append(where)
    try:
        yield
    finally:
        _under_way.remove(where)


@contextmanager
def _within(site: Pelican, outer: BuildFolders) -> Iterator[None]:
    """Have a site that is built from within another's build write below that one's folder, where it is a part of it."""
    target = Path(os.path.abspath(site.output_path))
    below = os.path.relpath(target, outer.output)
    if target.is_relative_to(outer.aside) or below.partition(os.sep)[0] == os.pardir:
        yield
        return
    with _aside(site, os.path.normpath(outer.aside / below)):
        yield


@contextmanager
def _aside(site: Pelican, folder: str) -> Iterator[None]:
    """Have Pelican, and all plugins that ask its settings, write into a folder aside instead of the output.

    That is set once Pelican has made the context of its templates, which so say what they say without this plugin, and
    before plugins are asked for generators: they are asked in no order.
    """
    before = site.output_path, site.settings["OUTPUT_PATH"]
    get_generators = site._get_generator_classes

    def point() -> Any:
        site.output_path = site.settings["OUTPUT_PATH"] = folder
        return get_generators()

    site._get_generator_classes = point
    try:
        yield
    finally:
        del site._get_generator_classes
        site.output_path, site.settings["OUTPUT_PATH"] = before


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the cache for the time of a run: another run waits. The lock is the kernel's, and ends with the process."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
