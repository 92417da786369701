"""Things that Pelican asks of each text several times, worked out once: each is a few microseconds, of 10,000 posts.

- Where a text is below the content folder, six times: 0.8 s of a build of one edited post.
  Source: `pelican.contents.Content.get_relative_source_path`.
- The regular expression of links within the site, twice: 0.3 s. Source: `Content._get_intrasite_link_regex`.
- When a text was modified, four times, for a cache that is neither loaded nor kept: 0.2 s.
  Source: `pelican.cache.FileStampDataCacher`.
"""

import os
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from pelican.cache import FileStampDataCacher
from pelican.contents import Content


@contextmanager
def quick_contents() -> Iterator[None]:
    """Have these answered from memory until the block ends."""
    with ExitStack() as stack:
        stack.enter_context(_replaced(Content, "get_relative_source_path", _path_finder()))
        stack.enter_context(_replaced(Content, "_get_intrasite_link_regex", _link_finder()))
        stack.enter_context(_replaced(FileStampDataCacher, "_get_file_stamp", _stamper()))
        yield


@contextmanager
def _replaced(kind: Any, name: str, function: Any) -> Iterator[None]:
    original = getattr(kind, name)
    setattr(kind, name, function)
    try:
        yield
    finally:
        setattr(kind, name, original)


def _path_finder() -> Any:
    original = Content.get_relative_source_path
    known: dict[tuple[str, str], str | None] = {}

    def get_relative_source_path(content: Content, source_path: str | None = None) -> str | None:
        path, top = source_path or content.source_path, content.settings["PATH"]
        if type(path) is not str or type(top) is not str or not (os.path.isabs(path) and os.path.isabs(top)):
            return original(content, source_path)  # type: ignore[no-any-return]  # another path depends on where we are
        found = known.get((top, path))
        if found is None:
            found = known[top, path] = original(content, source_path)
        return found

    return get_relative_source_path


def _link_finder() -> Any:
    original = Content._get_intrasite_link_regex
    known: dict[str, re.Pattern[str]] = {}

    def get_link_regex(content: Content) -> re.Pattern[str]:
        given = content.settings["INTRASITE_LINK_REGEX"]
        if given not in known:
            known[given] = original(content)
        return known[given]

    return get_link_regex


def _stamper() -> Any:
    original = FileStampDataCacher._get_file_stamp

    def get_file_stamp(cacher: FileStampDataCacher, filename: str) -> Any:
        if cacher._filestamp_func is os.path.getmtime and not (cacher._cache_data_policy or cacher._cache):
            return ""
        return original(cacher, filename)

    return get_file_stamp
