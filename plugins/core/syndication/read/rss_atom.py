"""Well-formed RSS and Atom, read in one pass of expat: the fast path, which most feeds take.

Of a feed in its ordinary shape, the entries are those feedparser finds (the tests hold the two against each other). For
any other shape `UnusualFeed` is raised, with what was read so far, and the caller lets feedparser read it. Entity
declarations are refused, nothing is fetched, and depth is bounded.
"""

from xml.parsers import expat

from plugins.core.syndication.read import element_names
from plugins.core.syndication.read.entry_builder import EntryBuilder
from plugins.core.syndication.read.inline_xhtml import XhtmlCopy
from plugins.core.syndication.read.raw_feed import Enclosure, Limits, Markup, RawEntry, RawFeed, RawText, too_many
from plugins.core.syndication.read.xml_scope import Scopes

_DEEPEST = 200


class UnusualFeed(Exception):  # noqa: N818 - no error: it is feedparser's turn
    """The feed has no ordinary shape, or is not well-formed; `feed` is what could be read of it."""

    def __init__(self, why: str, feed: RawFeed) -> None:
        self.why, self.feed = why, feed
        super().__init__(why)


class _Odd(Exception):  # noqa: N818
    """Something without a place in an ordinary feed."""


class _Enough(Exception):  # noqa: N818
    """More entries than are read."""


def read(markup: Markup, url: str, limits: Limits) -> RawFeed:
    """Return the feed written in `markup`, found at `url`; raises UnusualFeed."""
    reader = _FeedReader(url, limits)
    try:
        reader.parser.Parse(markup.encode("utf-8", "replace"), True)
    except _Enough:
        return reader.feed().with_problem(too_many(limits))
    except _Odd as odd:
        raise UnusualFeed(str(odd), reader.feed()) from odd
    except expat.ExpatError as error:
        if not reader.finished:
            raise UnusualFeed(f"not well-formed XML ({error})", reader.feed()) from error
        return reader.feed().with_problem(f"something follows the feed's end ({error}); it was left out")
    return reader.feed()


class _FeedReader:
    """Expat's events turned into entries. One element at most is being read: `name`, whose text is `pieces`."""

    def __init__(self, url: str, limits: Limits) -> None:
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._refuse
        self.finished = False
        self._is_atom = False
        self._entries: list[RawEntry] = []
        self._title = self._feed_language = self._site = ""
        self._depth = 0
        self._builder: EntryBuilder | None = None
        self._copy: XhtmlCopy | None = None
        self._name = ""
        self._attributes: dict[str, str] = {}
        self._pieces: list[str] = []
        self._author_at = self._source_at = 0
        self._scopes = Scopes(url)
        self._limits = limits

    def feed(self) -> RawFeed:
        """Return the feed as far as it is read."""
        return RawFeed(self._title, self._feed_language, tuple(self._entries), site=self._site)

    def _refuse(self, *declaration: object) -> None:
        raise _Odd(f"a declaration of an entity ({declaration[0]!s:.40})")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Odd(f"elements nested deeper than {_DEEPEST}")
        if self._copy:
            self._copy.start(name, attributes)
            return
        short = element_names.short_name(name)
        if attributes:
            self._enter(attributes)
        if self._name:
            self._within_field(short)
        elif self._builder:
            self._within_entry(short, attributes, self._builder)
        else:
            self._outside(short, attributes)

    def _enter(self, attributes: dict[str, str]) -> None:
        try:
            self._scopes.enter(self._depth, attributes)
        except ValueError as error:
            raise _Odd("an xml:base that is no address") from error

    def _outside(self, short: str, attributes: dict[str, str]) -> None:
        if self._depth == 1:
            if short not in element_names.ROOTS:
                raise _Odd(f"<{short}> as the outermost element")
            self._is_atom = short == "feed"
            self._feed_language = self._scopes.language
        elif short in element_names.ITEMS:
            if len(self._entries) == self._limits.entries:
                raise _Enough
            self._builder = EntryBuilder(self._depth, guid=attributes.get(element_names.RDF_ABOUT, ""))
        elif short in element_names.UNKNOWN_ITEMS:
            raise _Odd("items in an unknown namespace")
        elif short in {"title", "language", "link"} and self._depth <= 3:  # noqa: PLR2004 - rss, channel, title
            if "href" not in attributes:
                self._open(short, attributes)
            elif attributes.get("rel", "alternate") == "alternate":
                self._site = self._site or self._scopes.resolved(attributes["href"])

    def _within_entry(self, short: str, attributes: dict[str, str], builder: EntryBuilder) -> None:
        child = self._depth == builder.depth + 1
        if (child and short in element_names.FIELDS) or short in element_names.NESTED:
            self._field(short, attributes, builder)
        elif short in element_names.ITEMS or short.startswith("xhtml:"):
            raise _Odd(f"<{short}> within an item")
        elif self._author_at and short == "name":
            self._open("author", attributes)
        elif child and short == "source":
            self._source(attributes, builder)
        elif self._source_at and short == "title" and self._source_at == self._depth - 1:
            self._open("source", {})
        elif child and short == "enclosure" and attributes.get("url"):
            builder.enclosures.append(Enclosure(self._scopes.resolved(attributes["url"]), attributes.get("type", "")))
        elif short == "itunes:category":
            builder.tags.append(attributes.get("text", ""))

    def _source(self, attributes: dict[str, str], builder: EntryBuilder) -> None:
        """Read which feed an item was taken from: RSS names it in the text, Atom in a title (RFC 4287, 4.2.11)."""
        if self._is_atom:
            self._source_at = self._depth
            return
        if attributes.get("url"):
            builder.via.append(self._scopes.resolved(attributes["url"]))
        self._open("source", {})

    def _field(self, short: str, attributes: dict[str, str], builder: EntryBuilder) -> None:
        if attributes:
            if short == "link" and (href := attributes.get("href") or attributes.get("url") or attributes.get("uri")):
                builder.keep_link(self._scopes.resolved(href), attributes)
                return
            if label := attributes.get("label") or attributes.get("term"):
                builder.tags.append(label)
        if short in element_names.TEXTS and (short == "title" or not builder.language):
            builder.language = self._scopes.language
        self._open(short, attributes)

    def _within_field(self, short: str) -> None:
        """Allow a person's name, mail and page within an author; nothing else may stand within text."""
        if self._name not in element_names.AUTHORS:
            raise _Odd(f"<{short}> within the text of <{self._name}>")
        self._name, self._author_at = "", self._depth - 1
        if short == "name":
            self._open("author", {})

    def _open(self, short: str, attributes: dict[str, str]) -> None:
        self._name, self._attributes, self._pieces = short, attributes, []
        if attributes and short in element_names.LITERAL_UNLESS_TYPED:
            kind = attributes.get("type", "text").lower()
            if kind not in element_names.KNOWN_TYPES or attributes.get("mode") == "base64":
                raise _Odd(f"text of the type {kind:.40}")
            if kind in element_names.XHTML_TYPES:
                self._copy = XhtmlCopy()

    def _text(self, data: str) -> None:
        if self._copy:
            self._copy.text(data)
        elif self._name:
            self._pieces.append(data)

    def _end(self, name: str) -> None:
        depth, self._depth = self._depth, self._depth - 1
        if self._copy and self._copy.depth:
            self._copy.end(name)
            return
        if self._name:
            value = self._copy.value() if self._copy else "".join(self._pieces).strip()
            field_name, self._name, self._copy = self._name, "", None
            self._store(field_name, value[: self._limits.characters])
        elif self._builder and depth == self._builder.depth:
            self._entries.append(self._builder.entry())
            self._builder = None
        if depth == self._author_at:
            self._author_at = 0
        if depth == self._source_at:
            self._source_at = 0
        if depth == self._scopes.innermost:
            self._scopes.leave()
        self.finished = depth == 1

    def _store(self, short: str, value: str) -> None:
        if not self._builder:
            if short == "title":
                self._title = self._title or value
            elif short == "link":
                self._site = self._site or self._scopes.resolved(value)
            elif self._feed_language == "":
                self._feed_language = value.replace("_", "-")
        elif value and (short in element_names.TEXTS or short == "media:description"):
            self._builder.keep_text(short, self._raw_text(short, value))
        elif value:
            if short == "link":
                value = self._scopes.resolved(value)
            self._builder.keep(short, value, self._attributes)

    def _raw_text(self, short: str, value: str) -> RawText:
        """Return a text with what the feed says of it: only Atom's is relative to the feed, and has a type."""
        if not self._is_atom:
            return RawText(value, self._scopes.stated_base)
        kind = self._attributes.get("type", "").lower()
        if "type" not in self._attributes and short in element_names.LITERAL_UNLESS_TYPED:
            kind = "text"
        return RawText(value, self._scopes.base, kind in element_names.TEXT_TYPES, kind in element_names.MARKUP_TYPES)
