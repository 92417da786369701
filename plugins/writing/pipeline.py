"""The table of contents for looking at a text: code out, blocks found and checked, references, headings. Pure."""

from dataclasses import dataclass

from plugins.core.fields import is_id
from plugins.writing import checks, headings, references, scan
from plugins.writing.grammar import FORMS
from plugins.writing.models import CARDS, Fault, Reference, Written

_RAW = frozenset(name for name, form in FORMS.items() if form.body == "lines")


@dataclass(frozen=True, slots=True)
class Found:
    """What a text says of others, what it shows as posters (line, path), and what is wrong with it."""

    references: tuple[Reference, ...]
    posters: tuple[tuple[int, str], ...]
    faults: tuple[Fault, ...]


def look(text: str) -> Found:
    """Return what there is to know of a Markdown text without rendering it; lines count from 0."""
    plain = scan.without_code(text)
    blocks, faults = scan.blocks(plain, _RAW)
    posters: list[tuple[int, str]] = []
    cited = references.in_text(plain)
    for block in blocks:
        options, wrong = checks.check(block)
        faults += wrong
        if block.name in CARDS and is_id(block.argument):
            cited.append(Reference(block.line, block.name, block.argument))
        if "poster" in options:
            posters.append((checks.line_of(block, "poster"), options["poster"]))
    faults += headings.faults(_without_lines(plain, blocks))
    return Found(tuple(cited), tuple(posters), tuple(faults))


def _without_lines(text: str, blocks: list[Written]) -> str:
    """Blank the blocks whose bodies are not Markdown, and all options."""
    lines = text.split("\n")
    for block in blocks:
        last = block.body_line + len(block.body) if block.name in _RAW else block.body_line
        lines[block.line : last] = [""] * (last - block.line)
        if block.end >= 0:
            lines[block.end] = ""
    return "\n".join(lines)
