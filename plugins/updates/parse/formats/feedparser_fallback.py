"""Feeds that are broken or odd, read by feedparser: the reference, and the way nothing is lost.

feedparser is given bytes and nothing else, so that it opens no file and no address; its own cleaning is off, since what
it makes is cleaned by `sanitise`. It is slow, and markup made to hurt can make it slower: the caller bounds its time.
"""

import re
from io import BytesIO
from typing import Any

import feedparser

from plugins.updates.parse.formats import elements
from plugins.updates.parse.formats.decode import without_bad_references
from plugins.updates.parse.formats.entry import LONGEST_FIELD, MOST_ITEMS, Entry, Feed, Markup, Text, as_link
from plugins.updates.parse.formats.xhtml import unwrapped

# feedparser resolves ids as if they were links, so that a feed's move would make all its items new.
for _parser in (feedparser.api.LooseFeedParser, feedparser.api.StrictFeedParser):
    _parser.can_be_relative_uri = _parser.can_be_relative_uri - {"id"}

_OPENED = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_CLOSED = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_VOID_END = re.compile(r"</(?:area|br|col|embed|hr|img|input|link|meta|wbr)>", re.IGNORECASE)


def read(markup: Markup, url: str) -> Feed:
    """Return what feedparser makes of the markup found at `url`.

    An item in whose middle the document breaks off is marked as not `ended`.
    Raises whatever feedparser raises (ValueError and others were seen): the caller turns it into a problem.
    """
    body = without_bad_references(markup).encode("utf-8", "replace")
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    found = feedparser.parse(BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    rss_url = "" if str(found.get("version", "")).startswith("atom") else url
    entries = [_entry(entry, rss_url) for entry in found["entries"][:MOST_ITEMS]]
    if entries and len(found["entries"]) <= MOST_ITEMS and _breaks_off(markup):
        entries[-1] = _cut_off(entries[-1])
    problems = [f"more than {MOST_ITEMS} items; the others are left unread"] * (len(found["entries"]) > MOST_ITEMS)
    return Feed(_text(found["feed"], "title"), _text(found["feed"], "language"), tuple(entries), tuple(problems))


def _breaks_off(markup: Markup) -> bool:
    last = max((found.start() for found in _OPENED.finditer(markup)), default=-1)
    return last >= 0 and not _CLOSED.search(markup, last)


def _cut_off(entry: Entry) -> Entry:
    fields = {name: getattr(entry, name) for name in Entry.__slots__}
    return Entry(**(fields | {"ended": False}))


def _entry(entry: dict[str, Any], rss_url: str) -> Entry:
    guid = _text(entry, "id")
    content = next(iter(_list(entry, "content")), {})
    return Entry(
        guid=guid,
        links=_links(entry, guid, of_rss=bool(rss_url)),
        title=_detail(entry, "title", rss_url),
        summary=_detail(entry, "summary", rss_url),
        content=_as_text(content, rss_url),
        authors=_authors(entry),
        tags=tuple(filter(None, (_text(tag, "label") or _text(tag, "term") for tag in _list(entry, "tags")))),
        published=_text(entry, "published") or _text(entry, "created"),
        updated=_text(entry, "updated"),
        language=_language(entry),
        via=_via(entry, of_rss=bool(rss_url)),
    )


def _links(entry: dict[str, Any], guid: str, *, of_rss: bool) -> tuple[str, ...]:
    pages, others = list[str](), list[str]()
    for link in _list(entry, "links"):
        if _text(link, "rel") == "alternate":
            (pages if _text(link, "type") in elements.PAGE_TYPES else others).append(_text(link, "href"))
    own = _text(entry, "link")
    is_link = dict.get(entry, "guidislink") is not False or own == guid
    last = (own if own != guid else "", *(as_link(guid, of_rss=of_rss) if is_link else ()))
    candidates = (_text(entry, "feedburner_origlink"), *pages, *others, *last)
    return tuple(dict.fromkeys(filter(None, candidates)))


def _via(entry: dict[str, Any], *, of_rss: bool) -> tuple[str, ...]:
    source = dict.get(entry, "source")
    hrefs = [_text(link, "href") for link in _list(entry, "links") if _text(link, "rel") in {"via", "related"}]
    return tuple(filter(None, [*hrefs, _text(source, "href") if of_rss and isinstance(source, dict) else ""]))


def _authors(entry: dict[str, Any]) -> tuple[str, ...]:
    found = [_text(author, "name") for author in _list(entry, "authors")]
    return tuple(filter(None, found)) or tuple(filter(None, [_text(entry, "author")]))


def _language(entry: dict[str, Any]) -> str:
    details = (dict.get(entry, "title_detail"), dict.get(entry, "summary_detail"), *_list(entry, "content"))
    stated = (_text(detail, "language") for detail in details if isinstance(detail, dict))
    return (_text(entry, "language") or next(filter(None, stated), "")).replace("_", "-")


def _detail(entry: dict[str, Any], name: str, rss_url: str) -> Text:
    detail = dict.get(entry, f"{name}_detail")
    if isinstance(detail, dict) and detail.get("value") == dict.get(entry, name):
        return _as_text(detail, rss_url)
    content = next(iter(_list(entry, "content")), {})
    if name == "summary" and content and content.get("value") == dict.get(entry, name):
        return Text("")  # feedparser's copy of the content
    return Text(_text(entry, name)[:LONGEST_FIELD])


def _as_text(detail: dict[str, Any], rss_url: str) -> Text:
    """Return a text; Atom's is plain if it says so, and only Atom's is relative to the feed itself (RFC 4287, 2)."""
    value, kind = _text(detail, "value"), _text(detail, "type")
    if kind in elements.XHTML_TYPES:
        value = unwrapped(_VOID_END.sub("", value).strip())
    base = _text(detail, "base")
    kind = "" if rss_url else kind  # RSS has no types; feedparser guesses them
    base = "" if base == rss_url else base
    return Text(value[:LONGEST_FIELD], base, kind in elements.TEXT_TYPES, kind in elements.MARKUP_TYPES)


def _text(of: dict[str, Any], name: str) -> str:
    """Return a string, or "": `dict.get`, for feedparser's own warns of names it once mixed up."""
    value = dict.get(of, name)
    return value if isinstance(value, str) else ""


def _list(of: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = dict.get(of, name)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
