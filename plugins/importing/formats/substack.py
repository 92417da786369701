"""A Substack export: `posts.csv` says what there is, `posts/ID.slug.html` has the texts.

The export does not say where the site was; its own buttons and its links to itself do.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from html import escape
from zoneinfo import ZoneInfo

from plugins.core.errors import Problem
from plugins.core.syndication.read.dates import read_date
from plugins.core.text.urls import host
from plugins.importing.formats.texts import file_in, pages
from plugins.importing.html_tree import one_line
from plugins.importing.model import Export, Loss, OldDocument

TABLE = re.compile(r"(?:^|/)posts\.csv$", re.IGNORECASE)

_NEEDED = {"post_id", "title"}
# 41001.the-cranes-stop: a number, and the last part of the address.
_ID = re.compile(r"\d+(?:\.[\w%~.-]*)?")
# A link to a post of any site on Substack; it is this one where the export has that post.
_OWN_POST = re.compile(r"(https?://[\w.-]+)/p/([\w-]+)")
# Where its buttons for subscribing and sharing lead.
_OWN_SERVICE = re.compile(r"(https?://[\w.-]+)/(?:subscribe\b|p/[\w-]+\?[^\"'<>\s]*action=share)")
_AUDIENCES = {
    "only_paid": "it was for subscribers who pay",
    "founding": "it was for founding members",
    "only_free": "it was for subscribers",
}


def files(names: tuple[str, ...], table: str) -> tuple[str, ...]:
    """Return the files of the export that has the table; another export beside it may have pages of the same names."""
    folder = table.rpartition("/")[0]
    beside = [name for name in names if not folder or name.startswith(f"{folder}/")]
    return table, *(name for name in beside if name.lower().endswith(".html") and "posts" in name.split("/")[:-1])


def read(given: Mapping[str, bytes], where: str, site: str, zone: ZoneInfo) -> Export:
    """Return what an export holds. `site` is the old site's address, "" to find it out."""
    problems: list[Problem] = []
    table, bodies = "", {}
    name = "posts.csv"
    for path, text in pages(given, where, problems):
        if TABLE.search(path):
            name, table = path, text
        else:
            bodies[path.rsplit("/", 1)[-1]] = text
    rows, faults = _rows(table, file_in(where, name))
    problems += faults
    site = (site or _guess_site(bodies)).rstrip("/")
    documents: list[OldDocument] = []
    stray = set(bodies)
    for line, row in rows:
        post = row.get("post_id", "").strip()
        stray.discard(f"{post}.html")
        if _ID.fullmatch(post):
            documents.append(_document(post, row, bodies.get(f"{post}.html"), site))
            continue
        what = f"post_id is not an id (got {post[:40]!r})"
        problems.append(Problem(file_in(where, name), line, what, "export the site anew"))
    left: tuple[str, ...] = ()
    if stray:
        left = (f"{len(stray)} files of posts that posts.csv does not name: {', '.join(sorted(stray)[:5])}",)
    return Export("substack", site, tuple(documents), left, tuple(problems))


def _rows(table: str, where: str) -> tuple[list[tuple[int, dict[str, str]]], list[Problem]]:
    """Return the rows with the numbers of their lines, as far as they can be read."""
    first, line_end, others = table.partition("\n")
    reader = csv.DictReader(io.StringIO(first.lower() + line_end + others), restval="", skipinitialspace=True)
    rows: list[tuple[int, dict[str, str]]] = []
    try:
        if missing := sorted(_NEEDED.difference(reader.fieldnames or ())):
            what = f"no column {' and '.join(missing)}"
            return [], [Problem(where, 1, what, "export the site anew, or say what it is with --as")]
        for row in reader:
            rows.append((reader.line_num, row))
    except csv.Error as error:
        problem = Problem(where, reader.line_num, f"not CSV from here on ({error})", "export the site anew")
        return rows, [problem]
    return rows, []


def _document(post: str, row: Mapping[str, str], html: str | None, site: str) -> OldDocument:
    number, _, slug = post.partition(".")
    slug = slug.strip("-.")
    kind = row.get("type", "").strip().lower()
    lost: list[Loss] = []
    if html is None:
        lost.append(Loss("text missing from the export", f"{post}.html"))
    if kind == "thread":
        lost.append(Loss("thread without its answers", "they are not in the export"))
    title = one_line(row.get("title", ""))
    body = html or ""
    if audio := row.get("podcast_url", "").strip():
        body = f'<audio src="{escape(audio)}" title="{escape(title)}"></audio>{body}'
    address = (f"{site}/p/{slug}",) if slug else ()
    return OldDocument(
        key=f"substack {number}",
        place=f"posts/{post}.html",
        title=title,
        slug=slug,
        html=body,
        published=read_date(row.get("post_date", ""), "UTC") or read_date(row.get("email_sent_at", ""), "UTC"),
        is_page=kind == "page",
        summary=one_line(row.get("subtitle", "")),
        withheld=_why_withheld(row, html),
        old=address if _was_published(row) else (),
        also=address,
        lost=tuple(lost),
    )


def _was_published(row: Mapping[str, str]) -> bool:
    return row.get("is_published", "").strip().lower() == "true"


def _why_withheld(row: Mapping[str, str], html: str | None) -> str:
    """Return why a post was not public, "" where it was; an audience nobody knows is not everyone."""
    if not _was_published(row):
        return "it was a draft"
    audience = row.get("audience", "everyone").strip().lower() or "everyone"
    if audience != "everyone":
        return _AUDIENCES.get(audience, f"it was not for everyone ({audience})")
    if html is None:
        return "its file is missing from the export"
    return ""


def _guess_site(bodies: Mapping[str, str]) -> str:
    """Return the site most of an export's own buttons, and links to its own posts, lead to."""
    slugs = {name.partition(".")[2].removesuffix(".html") for name in bodies}
    found: Counter[str] = Counter()
    for html in bodies.values():
        sites = set(_OWN_SERVICE.findall(html))
        found.update(sites)
        for site, slug in _OWN_POST.findall(html):
            if slug in slugs and site not in sites:
                sites.add(site)
                found[site] += 1
    return min(found, key=lambda site: (-found[site], host(site) == "open.substack.com", site), default="")
