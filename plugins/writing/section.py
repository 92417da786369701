"""Every text of the content judged: what is wrong in its body, what it refers to, where it leads, its old addresses."""

from collections.abc import Iterator
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import urlsplit

from plugins.core.errors import Problem, SiteError
from plugins.core.text import file_links
from plugins.core.text_files import TextFile, TextFiles
from plugins.sections import missing_files
from plugins.sections.model import Alias, CrossReference, Edition, Newsroom, Quotation, SiteLink
from plugins.sections.text_facts import Parse
from plugins.writing import load, pipeline


class _Facts(NamedTuple):
    """What is to be known of one text, in values that JSON has; lines count from 1, the file's first.

    `problems` are (line, what, remedy), `references` (line, kind, id), `quotations` (line, listing, words), `links`
    (line, address), `posters` (line, path) of videos, `old` (line, address) of what it had before.
    """

    problems: list[tuple[int, str, str]]
    references: list[tuple[int, str, str]]
    quotations: list[tuple[int, str, str]]
    links: list[tuple[int, str]]
    posters: list[tuple[int, str]]
    old: list[tuple[int, str]]


def edition(newsroom: Newsroom) -> Edition:
    """Return an edition that prints nothing. Drafts are judged like all others."""
    problems: list[Problem] = []
    references: list[CrossReference] = []
    quotations: list[Quotation] = []
    links: list[SiteLink] = []
    aliases: list[Alias] = []
    parts = urlsplit(newsroom.siteurl)
    own = f"{parts.scheme}://{parts.netloc}"
    for text, found in _judged(newsroom):
        where = text.where
        problems += (Problem(where, *one) for one in found.problems)
        references += (CrossReference(where, *one) for one in found.references)
        for line, listing, words in found.quotations:
            quotations.append(Quotation(where, line, "listing", listing, words))
        for line, link in found.links:
            # Most links lead to other sites, of which the text's own section tells.
            if not link.startswith(("https://", "http://")) or link.startswith(own):
                links.append(SiteLink(where, line, link, text.path))
        aliases += (Alias(where, line, old, text.path) for line, old in found.old)
        problems += _posters(text, found, newsroom)
    return Edition(
        "writing",
        problems=tuple(problems),
        references=tuple(references),
        quotations=tuple(quotations),
        site_links=tuple(links),
        aliases=tuple(aliases),
    )


def _judged(newsroom: Newsroom) -> Iterator[tuple[TextFile, _Facts]]:
    """Yield the texts of which there is anything to be known.

    One that cannot be read is left out: the section it belongs to tells what is wrong with it, and with front matter.
    """
    facts = newsroom.facts("writing", _take)
    for text in load.files_in(newsroom.content, newsroom.notes(TextFiles)):
        with suppress(SiteError):
            if found := facts.of(text):
                yield text, _Facts(*found)


def _take(file: TextFile, parse: Parse) -> _Facts | None:
    """Return a text's facts; None where there are none, as of most."""
    text = load.parted(file.text, file.where)
    judged, first = pipeline.judge(text.body, parse), text.body_line
    # A link to a file that is not there, the text's own section tells.
    links = [link for link in judged.links if not file_links.indicator(link.url, shows=False)]
    facts = _Facts(
        [(first + one.line, one.what, one.remedy) for one in judged.problems],
        [(first + one.line, one.kind, one.id) for one in judged.references],
        [(first + one.line, one.listing, one.words) for one in judged.quotations],
        [(first + link.line, link.url) for link in links],
        [(first + line, path) for line, path in judged.posters],
        list(text.old),
    )
    return facts if any(facts) else None


def _posters(text: TextFile, found: _Facts, newsroom: Newsroom) -> Iterator[Problem]:
    for line, path in found.posters:
        file = file_links.from_content(path, text.source)
        if missing_files.is_outside(file) or not (newsroom.content / file).is_file():
            what = f"video: there is no picture {path}"
            remedy = missing_files.remedy(newsroom.content, file) or "give its path below the content folder"
            yield Problem(text.where, line, what, remedy)
