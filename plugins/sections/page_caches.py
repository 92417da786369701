"""Forget what the cache holds of pages that were built: their texts, the search’s index, cards, what a preview shows.

All of it is made again by the next build. A text that was taken down must not lie there until then.
"""

from pathlib import Path

from plugins.core.errors import SiteError
from plugins.core.locks import run_lock
from plugins.core.made_files import remove

_MADE_OF_PAGES = ("search", "cards", "pages")
_OF_A_PREVIEW = ("output", "cache")


def forget(content: Path) -> None:
    """Remove from the cache beside a content folder what was made of its pages.

    A preview that is running is left alone: it builds anew by itself whenever a file of the content changes.
    """
    cache = content.resolve().parent / ".cache"
    for name in _MADE_OF_PAGES:
        remove(cache / name)
    for preview in cache.glob("preview/*/output"):
        try:
            with run_lock(preview.parent / "run.lock"):
                for name in _OF_A_PREVIEW:
                    remove(preview.parent / name)
        except SiteError:
            continue
