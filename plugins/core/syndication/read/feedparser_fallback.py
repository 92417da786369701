"""Feeds that are broken or odd, read by feedparser, so that nothing is lost that it finds.

Its two parsers are given markup and nothing else, so that they open no file and no address; their own cleaning is off,
since what they make is cleaned by whoever takes it over. They are slow, and markup made to hurt can make them slower:
the caller bounds their time.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import islice
from typing import Any
from urllib.parse import urljoin
from xml import sax
from xml.sax.handler import feature_namespaces

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
    too_many_tags,
)
from plugins.core.syndication.read.xml_repair import replace_bad_references

_OPENED = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
_CLOSED = re.compile(r"</(?:\w+:)?(?:item|entry|channel|rss|feed|rdf)\s*>", re.IGNORECASE)
"""The end of an item, or of what it stands in: some feeds never close an item, and are whole all the same."""
_VOID_END = re.compile(r"</(?:area|br|col|embed|hr|img|input|link|meta|wbr)>", re.IGNORECASE)


def read(markup: Markup, url: str, limits: Limits) -> RawFeed:
    """Return what feedparser makes of the markup found at `url`.

    An item in whose middle the document breaks off is marked as not `ended`; of more than `limits.tags` tags, the
    first are read.
    Raises whatever feedparser raises (ValueError and others were seen): the caller turns it into a problem.
    """
    tags = markup.count("<")
    if tags > limits.tags:
        markup = _first_tags(markup, limits.tags)
    parser = _parsed(replace_bad_references(markup).encode("utf-8", "replace"), url)
    found = _Found(is_atom=str(parser.version).startswith("atom"), url=url, limits=limits)
    entries = [found.entry(entry) for entry in parser.entries[: limits.entries]]
    problems = []
    if len(parser.entries) > limits.entries:
        problems.append(too_many(limits))
    elif entries and _breaks_off(markup):
        entries[-1] = replace(entries[-1], ended=False)
    if tags > limits.tags:
        problems.append(too_many_tags(tags, limits))
    feed = parser.feeddata
    return RawFeed(_text(feed, "title"), _text(feed, "language"), tuple(entries), tuple(problems), _text(feed, "link"))


# feedparser resolves ids as if they were links, so that a feed's move would make all its items new.
class _StrictParser(feedparser.api.StrictFeedParser):  # type: ignore[misc]  # feedparser has no types
    can_be_relative_uri = feedparser.api.StrictFeedParser.can_be_relative_uri - {"id"}


class _LooseParser(feedparser.api.LooseFeedParser):  # type: ignore[misc]
    can_be_relative_uri = feedparser.api.LooseFeedParser.can_be_relative_uri - {"id"}


def _parsed(body: bytes, url: str) -> Any:
    """Return the parser that has read a body in UTF-8, as `feedparser.parse` does it with its own classes.

    That is: the strict one, which runs on XML's own rules, and where these do not hold the loose one. No document type
    is left in the markup, so there are no entities to expand.
    """
    strict = _StrictParser(url, None, "utf-8")
    strict.resolve_relative_uris = strict.sanitize_html = False
    reader = sax.make_parser()  # noqa: S317 - see above
    reader.setFeature(feature_namespaces, True)
    reader.setContentHandler(strict)
    reader.setErrorHandler(strict)
    try:
        reader.parse(BytesIO(body))
    except sax.SAXException:
        loose = _LooseParser(url, None, "utf-8", {})
        loose.resolve_relative_uris = loose.sanitize_html = False
        loose.feed(body.decode())
        return loose
    return strict


def _first_tags(markup: Markup, most: int) -> Markup:
    """Return the markup up to the tag after the first `most`."""
    after = next(islice(re.finditer("<", markup), most, None))
    return Markup(markup[: after.start()])


def _breaks_off(markup: Markup) -> bool:
    last = max((found.start() for found in _OPENED.finditer(markup)), default=-1)
    return last >= 0 and not _CLOSED.search(markup, last)


@dataclass(frozen=True, slots=True)
class _Found:
    """Makes raw entries of feedparser's: whether the feed is Atom, and where it was found, decide what they mean."""

    is_atom: bool
    url: str
    limits: Limits

    def entry(self, entry: dict[str, Any]) -> RawEntry:
        guid = _text(entry, "id")
        content = next(iter(_list(entry, "content")), {})
        tags = [_text(tag, "label") or _text(tag, "term") for tag in _list(entry, "tags")]
        return RawEntry(
            guid=guid,
            links=self._links(entry, guid),
            title=self._detail(entry, "title"),
            summary=self._detail(entry, "summary"),
            content=self._raw_text(content),
            authors=_authors(entry),
            tags=tuple(filter(None, tags)),
            published=_text(entry, "published") or _text(entry, "created"),
            updated=_text(entry, "updated"),
            language=_language(entry),
            via=self._via(entry),
            outlet=_text(_object(entry, "source"), "title"),
            enclosures=tuple(self._enclosures(entry)),
            is_draft="yes" in {_text(entry, "app_draft"), _text(entry, "draft")},
        )

    def _links(self, entry: dict[str, Any], guid: str) -> tuple[str, ...]:
        pages, others = [_text(entry, "feedburner_origlink")], list[str]()
        for link in _list(entry, "links"):
            if _text(link, "rel") != "alternate":
                continue
            if _text(link, "type") in element_names.PAGE_TYPES:
                pages.append(_text(link, "href"))
            else:
                others.append(_text(link, "href"))
        own = _text(entry, "link")
        if own != guid:
            others.append(own)
        if own == guid or dict.get(entry, "guidislink") is not False:
            others += links_of_guid(guid, of_rss=not self.is_atom)
        return tuple(dict.fromkeys(filter(None, (*pages, *others))))

    def _via(self, entry: dict[str, Any]) -> tuple[str, ...]:
        hrefs = [_text(link, "href") for link in _list(entry, "links") if _text(link, "rel") in {"via", "related"}]
        if not self.is_atom:
            hrefs.append(_text(_object(entry, "source"), "href"))
        return tuple(filter(None, hrefs))

    def _enclosures(self, entry: dict[str, Any]) -> Iterator[Enclosure]:
        """Yield an entry's files; feedparser leaves RSS's addresses as they are written."""
        for link in _list(entry, "links"):
            if _text(link, "rel") == "enclosure":
                with suppress(ValueError):
                    yield Enclosure(urljoin(self.url, _text(link, "href")), _text(link, "type"))

    def _detail(self, entry: dict[str, Any], name: str) -> RawText:
        detail = dict.get(entry, f"{name}_detail")
        if isinstance(detail, dict) and detail.get("value") == dict.get(entry, name):
            return self._raw_text(detail)
        content = next(iter(_list(entry, "content")), {})
        if name == "summary" and content and content.get("value") == dict.get(entry, name):
            return RawText("")  # feedparser's copy of the content
        return RawText(_text(entry, name)[: self.limits.characters])

    def _raw_text(self, detail: dict[str, Any]) -> RawText:
        """Return a text; Atom's is plain if it says so, and only Atom's is relative to the feed (RFC 4287, 2).

        RSS has no types: feedparser guesses them.
        """
        value, kind = _text(detail, "value"), _text(detail, "type")
        if kind in element_names.XHTML_TYPES:
            value = unwrapped(_VOID_END.sub("", value).strip())
        value, base = value[: self.limits.characters], _text(detail, "base")
        if not self.is_atom:
            if base == self.url:  # which feedparser gives where no xml:base is
                base = ""
            return RawText(value, base)
        return RawText(value, base, kind in element_names.TEXT_TYPES, kind in element_names.MARKUP_TYPES)


def _authors(entry: dict[str, Any]) -> tuple[str, ...]:
    found = [_text(author, "name") for author in _list(entry, "authors")]
    return tuple(filter(None, found)) or tuple(filter(None, [_text(entry, "author")]))


def _language(entry: dict[str, Any]) -> str:
    details = (dict.get(entry, "title_detail"), dict.get(entry, "summary_detail"), *_list(entry, "content"))
    stated = (_text(detail, "language") for detail in details if isinstance(detail, dict))
    return (_text(entry, "language") or next(filter(None, stated), "")).replace("_", "-")


def _text(of: dict[str, Any], name: str) -> str:
    """Return a string, or "": `dict.get`, for feedparser's own warns of names it once mixed up."""
    value = dict.get(of, name)
    return value if isinstance(value, str) else ""


def _object(of: dict[str, Any], name: str) -> dict[str, Any]:
    value = dict.get(of, name)
    return value if isinstance(value, dict) else {}


def _list(of: dict[str, Any], name: str) -> list[dict[str, Any]]:
    value = dict.get(of, name)
    if isinstance(value, list):
        return [each for each in value if isinstance(each, dict)]
    return []
