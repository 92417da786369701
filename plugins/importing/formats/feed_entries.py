"""A feed's entries as documents: read as every feed is (core.syndication), and kept as the writer's own texts."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from plugins.core.errors import Problem
from plugins.core.syndication.read.dates import read_date
from plugins.core.syndication.read.raw_feed import Limits, RawEntry, RawFeed, RawText, author_name
from plugins.core.syndication.read.reader import read_feed
from plugins.core.text.plain_text import plain_line
from plugins.core.text.urls import is_web
from plugins.importing.formats.texts import each, file_in, some
from plugins.importing.html_tree import clean, excerpt_line, one_line
from plugins.importing.model import Export, Loss, OldDocument, OldPicture

_LIMITS = Limits(entries=5_000, characters=1_500_000, tags=1_000_000)
_CUT = re.compile(
    r"(?:\[?(?:…|\.\.\.|&#8230;|&hellip;)\]?|(?:read more|continue reading|weiterlesen|leer más)\W*)\s*$", re.I
)
_BLOGGER_KIND = "http://schemas.google.com/blogger/2008/kind#"
_BLOGGER_TEXTS = {"", f"{_BLOGGER_KIND}post", f"{_BLOGGER_KIND}page"}
_LEFT = "a feed has the newest texts alone: look whether older ones are missing"


def read(files: Mapping[str, bytes], where: str, site: str, zone: ZoneInfo) -> Export:
    """Return the entries of feeds; `where` names the file, folder or address they are from, `site` the old site."""
    documents: list[OldDocument] = []
    problems: list[Problem] = []
    for name, data in each(files, where, problems):
        place = file_in(where, name)
        try:
            found = read_feed(data, "", where if is_web(where) else site, _LIMITS)
        except Exception as error:  # hostile markup makes the libraries raise whatever they happen upon
            what = f"not a feed: {str(error) or type(error).__name__}"
            problems.append(Problem(place, 0, what, "give the address or the file of a feed"))
            continue
        if not site and is_web(found.site):
            site = found.site
        documents += _documents(found, zone)
        for problem in found.problems:
            what = f"the feed is broken ({one_line(problem, 200)})"
            problems.append(Problem(place, 0, what, "look whether texts are missing"))
        if found.entries and not found.entries[-1].ended:
            what = f"it breaks off within entry {len(found.entries)}, which was left out"
            problems.append(Problem(place, 0, what, "import it again when the feed is whole"))
    return Export("feed", site.rstrip("/"), tuple(documents), (_LEFT,), tuple(problems))


def _documents(feed: RawFeed, zone: ZoneInfo) -> Iterator[OldDocument]:
    """Yield the entries that are whole texts: Blogger's export has comments, settings and templates among them.

    One in which the document breaks off is left out, since a text that is there is not imported again.
    """
    for number, entry in enumerate(feed.entries, 1):
        kind = next((tag for tag in entry.tags if tag.startswith(_BLOGGER_KIND)), "")
        if kind in _BLOGGER_TEXTS and entry.ended:
            yield _document(entry, number, zone, is_page=kind.endswith("page"))


def _document(entry: RawEntry, number: int, zone: ZoneInfo, *, is_page: bool) -> OldDocument:
    is_whole = bool(entry.content.value)
    text = entry.content if is_whole else entry.summary
    body = _markup(text)
    link = next(filter(is_web, entry.links), "")
    title = plain_line(entry.title.value, literal=entry.title.literal)
    zone_name = zone.key or "UTC"
    withheld, lost = _whether_whole(entry, body, is_whole=is_whole)
    return OldDocument(
        key=f"feed {one_line(entry.guid or link or title or str(number), 300)}",
        place=f"entry {number}",
        title=title,
        slug=_slug(link),
        html=_sounds(entry) + body,
        published=read_date(entry.published, zone_name) or read_date(entry.updated, zone_name),
        is_page=is_page,
        summary=_summary(entry, body),
        authors=_distinct_lines(map(author_name, entry.authors)),
        tags=_distinct_lines(tag for tag in entry.tags if not tag.startswith(_BLOGGER_KIND)),
        withheld=withheld,
        old=some(link),
        has_line_breaks="<" not in body,  # plain text, whose paragraphs are parted by blank lines
        picture=OldPicture((entry.image,)) if is_web(entry.image) else None,
        lost=lost,
    )


def _markup(text: RawText) -> str:
    """Return a text as HTML."""
    if text.literal:
        return clean(html.escape(text.value, quote=False))
    return clean(text.value)


def _whether_whole(entry: RawEntry, body: str, *, is_whole: bool) -> tuple[str, tuple[Loss, ...]]:
    """Return why a text has to stay a draft, "" where it may be published, and what is missing of it."""
    withheld = ""
    lost: tuple[Loss, ...] = ()
    if not body.strip():
        lost = (Loss("text missing from the export", "the entry is empty"),)
    elif not is_whole and _CUT.search(excerpt_line(body[-400:])):
        withheld = "the feed gives an excerpt of it"
    elif not is_whole:
        lost = (Loss("perhaps an excerpt", "the feed has no full text of it"),)
    if entry.is_draft:
        withheld = "it was a draft"
    return withheld, lost


def _summary(entry: RawEntry, body: str) -> str:
    """Return an entry's summary, "" where it is the text itself or the text's own beginning."""
    summary = entry.summary
    if not entry.content.value or body.startswith(summary.value[:200]):
        return ""
    if summary.literal:
        return plain_line(summary.value, literal=True)
    return excerpt_line(summary.value)


def _distinct_lines(given: Iterable[str]) -> tuple[str, ...]:
    """Return names as plain text, each once."""
    return tuple(dict.fromkeys(filter(None, map(plain_line, given))))


def _sounds(entry: RawEntry) -> str:
    """Return the entry's sound and film files as elements, which later become links."""
    made = ""
    for one in entry.enclosures:
        if one.type.startswith(("audio", "video")) and is_web(one.url):
            made += f'<audio src="{html.escape(one.url)}"></audio>'
    return made


def _slug(link: str) -> str:
    """Return the last part of an entry's address, "" where no letter is in it, as in /?p=12."""
    last = urlsplit(link).path.rstrip("/").rsplit("/", 1)[-1]
    if re.search(r"[^\W\d_]", last):
        return re.sub(r"\.(?:html?|php|aspx?)$", "", last)
    return ""
