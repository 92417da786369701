"""Pelican's reader of posts and pages: their checked front matter as Pelican's metadata, their Markdown as HTML.

Texts that are not public are skipped here, before Pelican has made anything of them: no page, no feed,
no tag, and no picture that only they show.
"""

import os
from collections.abc import Callable
from functools import cache, cached_property
from html import escape
from pathlib import Path
from typing import Any

from pelican.readers import MarkdownReader
from pelican.urlwrappers import Author, Category, Tag

from plugins.core import files
from plugins.core.config import frontmatter
from plugins.core.errors import SiteError
from plugins.core.text import file_links
from plugins.incremental.reading import follows_from_more
from plugins.posts.load import TextsByPath, read_again
from plugins.posts.model import PageMatter, PostMatter, standing
from plugins.sections.build_state import build_state
from plugins.sections.markdown import TextRenderer


class PostReader(MarkdownReader):  # type: ignore[misc]  # Pelican has no types
    """Reads YAML front matter or `Key: value` headers, and the Markdown below them."""

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return a text's HTML and metadata. Raises SiteError; the check before the build has told of it."""
        path = Path(source_path)
        room = build_state(self.settings).newsroom
        known = room.notes(TextsByPath).pop(source_path, None)  # Pelican asks once, and 10,000 texts are 90 MB
        if known is None:
            model = PageMatter if source_path.startswith(self._pages) else PostMatter
            text = read_again(path, model)
        else:
            text = known[0].read(known[1])
        if text.matter is None:
            raise SiteError(text.problems)
        found = standing(text.matter, room.now)
        if found or getattr(text.matter, "expires", None):
            follows_from_more()  # the time
        if not room.shows_drafts:
            if found and not found.is_public:
                return "", {"title": "", "status": "skip"}
            found = None  # pages say of a text why it stays in, or has expired, to its writer only
        html, contents = self._renderer.convert(text.body, text.matter.lang)
        return html, {**self._metadata(text.matter, path), "contents": contents, "standing": found}

    def content_inputs(self) -> str:
        """Return what contents follow from besides their texts, settings and code; see `incremental.known_contents`."""
        return f"drafts {build_state(self.settings).newsroom.shows_drafts}"

    def is_remembered(self, source_path: str) -> bool:
        """Say whether an earlier build has parsed a text; `incremental.reading` asks, to have others parse the rest."""
        text = files.read_lossy(Path(source_path))
        return self._renderer.knows(frontmatter.body(text), frontmatter.language(text))

    @cached_property
    def _pages(self) -> str:
        """Return the folder of pages as Pelican's paths begin, with a slash at its end."""
        return f"{os.path.abspath(self.settings['PATH'])}{os.sep}pages{os.sep}"  # noqa: PTH100 - as Pelican does

    @cached_property
    def _named(self) -> Callable[[type, str], Any]:
        """Return what gives the tag, category or author of a name: one each, whose address is worked out once."""
        return cache(lambda kind, name: kind(name, self.settings))

    @cached_property
    def _renderer(self) -> TextRenderer:
        return TextRenderer(self.settings)

    def _metadata(self, matter: PageMatter, source_path: Path) -> dict[str, Any]:
        values = {name: getattr(matter, name) for name in type(matter).model_fields}
        # Pelican takes a title for HTML, and Typogrify adds to it.
        values |= {"title": escape(matter.title, quote=False), "status": "published"}
        summary = escape(values.pop("summary"), quote=False)
        values["authors"] = [self._named(Author, name) for name in values.pop("authors") + values.pop("author")]
        if summary:
            values |= {"summary": summary, "has_own_summary": True}
        if isinstance(matter, PostMatter):
            values["tags"] = [self._named(Tag, name) for name in matter.tags]
            values["via"] = matter.via and {"title": matter.via.title, "link": matter.via.url}
            if matter.image:
                source = source_path.resolve().relative_to(Path(self.settings["PATH"]).resolve()).as_posix()
                src = file_links.from_content(matter.image.src, source)
                values["image"] = matter.image.model_copy(update={"src": src})
            values["corrections"] = tuple((one.date, one.text) for one in matter.corrections)
            values["category"] = self._named(Category, matter.category or self.settings["DEFAULT_CATEGORY"])
        return {name: value for name, value in values.items() if value}
