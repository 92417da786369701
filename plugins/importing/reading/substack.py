"""A Substack export: `posts.csv` says what there is, `posts/ID.slug.html` has the texts. Pure.

The export does not say where the site was; its own buttons and its links to itself do.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape

from plugins.core.errors import Problem
from plugins.core.text.urls import host
from plugins.importing import text
from plugins.importing.models import Export, Loss, Piece

_NEEDED = {"post_id", "title"}
_OWN_POST = re.compile(r"(https?://[\w.-]+)/p/([\w-]+)")
_OWN_SERVICE = re.compile(r"(https?://[\w.-]+)/(?:subscribe\b|p/[\w-]+\?[^\"'<>\s]*action=share)")
_AUDIENCES = {"only_paid": "it was for subscribers who pay", "founding": "it was for founding members"} | {
    "only_free": "it was for subscribers"
}
_EMPTY_FILES = "its file is missing from the export"


def read(table: str, bodies: Mapping[str, str], where: str, site: str) -> Export:
    """Return what an export holds. `bodies` is file name → HTML, `where` names posts.csv; `site` may be ""."""
    rows, problems = _rows(table, where)
    site = (site or _guessed(bodies)).rstrip("/")
    pieces = []
    for line, row in rows:
        name = row.get("post_id", "").strip()
        html = bodies.get(f"{name}.html")
        if not re.fullmatch(r"\d+(?:\.[\w%~.-]*)?", name):
            problems.append(Problem(where, line, f"post_id is not an id (got {name[:40]!r})", "export the site anew"))
            continue
        pieces.append(_piece(name, row, html, site))
    known = {f"{row.get('post_id', '').strip()}.html" for _, row in rows}
    stray = [name for name in bodies if name not in known]
    left = (
        [f"{len(stray)} files of posts that posts.csv does not name: {', '.join(sorted(stray)[:5])}"] if stray else []
    )
    return Export("substack", site, tuple(pieces), tuple(left), tuple(problems))


def _rows(table: str, where: str) -> tuple[list[tuple[int, dict[str, str]]], list[Problem]]:
    csv.field_size_limit(1_000_000)
    reader = csv.reader(io.StringIO(table))
    rows: list[tuple[int, dict[str, str]]] = []
    try:
        head = [name.strip().lower() for name in next(reader, [])]
        if missing := sorted(_NEEDED - set(head)):
            what = f"no column {' and '.join(missing)}"
            return [], [Problem(where, 1, what, "export the site anew, or say what it is with --as")]
        for cells in reader:
            if any(cells):
                rows.append((reader.line_num, dict(zip(head, cells, strict=False))))
    except csv.Error as error:
        problem = Problem(where, reader.line_num, f"not CSV from here on ({error})", "export the site anew")
        return rows, [problem]
    return rows, []


def _piece(name: str, row: Mapping[str, str], html: str | None, site: str) -> Piece:
    number, _, slug = name.partition(".")
    slug = slug.strip("-.")
    kind = row.get("type", "").strip().lower()
    lost = [] if html is not None else [Loss("text missing from the export", f"{name}.html")]
    if kind == "thread":
        lost.append(Loss("thread without its answers", "they are not in the export"))
    audio = row.get("podcast_url", "").strip()
    listen = f'<audio src="{escape(audio)}" title="{escape(text.line(row.get("title", "")))}"></audio>' if audio else ""
    return Piece(
        key=f"substack {number}",
        place=f"posts/{name}.html",
        title=text.line(row.get("title", "")),
        slug=slug,
        html=f"{listen}{html or ''}",
        published=moment(row.get("post_date", "")) or moment(row.get("email_sent_at", "")),
        page=kind == "page",
        summary=text.line(row.get("subtitle", "")),
        withheld=_withheld(row, html),
        old=(f"{site}/p/{slug}",) if slug and _was_published(row) else (),
        also=(f"{site}/p/{slug}",) if slug else (),
        lost=tuple(lost),
    )


def _was_published(row: Mapping[str, str]) -> bool:
    return row.get("is_published", "").strip().lower() == "true"


def _withheld(row: Mapping[str, str], html: str | None) -> str:
    if not _was_published(row):
        return "it was a draft"
    audience = row.get("audience", "everyone").strip().lower() or "everyone"
    if audience != "everyone":
        return _AUDIENCES.get(audience, f"it was not for everyone ({audience})")
    return _EMPTY_FILES if html is None else ""


def moment(written: str) -> datetime | None:
    """Return a time as exports write it, such as 2022-08-12T12:11:23.230Z; none where it is none."""
    try:
        read = datetime.fromisoformat(written.strip())
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _guessed(bodies: Mapping[str, str]) -> str:
    """Return the site most of an export's own buttons, and links to its own posts, lead to."""
    slugs = {name.partition(".")[2].removesuffix(".html") for name in bodies}
    found: Counter[str] = Counter()
    for html in bodies.values():
        found.update({where for where, slug in _OWN_POST.findall(html) if slug in slugs})
        found.update(set(_OWN_SERVICE.findall(html)))
    ranked = sorted(found.items(), key=lambda one: (-one[1], host(one[0]) == "open.substack.com", one[0]))
    return ranked[0][0] if ranked else ""
