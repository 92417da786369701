"""Things that Pelican asks of each text several times, worked out once: each is a few microseconds, of 10,000 posts.

- Where a text is below the content folder, six times: 0.8 s of a build of one edited post.
  Source: `pelican.contents.Content.get_relative_source_path`.
- Links within the site, which are looked for twice in all of its HTML, also where no sign is in it that each of them
  has: 0.6 s. Source: `Content._update_content` and `get_static_links`.
- When a text was modified, four times, for a cache that is neither loaded nor kept: 0.2 s.
  Source: `pelican.cache.FileStampDataCacher`.
"""

import os
import re
from contextlib import AbstractContextManager
from typing import Any

from pelican.cache import FileStampDataCacher
from pelican.contents import Content
from pelican.settings import DEFAULT_CONFIG

from .replaced import Replacement, replaced

_LINK = "INTRASITE_LINK_REGEX"


def quick_contents() -> AbstractContextManager[None]:
    """Have these answered from memory until the block ends."""
    return replaced(
        Replacement(Content, "get_relative_source_path", _path_finder),
        Replacement(Content, "_get_intrasite_link_regex", _link_finder),
        Replacement(Content, "_update_content", _updater),
        Replacement(Content, "get_static_links", _static_finder),
        Replacement(FileStampDataCacher, "_get_file_stamp", _stamper),
    )


def _path_finder(original: Any) -> Any:
    known: dict[tuple[str, str], str | None] = {}

    def get_relative_source_path(content: Content, source_path: str | None = None) -> Any:
        path, top = source_path or content.source_path, content.settings["PATH"]
        found = known.get((top, path))
        if found is not None:
            return found
        found = original(content, source_path)
        if type(path) is str and type(top) is str and os.path.isabs(path) and os.path.isabs(top):
            known[top, path] = found  # that of another path depends on where we are
        return found

    return get_relative_source_path


def _link_finder(original: Any) -> Any:
    known: dict[str, re.Pattern[str]] = {}

    def get_link_regex(content: Content) -> re.Pattern[str]:
        given = content.settings[_LINK]
        if given not in known:
            known[given] = original(content)
        return known[given]

    return get_link_regex


def _updater(original: Any) -> Any:
    def update_content(content: Content, text: str, siteurl: str) -> Any:
        return original(content, text, siteurl) if may_link(content, text) else text

    return update_content


def _static_finder(original: Any) -> Any:
    def get_static_links(content: Content) -> Any:
        return original(content) if may_link(content, content._content) else set()

    return get_static_links


def may_link(content: Content, html: Any) -> bool:
    """Say whether a text may have links as `{static}…` or `|static|…`; where a setting says what they are, it may."""
    is_usual = type(html) is str and content.settings.get(_LINK) == DEFAULT_CONFIG[_LINK]
    return not is_usual or "{" in html or "|" in html


def _stamper(original: Any) -> Any:
    def get_file_stamp(cacher: FileStampDataCacher, filename: str) -> Any:
        if cacher._filestamp_func is os.path.getmtime and not (cacher._cache_data_policy or cacher._cache):
            return ""
        return original(cacher, filename)

    return get_file_stamp
