"""Show citations with their archived copies: HTML in, HTML out.

The attributes are those of Robust Links (https://robustlinks.mementoweb.org/spec/) and work without a script, so the
strict Content-Security-Policy has nothing to say about them. A give box is never touched: its links are verified, and
an archived copy of a give page would be a trap.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from html import escape, unescape

from plugins.links.history import page_of
from plugins.links.html_tags import VOID, HtmlTag, tags
from plugins.links.model import CitationRow

_OUTSIDE = frozenset({"head", "nav", "footer", "button", "svg"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_GIVE_BOX = frozenset({"button", "host", "front-give", "ending"})
_HREF = re.compile(r"""href\s*=\s*["']?(http[^"'\s>]+)""", re.IGNORECASE)
_MAYBE_GIVE_BOX = (*sorted(_GIVE_BOX), "fund", "&")
"""Attributes without any of these cannot mark a give box; an entity might spell one."""

Word = Callable[[date], str]
"""Words a day for readers."""


@dataclass(frozen=True, slots=True)
class Notes:
    """What is said behind a citation, in the site's language; `{day}` is the day of the copy."""

    lost: str = "no longer there, and no copy is known"
    gone: str = "no longer there: this is the archived copy of {day}"
    kept: str = "archived"
    title: str = "The page as it was on {day}"


@dataclass(slots=True)
class _OpenElements:
    """Elements that are open, by their names, the innermost last; in the first `outside` of them links are citations.

    In those after the first that is closed off, links are left alone.
    """

    names: list[str] = field(default_factory=list)
    outside: int = 0

    @property
    def closed_off(self) -> bool:
        return self.outside < len(self.names)

    @property
    def in_heading(self) -> bool:
        return not _HEADINGS.isdisjoint(self.names)

    def take(self, tag: HtmlTag) -> None:
        if tag.ends:
            if tag.name in self.names:  # one that was never opened ends nothing
                while self.names.pop() != tag.name:
                    pass
                self.outside = min(self.outside, len(self.names))
        elif tag.name not in VOID:
            if not self.closed_off and not _is_closed_off(tag):
                self.outside += 1
            self.names.append(tag.name)


def robust(html: str, rows: Mapping[str, CitationRow], word: Word, notes: Notes = Notes()) -> str:
    """Return the page with its citations as robust links; a page without any is returned as it is.

    `rows` are by page. A dead page's link leads to its copy, or is marked as dead where there is none.
    """
    if rows.keys().isdisjoint(map(page_of, map(unescape, _HREF.findall(html)))):
        return html
    pieces: list[str] = []
    done = 0
    for start, end, row, fragment, in_heading in _citations(html, rows):
        pieces += [html[done : start.start], _start_tag(start, row, fragment), html[start.stop : end.stop]]
        # A heading is read aloud and listed by itself; "archived" would become part of it.
        if row.dead or not in_heading:
            pieces.append(_note(row, fragment, word, notes))
        done = end.stop
    return "".join((*pieces, html[done:]))


def _citations(html: str, rows: Mapping[str, CitationRow]) -> Iterator[tuple[HtmlTag, HtmlTag, CitationRow, str, bool]]:
    """Return each citation's start and end tag, its row, its fragment, and whether it stands in a heading."""
    around = _OpenElements()
    citation: tuple[HtmlTag, CitationRow, str] | None = None
    for tag in tags(html):
        if tag.name == "a" and not tag.ends:
            citation = None
            if not around.closed_off:
                citation = _citation(tag, rows)
        elif tag.name == "a" and citation:
            start, row, fragment = citation
            yield start, tag, row, fragment, around.in_heading
            citation = None
        around.take(tag)


def _citation(tag: HtmlTag, rows: Mapping[str, CitationRow]) -> tuple[HtmlTag, CitationRow, str] | None:
    # Most links are no citations: the expression tells, before the attributes are read.
    written = _HREF.search(tag.rest)
    if written is None or page_of(unescape(written[1])) not in rows:
        return None
    given = tag.attributes
    link = given.get("href", "")
    row = rows.get(page_of(link))
    if row is None or not (row.dead or row.archived) or _is_closed_off(tag):
        return None
    if "hidden" in given or "data-originalurl" in given:  # the latter is one already
        return None
    return tag, row, link.removeprefix(row.url)


def _is_closed_off(tag: HtmlTag) -> bool:
    """Say whether an element is a give box, or no place for citations."""
    if tag.name in _OUTSIDE:
        return True
    written = tag.rest.lower()
    if "class" not in written or not any(mark in written for mark in _MAYBE_GIVE_BOX):
        return False
    marks = tag.attributes.get("class", "").lower().split()
    return any(mark in _GIVE_BOX or mark.startswith("fund") for mark in marks)


def _start_tag(tag: HtmlTag, row: CitationRow, fragment: str) -> str:
    if row.archived is None:
        return f"<{tag.name}{tag.rest}>"
    copy = row.archived.url + fragment
    given = tag.attributes
    if row.dead:
        given["href"] = copy
    given["data-originalurl"] = row.url + fragment
    given["data-versionurl"] = copy
    given["data-versiondate"] = row.archived.day.isoformat()
    written = "".join(f' {name}="{escape(value)}"' for name, value in given.items())
    return f"<{tag.name}{written}>"


def _note(row: CitationRow, fragment: str, word: Word, notes: Notes) -> str:
    """Return the small words behind a citation."""
    copy = row.archived
    if copy is None:
        return f' <small class="archived archived-gone">({escape(notes.lost)})</small>'
    day = word(copy.day)
    if row.dead:
        return f' <small class="archived archived-gone">({escape(notes.gone.replace("{day}", day))})</small>'
    link, title = escape(copy.url + fragment), escape(notes.title.replace("{day}", day))
    return f' <small class="archived"><a href="{link}" title="{title}">{escape(notes.kept)}</a></small>'
