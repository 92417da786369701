"""What is wrong with a text's headings: a level left out, a second title, no words. Pure.

Sources: https://www.w3.org/WAI/tutorials/page-structure/headings/; python-markdown's `HashHeaderProcessor` and
`SetextHeaderProcessor`, to which `#word` at a line's beginning is a heading too.
"""

import re
from collections.abc import Iterator

from plugins.writing.model import Fault

_HASH = re.compile(r"(?P<level>#{1,6})(?P<words>(?:\\.|[^\\])*?)#*[ \t]*$")
_UNDERLINE = re.compile(r"(=+|-+)[ ]*$")


def faults(text: str) -> list[Fault]:
    """Return what is wrong with the headings; `text` has its code and its blocks of lines blanked."""
    found: list[Fault] = []
    above = 1  # the text's title
    for line, level, words in _headings(text):
        if not words.strip():
            found.append(Fault(line, "a heading without words", "write its words, or remove it"))
        elif level == 1:
            remedy = "begin the text's own headings with ##; before a # that begins no heading, write \\"
            found.append(Fault(line, f"a second title (got {words.strip()[:40]!r})", remedy))
        elif level > above + 1:
            what = f"a heading of level {level} below one of level {above} (got {words.strip()[:40]!r})"
            found.append(Fault(line, what, f"write {'#' * (above + 1)}, so that no level is left out"))
        above = max(level, 2) if words.strip() else above
    return found


def _headings(text: str) -> Iterator[tuple[int, int, str]]:
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if found := _HASH.match(line):
            yield number, len(found["level"]), found["words"]
        elif _is_setext(lines, number):
            yield number, 1 if lines[number + 1].startswith("=") else 2, line


def _is_setext(lines: list[str], number: int) -> bool:
    """Say whether a paragraph begins on a line and is underlined by the next."""
    begins = number == 0 or not lines[number - 1].strip()
    underlined = number + 1 < len(lines) and _UNDERLINE.match(lines[number + 1])
    return bool(begins and underlined and lines[number].strip() and not lines[number].startswith("    "))
