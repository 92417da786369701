"""The one scan of a text's source: its blocks with their lines, and code, comments and blocks that are not closed.

What is not closed never reaches python-markdown's tree, or swallows what follows, and a block that cannot be rendered
is words there. Everything else is judged on the tree. Lines count from 0, the text's first.
Sources: https://facelessuser.github.io/pymdown-extensions/extensions/blocks/ for lines of slashes; python-markdown's
`fenced_code`: a fence begins a line, and ends at one of just as many signs.
"""

import re
from collections.abc import Container
from dataclasses import dataclass, field

from plugins.core.errors import Problem
from plugins.core.text.markdown_code import without_code, without_comments
from plugins.writing.model import BlockSource

_FENCE = re.compile(r"(?P<signs>`{3,}|~{3,})[ ]*(?P<more>[^`\n]*)$")
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


def unclosed(text: str) -> list[Problem]:
    """Return each fence of code and each comment of a text that is not closed."""
    problems: list[Problem] = []
    if "```" in text or "~~~" in text:
        problems += _open_fences(without_comments(text))
    if "<!--" not in text:
        return problems
    plain = without_code(text)
    at = plain.find("<!--")
    if at >= 0:
        problems.append(Problem("", plain.count("\n", 0, at), "a comment is not closed", "end it with -->"))
    return problems


def _open_fences(text: str) -> list[Problem]:
    problems: list[Problem] = []
    signs, opened = "", 0
    for number, line in enumerate(text.split("\n")):
        fence = _FENCE.match(line)
        if not fence or (signs and not line.startswith(signs)):
            continue
        if not signs:
            signs, opened = fence["signs"], number
        elif fence["signs"] == signs and not fence["more"].strip():
            signs = ""
        elif fence["signs"] == signs:  # no code holds a fence of its own length: the one above was left open
            problems.append(_open(signs, opened))
            opened = number
    if signs:
        problems.append(_open(signs, opened))
    return problems


def _open(signs: str, line: int) -> Problem:
    return Problem("", line, "code is not closed", f"end it with a line of {signs}")


def without_unclosed(text: str, found: list[Problem]) -> str:
    """Return a text of the same shape without the paragraphs that begin what is not closed: they are meant as code."""
    lines = text.split("\n")
    for problem in found:
        number = problem.line
        while number < len(lines) and lines[number].strip():
            lines[number] = ""
            number += 1
    return "\n".join(lines)


def blocks(text: str, raw: Container[str]) -> tuple[list[BlockSource], list[Problem]]:
    """Return a text's blocks in order of their first line, and what is wrong with their fences.

    `text` has its code blanked. What stands in a block of `raw` is lines, not Markdown: no block opens there.
    """
    if "///" not in text:
        return [], []
    lines = text.expandtabs(4).split("\n")
    found: list[BlockSource] = []
    problems: list[Problem] = []
    stack: list[_Open] = []
    for number, line in enumerate(lines):
        if end := _END.match(line):
            problems += _close(stack, found, lines, len(end[1]), number)
        elif (start := _START.match(line)) and not (stack and stack[-1].raw):
            name = start[2].lower()
            if stack and len(start[1]) >= stack[-1].slashes:
                what = f"the block {name} stands in the block {stack[-1].name}, which has no more slashes"
                problems.append(
                    Problem("", number, what, f"give the outer block more slashes, or end it before {name}")
                )
            stack.append(_Open(name, len(start[1]), number, start[3] or "", name in raw))
    for left in reversed(stack):
        problems.append(
            Problem("", left.line, f"the block {left.name} is not closed", f"end it with {'/' * left.slashes}")
        )
        found.append(_block(left, lines, -1))
    return sorted(found, key=lambda block: block.line), problems


def _close(stack: list[_Open], found: list[BlockSource], lines: list[str], slashes: int, number: int) -> list[Problem]:
    if stack and stack[-1].slashes == slashes:
        found.append(_block(stack.pop(), lines, number))
        return []
    remedy = "remove it, or give it as many slashes as the block it ends"
    return [Problem("", number, "a line of slashes that ends no block", remedy)]


def _block(block: _Open, lines: list[str], end: int) -> BlockSource:
    first = block.line + 1
    last = len(lines) if end < 0 else end
    place = first
    while place < last and _OPTION.match(lines[place]):
        place += 1
    return BlockSource(
        block.name,
        block.slashes,
        block.line,
        block.argument,
        tuple(lines[first:place]),
        tuple(lines[place:last]),
        place,
        end,
    )
