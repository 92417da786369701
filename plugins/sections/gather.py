"""Ask every section for its edition, and find what is wrong across all of them. Knows no section by name."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path, PurePath

from plugins.core import misnamed
from plugins.core.errors import Problem, SiteError
from plugins.core.files import spoken
from plugins.core.syndication.write.feed_model import FeedLink, link
from plugins.sections import addresses
from plugins.sections.model import Citation, Edition, NavItem, Newsroom
from plugins.sections.signals import get_section

_READ = frozenset((".md", ".toml"))
_LIKE_A_TEXT = frozenset(
    (".markdown", ".mdown", ".mdwn", ".mkd", ".mkdn", ".txt", ".text", ".rst", ".adoc", ".html", ".htm")
)
_ARCHIVE = "archive"

_PATH = "correct the path: from the text's own folder, or from content/ with a leading slash"


@dataclass(frozen=True, slots=True)
class Gathered:
    """All editions of a build, in order of name."""

    editions: tuple[Edition, ...]

    @property
    def navigation(self) -> tuple[NavItem, ...]:
        """Return the navigation of all sections in order; how to follow the site is part of every site."""
        items = [item for edition in self.editions for item in edition.navigation]
        items.append(NavItem("subscribe", "subscribe/", 80))
        return tuple(sorted(items, key=lambda item: (item.rank, item.key)))

    @property
    def notices(self) -> tuple[Problem, ...]:
        """Return what is worth a word and stops nothing, in order of file and line."""
        return tuple(sorted(notice for edition in self.editions for notice in edition.notices))

    @property
    def feeds(self) -> tuple[FeedLink, ...]:
        """Return the feeds of all sections, that of everything last."""
        return (*(feed for edition in self.editions for feed in edition.feeds), link("everything"))


def gather(newsroom: Newsroom) -> Gathered:
    """Return every section's edition. Raises SiteError with every problem of all of them."""
    editions = tuple(sorted((edition for _, edition in get_section.send(newsroom)), key=lambda edition: edition.name))
    problems = [problem for edition in editions for problem in edition.problems]
    gathered = Gathered(editions)
    places = frozenset(item.key for item in gathered.navigation)
    # A section with a problem may have a place that it does not tell of.
    unsure = frozenset({"section"} if problems else ())
    known = (*editions, Edition("", offers={"section": places}, unsure=unsure))
    problems += [*unknown_citations(known), *astray(editions, newsroom.content), *unread(editions, newsroom)]
    problems += addresses.problems(editions, newsroom)
    if not problems and not _has_content(editions, newsroom.content):
        what, remedy = "nothing in this folder is a site's content", "give the folder that has posts/ or updates/ in it"
        problems.append(Problem(spoken(newsroom.content), 0, what, remedy))
    if problems:
        raise SiteError(problems)
    return gathered


def _has_content(editions: Iterable[Edition], content: Path) -> bool:
    """Say whether any section reads anything in a folder; where none does, a mistyped name is likelier than a site."""
    patterns = [pattern for edition in editions for pattern in edition.reads]
    return not patterns or any(path.is_file() for pattern in patterns for path in content.glob(pattern))


def unknown_citations(editions: Iterable[Edition]) -> list[Problem]:
    """Return a problem for every id that is named and that no section offers, where all ids of its kind are known.

    A text that is withheld may name what is withheld too: the two may well be published together.
    """
    editions = list(editions)
    offers = _by_kind(edition.offers for edition in editions)
    awaited = _by_kind((*(edition.offers for edition in editions), *(edition.awaited for edition in editions)))
    unsure = frozenset[str]().union(*(edition.unsure for edition in editions))
    withheld = {spoken(path) for edition in editions for path in edition.withheld}
    found = []
    for citation in (one for edition in editions for one in edition.cites if one.kind not in unsure):
        known = (awaited if citation.where in withheld else offers).get(citation.kind, set())
        if citation.id not in known:
            found.append(_unknown(citation, known))
    return found


def _by_kind(parts: Iterable[Mapping[str, frozenset[str]]]) -> dict[str, set[str]]:
    whole: dict[str, set[str]] = {}
    for part in parts:
        for kind, ids in part.items():
            whole.setdefault(kind, set()).update(ids)
    return whole


def astray(editions: Iterable[Edition], content: Path) -> list[Problem]:
    """Return a problem for every link to a file that is not there, or that is not published, such as a draft.

    A text that is withheld may lead to what is withheld too: the two may well be published together. What lies outside
    of the `content` is never published, whatever leads to it.
    """
    editions = list(editions)
    withheld = frozenset[Path]().union(*(edition.withheld for edition in editions))
    later = {spoken(path) for path in withheld}
    found = []
    for lead in (one for edition in editions for one in edition.leads):
        path = content / lead.file
        withheld_too_soon = path in withheld and lead.where not in later
        if withheld_too_soon or misnamed.is_outside(lead.file) or not path.is_file():
            remedy = misnamed.remedy(content, lead.file) or _PATH
            found.append(Problem(lead.where, lead.line, f"{lead.link} leads to no published file", remedy))
    return found


def unread(editions: Iterable[Edition], newsroom: Newsroom) -> list[Problem]:
    """Return a problem for every text and table of the content that no section reads, such as a fund.toml.

    A name that begins with a dot or an underscore is its owner's own, and so are folders that are published as they
    are; what lies in the archive nobody wrote by hand.
    """
    content, patterns = newsroom.content, [pattern for edition in editions for pattern in edition.reads]
    own = tuple(content / name for name in (_ARCHIVE, *newsroom.settings.get("STATIC_PATHS", ())))
    found = []
    looked_at = (path for path in content.rglob("*") if path.suffix.lower() in _LIKE_A_TEXT | _READ)
    for path in sorted(looked_at):
        name = path.relative_to(content)
        private = any(part.startswith((".", "_")) for part in name.parts) or any(map(path.is_relative_to, own))
        if not private and (remedy := _unread(name, patterns)) and path.is_file():
            found.append(Problem(spoken(path), 0, "nobody reads this file", remedy))
    return found


def _unread(name: PurePath, patterns: Iterable[str]) -> str:
    """Return what to do with a text or table that nobody reads; "" where it is read, or may be no text of the site."""
    if _reads(patterns, name):
        return ""
    ending = name.suffix.lower()
    inner = name.with_suffix("")
    if inner.suffix.lower() in _READ:  # day.md.txt, as editors save it that think they know better
        return f"name it {inner.name}: the ending {name.suffix} was added to it"
    meant = name.with_suffix(".md" if ending in _LIKE_A_TEXT else ending)
    if _reads(patterns, meant):
        return f"name it {meant.name}"
    return _place(meant, patterns) if ending in _READ else ""


def _reads(patterns: Iterable[str], name: PurePath) -> bool:
    """Tell whether a file is one of a pattern's, in which `**/` stands for any folders, and `*` for any name."""
    return any(_regex(pattern).fullmatch(name.as_posix()) for pattern in patterns)


@cache
def _regex(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*"))


def _place(name: PurePath, patterns: Iterable[str]) -> str:
    """Return where a text or a table may belong."""
    alike = (pattern for pattern in patterns if pattern.endswith(name.suffix))
    places = sorted(pattern.replace("**/", "").replace("*.md", name.name) for pattern in alike)
    near = get_close_matches(name.as_posix(), places, n=1, cutoff=0.8)
    if near:
        return f"did you mean {near[0]}?"
    return f"move it to {', or to '.join(places)}; or begin its name with an underscore"


def _unknown(citation: Citation, known: set[str]) -> Problem:
    near = get_close_matches(citation.id, sorted(known), n=1, cutoff=0.7)
    remedy = f"did you mean {near[0]}?" if near else f"use the id of a {citation.kind} that exists"
    return Problem(citation.where, citation.line, f"there is no {citation.kind} {citation.id!r}", remedy)
