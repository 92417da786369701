"""Pages whose templates would get the same answers as in the last build are not rendered again.

The text of such a page is that of the last build, before other plugins' hooks had their say: Pelican writes it and
tells them of it as ever, so that whatever they do to a page's file is done again. It is taken from the output, where
the file is as it was rendered, and kept besides where a hook rewrote it.
"""

import hashlib
import json
import logging
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Template
from pelican.writers import Writer

from . import disk, questions, recorder, trace
from .closure import Closures
from .consumed import STOCK, Consumed
from .disk import Known
from .functions import Functions
from .pack import Pack
from .questions import Questions
from .trace import Trace
from .values import UnknownValueError

log = logging.getLogger(__name__)


class Kept(NamedTuple):
    """A page that was rendered: digests of its templates, of what was asked, of the answers and of its text.

    `templates` are those that were used, and that its own does not name.
    """

    closure: str
    questions: str
    answers: str
    text: str
    templates: list[str]


class Pages:
    """The pages of one build. `output` has the files of the last one, whose pages are in `folder`.

    This one is made in `aside`. `has_clock`: functions may ask for the time, as it was said how often it matters.

    `key` is a digest of all that any page depends on; None where no page of the last build can be known again.
    """

    def __init__(
        self,
        folder: Path,
        output: Path,
        aside: Path,
        key: str | None,
        kinds: tuple[type, ...] = (),
        pure: tuple[str, ...] = (),
        *,
        has_clock: bool = False,
    ) -> None:
        self.rendered = 0
        self.problems: dict[str, str] = {}
        self._folder, self._output, self._aside = folder, output, aside
        head = disk.read_sealed(folder / "head.json")
        head = head if isinstance(head, dict) else {}
        self.is_current = key is not None and head.get("key") == key
        self._keeps_texts = bool(head.get("texts"))
        if self.is_current:
            (folder / "head.json").unlink(missing_ok=True)  # until this build has ended, nothing is known
        else:
            shutil.rmtree(folder, ignore_errors=True)
        self._pack = Pack(folder)
        asked = (*STOCK, *kinds)
        self._said = Consumed(asked, Functions(pure, asked, has_clock=has_clock))
        self._closures = Closures(self._pack, self._said)
        self._written: dict[str, int] = {}
        self._texts: dict[str, str] = {}
        self._questions: dict[str, Questions] = {}
        self._by_closure: dict[str, list[str]] = {}

    @contextmanager
    def active(self) -> Iterator[None]:
        """Answer for pages that are known, until the block ends."""
        original = Writer.write_file

        def write_file(writer: Writer, name: Any, template: Any, *args: Any, **kwargs: Any) -> None:
            original(writer, name, _Remembered(template, self, writer.output_path), *args, **kwargs)

        Writer.write_file = write_file
        try:
            yield
        finally:
            Writer.write_file = original

    def render(self, template: Any, context: Mapping[str, Any], folder: str) -> str:
        """Return a page's text: of the last build, where it would be the same, else as it is rendered now.

        `folder` is where its site is written: a site within this one has a folder of its own.
        """
        name = os.path.relpath(os.path.join(folder, str(context.get("output_file"))), self._aside)
        self._written[name] = self._written.get(name, 0) + 1
        key = _key("page", name, self._written[name])
        jinja = template if isinstance(template, Template) else getattr(template, "template", None)
        if not isinstance(jinja, Template) or jinja.name is None or not self._is_plain(template, jinja):
            self.rendered += 1
            return str(template.render(context))
        found = self._known(key, name, jinja, context) if self.is_current else None
        if found is None:
            found = self._render(key, name, template, jinja, context)
        return found

    def keep(self, key: str | None, made: Mapping[str, Known]) -> None:
        """Keep the pages for the next build; nothing, where they cannot be known again."""
        if key is None:
            return
        for closure in self._closures.unstable():
            for page in self._by_closure.get(closure, ()):
                self._pack.drop(page)
        # A hook that rewrites files when all are written has to find them as they were rendered the next time, too.
        rewritten = any(name in made and made[name].digest != text for name, text in self._texts.items())
        with suppress(OSError):
            self._pack.write()
            disk.write_sealed(self._folder / "head.json", {"key": key, "texts": self._keeps_texts or rewritten})

    def _is_plain(self, template: Any, jinja: Template) -> bool:
        """Say whether a page's text follows from its template, and what stands in for that is known to do no more."""
        return template is jinja or self._said.functions.is_pure(type(template).__module__)

    def _known(self, key: str, name: str, jinja: Template, context: Mapping[str, Any]) -> str | None:
        packed = self._pack.get(key)
        if packed is None:
            return None
        kept = Kept(*json.loads(packed))
        asked = self._asked(kept.questions)
        try:
            if asked is None or self._closure(jinja, kept.templates).digest != kept.closure:
                return None
        except UnknownValueError:
            return None
        if asked.answers(jinja, context, self._said) != kept.answers:
            return None
        text = self._text(name, kept.text)
        if text is not None:
            self._texts[name] = kept.text
            self._by_closure.setdefault(kept.closure, []).append(key)
        return text

    def _asked(self, digest: str) -> Questions | None:
        """Return the questions of a digest."""
        if digest not in self._questions:
            packed = self._pack.get(_key("questions", digest))
            if packed is None:
                return None
            self._questions[digest] = questions.load(packed)
        return self._questions[digest]

    def _keep_asked(self, asked: Questions) -> str:
        """Keep questions, and return their digest."""
        data = asked.dump()
        digest = hashlib.sha256(data).hexdigest()
        if digest not in self._questions:
            self._questions[digest] = asked
            self._pack.put(_key("questions", digest), data)
        return digest

    def _text(self, name: str, digest: str) -> str | None:
        """Return the text of a page, from where it is as it was rendered."""
        packed = self._pack.get(_key("text", digest))
        with suppress(OSError, UnicodeDecodeError), recorder.paused():
            data = packed if packed is not None else (self._output / name).read_bytes()
            if hashlib.sha256(data).hexdigest() == digest:
                return data.decode("utf-8")
        return None

    def _render(self, key: str, name: str, template: Any, jinja: Template, context: Mapping[str, Any]) -> str:
        """Render a page, and keep what it asked."""
        self.rendered += 1
        followed = Trace(jinja, context, self._said)
        with _noticing() as noticed, recorder.tracing() as opened, trace.tracing(followed, self._said.kinds):
            text = str(template.render(context))
        try:
            names = self._closure(jinja, ()).names
            templates = [name for name in followed.templates if name not in names]
            closure = self._closure(jinja, templates)
        except UnknownValueError as error:
            followed.fail(f"{jinja.name} calls {error.args[0]}")
        asked = followed.questions()
        if noticed:
            followed.fail("rendering it warned of something")
        elif not followed.problem and asked.answers(jinja, context, self._said) != followed.answers():
            followed.fail("rendering it changed what it gets")  # as a list that its template adds to
        if problem := followed.problem or _opened(opened):
            self.problems.setdefault(name, problem)
            log.debug("Rendered each time: %s (%s)", name, problem)
            return text
        data = text.encode("utf-8", "surrogatepass")
        digest = hashlib.sha256(data).hexdigest()
        self._texts[name] = digest
        if self._keeps_texts:
            self._pack.put(_key("text", digest), data)
        self._by_closure.setdefault(closure.digest, []).append(key)
        kept = Kept(closure.digest, self._keep_asked(asked), followed.answers(), digest, templates)
        self._pack.put(key, json.dumps(kept).encode())
        return text

    def _closure(self, jinja: Template, others: Any) -> Any:
        return self._closures.of(jinja.environment, (str(jinja.name), *others))


class _Remembered:
    """A template whose pages are looked for before they are rendered."""

    def __init__(self, template: Any, pages: Pages, folder: str) -> None:
        self._template, self._pages, self._folder = template, pages, folder

    def render(self, context: Mapping[str, Any]) -> str:
        """Return a page's text."""
        return self._pages.render(self._template, context, self._folder)


@contextmanager
def _noticing() -> Iterator[list[str]]:
    """Collect what is warned of in this block, also what Pelican says only once and so leaves out."""
    noticed: list[str] = []
    factory = logging.getLogRecordFactory()

    def notice(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = factory(*args, **kwargs)
        if record.levelno >= logging.WARNING:
            noticed.append(record.name)
        return record

    logging.setLogRecordFactory(notice)
    try:
        yield noticed
    finally:
        logging.setLogRecordFactory(factory)


def _opened(opened: set[str]) -> str:
    """Say what was opened or done while a page was rendered, besides templates and code; "" where nothing was."""
    installed = (f"{sys.prefix}{os.sep}", f"{sys.base_prefix}{os.sep}")
    others = [path for path in sorted(opened) if not path.startswith(installed) and not path.endswith((".py", ".pyc"))]
    return f"{others[0] or 'a file'} was opened" if others else ""


def _key(*parts: object) -> str:
    return hashlib.sha256("\0".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()
