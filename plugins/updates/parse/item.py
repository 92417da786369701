"""The change of shape from RawEntry to Item: every text cleaned, every address checked, every date in UTC.

Nothing is doubted here: an item is what its feed says it is, even where that cannot be true.
"""

import html
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from urllib.parse import urljoin

from plugins.core.syndication.read.dates import is_day_alone, read_date
from plugins.core.syndication.read.raw_feed import RawEntry, RawText, author_name
from plugins.core.text.characters import clean, cut, is_seen, unmangle
from plugins.core.text.plain_text import plain, plain_line
from plugins.updates.model import Item, SafeHtml, Source
from plugins.updates.parse.links import address
from plugins.updates.parse.safe_html import excerpt, sanitise

NAMELESS = "Untitled"

_TITLE_FROM_SUMMARY = 80
_MOST_NAMES = 200
_LONGEST_NAME = 100
_LONGEST_TITLE_READ = 5_000
_GUID_LIMIT = 1_000
_EXCERPT = 300
_LONGEST_OUTLET = 100
# An excerpt is cut from the first of a field; only markup that says nothing that far is read whole.
_ENOUGH_FOR_EXCERPT = 8_000
_BREAKS = re.compile(r"\n\s*\n")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def item_of(entry: RawEntry, source: Source, url: str) -> Item:
    """Return the item an entry of the feed at `url` describes. Total: whatever its texts hold, an item comes of it."""
    link = next(_addresses(map(str.strip, entry.links), url), "")
    summary = _summary(entry, source, link or url)
    guid = clean(entry.guid).strip()[:_GUID_LIMIT]
    published = read_date(entry.published, source.timezone)
    # Nearly every item has a time of day, by which it is no midnight of any zone; the others are looked at again.
    may_be_day = published is not None and published.minute % 15 == 0 and published.second == 0
    outlet = cut(plain_line(entry.outlet), _LONGEST_OUTLET) if source.gathers else ""
    return Item(
        guid=guid,
        url=link,
        title=_title(entry, summary) or link or plain_line(guid, literal=True) or NAMELESS,
        summary=summary,
        authors=_names(map(author_name, entry.authors)),
        tags=_names(entry.tags),
        published=published,
        updated=read_date(entry.updated, source.timezone),
        language=_language(entry.language),
        via=tuple(dict.fromkeys(_addresses(entry.via, url))),
        day_only=may_be_day and is_day_alone(entry.published),
        outlet=outlet,
    )


def _addresses(found: Iterable[str], base: str) -> Iterator[str]:
    """Yield those addresses that can be used, absolute."""
    for text in found:
        if usable := address(text, base):
            yield usable


def _title(entry: RawEntry, summary: SafeHtml) -> str:
    said = entry.title
    if said.markup and "<" in said.value:
        # Most feeds do not say whether a title is HTML; where one does, what is in its tags is nothing to read.
        title = plain_line(plain(sanitise(said.value[:_LONGEST_TITLE_READ], "")), literal=True)
    else:
        title = plain_line(said.value, literal=said.literal)
    if title:
        return title
    words = cut(plain(summary), _TITLE_FROM_SUMMARY)
    return words if is_seen(words) else ""


def _summary(entry: RawEntry, source: Source, url: str) -> SafeHtml:
    """Return the summary, or the content; the content first for a source whose full text is shown.

    Where the feed does not say what links are relative to, they are to `url`, the item's own page.
    """
    if source.full_text:
        texts, shown = (entry.content, entry.summary), _safe
    else:
        texts, shown = (entry.summary, entry.content), _excerpt
    for text in texts:
        if text.value and (safe := shown(text, url)):
            return safe
    return SafeHtml("")


def _excerpt(text: RawText, url: str) -> SafeHtml:
    if len(text.value) > _ENOUGH_FOR_EXCERPT:
        start = RawText(text.value[:_ENOUGH_FOR_EXCERPT], text.base, text.literal)
        safe = _safe(start, url)
        if len(plain(safe)) > _EXCERPT:
            return excerpt(safe, _EXCERPT)
    return excerpt(_safe(text, url), _EXCERPT)


def _safe(text: RawText, url: str) -> SafeHtml:
    value = unmangle(text.value)
    if text.literal:
        value = html.escape(html.unescape(value), quote=False)
        paragraphs = _BREAKS.split(value)
        if len(paragraphs) > 1:
            value = f"<p>{'</p><p>'.join(paragraphs)}</p>"
    return sanitise(value, _base(text.base, url))


def _base(base: str, url: str) -> str:
    try:
        return urljoin(url, base)
    except ValueError:
        return url


def _names(found: Iterable[str]) -> tuple[str, ...]:
    """Return names or tags, cleaned, each once, in the feed's order."""
    cleaned = [plain_line(name, most=_LONGEST_NAME) for name in islice(found, _MOST_NAMES)]
    return tuple(dict.fromkeys(filter(None, cleaned)))


def _language(code: str) -> str:
    return code if _LANGUAGE.fullmatch(code) else ""
