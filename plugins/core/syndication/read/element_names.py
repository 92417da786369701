"""The names feeds use for the same things, in RSS 0.9 to 2.0, Atom 0.3 and 1.0 and their common modules.

Tables only, in the terms of feedparser's documentation (https://feedparser.readthedocs.io/, "Reference").
"""

from functools import lru_cache

_PREFIXES = {
    "": "",
    "http://www.w3.org/2005/atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/": "",
    "http://channel.netscape.com/rdf/simple/0.9/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://purl.org/rss/1.0/modules/rss091#": "",
    "http://blogs.law.harvard.edu/tech/rss": "",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes:",
    "http://search.yahoo.com/mrss/": "media:",
    "http://search.yahoo.com/mrss": "media:",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
    "http://www.w3.org/1999/xhtml": "xhtml:",
    "http://www.w3.org/2007/app": "app:",
    "http://purl.org/atom/app#": "app:",
}
XML_BASE = "http://www.w3.org/XML/1998/namespace base"
XML_LANG = "http://www.w3.org/XML/1998/namespace lang"
RDF_ABOUT = "http://www.w3.org/1999/02/22-rdf-syntax-ns# about"

ROOTS = {"rss", "feed", "rdf:rdf"}
ITEMS = {"item", "entry"}
UNKNOWN_ITEMS = {"?item", "?entry"}
"""Items in a namespace that none of the formats has."""

AUTHORS = {"author", "dc:creator", "dc:author", "itunes:author"}
TAGS = {"category", "dc:subject", "keywords", "media:category"}
KEYWORDS = {"itunes:keywords", "media:keywords", "tags"}
TITLES = {"title", "dc:title", "media:title"}
SUMMARIES = {"description", "summary", "abstract", "dc:description", "itunes:summary"}
CONTENTS = {"content", "content:encoded", "body", "fullitem"}
TEXTS = TITLES | SUMMARIES | CONTENTS
DATES = {
    **dict.fromkeys(("pubdate", "published", "issued", "dcterms:issued"), "published"),
    **dict.fromkeys(("updated", "modified", "dc:date", "dcterms:modified", "lastbuilddate"), "updated"),
    **dict.fromkeys(("created", "dcterms:created"), "created"),
}
SINGLE = {"guid", "id", "link", "dc:language", "feedburner:origlink"}
FIELDS = SINGLE | AUTHORS | TAGS | KEYWORDS | TEXTS | set(DATES)
"""The children of an item that are read; all others are passed over."""

NESTED = {"media:description", "app:draft"}
"""Read wherever they stand within an item."""

LITERAL_UNLESS_TYPED = {"title", "summary", "content"}
"""Atom's texts are plain unless their type says otherwise (RFC 4287, 3.1.1); RSS has no types, and means HTML."""

TEXT_TYPES = {"text", "text/plain"}
HTML_TYPES = {"html", "text/html"}
XHTML_TYPES = {"xhtml", "application/xhtml+xml"}
MARKUP_TYPES = HTML_TYPES | XHTML_TYPES
KNOWN_TYPES = TEXT_TYPES | MARKUP_TYPES
PAGE_TYPES = MARKUP_TYPES | {""}


@lru_cache(maxsize=1_000)  # a feed cannot fill the memory with names
def short_name(name: str) -> str:
    """Return expat's `namespace local` in lower case, with the usual prefix; "?local" in a namespace not known."""
    space, _, local = name.lower().rpartition(" ")
    if "backend.userland.com/rss" in space:  # in several versions: rss2, RSS2, rss/2.0
        return local
    return _PREFIXES.get(space, "?") + local
