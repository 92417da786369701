"""What an update may weigh in the archive: an excerpt of 300 characters can have a link of 2,000 at each of them.

One over its bytes loses first what says least of the news: the addresses and names beyond the first, then the markup,
then the end of its text. Headline, address and guid always stay; they are bounded where they are read.
"""

import html
from dataclasses import replace

from plugins.core.text.characters import cut
from plugins.core.text.plain_text import plain
from plugins.updates.model import SafeHtml, Update
from plugins.updates.parse.safe_html import excerpt, sanitise

_LEAST_TEXT = 500
_MOST_NAMES = 3
_MARKUP = 400
"""Bytes of tags that are left room for, beside as many characters of a text."""
_BYTES_OF_A_ROW = 300
"""What a row has besides its texts: its id, dates and keys, and the topics."""


def within_row(update: Update, most: int) -> Update:
    """Return an update whose row has `most` bytes, as far as its headline and address let it; the same where it has."""
    if row_bytes(update) <= most:
        return update
    fewer = replace(update, via=update.via[:1], authors=update.authors[:_MOST_NAMES], tags=update.tags[:_MOST_NAMES])
    if row_bytes(fewer) <= most:
        return fewer
    left = most - row_bytes(replace(fewer, summary=SafeHtml("")))
    return replace(fewer, summary=_shortened(update.summary, max(left, _LEAST_TEXT)))


def row_bytes(update: Update) -> int:
    """Return about how many bytes an update takes in the archive."""
    texts = (update.guid, update.url, update.title, update.summary, update.outlet)
    lists = (*update.authors, *update.tags, *update.via)
    return _BYTES_OF_A_ROW + sum(map(_bytes, texts)) + sum(map(_bytes, lists)) + 4 * len(lists)


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))


def _shortened(summary: SafeHtml, most: int) -> SafeHtml:
    """Return HTML of at most `most` bytes: its start with its markup, or the start of its words."""
    for characters in (most - _MARKUP, most // 2, most // 4):
        shorter = excerpt(summary, characters)
        if _bytes(shorter) <= most:
            return shorter
    # A character takes four bytes at most, and a reference that stands for one is five long.
    return sanitise(html.escape(cut(plain(summary), most // 5), quote=False), "")
