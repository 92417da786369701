"""Where a text is below the content folder, worked out once: Pelican asks it six times of each.

That is 15 µs each time, and of 10,000 posts 0.8 s of a build of one edited post.
Source: `pelican.contents.Content.get_relative_source_path`.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from pelican.contents import Content


@contextmanager
def quick_paths() -> Iterator[None]:
    """Have texts remember where they are, until the block ends."""
    original = Content.get_relative_source_path
    known: dict[tuple[str, str], str | None] = {}

    def relative_path(content: Content, source_path: str | None = None) -> str | None:
        path, top = source_path or content.source_path, content.settings["PATH"]
        if type(path) is not str or type(top) is not str or not (os.path.isabs(path) and os.path.isabs(top)):
            return original(content, source_path)  # type: ignore[no-any-return]  # of another path, it asks where we are
        found = known.get((top, path))
        if found is None:
            found = known[top, path] = original(content, source_path)
        return found

    Content.get_relative_source_path = relative_path
    try:
        yield
    finally:
        Content.get_relative_source_path = original
