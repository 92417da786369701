"""Ask every feature for its edition, and find what is wrong between them.

That is: references to ids that nobody defines, links to files that are not published, files that nobody reads, and
addresses that are taken twice. No feature is known here by name.
"""

import os
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from itertools import chain
from pathlib import Path, PurePath

from plugins.core import files
from plugins.core.config import frontmatter
from plugins.core.errors import Problem, SiteError, did_you_mean
from plugins.core.files import display_path
from plugins.core.text.characters import cut
from plugins.core.text_files import TextFiles
from plugins.sections import addresses, content_folder, missing_files
from plugins.sections.build_state import Gathered
from plugins.sections.markup import WrittenText
from plugins.sections.model import CrossReference, Edition, Newsroom, Quotable, Quotation
from plugins.sections.signals import get_section
from plugins.sections.text_facts import FactsOfRun

_READ = frozenset((".md", ".toml"))
_LIKE_A_TEXT = frozenset(
    (".markdown", ".mdown", ".mdwn", ".mkd", ".mkdn", ".txt", ".text", ".rst", ".adoc", ".html", ".htm")
)
_LOOKED_AT = _READ | _LIKE_A_TEXT
_ARCHIVE = "archive"

_PATH = "correct the path: from the text's own folder, or from content/ with a leading slash"


def gather(newsroom: Newsroom) -> Gathered:
    """Return every section's edition. Raises SiteError with the problems of all of them, and those between them."""
    if newsroom.parsed:
        newsroom.parsed.may_ask_for(partial(_texts, newsroom.content))
    answers = [edition for _, edition in get_section.send(newsroom)]
    editions = tuple(sorted(answers, key=lambda edition: edition.name))
    if newsroom.parsed:
        if not newsroom.shows_drafts:  # a preview of drafts leaves nothing of them behind
            newsroom.notes(FactsOfRun).keep()
            newsroom.parsed.keep()
        newsroom.parsed.forget()
    newsroom.forget(FactsOfRun)
    problems = list(chain.from_iterable(edition.problems for edition in editions))
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
    if not problems and not _has_content(editions, newsroom):
        what, remedy = "nothing in this folder is a site's content", "give the folder that has posts/ or updates/ in it"
        problems.append(Problem(display_path(newsroom.content), 0, what, remedy))
    newsroom.forget(TextFiles)
    if problems:
        raise SiteError(problems)
    return gathered


def _texts(content: Path) -> Iterator[WrittenText]:
    """Read the Markdown that is written by hand, without its front matter; whose file it is, its section tells."""
    for path in content.rglob("*.md"):
        if path.relative_to(content).parts[0] != _ARCHIVE:
            with suppress(SiteError):
                text = files.read_text(path)
                body, language = frontmatter.body(text), frontmatter.language(text)
                yield WrittenText(body, language, frontmatter.has_summary(text))


def _has_content(editions: Iterable[Edition], newsroom: Newsroom) -> bool:
    """Say whether any section reads a file of the folder; if none does, its name was probably mistyped."""
    patterns, content = _patterns(editions), newsroom.content
    found = (name for name in newsroom.notes(TextFiles).names(content) if _reads(patterns, name))
    return not patterns or any((content / name).is_file() for name in found)


def _patterns(editions: Iterable[Edition]) -> tuple[str, ...]:
    return tuple(chain.from_iterable(edition.reads for edition in editions))


def _unpublished(editions: Iterable[Edition]) -> frozenset[Path]:
    return frozenset[Path]().union(*(edition.unpublished for edition in editions))


def unknown_references(editions: Sequence[Edition]) -> list[Problem]:
    """Return a problem for every reference to an id that no section defines, where all ids of its kind are known.

    An unpublished text may name what is unpublished too: the two may well be published together.
    """
    defined = _by_kind(edition.defines for edition in editions)
    defined_some_day = _by_kind([defined, *(edition.defined_later for edition in editions)])
    incomplete = frozenset[str]().union(*(edition.incomplete_kinds for edition in editions))
    drafts = set(map(display_path, _unpublished(editions)))
    found: list[Problem] = []
    for edition in editions:
        for reference in edition.references:
            known = defined_some_day if reference.where in drafts else defined
            ids = known.get(reference.kind, set())
            if reference.kind not in incomplete and reference.id not in ids:
                found.append(_unknown(reference, ids))
    return found


def unfound_quotations(editions: Sequence[Edition]) -> list[Problem]:
    """Return a problem for every quotation that is not in what it names, of those where there is such a thing."""
    givers: dict[str, Callable[[str], Quotable | None]] = {}
    for edition in editions:
        givers.update(edition.quotable)
    found: list[Problem] = []
    for edition in editions:
        for quotation in edition.quotations:
            quoted = givers[quotation.kind](quotation.id) if quotation.kind in givers else None
            # Where nobody has it, unknown_references tells: a text that quotes a thing names it too.
            if quoted is not None and not quoted.find(quotation.words):
                found.append(_unfound(quotation, quoted))
    return found


def _unfound(quotation: Quotation, quoted: Quotable) -> Problem:
    remedy = "quote it word for word, or leave out what names the listing"
    if near := quoted.nearest(quotation.words):
        remedy = f"it says “{near}”"
    got = cut(quotation.words, 80)
    what = f"no text that is kept of the {quotation.kind} {quotation.id!r} says this (got “{got}”)"
    return Problem(quotation.where, quotation.line, what, remedy)


def _by_kind(parts: Iterable[Mapping[str, Collection[str]]]) -> dict[str, set[str]]:
    whole: defaultdict[str, set[str]] = defaultdict(set)
    for part in parts:
        for kind, ids in part.items():
            whole[kind].update(ids)
    return whole


def broken_file_links(editions: Sequence[Edition], content: Path) -> list[Problem]:
    """Return a problem for every link to a file that is not there, or that is not published, such as a draft.

    An unpublished text may link to what is unpublished too: the two may well be published together. What lies outside
    of the `content` folder is never published, whatever links to it.
    """
    unpublished = _unpublished(editions)
    drafts = set(map(display_path, unpublished))
    found: list[Problem] = []
    for edition in editions:
        for file_link in edition.file_links:
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
    content, patterns = newsroom.content, _patterns(editions)
    folders = [_ARCHIVE, *newsroom.settings.pelican.get("STATIC_PATHS", ())]
    # With the separator, so that images is not taken for the beginning of images-old.
    not_ours = tuple(f"{content / folder}{os.sep}" for folder in folders)
    found: list[Problem] = []
    for name in newsroom.notes(TextFiles).names(content):
        if _reads(patterns, name):
            continue
        path = content / name
        is_private = path.name == "README.md" or any(part.startswith((".", "_")) for part in name.split("/"))
        if path.suffix.lower() not in _LOOKED_AT or is_private or f"{path}{os.sep}".startswith(not_ours):
            continue
        remedy = _unread(PurePath(name), patterns)
        if remedy and path.is_file():
            found.append(Problem(display_path(path), 0, "nobody reads this file", remedy))
    return found


def _unread(name: PurePath, patterns: tuple[str, ...]) -> str:
    """Return what to do with a file that nobody reads, "" if it may be no text of the site."""
    ending = name.suffix.lower()
    inner = name.with_suffix("")
    if inner.suffix.lower() in _READ:  # day.md.txt, as editors save it that think they know better
        return f"name it {inner.name}: the ending {name.suffix} was added to it"
    meant = name.with_suffix(".md" if ending in _LIKE_A_TEXT else ending)
    if _reads(patterns, meant.as_posix()):
        return f"name it {meant.name}"
    if ending in _READ:
        return _place(meant, patterns)
    return ""  # a .txt or .html may be anything


def _reads(patterns: tuple[str, ...], name: str) -> bool:
    """Say whether a file matches one of the patterns, where `**/` stands for any folders and `*` for any name."""
    return bool(_regex(patterns).fullmatch(name))


@lru_cache(8)
def _regex(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Return the expression of all patterns; one that matches nothing where there are none."""
    wanted: list[str] = []
    for pattern in patterns:
        escaped = re.escape(pattern).replace(r"\*\*/", "(?:.*/)?").replace(r"\*", "[^/]*")
        wanted.append(f"(?:{escaped})")
    return re.compile("|".join(wanted) or r"(?!)")


def _place(name: PurePath, patterns: Iterable[str]) -> str:
    """Return where a text or a table may belong."""
    alike = [pattern for pattern in patterns if pattern.endswith(name.suffix)]
    places = sorted(pattern.replace("**/", "").replace("*.md", name.name) for pattern in alike)
    otherwise = f"move it to {', or to '.join(places)}; or begin its name with an underscore"
    return did_you_mean(name.as_posix(), places, otherwise, likeness=0.8)


def _unknown(reference: CrossReference, known: set[str]) -> Problem:
    remedy = did_you_mean(reference.id, known, f"use the id of a {reference.kind} that exists", likeness=0.7)
    return Problem(reference.where, reference.line, f"there is no {reference.kind} {reference.id!r}", remedy)
