"""Ask every feature for its edition, and find what is wrong between them.

That is: references to ids that nobody defines, links to files that are not published, files that nobody reads, and
addresses that are taken twice. No feature is known here by name.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path, PurePath

from plugins.core import files
from plugins.core.config import frontmatter
from plugins.core.errors import Problem, SiteError, did_you_mean
from plugins.core.files import display_path
from plugins.core.text.characters import cut
from plugins.sections import addresses, content_folder, missing_files
from plugins.sections.build_state import Gathered
from plugins.sections.markup import WrittenText
from plugins.sections.model import CrossReference, Edition, Newsroom
from plugins.sections.signals import get_section

_READ = frozenset((".md", ".toml"))
_LIKE_A_TEXT = frozenset(
    (".markdown", ".mdown", ".mdwn", ".mkd", ".mkdn", ".txt", ".text", ".rst", ".adoc", ".html", ".htm")
)
_ARCHIVE = "archive"

_PATH = "correct the path: from the text's own folder, or from content/ with a leading slash"


def gather(newsroom: Newsroom) -> Gathered:
    """Return every section's edition. Raises SiteError with the problems of all of them, and those between them."""
    if newsroom.parsed:
        newsroom.parsed.may_ask_for(partial(_texts, newsroom.content))
    editions = tuple(sorted((edition for _, edition in get_section.send(newsroom)), key=lambda edition: edition.name))
    if newsroom.parsed and not newsroom.shows_drafts:  # a preview of drafts leaves nothing of them behind
        newsroom.parsed.keep()
    problems = [problem for edition in editions for problem in edition.problems]
    gathered = Gathered(editions)
    places = frozenset(item.key for item in gathered.navigation)
    # A section with a problem may have a place in the navigation that its edition does not name.
    incomplete = frozenset({"section"} if problems else ())
    known = (*editions, Edition("", defines={"section": places}, incomplete_kinds=incomplete))
    problems += unknown_references(known)
    problems += unfound_quotations(editions)
    problems += broken_file_links(editions, newsroom.content)
    problems += unread_files(editions, newsroom)
    problems += addresses.problems(editions, newsroom)
    if not problems and not _has_content(editions, newsroom.content):
        what, remedy = "nothing in this folder is a site's content", "give the folder that has posts/ or updates/ in it"
        problems.append(Problem(display_path(newsroom.content), 0, what, remedy))
    if problems:
        raise SiteError(problems)
    return gathered


def _texts(content: Path) -> Iterator[WrittenText]:
    """Read the Markdown that is written by hand, without its front matter; whose file it is, its section tells."""
    for path in content.rglob("*.md"):
        if path.relative_to(content).parts[0] != _ARCHIVE:
            with suppress(SiteError):
                text = files.read_text(path)
                yield WrittenText(frontmatter.body(text), frontmatter.language(text))


def _has_content(editions: Iterable[Edition], content: Path) -> bool:
    """Say whether any section reads a file of the folder; if none does, its name was probably mistyped."""
    patterns = [pattern for edition in editions for pattern in edition.reads]
    return not patterns or any(path.is_file() for pattern in patterns for path in content.glob(pattern))


def unknown_references(editions: Iterable[Edition]) -> list[Problem]:
    """Return a problem for every reference to an id that no section defines, where all ids of its kind are known.

    An unpublished text may name what is unpublished too: the two may well be published together.
    """
    editions = list(editions)
    defined = _by_kind(edition.defines for edition in editions)
    defined_some_day = _by_kind([edition.defines for edition in editions] + [one.defined_later for one in editions])
    incomplete = {kind for edition in editions for kind in edition.incomplete_kinds}
    unpublished = {display_path(path) for edition in editions for path in edition.unpublished}
    found = []
    for reference in (one for edition in editions for one in edition.references if one.kind not in incomplete):
        known = defined_some_day if reference.where in unpublished else defined
        ids = known.get(reference.kind, set())
        if reference.id not in ids:
            found.append(_unknown(reference, ids))
    return found


def unfound_quotations(editions: Iterable[Edition]) -> list[Problem]:
    """Return a problem for every quotation that is not in what it names; a name that nobody has is told as such."""
    editions = list(editions)
    givers = {kind: give for edition in editions for kind, give in edition.quotable.items()}
    found = []
    for quotation in (one for edition in editions for one in edition.quotations):
        quoted = givers[quotation.kind](quotation.id) if quotation.kind in givers else None
        if quoted is None or quoted.find(quotation.words):
            continue
        near = quoted.nearest(quotation.words)
        got = cut(quotation.words, 80)
        what = f"no text that is kept of the {quotation.kind} {quotation.id!r} says this (got “{got}”)"
        remedy = f"it says “{near}”" if near else "quote it word for word, or leave out what names the listing"
        found.append(Problem(quotation.where, quotation.line, what, remedy))
    return found


def _by_kind(parts: Iterable[Mapping[str, frozenset[str]]]) -> dict[str, set[str]]:
    whole: dict[str, set[str]] = {}
    for part in parts:
        for kind, ids in part.items():
            whole.setdefault(kind, set()).update(ids)
    return whole


def broken_file_links(editions: Iterable[Edition], content: Path) -> list[Problem]:
    """Return a problem for every link to a file that is not there, or that is not published, such as a draft.

    An unpublished text may link to what is unpublished too: the two may well be published together. What lies outside
    of the `content` folder is never published, whatever links to it.
    """
    editions = list(editions)
    unpublished = {path for edition in editions for path in edition.unpublished}
    drafts = {display_path(path) for path in unpublished}
    found = []
    for file_link in (one for edition in editions for one in edition.file_links):
        path = content / file_link.file
        too_soon = path in unpublished and file_link.where not in drafts
        stays_in = too_soon or missing_files.is_outside(file_link.file) or content_folder.is_hidden(file_link.file)
        if stays_in or not path.is_file():
            remedy = missing_files.remedy(content, file_link.file) or _PATH
            what = f"{file_link.link} leads to no published file"
            found.append(Problem(file_link.where, file_link.line, what, remedy))
    return found


def unread_files(editions: Iterable[Edition], newsroom: Newsroom) -> list[Problem]:
    """Return a problem for every text and table of the content that no section reads, such as a fund.toml.

    A name that begins with a dot or an underscore is its owner's own, and so are folders that are published as they
    are, and a README.md that no section takes for a text: it tells whoever opens the folder what is in it. What lies in
    the archive nobody wrote by hand.
    """
    content, patterns = newsroom.content, [pattern for edition in editions for pattern in edition.reads]
    folders = (content / name for name in (_ARCHIVE, *newsroom.settings.pelican.get("STATIC_PATHS", ())))
    own = tuple(f"{folder}{os.sep}" for folder in folders)
    found = []
    looked_at = (path for path in content.rglob("*") if path.suffix.lower() in _LIKE_A_TEXT | _READ)
    for path in sorted(looked_at, key=lambda path: path.parts):
        name = path.relative_to(content)
        private = any(part.startswith((".", "_")) for part in name.parts) or f"{path}{os.sep}".startswith(own)
        private = private or name.name == "README.md"
        if not private and (remedy := _unread(name, patterns)) and path.is_file():
            found.append(Problem(display_path(path), 0, "nobody reads this file", remedy))
    return found


def _unread(name: PurePath, patterns: Iterable[str]) -> str:
    """Return what to do with a file that nobody reads, "" if one reads it, or if it may be no text of the site."""
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
    """Say whether a file matches one of the patterns, where `**/` stands for any folders and `*` for any name."""
    return bool(_regex(tuple(patterns)).fullmatch(name.as_posix()))


@lru_cache(8)
def _regex(patterns: tuple[str, ...]) -> re.Pattern[str]:
    escaped = (re.escape(pattern).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*") for pattern in patterns)
    return re.compile("|".join(f"(?:{pattern})" for pattern in escaped) or r"(?!)")


def _place(name: PurePath, patterns: Iterable[str]) -> str:
    """Return where a text or a table may belong."""
    alike = (pattern for pattern in patterns if pattern.endswith(name.suffix))
    places = sorted(pattern.replace("**/", "").replace("*.md", name.name) for pattern in alike)
    otherwise = f"move it to {', or to '.join(places)}; or begin its name with an underscore"
    return did_you_mean(name.as_posix(), places, otherwise, likeness=0.8)


def _unknown(reference: CrossReference, known: set[str]) -> Problem:
    remedy = did_you_mean(reference.id, known, f"use the id of a {reference.kind} that exists", likeness=0.7)
    return Problem(reference.where, reference.line, f"there is no {reference.kind} {reference.id!r}", remedy)
