"""Every text of the content judged: what is wrong in its body, what it refers to, where it leads, its old addresses."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from plugins.core.errors import Problem
from plugins.core.text import file_links
from plugins.sections import missing_files
from plugins.sections.model import Alias, CrossReference, Edition, Newsroom, Quotation, SiteLink
from plugins.writing import load, pipeline


def edition(newsroom: Newsroom) -> Edition:
    """Return an edition that prints nothing. Drafts are judged like all others."""
    problems: list[Problem] = []
    references: list[CrossReference] = []
    quotations: list[Quotation] = []
    links: list[SiteLink] = []
    texts = list(load.read_all(newsroom.content))
    for text in texts:
        found = pipeline.judge(text.body, newsroom.markup)
        problems += [replace(one, where=text.where, line=text.body_line + one.line) for one in found.problems]
        references += [
            CrossReference(text.where, text.body_line + one.line, one.kind, one.id) for one in found.references
        ]
        quotations += [
            Quotation(text.where, text.body_line + one.line, "listing", one.listing, one.words)
            for one in found.quotations
        ]
        for one in found.links:
            if not file_links.indicator(one.url, shows=False):  # the text's own section tells where a file is not there
                links.append(SiteLink(text.where, text.body_line + one.line, one.url, text.path))
        problems += _posters(text, found.posters, newsroom)
    return Edition(
        "writing",
        problems=tuple(problems),
        references=tuple(references),
        quotations=tuple(quotations),
        site_links=tuple(links),
        aliases=tuple(Alias(text.where, line, old, text.path) for text in texts for line, old in text.old),
    )


def _posters(text: load.TextBody, posters: Iterable[tuple[int, str]], newsroom: Newsroom) -> Iterator[Problem]:
    for line, path in posters:
        source = text.path.relative_to(newsroom.content).as_posix()
        file = file_links.from_content(path, source)
        if missing_files.is_outside(file) or not (newsroom.content / file).is_file():
            what = f"video: there is no picture {path}"
            remedy = missing_files.remedy(newsroom.content, file) or "give its path below the content folder"
            yield Problem(text.where, text.body_line + line, what, remedy)
