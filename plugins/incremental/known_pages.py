"""Pages whose templates would get the same answers as in the last build are not rendered again.

The text of such a page is that of the last build, before other plugins' hooks had their say: Pelican writes it and
tells them of it as ever, so that whatever they do to a page's file is done again. It is taken from the output, where
the file is as it was rendered, and kept besides where a hook rewrote it.

Where all hooks are of plugins that know of this, a page that is in the output as it was rendered is not even written:
of each page, that would cost two files and two folders, which are made, compared and removed again.
"""

import hashlib
import logging
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any

from jinja2 import Template
from pelican import Pelican, signals
from pelican.writers import Writer

from . import disk, hooks, known_feeds, recorder, trace
from .closure import Closures
from .consumed import STOCK, Consumed
from .disk import Known
from .fingerprints import Fingerprints
from .functions import Functions
from .known_feeds import FeedInputs
from .observed import noticing
from .page_questions import KnownAnswers, PageQuestions, QuickAnswers
from .page_records import KnownPage, PageRecords
from .places import BuildFolders, below
from .trace import Trace
from .values import UnknownValueError

log = logging.getLogger(__name__)


GIVEN = "incremental_given"
"""The name under which a generator may give a page a Given, instead of values by their names."""


@dataclass(frozen=True, slots=True)
class Given:
    """Values for a page, by name, that are made when they are asked for.

    `inputs` is a digest of all that they follow from besides settings and code. Where it is as it was, nobody asks.
    """

    inputs: str
    values: Mapping[str, Any]


_LONG, _SOME = 1_000, 16
"""How many objects a page asks, and how many pages of a template do, from which on its others are rendered each time.

Where plugins may change what pages get, each is asked again by itself, which takes as long as to render it, and to take
down four times as long: of 600 posts, all on each page, a build took 42 s, and 16 without; Pelican's 10. A tag's page
without pagination asks 560 objects, of 2,500 posts with 50 tags.
"""

_NOT_GIVEN = Given("", {})


class KnownPages:
    """The pages of one build. `made` are the files of the last one, in the output.

    `settings` are the site's. `has_clock`: functions may ask for the time, as it was said how often it matters.
    `key` is a digest of all that any page depends on; None where no page of the last build can be known again.
    `unchanged` are the files, with their digests, that are not written because they are in the output as they would be.
    """

    def __init__(
        self,
        where: BuildFolders,
        made: Mapping[str, Known],
        key: str | None,
        settings: Mapping[str, Any],
        kinds: tuple[type, ...] = (),
        pure: tuple[str, ...] = (),
        *,
        has_clock: bool = False,
    ) -> None:
        self.rendered = 0
        self.problems: dict[str, str] = {}
        self.unchanged: dict[str, Known] = {}
        self.where, self._made = where, made
        self.output, self.aside = where.output, where.aside
        self._leaves_files = False
        self._is_left = False
        self._are_hooks_pure = False
        self.records = PageRecords(where.pages, key)
        self.is_current = self.records.is_current
        asked = (*STOCK, *kinds)
        self._said = Consumed(asked, Functions(pure, asked, has_clock=has_clock))
        self._asking = KnownAnswers(self._said, is_asking=True)
        self._answers = self._asking
        fingerprints = Fingerprints(self._said, settings)
        self._quick = QuickAnswers(self._said, fingerprints)
        self._feeds = FeedInputs(self._said, fingerprints)
        self._closures = Closures(self.records.pack, self._said.anew())
        self._written: dict[str, int] = {}
        self._by_closure: dict[str, list[str]] = {}
        self._long: Counter[str] = Counter()

    @property
    def said(self) -> Consumed:
        """Return what says what values say."""
        return self._said

    @property
    def may_stay_together(self) -> bool:
        """Say whether pages may stay as they are, and all plugins do what follows from what they get."""
        return self._leaves_files and not self._may_change

    @contextmanager
    def active(self) -> Iterator[None]:
        """Answer for pages that are known, until the block ends."""
        original = Writer.write_file

        @wraps(original)  # who wants a page rendered and nothing known of it finds the original by this
        def write_file(writer: Writer, name: Any, template: Any, *args: Any, **kwargs: Any) -> None:
            original(writer, name, _Remembered(template, self, writer.output_path), *args, **kwargs)

        Writer.write_file = write_file
        _active.append(self)
        try:
            with (
                signals.get_writer.connected_to(self._look_who_writes),
                hooks.unwritten(self._leave),
                known_feeds.active(self._feed_stays),
            ):
                yield
        finally:
            _active.remove(self)
            Writer.write_file = original

    def _look_who_writes(self, site: Pelican) -> None:
        """Decide whether files may stay as they are: all that may look at them in the build's folder knows of it."""
        is_pure = self._said.functions.is_pure
        self._leaves_files = self.is_current and hooks.know_of_it(is_pure)
        self._are_hooks_pure = hooks.are_pure(is_pure)
        self._answers = KnownAnswers(self._said, is_asking=not self._are_hooks_pure)

    @property
    def _may_change(self) -> bool:
        """Say whether what pages get may become another while others are rendered, by code that nobody knows."""
        return not self._are_hooks_pure or self._said.functions.has_met_foreign

    def _leave(self) -> bool:
        """Say whether the file that Pelican writes now stays as it is, which it asks once for each."""
        left, self._is_left = self._is_left, False
        return left

    def stays(self, name: str, inputs: str, template: Template | None) -> bool:
        """See `stays` below."""
        closure = self.closure_digest(template)
        if closure is None:
            return False
        self.records.add_file(name, inputs, closure)  # known after this build, whether it may stay in this one or not
        kept = self.records.file(name)
        if kept is None or (kept.inputs, kept.closure) != (inputs, closure):
            return False
        known = self.unchanged_file(name, kept.digest)
        if known:
            self.unchanged[name] = known
        return known is not None

    def _feed_stays(self, writer: Writer, path: str, asked: Mapping[str, Any]) -> bool:
        """Say whether a feed stays as it is, where no hook may change the texts in it while pages are written."""
        inputs = self._feeds.of(writer, asked) if self._are_hooks_pure else ""
        return bool(inputs) and self.stays(below(path, self.aside), inputs, None)

    def render(self, template: Any, context: dict[str, Any], folder: str) -> str:
        """Return a page's text: of the last build, where it would be the same, else as it is rendered now.

        `folder` is where its site is written: a site within this one has a folder of its own.
        """
        name = below(os.path.join(folder, str(context.get("output_file"))), self.aside)
        self._written[name] = self._written.get(name, 0) + 1
        given: Given = context.pop(GIVEN, None) or _NOT_GIVEN
        key = page_key(name, self._written[name])
        jinja = template
        if not isinstance(template, Template):
            jinja = getattr(template, "template", None)  # a plugin may have put something around it
        if not isinstance(jinja, Template) or jinja.name is None or not self._is_plain(template, jinja):
            context |= given.values
            return self.render_anew(template, context)
        if self.is_current:
            known = self._known(key, name, jinja, context, given)
            if known is not None:
                return known
        return self._render(key, name, template, jinja, context, given)

    def forget_answers(self) -> None:
        """Let go what objects answered: all pages are written. Of 10,000 posts that is 40 MiB."""
        self._answers.clear()
        self._quick.clear()

    def render_anew(self, template: Any, *contexts: Any, **more: Any) -> str:
        """Return what a template prints now, whatever it is given. It may change that."""
        self._quick.clear()
        return self._printed(template, *contexts, **more)

    def _printed(self, template: Any, *contexts: Any, **more: Any) -> str:
        self.rendered += 1
        self._answers.clear()
        return str(template.render(*contexts, **more))

    def keep(self, key: str | None, made: Mapping[str, Known]) -> None:
        """Keep the pages for the next build; nothing, where they cannot be known again."""
        if key is None or self._said.functions.have_changed():
            return  # what an object of a plugin's gives depends on which pages were rendered, as where it counts them
        forgotten: list[str] = []
        for closure in self._closures.unstable():
            forgotten += self._by_closure.get(closure, ())
        self.records.keep(key, made, forgotten)

    def _is_plain(self, template: Any, jinja: Template) -> bool:
        """Say whether a page's text follows from its template, and what stands in for that is known to do no more."""
        return template is jinja or self._said.functions.is_pure(type(template).__module__)

    def _known(self, key: str, name: str, jinja: Template, context: Mapping[str, Any], given: Given) -> str | None:
        """Return the text of a page that would be the same as in the last build; None where it may not be.

        It is "" for one that is not even written. What takes longest comes last: to ask the page's questions again.
        """
        kept = self.records.page(key)
        if kept is None or kept.inputs != given.inputs:
            return None
        kept = self._as_it_was(kept, jinja, context)
        if kept is None:
            return None
        known = self.unchanged_file(name, kept.text)
        text: str | None = ""
        if known:
            self.unchanged[name], self._is_left = known, True
        else:
            text = self._text(name, kept.text)
        if text is not None:
            self._by_closure.setdefault(kept.closure, []).append(key)
            self.records.add_page(key, name, kept)
        return text

    def _as_it_was(self, kept: KnownPage, jinja: Template, context: Mapping[str, Any]) -> KnownPage | None:
        """Return what is known of a page whose templates are what they were, and would be told what they were."""
        asked = self.records.questions(kept.questions)
        if asked is None or self.closure_digest(jinja, kept.templates) != kept.closure:
            return None
        if self._is_as_before(kept, asked, jinja, context):
            return kept
        if asked.answers(jinja, context, self._answers, kept.answers) != kept.answers:
            return None
        return kept._replace(quick=self._quick_answers(asked, jinja, context))

    def is_same(self, kept: KnownPage, jinja: Template, context: Mapping[str, Any]) -> bool:
        """Say whether a page's templates are what they were, and would get the answers that they got."""
        return self._as_it_was(kept, jinja, context) is not None

    def _is_as_before(self, kept: KnownPage, asked: PageQuestions, jinja: Template, context: Mapping[str, Any]) -> bool:
        """Say whether all objects that a page asked are as they were, so that they need not be asked again."""
        if not kept.quick or not self._are_hooks_pure:
            return False
        return asked.answers(jinja, context, self._quick, kept.quick) == kept.quick

    def _quick_answers(self, asked: PageQuestions, jinja: Template, context: Mapping[str, Any]) -> str:
        """Return a digest of what a page is answered, where objects say their fingerprints; "" where it is unknown."""
        return asked.answers(jinja, context, self._quick) if self._are_hooks_pure else ""

    def closure_digest(self, template: Template | None, others: Iterable[str] = ()) -> str | None:
        """Return a digest of all that templates lead to, "" without any; None where it cannot be known again."""
        if template is None:
            return ""
        try:
            return str(self._closure(template, others).digest)
        except UnknownValueError:
            return None

    def leave(self, files: Mapping[str, Known], pages: Mapping[str, KnownPage]) -> None:
        """Have files stay as they are, which are in the output as they would be written; `pages` are those of them."""
        self.unchanged |= files
        for name, kept in pages.items():
            self._written[name] = 1
            self._by_closure.setdefault(kept.closure, []).append(page_key(name))
            self.records.add_page(page_key(name), name, kept)

    def unchanged_file(self, name: str, digest: str) -> Known | None:
        """Return what is known of a page's file in the output, where it may stay there, and is as it was rendered."""
        before = self._made.get(name)
        if not self._leaves_files or before is None or before.digest != digest or self._written.get(name, 0) > 1:
            return None
        path = f"{self.output}/{name}"
        stamp = disk.stamp_of_file(path)
        if stamp is None:
            return None
        if stamp == before.stamp:
            return before
        with recorder.paused():
            now = disk.known(path, before)
        return now if now.digest == digest else None

    def _text(self, name: str, digest: str) -> str | None:
        """Return the text of a page, from where it is as it was rendered."""
        data = self.records.text(digest)
        with suppress(OSError, UnicodeDecodeError), recorder.paused():
            if data is None:
                data = (self.output / name).read_bytes()
            if hashlib.sha256(data).hexdigest() == digest:
                return data.decode("utf-8")
        return None

    def _render(
        self, key: str, name: str, template: Any, jinja: Template, context: dict[str, Any], given: Given
    ) -> str:
        """Render a page, and keep what it asked."""
        followed = Trace(jinja, dict(context), self._said, given.values)
        followed.problem = self._problem(jinja)
        context |= given.values
        with noticing() as noticed, recorder.tracing() as opened, trace.tracing(followed, self._said.kinds):
            text = self._printed(template, context)
        asked, answers = followed.found()
        self._long[str(jinja.name)] += len(asked.objects) >= _LONG
        may_change = True
        try:
            names = self._closure(jinja, ()).names
            templates = [name for name in followed.templates if name not in names]
            closure = self._closure(jinja, templates)
            may_change = closure.may_change or self._may_change
            if may_change and asked.answers(jinja, context, self._asking) != answers:
                followed.fail("rendering it changed what it gets")  # as a list that its template adds to
        except UnknownValueError as error:
            followed.fail(f"{jinja.name} calls {error.args[0]}")
        if noticed:
            followed.fail("rendering it warned of something")
        problem = followed.problem or _opened(opened)
        if may_change or problem:
            self._quick.clear()
        if problem:
            self.problems.setdefault(name, problem)
            log.debug("Rendered each time: %s (%s)", name, problem)
            return text
        data = text.encode("utf-8", "surrogatepass")
        digest = hashlib.sha256(data).hexdigest()
        self.records.add_text(digest, data)
        self._by_closure.setdefault(closure.digest, []).append(key)
        questions = self.records.add_questions(asked)
        quick = "" if may_change else self._quick_answers(asked, jinja, context)
        page = KnownPage(closure.digest, questions, answers, digest, templates, given.inputs, quick)
        self.records.add_page(key, name, page)
        return text

    def _problem(self, jinja: Template) -> str:
        """Return why a template's pages cannot be known again, where that is known before; "" where it is not."""
        if self._long[str(jinja.name)] >= _SOME and self._may_change:
            return "it has many pages that list much"
        try:
            self._closure(jinja, ())
        except UnknownValueError as error:
            return f"{jinja.name} calls {error.args[0]}"
        return ""

    def _closure(self, jinja: Template, others: Any) -> Any:
        return self._closures.of(jinja.environment, (str(jinja.name), *others))


class _Remembered:
    """A template whose pages are looked for before they are rendered."""

    def __init__(self, template: Any, pages: KnownPages, folder: str) -> None:
        self._template, self._pages, self._folder = template, pages, folder

    def __getattr__(self, name: str) -> Any:
        return getattr(self._template, name)

    def render(self, *contexts: Any, **more: Any) -> str:
        """Return a page's text; as it is rendered now, where that is not asked for as Pelican does."""
        if more or len(contexts) != 1 or type(contexts[0]) is not dict:
            return self._pages.render_anew(self._template, *contexts, **more)
        text = self._pages.render(self._template, contexts[0], self._folder)
        if "OUTPUT_PATH" in contexts[0]:  # Pelican hands it to hooks now, with the path of the page's file
            contexts[0]["OUTPUT_PATH"] = self._pages.where.moved(contexts[0]["OUTPUT_PATH"])
        return text


def page_key(name: str, time: int = 1) -> str:
    """Return by what a page is known: a file may be written several times."""
    return f"{time} {name}"


_active: list[KnownPages] = []


def current() -> KnownPages | None:
    """Return the pages of the build that is under way; None where none are kept."""
    return _active[-1] if _active else None


def are_kept() -> bool:
    """Say whether this build keeps its pages, so that a generator may give them a Given."""
    return bool(_active)


def stays(name: str, inputs: str, template: Template | None = None) -> bool:
    """Say whether a file that a generator is about to write by itself is in the output, and may stay there.

    `inputs` is a digest of all that it follows from besides settings, code and the template. Where it may not stay, it
    is known after this build by them.
    """
    return bool(_active) and _active[-1].stays(name, inputs, template)


def place(path: str) -> Path:
    """Return where a page is of which Pelican tells that it was written: there, or in the output, where it may stay.

    Whoever makes another page of that writes it where Pelican says, and it stays no longer.
    """
    if _active:
        pages = _active[-1]
        name = below(path, pages.aside)
        if name in pages.unchanged:
            return pages.output / name
    return Path(path)


def _opened(opened: set[str]) -> str:
    """Say what was opened or done while a page was rendered, besides templates and code; "" where nothing was."""
    for path in sorted(opened):
        if not (recorder.is_installed(path) or path.endswith((".py", ".pyc"))):
            return f"{path or 'a file'} was opened"
    return ""
