"""One run of Pelican: left out where nothing has changed, else made in a folder aside and carried to the output.

So whatever writes a page, Pelican itself or any plugin, needs to know nothing of this, and a build that fails leaves
the last good output as it was.
"""

import fcntl
import logging
import os
import shutil
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from importlib.machinery import all_suffixes
from pathlib import Path
from typing import Any

from pelican import Pelican, console

from . import code, disk, environment, facts, known_files, last_build, output, recorder, signals, values
from .known_contents import KnownContents
from .known_pages import KnownPages
from .last_build import LastBuild
from .members import quick_lists
from .observed import Observed, observing, say_again
from .places import BuildFolders, places
from .plan import plan
from .quick_contents import quick_contents
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
    try:
        where.cache.mkdir(parents=True, exist_ok=True)
        lock = (where.cache / "incremental.lock").open("a")
    except OSError as error:
        log.warning("The cache cannot be written, so the whole site is built: %s", error)
        original()
        return
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # another run waits; the lock is the kernel's, and ends with the process
        _Build(site, where, of_settings()).run(original)


class _Build:
    """One build of a site, and what it is held against."""

    def __init__(self, site: Pelican, where: BuildFolders, of_settings: tuple[str, str]) -> None:
        self._site, self._where = site, where
        self._plugins = code.modules_of(site.plugins)
        answers = [answer for _, answer in signals.declare.send(site)]
        self._declared = signals.combined(one for one in answers if isinstance(one, Declaration))
        digest, problem = of_settings
        self._reasons = list(filter(None, (problem, facts.clock_problem(site.settings), *code.changed())))
        now = self._declared.now or time.time
        self._begun = now()
        own = (where.output, where.cache, output.beside(where.output), os.path.abspath(site.settings["CACHE_PATH"]))
        self._without = frozenset(map(str, (*own, *self._declared.disposable)))
        last = last_build.read(where.last)
        self._is_first = last is None  # or what is known of the one before is lost
        self._last = last or LastBuild()
        self._variables = environment.variables()
        seen = self._environment(self._last.variables)
        self._facts = {"settings": digest, **facts.of_build(site.settings, self._declared, seen)}

    def run(self, original: Callable[[], None]) -> None:
        """Build, or say that there is nothing to build."""
        difference = self._difference()
        if not difference:
            self._last.write_if_reread(self._where.last)
            say_again(self._last.said)
            signals.unchanged.send(self._site)
            console.print(f"0 of {self._last.pages:,} pages rendered: nothing has changed")
            return
        log.info("To be built: %s", difference)
        output = str(self._where.output)
        watch = Recorder(self._without, self._declared.programs, self._tops(), self._declared.pure, output)
        trees = self._trees()
        reading = Reading(self._where.cache / "read", self._site.settings, self._plugins)
        pages = self._pages()
        contents = KnownContents(pages.records.pack, reading, self._site.settings, self._declared.pure)
        if self._begun < self._last.built_at:  # by a clock that was set back, what was published is of the future again
            contents.forget()
        knowing = (known_files.active(self._last.files), reading.active(), pages.active(), contents.active())
        with recorder.recording(watch), observing() as seen, ExitStack() as stack:
            for one in knowing:
                stack.enter_context(one)
            made, changes = self._make(original, pages, watch)
        if watch.looked_into_output:
            self._reasons.append("a plugin works in the output while the site is built")
        reading.keep()
        self._remember(watch, trees, made, seen, pages, reading)
        count = f"{pages.rendered:,} of {seen.pages:,} pages rendered"
        console.print(f"{count}, {len(changes.written):,} files written, {len(changes.removed):,} removed")
        if watch.looked_into_output:  # where it found the last build
            log.warning("The whole site is built once more, in the output: a plugin works there while it is built")
            original()

    def _environment(self, asked: Collection[str]) -> str:
        """Return what counts of the environment, as it was before the build."""
        return facts.of_environment(self._variables, asked, own_clock=self._declared.now is not None)

    def _difference(self) -> str:
        """Say why the output may not be what this build would make, "" where it is."""
        if self._is_first:
            return "the last build is not known"
        if self._reasons:
            return self._reasons[0]
        found = self._last.difference(self._facts, self._where.output, self._begun)
        if found or not self._site.delete_outputdir:
            return found
        for name in self._to_clean(disk.below(str(self._where.output)), self._last.outputs):
            return f"{name} is to be removed"
        return ""

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
        with _building(where), _aside(site, str(where.aside)), quick_lists(), quick_contents():
            original()
        pages.forget_answers()
        with recorder.paused():
            signals.built.send(site, files=BuiltFiles(where.aside, where.output, pages.unchanged))
            made: dict[str, disk.Known] = {}
            # A plugin may have looked up where the output is before the build, and so have written there by itself.
            # What one rewrote that it found there is of the last build: the site is built there once more.
            inside = f"{where.output}{os.sep}"
            for path in watch.written:
                if path.startswith(inside) and os.path.isfile(path) and not watch.looked_into_output:
                    made[path.removeprefix(inside)] = disk.known(path)
            made |= pages.unchanged
            # What is aside comes last: a page that stayed, and that a plugin then wrote anew, is the new one.
            for name in disk.below(str(where.aside)):
                made[name] = disk.known(f"{where.aside}/{name}")
            changes = self._bring(made, pages.unchanged)
            shutil.rmtree(where.aside)
            # A file keeps its times as it is moved: these were read when it was made, and it may be known by them.
            hints = dict(made)
            for name, known in made.items():
                if pages.unchanged.get(name) is not known:  # those, nobody has moved or linked
                    hints[name] = disk.known(f"{where.output}/{name}", known)
        signals.brought.send(site, changes=changes)
        return hints, changes

    def _bring(self, made: Mapping[str, disk.Known], unchanged: Mapping[str, disk.Known]) -> Brought:
        site, where = self._site, self._where
        stayed = {name: known for name, known in unchanged.items() if made[name] is known}
        present = output.present(where.output, made, self._last.outputs, stayed, hidden=site.delete_outputdir)
        before = output.made_before(where.output, where.cache)
        decided = plan({name: known.digest for name, known in made.items()}, present, before)
        signals.planned.send(site, changes=Planned(decided, where.aside, where.output))
        # Should this run be ended half way, the next one still knows all that is ours.
        output.remember(where.output, where.cache, {*before, *made})
        output.carry_out(decided, where.aside, where.output)
        output.remember(where.output, where.cache, made)
        cleaned: list[str] = []
        if site.delete_outputdir:
            cleaned = self._to_clean(decided.foreign, made)
            output.remove(where.output, cleaned)
        foreign = sorted({*decided.foreign}.difference(cleaned))
        return Brought(where.output, decided.write, (*decided.remove, *cleaned), tuple(foreign))

    def _pages(self) -> KnownPages:
        """Return the pages of the last build, to be held against this one's."""
        declared, last = self._declared, self._last
        key = None
        if last.facts == self._facts and not self._reasons:
            files = last_build.known_files(last.files, last.files)
            key = self._pages_key(files, last.by_others)
        has_clock = "INCREMENTAL_CLOCK" in self._site.settings
        settings = self._site.settings
        return KnownPages(self._where, last.outputs, key, settings, declared.asked, declared.pure, has_clock=has_clock)

    def _pages_key(self, files: Mapping[str, disk.Known], by_others: Iterable[str]) -> str:
        """Return a digest of all that any page depends on: code, settings, facts, all files but texts and templates."""
        others, tops = frozenset(by_others), self._tops()
        counted = {}
        for path, known in files.items():
            is_text_or_template = path.startswith(tops) and not path.endswith(_CODE)
            # Of a text that a plugin opened by itself, any page may show something without asking a content for it.
            if path in others or not is_text_or_template:
                counted[path] = known.digest
        return values.digest([self._facts, counted])

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
        others = set(watch.by_others)
        if pages.is_current:
            others.update(self._last.by_others)  # who opened a text for a page that stayed was not asked again
        # What is taken over from an earlier build was not asked for again either.
        variables = environment.asked().union(self._last.variables)
        self._facts["environment"] = self._environment(variables)
        files = self._files(watch, others)
        self._reasons += self._changed_meanwhile(watch)
        self._reasons += code.changed()
        # What only makes the whole site another one is seen of a page by what it gets: a plugin's time, or a program's.
        pages.keep(None if self._reasons else self._pages_key(files, others), made)
        if "INCREMENTAL_CLOCK" not in self._site.settings:
            self._reasons += sorted(reading.reasons)
            if not self._declared.now:
                self._reasons += code.reasons(self._site.settings, self._plugins, self._templates(files))
        self._reasons += watch.elsewhere
        LastBuild(
            facts=self._facts,
            files=files,
            folders={**dict(self._folders(watch)), **trees},
            outputs=made,
            pages=seen.pages,
            said=seen.said,
            built_at=self._begun,
            until=self._until(seen),
            reasons=self._reasons,
            without=sorted(self._without),
            by_others=sorted(others),
            variables=sorted(variables),
            launch=str(self._site.settings.get(facts.LAUNCH, "")),
        ).write(self._where.last)
        for reason in self._reasons:
            log.info("Nothing is known of the next build: %s", reason)

    def _files(self, watch: Recorder, others: Iterable[str]) -> dict[str, disk.Known]:
        """Return all files that the build depends on: seen to be read, loaded as code, declared, or named by settings.

        `others` are those that others than Pelican opened, in this build or an earlier one.
        """
        paths = {*watch.files, *code.files(), *self._declared.files, *others}
        # A file that a setting names may be read by a C library, of which nothing is seen: a typeface by FreeType.
        for value in self._site.settings.values():
            if isinstance(value, str) and os.path.isfile(value):
                paths.add(os.path.abspath(value))
        files = last_build.known_files(paths, self._last.files)
        for path in watch.written:
            if path in files and files[path].digest == "absent":
                del files[path]  # it was the build's own, and is gone with it
        return files

    def _folders(self, watch: Recorder) -> Iterator[tuple[str, str]]:
        """Yield the folders that were looked into, but for the build's own that are gone with it."""
        for path, found in watch.folders.items():
            if path not in watch.written or os.path.lexists(path):
                yield path, found

    def _changed_meanwhile(self, watch: Recorder) -> Iterator[str]:
        """Yield what is to be said of files that are no longer as they were when they were first read."""
        for path, found in watch.files.items():
            now = disk.stamp(path)
            if now and found and path in watch.linked:
                now = now._replace(changed=found.changed)  # another name for it is no change of what it says
            if path not in watch.written and now != found:
                yield f"{path} changed while the site was built"

    def _until(self, seen: Observed) -> float | None:
        """Return the moment from which on time may make this build another one; None where it never does."""
        declared = self._declared.until
        return signals.earliest([seen.until, declared() if declared else None])

    def _trees(self) -> dict[str, str]:
        """Return the listings of all folders in which Pelican, or a plugin, may look whether there is a file."""
        settings = self._site.settings
        looked_in: list[str] = []
        for top in (settings["PATH"], settings["THEME"], *settings["THEME_TEMPLATES_OVERRIDES"]):
            looked_in += disk.folders(os.path.abspath(top))
        # Below the folders of plugins, only those with code that is loaded: hundreds of others' plugins may lie there.
        plugins = set(map(os.path.abspath, settings.get("PLUGIN_PATHS") or ()))
        inside_plugins = tuple(f"{folder}/" for folder in plugins)
        for path in code.files():
            if path.startswith(inside_plugins):
                plugins.add(os.path.dirname(path))
        ignored = tuple(f"{folder}{os.sep}" for folder in self._without)
        listings = {}
        for path in (*looked_in, *plugins):
            if not f"{path}/".startswith(ignored):
                listings[path] = disk.listing(path, self._without)
        return listings

    def _tops(self) -> tuple[str, ...]:
        """Return the folders of texts, templates and what a theme has copied.

        Of these is seen which page gets what; not of a theme's other files, such as its words in another language.
        """
        settings, theme = self._site.settings, self._site.settings["THEME"]
        tops = [settings["PATH"], *settings["THEME_TEMPLATES_OVERRIDES"]]
        for name in ("templates", *settings["THEME_STATIC_PATHS"]):
            tops.append(os.path.join(theme, name))
        return tuple(f"{os.path.abspath(top)}{os.sep}" for top in tops)

    def _templates(self, files: Iterable[str]) -> Iterator[str]:
        endings = tuple(self._site.settings["TEMPLATE_EXTENSIONS"])
        folders = self._tops()
        for path in files:
            if path.startswith(folders) and path.endswith(endings) and os.path.isfile(path):
                yield path


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
