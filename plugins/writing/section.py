"""Every text of the content judged: what is wrong in its body, what it refers to, where it leads, its old addresses."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from plugins.core.errors import Problem
from plugins.core.text import file_links
from plugins.core.text_files import TextFiles
from plugins.sections import missing_files
from plugins.sections.model import Alias, CrossReference, Edition, Newsroom, Quotation, SiteLink
from plugins.writing import load, pipeline


def edition(newsroom: Newsroom) -> Edition:
    """Return an edition that prints nothing. Drafts are judged like all others."""
    problems: list[Problem] = []
    references: list[CrossReference] = []
    quotations: list[Quotation] = []
    links: list[SiteLink] = []
    aliases: list[Alias] = []
    for text in load.read_all(newsroom.content, newsroom.notes(TextFiles)):
        where, first = text.where, text.body_line
        found = pipeline.judge(text.body, newsroom.markup)
        for problem in found.problems:
            problems.append(replace(problem, where=where, line=first + problem.line))
        for named in found.references:
            references.append(CrossReference(where, first + named.line, named.kind, named.id))
        for quoted in found.quotations:
            quotations.append(Quotation(where, first + quoted.line, "listing", quoted.listing, quoted.words))
        for link in found.links:
            # A link to a file that is not there, the text's own section tells.
            if not file_links.indicator(link.url, shows=False):
                links.append(SiteLink(where, first + link.line, link.url, text.path))
        for line, old in text.old:
            aliases.append(Alias(where, line, old, text.path))
        problems += _posters(text, found.posters, newsroom)
    return Edition(
        "writing",
        problems=tuple(problems),
        references=tuple(references),
        quotations=tuple(quotations),
        site_links=tuple(links),
        aliases=tuple(aliases),
    )


def _posters(text: load.TextBody, posters: Iterable[tuple[int, str]], newsroom: Newsroom) -> Iterator[Problem]:
    for line, path in posters:
        source = text.path.relative_to(newsroom.content).as_posix()
        file = file_links.from_content(path, source)
        if missing_files.is_outside(file) or not (newsroom.content / file).is_file():
            what = f"video: there is no picture {path}"
            remedy = missing_files.remedy(newsroom.content, file) or "give its path below the content folder"
            yield Problem(text.where, text.body_line + line, what, remedy)
