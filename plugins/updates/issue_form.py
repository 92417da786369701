"""Make a reader's issue about an update a file in content/updates, and its outlet a source where it is none yet.

Reads what is there and writes nothing. The reader's words are plain text: no sign of theirs means anything.
"""

import re
from collections.abc import Iterator

from plugins.core import files
from plugins.core.config import frontmatter
from plugins.core.config.fields import quoted
from plugins.core.errors import Problem, SiteError
from plugins.core.text import slugs
from plugins.sections import issue_entries
from plugins.sections.issue_entries import Issue, IssueEntry
from plugins.sections.model import Newsroom
from plugins.updates import duplicates
from plugins.updates.config import sources_file
from plugins.updates.config.paths import Places
from plugins.updates.config.source_of_address import resemblances, with_source
from plugins.updates.config.sources_file import HandMatter

KIND = "update"
_FIELDS = {"title": "headline", "url": "url", "date": "date", "source": "outlet"}
NEEDS = frozenset(_FIELDS.values())
_EXCERPT = 300
_MOST = {"headline": 300, "url": 2_000, "outlet": 100, "date": 40}
"""The longest answers that are taken, in characters: no headline is a page long."""
_FORM = """\
---
# From {origin}. Read the page, and put the headline and the words below right, before you commit this.
title: {title}
source: {source}
date: {date}
url: {url}
---
"""
_SIGNS = re.compile(r"[\\`*_{}\[\]]")
_BEGINS = re.compile(r"(\d+)\.|[#+\-=>:|~]")


def make(issue: Issue, newsroom: Newsroom) -> IssueEntry:
    """Return the update's file. Raises SiteError where the archive or the sources cannot be read."""
    places = Places(newsroom.content)
    given = {key: issue.line(_FIELDS[key]) for key in ("title", "url", "date")}
    matter, problems = issue_entries.check(HandMatter, {**given, "source": "source"}, issue, _FIELDS)
    problems += _future(issue, matter, newsroom)
    problems += issue_entries.length_problems(issue, _MOST) or issue_entries.host_problems(issue, ("url",))
    for what, remedy in duplicates.duplicate_reasons(given["url"], places):
        problems.append(issue.problem("url", what, remedy))
    if problems:
        return IssueEntry({}, problems=tuple(problems))
    sources = places.updates / sources_file.NAME
    before = sources_file.text_of(places.updates)
    try:
        alike = tuple(_resembling(issue, before))
        source, after = with_source(before, given["url"], issue.line("outlet"))
    except ValueError as error:
        raise SiteError(
            [Problem(files.display_path(sources), 0, f"is not TOML: {error}", "correct it first")]
        ) from error
    if alike:
        return IssueEntry({}, problems=alike)
    name = slugs.free(slugs.slug(given["title"]) or f"update-{given['date']}", duplicates.taken_ids(places))
    title, url = quoted(given["title"]), quoted(given["url"])
    head = _FORM.format(origin=issue.origin, source=source, date=given["date"], title=title, url=url)
    path = places.updates / f"{name}.md"
    text = f"{head}\n{as_markdown(issue.line('summary', _EXCERPT))}".rstrip() + "\n"
    _verify(text, {**given, "source": source}, files.display_path(path))
    written = {path: text}
    new = ""
    if after != before:
        written = {sources: after, path: text}
        new = ", which is new: look it over in sources.toml"
    return IssueEntry(written, said=(f"{issue.labels['outlet']}: {issue.line('outlet')}; source {source}{new}",))


def as_markdown(text: str) -> str:
    """Return Markdown that says just these words, a line of printable text, whatever signs are among them."""
    safe = _SIGNS.sub(r"\\\g<0>", text.replace("&", "&amp;").replace("<", "&lt;"))
    first = _BEGINS.match(safe)
    if first is None:
        return safe
    if first[1]:
        return f"{first[1]}\\.{safe[first.end() :]}"
    return f"&#{ord(safe[0])};{safe[1:]}"


def _resembling(issue: Issue, sources: str) -> Iterator[Problem]:
    """Refuse an outlet that could be taken for a known one; `sources` is the text of sources.toml."""
    remedy = "look whose page it is; an outlet of its own is added by hand: ./inv new source"
    for field, what in resemblances(sources, issue.line("url"), issue.line("outlet")):
        yield issue.problem(field, what, remedy)


def _future(issue: Issue, matter: HandMatter | None, newsroom: Newsroom) -> Iterator[Problem]:
    if matter and matter.date.date() > newsroom.now.date():
        what = f"is still to come (got {issue.line('date')})"
        yield issue.problem("date", what, "write the day it happened, as in 2026-01-31")


def _verify(text: str, wanted: dict[str, str], where: str) -> None:
    """Make sure that the file says what it should, and nothing more."""
    front, problems = frontmatter.split(text, where)
    if problems or {key: str(value) for key, value in front.data.items()} != wanted:
        raise SiteError([Problem(where, 0, "the answers cannot be written safely", "write this update by hand")])
