"""The table of contents for looking at a text: code out, then blocks, references, headings, links, HTML. Pure."""

from dataclasses import dataclass

from plugins.core.config.fields import is_id
from plugins.core.text.markdown_code import without_code
from plugins.writing import (
    block_checks,
    block_scanner,
    fences,
    footnotes,
    headings,
    html_checks,
    link_targets,
    references,
)
from plugins.writing.grammar import FORMS
from plugins.writing.model import CARDS, Fault, Link, Reference, Written

_RAW = frozenset(name for name, form in FORMS.items() if form.body == "lines")


@dataclass(frozen=True, slots=True)
class Found:
    """What a text says of others, where it leads, what it shows as posters (line, path), and what is wrong with it."""

    references: tuple[Reference, ...]
    links: tuple[Link, ...]
    posters: tuple[tuple[int, str], ...]
    faults: tuple[Fault, ...]


def look(text: str) -> Found:
    """Return what there is to know of a Markdown text without rendering it; lines count from 0."""
    unclosed = fences.faults(text)
    plain = fences.without_open(without_code(text), unclosed)
    blocks, faults = block_scanner.blocks(plain, _RAW)
    posters: list[tuple[int, str]] = []
    cited = references.in_text(plain)
    for block in blocks:
        options, wrong = block_checks.check(block)
        faults += wrong
        if block.name in CARDS and is_id(block.argument):
            cited.append(Reference(block.line, block.name, block.argument))
        if "poster" in options:
            posters.append((block_checks.line_of(block, "poster"), options["poster"]))
    faults += headings.faults(_without_lines(plain, blocks))
    links, astray = link_targets.look(plain)
    faults += [*footnotes.faults(plain), *html_checks.faults(plain), *astray]
    return Found(tuple(cited), tuple(links), tuple(posters), (*unclosed, *faults))


def _without_lines(text: str, blocks: list[Written]) -> str:
    """Blank the blocks whose bodies are not Markdown, and all options."""
    lines = text.split("\n")
    for block in blocks:
        last = block.body_line + len(block.body) if block.name in _RAW else block.body_line
        lines[block.line : last] = [""] * (last - block.line)
        if block.end >= 0:
            lines[block.end] = ""
    return "\n".join(lines)
