"""`./inv verify --links`: ask each cited page whether it is alive, find or order an archived copy, and keep both."""

import asyncio
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from plugins.core import console
from plugins.core.config.settings_file import Settings
from plugins.core.errors import MisuseError, Problem, SiteError, UncheckedError, annotation
from plugins.core.locks import run_lock
from plugins.core.net.http import authority, user_agent
from plugins.core.net.link_check import Finding, Verdict
from plugins.core.net.page_probe import Looker
from plugins.links import history, probe
from plugins.links.history_file import HISTORY, read_cache, write_cache
from plugins.links.model import Cache, CitationRow, Cited, WebArchives
from plugins.links.preserve import Archivist, Preserved
from plugins.links.settings import LinksSettings
from plugins.sections.build_state import Gathered
from plugins.sections.check import check as check_content
from plugins.sections.model import ExternalLink
from plugins.sections.newsroom import newsroom

KEYS = ("SAVEPAGENOW_ACCESS_KEY", "SAVEPAGENOW_SECRET_KEY")
"""The environment's names of an account's keys (https://archive.org/account/s3.php)."""
NOT_KEPT = frozenset({"updates"})
"""Sections whose links are looked at, and not archived: every item of the wire would be too many."""


@dataclass(frozen=True, slots=True)
class LinkCheckOptions:
    """What a run is asked for: `force` looks at every page now; `archive` finds copies; `allow` names private hosts."""

    force: bool = False
    archive: bool = True
    allow: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunLimits:
    """Days within which a page is not asked again; pages of one host, and copies asked for, a run."""

    days: int
    per_host: int
    saves: int


@dataclass(frozen=True, slots=True)
class DeadCitation:
    """A place that cites a page which is no longer there; `has_copy` says whether readers are led to a copy of it."""

    problem: Problem
    has_copy: bool


@dataclass(frozen=True, slots=True)
class LinkCheckResult:
    """What a run did: pages looked at, what is remembered of all, dead citations, and whether the archive changed."""

    looked: Mapping[str, Finding]
    rows: Mapping[str, CitationRow]
    dead: tuple[DeadCitation, ...]
    changed: bool

    @property
    def unread(self) -> list[Problem]:
        """Return the dead citations without a copy: a reader finds nothing there."""
        return [citation.problem for citation in self.dead if not citation.has_copy]

    @property
    def code(self) -> int:
        """Return the exit code: 1 where an editor has to find another source."""
        return 1 if self.unread else 0


def verify(settings: Settings, options: LinkCheckOptions) -> int:
    """Look at the citations over the network, and return the exit code. Raises SiteError where content is wrong."""
    room, own = newsroom(settings), settings.of(LinksSettings)
    pages = cited(check_content(settings), room.siteurl)
    name = user_agent(room.siteurl, room.site.contact)
    limits = RunLimits(own.check_days, own.per_host, own.saves)
    try:
        looker = Looker(user_agent=name, allow=options.allow)
    except ValueError as error:
        raise MisuseError([Problem("", 0, str(error), "correct --allow-private-host")]) from error

    async def run() -> LinkCheckResult:
        async with looker:
            archivist = Archivist(archives(own), looker.get, looker.post, asyncio.sleep, room.now.date())
            return await verified(room.content, pages, archivist, options, limits)

    with run_lock(room.content.resolve().parent / ".cache" / "verify.lock"):
        return asyncio.run(run()).code


def archives(settings: LinksSettings, environment: Mapping[str, str] = os.environ) -> WebArchives:
    """Return the archives the settings name, with the keys the environment has."""
    access, secret = (environment.get(name, "").strip() for name in KEYS)
    keys = None
    if access and secret:
        keys = (access, secret)
    return WebArchives(settings.availability, settings.timegate, settings.save, keys)


def cited(gathered: Gathered, siteurl: str) -> tuple[Cited, ...]:
    """Return the pages that all sections cite."""
    kept: list[ExternalLink] = []
    others: list[ExternalLink] = []
    for edition in gathered.editions:
        links = others if edition.name in NOT_KEPT else kept
        links += edition.links
    return history.cited(kept, others, siteurl)


async def verified(
    content: Path, pages: tuple[Cited, ...], archivist: Archivist, options: LinkCheckOptions, limits: RunLimits
) -> LinkCheckResult:
    """Look at the pages that are due, find copies of those to be kept, and remember both.

    Raises SiteError where the archive is wrong, or where nothing at all could be reached.
    """
    before = HISTORY.read(content)
    if before.problems:
        raise SiteError(before.problems)
    cache, today = read_cache(content), archivist.today
    recent = {} if options.force else cache.asked  # as if none had ever been asked
    due = history.due(pages, before.rows, recent, today, limits.days, limits.per_host)
    out = console.open_console()
    with console.progress(out, "Looking at cited pages", len(due)) as step:
        found = await probe.look((page.url for page in due), archivist.get, lambda one: _tell(out, one, step))
    _require_network(found)
    wanted: list[str] = []
    for page in due:
        row = before.rows.get(page.url)
        if options.archive and page.keep and not (row and row.archived):
            wanted.append(page.url)
    verdicts: dict[str, Verdict] = {}
    alive: set[str] = set()
    for url, finding in found.items():
        verdicts[url] = finding.verdict
        if finding.verdict == "alive":
            alive.add(url)
    kept = await archivist.preserve(wanted, alive, cache.jobs, limits.saves)
    rows = history.updated(before.rows, pages, verdicts, kept.copies, today)
    changed = HISTORY.write(content, rows.values())
    # Kept for each run, and apart from the history: that is committed, and changes only where there is news.
    stamps = {**cache.asked, **dict.fromkeys(found, today)}
    asked = {page.url: stamps[page.url] for page in pages if page.url in stamps}
    write_cache(content, Cache(asked=asked, jobs=dict(kept.jobs)))
    result = LinkCheckResult(found, rows, tuple(_dead(pages, rows)), changed)
    _conclude(out, result, len(pages), kept)
    return result


def _require_network(found: Mapping[str, Finding]) -> None:
    """Refuse to call every page dead where it is we who are cut off."""
    hosts = set(map(authority, found))
    # One host alone may well be down.
    if len(hosts) > 1 and not any(finding.reached for finding in found.values()):
        what = f"none of {len(found)} cited pages could be reached ({next(iter(found.values())).why})"
        raise UncheckedError([Problem("", 0, what, "see to the network, then run again; nothing was remembered")])


def _dead(pages: tuple[Cited, ...], rows: Mapping[str, CitationRow]) -> Iterator[DeadCitation]:
    for page in pages:
        row = rows.get(page.url)
        if row and row.dead:
            what = f"the cited page {page.url} is no longer there, since {row.since}"
            if row.archived:
                what += f"; readers are led to the copy of {row.archived.day}"
                remedy = "nothing has to be done"
            else:
                what += "; and no copy is known"
                remedy = "cite another page"
            for place in page.places:
                yield DeadCitation(Problem(place.where, place.line, what, remedy), row.archived is not None)


def _tell(out: Console, finding: Finding, step: Callable[[], None]) -> None:
    step()
    if finding.verdict != "alive":
        console.print_line(out, f"{finding.url} ({finding.why})", finding.verdict)


def _conclude(out: Console, result: LinkCheckResult, cited: int, kept: Preserved) -> None:
    for citation in result.dead:
        console.print_line(out, str(citation.problem), "notice" if citation.has_copy else "dead")
    for note in kept.notes:
        console.print_line(out, note, "notice")
    looked, copies, jobs = len(result.looked), len(kept.copies), len(kept.jobs)
    console.print_line(out, f"{looked} of {cited} cited pages looked at, {copies} copies found, {jobs} asked for")
    if os.environ.get("GITHUB_ACTIONS") == "true":
        for citation in result.dead:
            print(annotation("notice" if citation.has_copy else "error", citation.problem), flush=True)
