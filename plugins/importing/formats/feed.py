"""A feed's entries as documents: read as every feed is (core.syndication), and kept as the writer's own texts."""

import html
import re
from collections.abc import Mapping
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from plugins.core.errors import Problem
from plugins.core.syndication.read.dates import read_date
from plugins.core.syndication.read.raw_feed import Limits, RawEntry, RawFeed, RawText, author_name
from plugins.core.syndication.read.reader import read_feed
from plugins.core.text.plain_text import plain_line
from plugins.core.text.urls import is_web
from plugins.importing.formats.texts import each, file_in
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
        site = site or (found.site if is_web(found.site) else "")
        documents += _documents(found, zone)
        for problem in found.problems:
            what = f"the feed is broken ({one_line(problem, 200)})"
            problems.append(Problem(place, 0, what, "look whether texts are missing"))
        if found.entries and not found.entries[-1].ended:
            what = f"it breaks off within entry {len(found.entries)}, which was left out"
            problems.append(Problem(place, 0, what, "import it again when the feed is whole"))
    left = (_LEFT,) if documents else ()
    return Export("feed", site.rstrip("/"), tuple(documents), left, tuple(problems))


def _documents(feed: RawFeed, zone: ZoneInfo) -> list[OldDocument]:
    """Return the entries that are whole texts: Blogger's export has comments, settings and templates among them.

    One in which the document breaks off is left out, since a text that is there is not imported again.
    """
    found = []
    for number, entry in enumerate(feed.entries, 1):
        kind = next((tag for tag in entry.tags if tag.startswith(_BLOGGER_KIND)), "")
        if kind in _BLOGGER_TEXTS and entry.ended:
            found.append(_document(entry, number, zone, is_page=kind.endswith("page")))
    return found


def _document(entry: RawEntry, number: int, zone: ZoneInfo, *, is_page: bool) -> OldDocument:
    text = entry.content if entry.content.value else entry.summary
    body = clean(html.escape(text.value, quote=False) if text.literal else text.value)
    is_whole = bool(entry.content.value)
    link = next(filter(is_web, entry.links), "")
    title = plain_line(entry.title.value, literal=entry.title.literal)
    is_begun = body.startswith(entry.summary.value[:200])  # the text's own beginning is no summary of it
    is_cut = not is_whole and bool(_CUT.search(excerpt_line(body[-400:])))
    withheld = "the feed gives an excerpt of it" if is_cut else ""
    lost = () if is_whole or is_cut else (Loss("perhaps an excerpt", "the feed has no full text of it"),)
    zone_name = zone.key or "UTC"
    return OldDocument(
        key=f"feed {one_line(entry.guid or link or title or str(number), 300)}",
        place=f"entry {number}",
        title=title,
        slug=_slug(link),
        html=_sounds(entry) + body,
        published=read_date(entry.published, zone_name) or read_date(entry.updated, zone_name),
        is_page=is_page,
        summary="" if is_begun or not is_whole else _summary(entry.summary),
        authors=tuple(filter(None, map(plain_line, map(author_name, entry.authors)))),
        tags=tuple(dict.fromkeys(filter(None, map(plain_line, _tags(entry))))),
        withheld="it was a draft" if entry.is_draft else withheld,
        old=(link,) if link else (),
        has_line_breaks="<" not in body,  # plain text, whose paragraphs are parted by blank lines
        picture=OldPicture((entry.image,)) if is_web(entry.image) else None,
        lost=lost if body.strip() else (Loss("text missing from the export", "the entry is empty"),),
    )


def _summary(text: RawText) -> str:
    if text.literal:
        return plain_line(text.value, literal=True)
    return excerpt_line(text.value)


def _sounds(entry: RawEntry) -> str:
    """Return the entry's sound and film files as elements, which later become links."""
    kept = [one.url for one in entry.enclosures if one.type.startswith(("audio", "video")) and is_web(one.url)]
    return "".join(f'<audio src="{html.escape(url)}"></audio>' for url in kept)


def _tags(entry: RawEntry) -> list[str]:
    return [tag for tag in entry.tags if not tag.startswith(_BLOGGER_KIND)]


def _slug(link: str) -> str:
    """Return the last part of an entry's address, "" where no letter is in it, as in /?p=12."""
    last = urlsplit(link).path.rstrip("/").rsplit("/", 1)[-1]
    if re.search(r"[^\W\d_]", last):
        return re.sub(r"\.(?:html?|php|aspx?)$", "", last)
    return ""
