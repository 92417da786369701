"""How a text is judged: its source scanned for what is not closed and for blocks, then python-markdown's tree read."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from plugins.core.errors import Problem
from plugins.core.text.markdown_code import without_code
from plugins.core.text.markdown_model import Link, Markup
from plugins.writing import block_checks, block_scanner, html_checks, listing_quotations, text_checks
from plugins.writing.grammar import FORMS
from plugins.writing.model import CARDS, KINDS, BlockSource, ListingQuotation, Reference, is_listing

_RAW = frozenset(name for name, form in FORMS.items() if form.body == "lines")
_REFERENCE = re.compile(rf"\{{({'|'.join(KINDS)})\}}([^\s)\"'<>#?\]]*)")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a text names, where it leads, the posters (line, path) of its videos, what is wrong, what it quotes.

    Lines count from 0, the text's first; the problems' too, which do not say in which file they are.
    """

    references: tuple[Reference, ...]
    links: tuple[Link, ...]
    posters: tuple[tuple[int, str], ...]
    problems: tuple[Problem, ...]
    quotations: tuple[ListingQuotation, ...] = ()


def judge(text: str, parse: Callable[[str], Markup]) -> Judgement:
    """Return what there is to know of a Markdown text; `parse` gives what python-markdown makes of one."""
    unclosed = block_scanner.unclosed(text)
    meant = block_scanner.without_unclosed(text, unclosed)
    markup = parse(meant)
    plain = without_code(meant)
    blocks, problems = block_scanner.blocks(plain, _RAW)
    posters: list[tuple[int, str]] = []
    named: list[Reference] = []
    quoting: list[BlockSource] = []
    for block in blocks:
        options, wrong = block_checks.check(block)
        problems += wrong
        if block.name in CARDS and is_listing(block.argument):
            named.append(Reference(block.line, block.name, block.argument))
        if block.name in listing_quotations.BLOCKS and "listing" in options:
            named.append(Reference(block_checks.line_of(block, "listing"), "listing", options["listing"]))
            quoting.append(block)
        if "poster" in options:
            posters.append((block_checks.line_of(block, "poster"), options["poster"]))
    links, wrong_links = text_checks.links(markup.links)
    links = sorted([*links, *html_checks.links(markup.tags)], key=lambda link: link.line)
    problems += [*text_checks.headings(markup.headings), *wrong_links, *text_checks.open_links(markup.passages)]
    problems += [*text_checks.names(plain, markup), *html_checks.check(markup)]
    return Judgement(
        tuple(sorted([*_references(links), *named], key=lambda one: one.line)),
        tuple(links),
        tuple(posters),
        (*unclosed, *problems),
        tuple(listing_quotations.with_lines(markup.quotations, quoting)),
    )


def _references(links: list[Link]) -> list[Reference]:
    references = []
    for link in links:
        if found := _REFERENCE.match(link.url):
            references.append(Reference(link.line, found[1], found[2]))
    return references
