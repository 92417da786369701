"""A Medium export: a page of HTML for each story, with microformats that say what is what. Pure.

Drafts are `draft_*.html`; answers to others' stories are exported as stories, too. Source: the pages themselves, and
https://microformats.org/wiki/h-entry
"""

import re
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from plugins.core.text.urls import is_web
from plugins.importing import clean, text
from plugins.importing.clean import attribute
from plugins.importing.models import Loss, Piece
from plugins.importing.reading.substack import moment

_NAME = re.compile(r"(?:\d{4}-\d{2}-\d{2}_|draft_)?(?P<words>.*?)-*(?P<id>[0-9a-f]{8,14})?$")
_SAME = re.compile(r"[\W_]+")


def piece(name: str, html: str) -> Piece:
    """Return the story in a file. Raises ValueError where it is none."""
    page = clean.tree(html)
    body = page.select_one('[data-field="body"], .e-content')
    if body is None:
        raise ValueError("no story in it: there is no section with data-field=body")
    stem = name.rsplit("/", 1)[-1].removesuffix(".html")
    named = _NAME.match(stem)
    link = page.select_one("a.p-canonical")
    address = attribute(link, "href") if link else ""
    title = _text(page, ".p-name") or text.words((named["words"] if named else stem).replace("-", " "))
    summary = _text(page, '[data-field="subtitle"], .p-summary')
    when = page.select_one("time.dt-published")
    draft = stem.startswith("draft_")
    _without_repeats(body, title, summary)
    known = re.search(r"([0-9a-f]{8,14})$", urlsplit(address).path) or re.search(r"([0-9a-f]{8,14})$", stem)
    return Piece(
        key=f"medium {known[1] if known else stem}",
        place=name,
        title=title,
        slug=_slug(address, named["words"] if named else stem),
        html=body.decode_contents(),
        published=moment(attribute(when, "datetime")) if when else None,
        summary=summary,
        authors=tuple(filter(None, [_text(page, ".p-author")])),
        tags=tuple(filter(None, (text.line(tag.get_text(" ")) for tag in page.select(".p-tag, .p-tags a")))),
        withheld="it was a draft" if draft else "" if when else "the export has no day on which it was published",
        old=(address,) if is_web(address) and not draft else (),
        lost=(Loss("script"),) * clean.scripts(html),
        also=(f"https://medium.com/p/{known[1]}",) if known else (),
    )


def is_story(html: str) -> bool:
    """Say whether a page is a story of an export, by its beginning."""
    return 'class="h-entry"' in html[:20_000] and "p-name" in html[:20_000]


def site(pieces: tuple[Piece, ...]) -> str:
    """Return the site that most stories were on."""
    hosts = [f"{parts.scheme}://{parts.netloc}" for piece in pieces for parts in map(urlsplit, piece.old)]
    return max(sorted(set(hosts)), key=hosts.count, default="")


def _text(page: BeautifulSoup, selector: str) -> str:
    found = page.select_one(selector)
    return text.line(found.get_text(" ")) if found else ""


def _slug(address: str, stem: str) -> str:
    last = urlsplit(address).path.rstrip("/").rsplit("/", 1)[-1]
    return re.sub(r"-?[0-9a-f]{8,14}$", "", last) or stem


def _without_repeats(body: Tag, title: str, summary: str) -> None:
    """Take out the rule above all, and the title and subtitle that Medium repeats within the text."""
    divider = body.select_one("hr.section-divider, .section-divider")
    if divider is not None and not _before(divider, body):
        divider.decompose()
    for selector, said in ((".graf--title, h1, h2, h3", title), (".graf--subtitle, h2, h3, h4", summary)):
        first = body.select_one(selector)
        if first is not None and said and _SAME.sub("", first.get_text()) == _SAME.sub("", said):
            first.decompose()


def _before(element: Tag, body: Tag) -> str:
    """Return the words of a text before an element."""
    words = []
    for node in body.descendants:
        if node is element:
            break
        if not isinstance(node, Tag):
            words.append(str(node))
    return "".join(words).strip()
