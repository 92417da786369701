"""Feeds that are broken or odd, read by feedparser: the reference, and the way nothing is lost.

feedparser is given bytes and nothing else, so that it opens no file and no address; its own cleaning is off, since what
it makes is cleaned by `sanitise`. It is slow, and markup made to hurt can make it slower: the caller bounds its time.
"""

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import feedparser

from plugins.core.syndication.read import element_names
from plugins.core.syndication.read.inline_xhtml import unwrapped
from plugins.core.syndication.read.raw_feed import (
    Enclosure,
    Limits,
    Markup,
    RawEntry,
    RawFeed,
    RawText,
    links_of_guid,
    too_many,
)
from plugins.core.syndication.read.xml_repair import replace_bad_references

# feedparser resolves ids as if they were links, so that a feed's move would make all its items new.
for _parser in (feedparser.api.LooseFeedParser, feedparser.api.StrictFeedParser):
    _parser.can_be_relative_uri = _parser.can_be_relative_uri - {"id"}

_OPENED = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_CLOSED = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_VOID_END = re.compile(r"</(?:area|br|col|embed|hr|img|input|link|meta|wbr)>", re.IGNORECASE)


def read(markup: Markup, url: str, limits: Limits) -> RawFeed:
    """Return what feedparser makes of the markup found at `url`.

    An item in whose middle the document breaks off is marked as not `ended`.
    Raises whatever feedparser raises (ValueError and others were seen): the caller turns it into a problem.
    """
    body = replace_bad_references(markup).encode("utf-8", "replace")
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    found = feedparser.parse(BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    rss_url = "" if str(found.get("version", "")).startswith("atom") else url
    entries = [_entry(entry, rss_url, limits) for entry in found["entries"][: limits.entries]]
    is_whole = len(found["entries"]) <= limits.entries
    if entries and is_whole and _breaks_off(markup):
        entries[-1] = replace(entries[-1], ended=False)
    feed = found["feed"]
    problems = () if is_whole else (too_many(limits),)
    return RawFeed(_text(feed, "title"), _text(feed, "language"), tuple(entries), problems, _text(feed, "link"))


def _breaks_off(markup: Markup) -> bool:
    last = max((found.start() for found in _OPENED.finditer(markup)), default=-1)
    return last >= 0 and not _CLOSED.search(markup, last)


def _entry(entry: dict[str, Any], rss_url: str, limits: Limits) -> RawEntry:
    guid = _text(entry, "id")
    content = next(iter(_list(entry, "content")), {})
    return RawEntry(
        guid=guid,
        links=_links(entry, guid, of_rss=bool(rss_url)),
        title=_detail(entry, "title", rss_url, limits),
        summary=_detail(entry, "summary", rss_url, limits),
        content=_as_text(content, rss_url, limits),
        authors=_authors(entry),
        tags=tuple(filter(None, (_text(tag, "label") or _text(tag, "term") for tag in _list(entry, "tags")))),
        published=_text(entry, "published") or _text(entry, "created"),
        updated=_text(entry, "updated"),
        language=_language(entry),
        via=_via(entry, of_rss=bool(rss_url)),
        enclosures=tuple(Enclosure(_text(file, "href"), _text(file, "type")) for file in _list(entry, "enclosures")),
        is_draft="yes" in {_text(entry, "app_draft"), _text(entry, "draft")},
    )


def _links(entry: dict[str, Any], guid: str, *, of_rss: bool) -> tuple[str, ...]:
    pages, others = list[str](), list[str]()
    for link in _list(entry, "links"):
        if _text(link, "rel") == "alternate":
            (pages if _text(link, "type") in element_names.PAGE_TYPES else others).append(_text(link, "href"))
    own = _text(entry, "link")
    is_link = dict.get(entry, "guidislink") is not False or own == guid
    last = (own if own != guid else "", *(links_of_guid(guid, of_rss=of_rss) if is_link else ()))
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


def _detail(entry: dict[str, Any], name: str, rss_url: str, limits: Limits) -> RawText:
    detail = dict.get(entry, f"{name}_detail")
    if isinstance(detail, dict) and detail.get("value") == dict.get(entry, name):
        return _as_text(detail, rss_url, limits)
    content = next(iter(_list(entry, "content")), {})
    if name == "summary" and content and content.get("value") == dict.get(entry, name):
        return RawText("")  # feedparser's copy of the content
    return RawText(_text(entry, name)[: limits.characters])


def _as_text(detail: dict[str, Any], rss_url: str, limits: Limits) -> RawText:
    """Return a text; Atom's is plain if it says so, and only Atom's is relative to the feed itself (RFC 4287, 2)."""
    value, kind = _text(detail, "value"), _text(detail, "type")
    if kind in element_names.XHTML_TYPES:
        value = unwrapped(_VOID_END.sub("", value).strip())
    base = _text(detail, "base")
    kind = "" if rss_url else kind  # RSS has no types; feedparser guesses them
    base = "" if base == rss_url else base
    return RawText(
        value[: limits.characters], base, kind in element_names.TEXT_TYPES, kind in element_names.MARKUP_TYPES
    )


def _text(of: dict[str, Any], name: str) -> str:
    """Return a string, or "": `dict.get`, for feedparser's own warns of names it once mixed up."""
    value = dict.get(of, name)
    return value if isinstance(value, str) else ""


def _list(of: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = dict.get(of, name)
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
