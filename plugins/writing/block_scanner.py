"""Find the blocks of a Markdown text, with their lines. Pure; it renders nothing and judges only the fences.

Source: https://facelessuser.github.io/pymdown-extensions/extensions/blocks/, whose rules for fences these are.
"""

import re
from collections.abc import Container
from dataclasses import dataclass, field

from plugins.writing.model import Fault, Written

_START = re.compile(r" {0,3}(/{3,}) *([\w-]+) *(?:\| *(.*?) *)?$")
_END = re.compile(r" {0,3}(/{3,}) *$")
_OPTION = re.compile(r" {4,}\S")


@dataclass
class _Open:
    name: str
    slashes: int
    line: int
    argument: str
    raw: bool
    options: list[str] = field(default_factory=list)


def blocks(text: str, raw: Container[str]) -> tuple[list[Written], list[Fault]]:
    """Return a text's blocks in order of their first line, and what is wrong with their fences.

    `text` has its code blanked. What stands in a block of `raw` is lines, not Markdown: no block opens there.
    """
    lines = text.expandtabs(4).split("\n")
    found: list[Written] = []
    faults: list[Fault] = []
    stack: list[_Open] = []
    for number, line in enumerate(lines):
        if end := _END.match(line):
            faults += _close(stack, found, lines, len(end[1]), number)
        elif (start := _START.match(line)) and not (stack and stack[-1].raw):
            name = start[2].lower()
            if stack and len(start[1]) >= stack[-1].slashes:
                what = f"the block {name} stands in the block {stack[-1].name}, which has no more slashes"
                faults.append(Fault(number, what, f"give the outer block more slashes, or end it before {name}"))
            stack.append(_Open(name, len(start[1]), number, start[3] or "", name in raw))
    for left in reversed(stack):
        faults.append(Fault(left.line, f"the block {left.name} is not closed", f"end it with {'/' * left.slashes}"))
        found.append(_written(left, lines, -1))
    return sorted(found, key=lambda block: block.line), faults


def _close(stack: list[_Open], found: list[Written], lines: list[str], slashes: int, number: int) -> list[Fault]:
    if stack and stack[-1].slashes == slashes:
        found.append(_written(stack.pop(), lines, number))
        return []
    remedy = "remove it, or give it as many slashes as the block it ends"
    return [Fault(number, "a line of slashes that ends no block", remedy)]


def _written(block: _Open, lines: list[str], end: int) -> Written:
    first = block.line + 1
    last = len(lines) if end < 0 else end
    place = first
    while place < last and _OPTION.match(lines[place]):
        place += 1
    return Written(
        block.name,
        block.slashes,
        block.line,
        block.argument,
        tuple(lines[first:place]),
        tuple(lines[place:last]),
        place,
        end,
    )
