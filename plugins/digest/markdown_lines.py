"""Anybody's words as Markdown that means nothing but those words, and news as lines of it.

Sources: python-markdown's `ESCAPED_CHARS`, and the signs of its extensions attr_list, footnotes, abbr, def_list, tables
and of pymdownx's blocks, which pelicanconf.py switches on.
"""

import re
import unicodedata
from collections.abc import Iterator

from markupsafe import Markup

from plugins.digest.model import Block, Chosen, DraftPart, NewsGroup, NewsLine
from plugins.sections.news import NewsItem

NAMED = 4  # outlets named in a line
_LONGEST = 300  # letters of one text
_SIGNS = re.compile(r"[\\*_\[\]|]")
# Not with a backslash: the check, which looks at a text without rendering it, would still see code, or attributes.
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "`": "&#96;", "{": "&#123;", "}": "&#125;"}
_FIRST = re.compile(r"[#+\-=:~/!]|[0-9]+(?=[.)])")
_UNSEEN = frozenset({"Cc", "Cs"})
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs that turn the direction of all that follows, past the end of the words they stand in."""


def plain(text: str) -> str:
    """Return words on one line, without control characters, cut where they are very many."""
    seen = (one for one in text if one not in _TURNING and (one.isspace() or unicodedata.category(one) not in _UNSEEN))
    kept = " ".join("".join(seen).split())
    if len(kept) <= _LONGEST:
        return kept
    return f"{kept[:_LONGEST].rstrip()} …"


def words(text: str) -> Markup:
    """Return text as Markdown within a line."""
    escaped = _SIGNS.sub(r"\\\g<0>", plain(text))
    return Markup(re.sub("[&<>`{}]", lambda sign: _ENTITIES[sign[0]], escaped))  # noqa: S704 - escaped here


def passage(chosen: Chosen) -> DraftPart:
    """Return a section's part of the draft."""
    about: set[str] = set()
    for group in chosen.groups:
        for item in group.items:
            about.add(item.about)
    blocks = []
    for group in chosen.groups:
        lines = tuple(_lines(group, named=len(about) > 1))
        blocks.append(Block(lines, group.first, group.whole_month))
    more_link = Markup()
    if chosen.more and chosen.news.key:
        more_link = Markup(f"{{section}}{chosen.news.key}")  # noqa: S704 - a section's own key
    return DraftPart(chosen.news.name, tuple(blocks), chosen.more, more_link)


def _lines(group: NewsGroup, *, named: bool) -> Iterator[NewsLine]:
    """Say a group's news; what all of a section belong to need not be named, nor a day that a heading says."""
    dated = group.first is None or group.whole_month
    for item in group.items:
        yield NewsLine(
            link=_link(item),
            at=item.at if dated else None,
            change=item.change,
            text=words(item.text),
            about=words(item.about) if named else Markup(),
            by=tuple(map(words, item.by[:NAMED])),
            others=len(item.by[NAMED:]),
        )


def _link(item: NewsItem) -> Markup:
    title = words(item.title) or words(item.reference)
    # A section's references are its own ids and paths; one that could end the link early is left out.
    if not re.fullmatch(r"\{\w+\}[^\s()<>\"'\\\[\]{}|`*?#]+", item.reference):
        return _first_words(title)
    return Markup(f"[{title}]({item.reference})")  # noqa: S704 - its words are escaped


def _first_words(escaped: Markup) -> Markup:
    """Return words that may begin a line, where a few signs more have a meaning."""
    begun = _FIRST.match(escaped)
    if begun is None:
        return escaped
    spelt = "".join(f"&#{ord(one)};" for one in begun[0])
    return Markup(spelt) + escaped[begun.end() :]  # noqa: S704 - numbers of letters
