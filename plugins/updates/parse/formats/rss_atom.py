"""Well-formed RSS and Atom, read in one pass of expat: the quick path, which most feeds take.

The contract: of a feed in its ordinary shape, the entries are those feedparser finds (the tests hold the two against
each other); of any other shape `Unusual` is raised, with what was read so far, and feedparser reads it instead. Entity
declarations are refused, nothing is fetched, and depth is bounded.
"""

from xml.parsers import expat

from plugins.updates.parse.formats import elements
from plugins.updates.parse.formats.entry import LONGEST_FIELD, MOST_ITEMS, Entry, Feed, Markup, Text
from plugins.updates.parse.formats.entry_builder import Draft
from plugins.updates.parse.formats.xhtml import Copy
from plugins.updates.parse.formats.xml_scope import Scopes

_DEEPEST = 200


class Unusual(Exception):  # noqa: N818 - no error: it is feedparser's turn
    """The feed has no ordinary shape, or is not well-formed; `feed` is what could be read of it."""

    def __init__(self, why: str, feed: Feed) -> None:
        self.why, self.feed = why, feed
        super().__init__(why)


class _Odd(Exception):  # noqa: N818
    """Something without a place in an ordinary feed."""


class _Enough(Exception):  # noqa: N818
    """More entries than are read."""


def read(markup: Markup, url: str) -> Feed:
    """Return the feed written in `markup`, found at `url`; raises Unusual."""
    reader = _Reader(url)
    problem = ""
    try:
        reader.parser.Parse(markup.encode("utf-8", "replace"), True)
    except _Enough:
        problem = f"more than {MOST_ITEMS} items; the others are left unread"
    except _Odd as odd:
        raise Unusual(str(odd), reader.feed()) from odd
    except expat.ExpatError as error:
        if not reader.finished:
            raise Unusual(f"not well-formed XML ({error})", reader.feed()) from error
        problem = f"something follows the feed's end ({error}); it was left out"
    return reader.feed(problem)


class _Reader:
    """Expat's events turned into entries. One element at most is being read: `name`, whose text is `pieces`."""

    def __init__(self, url: str) -> None:
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._refuse
        self.finished = False
        self._is_atom = False
        self._entries: list[Entry] = []
        self._title = self._feed_language = ""
        self._depth = 0
        self._draft: Draft | None = None
        self._copy: Copy | None = None
        self._name = ""
        self._attributes: dict[str, str] = {}
        self._pieces: list[str] = []
        self._author_at = 0
        self._scopes = Scopes(url)

    def feed(self, problem: str = "") -> Feed:
        return Feed(self._title, self._feed_language, tuple(self._entries), (problem,) if problem else ())

    def _refuse(self, *declaration: object) -> None:
        raise _Odd(f"a declaration of an entity ({declaration[0]!s:.40})")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _Odd(f"elements nested deeper than {_DEEPEST}")
        if self._copy:
            self._copy.start(name, attributes)
            return
        short = elements.short(name)
        if attributes:
            self._enter(attributes)
        if self._name:
            self._within_field(short)
        elif self._draft:
            self._within_entry(short, attributes, self._draft)
        else:
            self._outside(short, attributes)

    def _enter(self, attributes: dict[str, str]) -> None:
        try:
            self._scopes.enter(self._depth, attributes)
        except ValueError as error:
            raise _Odd("an xml:base that is no address") from error

    def _outside(self, short: str, attributes: dict[str, str]) -> None:
        if self._depth == 1:
            if short not in elements.ROOTS:
                raise _Odd(f"<{short}> as the outermost element")
            self._is_atom = short == "feed"
            self._feed_language = self._scopes.language
        elif short in elements.ITEMS:
            if len(self._entries) == MOST_ITEMS:
                raise _Enough
            self._draft = Draft(self._depth, guid=attributes.get(elements.RDF_ABOUT, ""))
        elif short in {"title", "language"} and self._depth <= 3:  # noqa: PLR2004 - rss, channel, title
            self._open(short, attributes)

    def _within_entry(self, short: str, attributes: dict[str, str], draft: Draft) -> None:
        child = self._depth == draft.depth + 1
        if (child and short in elements.FIELDS) or short == "media:description":
            self._field(short, attributes, draft)
        elif short in elements.ITEMS or short.startswith("xhtml:"):
            raise _Odd(f"<{short}> within an item")
        elif self._author_at and short == "name":
            self._open("author", attributes)
        elif child and short == "source" and attributes.get("url"):
            draft.via.append(self._scopes.resolved(attributes["url"]))
        elif short == "itunes:category":
            draft.tags.append(attributes.get("text", ""))

    def _field(self, short: str, attributes: dict[str, str], draft: Draft) -> None:
        if attributes:
            if short == "link" and (href := attributes.get("href") or attributes.get("url") or attributes.get("uri")):
                draft.keep_link(self._scopes.resolved(href), attributes)
                return
            if label := attributes.get("label") or attributes.get("term"):
                draft.tags.append(label)
        if short in elements.TEXTS and (short == "title" or not draft.language):
            draft.language = self._scopes.language
        self._open(short, attributes)

    def _within_field(self, short: str) -> None:
        """Allow a person's name, mail and page within an author; nothing else may stand within text."""
        if self._name not in elements.AUTHORS:
            raise _Odd(f"<{short}> within the text of <{self._name}>")
        self._name, self._author_at = "", self._depth - 1
        if short == "name":
            self._open("author", {})

    def _open(self, short: str, attributes: dict[str, str]) -> None:
        self._name, self._attributes, self._pieces = short, attributes, []
        if attributes and short in elements.LITERAL_UNLESS_TYPED:
            kind = attributes.get("type", "text").lower()
            if kind not in elements.KNOWN_TYPES or attributes.get("mode") == "base64":
                raise _Odd(f"text of the type {kind:.40}")
            self._copy = Copy() if kind in elements.XHTML_TYPES else None

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
            self._store(field_name, value[:LONGEST_FIELD])
        elif self._draft and depth == self._draft.depth:
            self._entries.append(self._draft.entry())
            self._draft = None
        if depth == self._author_at:
            self._author_at = 0
        if depth == self._scopes.innermost:
            self._scopes.leave()
        self.finished = depth == 1

    def _store(self, short: str, value: str) -> None:
        if not self._draft:
            if short == "title":
                self._title = self._title or value
            elif self._feed_language == "":
                self._feed_language = value.replace("_", "-")
        elif value and (short in elements.TEXTS or short == "media:description"):
            base = self._scopes.base if self._is_atom or self._scopes.states_base else ""
            kind = self._kind(short)
            self._draft.keep_text(short, Text(value, base, kind in elements.TEXT_TYPES, kind in elements.MARKUP_TYPES))
        elif value:
            self._draft.keep(short, self._scopes.resolved(value) if short == "link" else value, self._attributes)

    def _kind(self, short: str) -> str:
        """Return the type Atom's texts have; "" where the feed does not say."""
        default = "text" if short in elements.LITERAL_UNLESS_TYPED else ""
        return self._attributes.get("type", default).lower() if self._is_atom else ""
