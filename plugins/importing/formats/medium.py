"""A Medium export: a page of HTML for each story, with microformats that say what is what.

Drafts are `draft_*.html`; answers to others' stories are exported as stories, too. Source: the pages themselves, and
https://microformats.org/wiki/h-entry
"""

import re
from collections import Counter
from collections.abc import Mapping
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bs4 import Tag

from plugins.core.errors import Problem
from plugins.core.syndication.read.dates import read_date
from plugins.core.text.urls import is_web
from plugins.importing.formats.texts import file_in, pages, some
from plugins.importing.html_tree import attribute, count_scripts, group, one_line, parse, text_of
from plugins.importing.model import Export, Loss, OldDocument

# A file's name: 2023-11-02_The-kettle-at-gate-four-1a2b3c4d5e6f, draft_A-spoon-99aa88bb77cc.
_NAME = re.compile(r"(?:\d{4}-\d{2}-\d{2}_|draft_)?(?P<words>.*?)-*(?P<id>[0-9a-f]{8,14})?$")
# The number at the end of an address, by which Medium finds a story whatever stands before it.
_ID = re.compile(r"-?([0-9a-f]{8,14})$")
_SIGNS = re.compile(r"[\W_]+")
_HAS_WORDS = re.compile(r"\S")
_HEAD = 20_000  # letters


def read(files: Mapping[str, bytes], where: str, site: str, zone: ZoneInfo) -> Export:
    """Return what an export's stories say. `site` is the old site's address, "" to find it out."""
    documents: list[OldDocument] = []
    problems: list[Problem] = []
    for name, html in pages(files, where, problems):
        try:
            documents.append(_document(name, html))
        except (ValueError, RecursionError) as error:
            problems.append(Problem(file_in(where, name), 0, str(error), "open it in a browser, and look what it is"))
    return Export("medium", site or _most_frequent_site(documents), tuple(documents), problems=tuple(problems))


def is_story(html: str) -> bool:
    """Say whether a page is a story of an export, by its beginning."""
    return 'class="h-entry"' in html[:_HEAD] and "p-name" in html[:_HEAD]


def _document(name: str, html: str) -> OldDocument:
    """Return the story in a file. Raises ValueError where it is none."""
    page = parse(html)
    body = page.select_one('[data-field="body"], .e-content')
    if body is None:
        raise ValueError("no story in it: there is no section with data-field=body")
    stem = name.rsplit("/", 1)[-1].removesuffix(".html")
    words = group(_NAME.match(stem), "words")
    address = attribute(page.select_one("a.p-canonical"), "href")
    path = urlsplit(address).path.rstrip("/")
    story = group(_ID.search(path) or _ID.search(stem), 1)
    title = text_of(page.select_one(".p-name")) or one_line(words.replace("-", " "))
    summary = text_of(page.select_one('[data-field="subtitle"], .p-summary'))
    day = attribute(page.select_one("time.dt-published"), "datetime")
    author = text_of(page.select_one(".p-author"))
    is_draft = stem.startswith("draft_")
    old: tuple[str, ...] = ()
    if is_web(address) and not is_draft:
        old = (address,)
    withheld = ""
    if is_draft:
        withheld = "it was a draft"
    elif page.select_one("time.dt-published") is None:
        withheld = "the export has no day on which it was published"
    _drop_repeats(body, title, summary)
    return OldDocument(
        key=f"medium {story or stem}",
        place=name,
        title=title,
        slug=_ID.sub("", path.rsplit("/", 1)[-1]) or words,
        html=body.decode_contents(),
        published=read_date(day, "UTC"),
        summary=summary,
        authors=some(author),
        tags=tuple(filter(None, map(text_of, page.select(".p-tag, .p-tags a")))),
        withheld=withheld,
        old=old,
        lost=(Loss("script"),) * count_scripts(html),
        also=(f"https://medium.com/p/{story}",) if story else (),
    )


def _most_frequent_site(documents: list[OldDocument]) -> str:
    found: Counter[str] = Counter()
    for document in documents:
        for address in document.old:
            parts = urlsplit(address)
            found[f"{parts.scheme}://{parts.netloc}"] += 1
    return min(found, key=lambda site: (-found[site], site), default="")


def _drop_repeats(body: Tag, title: str, summary: str) -> None:
    """Take out the rule above all, and the title and subtitle that Medium repeats within the text."""
    divider = body.select_one("hr.section-divider, .section-divider")
    if divider is not None and divider.find_next(string=_HAS_WORDS) is body.find(string=_HAS_WORDS):
        divider.decompose()
    for selector, said in ((".graf--title, h1, h2, h3", title), (".graf--subtitle, h2, h3, h4", summary)):
        first = body.select_one(selector)
        if first is not None and said and _SIGNS.sub("", first.get_text()) == _SIGNS.sub("", said):
            first.decompose()
