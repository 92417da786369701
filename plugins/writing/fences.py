"""Code and comments that are not closed, and swallow or spill what follows. Pure; lines count from 0.

Source: python-markdown's `fenced_code`: a fence begins a line, and ends at one of just as many signs.
"""

import re

from plugins.core.text.markdown_code import without_code
from plugins.writing.model import Fault

_FENCE = re.compile(r"(?P<signs>`{3,}|~{3,})[ ]*(?P<more>[^`\n]*)$")


def faults(text: str) -> list[Fault]:
    """Return each fence and comment of a text that is not closed."""
    found: list[Fault] = []
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
            found.append(_open(signs, opened))
            opened = number
    if signs:
        found.append(_open(signs, opened))
    plain = without_code(text)
    at = plain.find("<!--")
    if at >= 0:
        found.append(Fault(plain.count("\n", 0, at), "a comment is not closed", "end it with -->"))
    return found


def without_open(text: str, found: list[Fault]) -> str:
    """Return a text of the same shape without the paragraphs that the open fences begin: they are meant as code."""
    lines = text.split("\n")
    for fault in found:
        number = fault.line
        while number < len(lines) and lines[number].strip():
            lines[number] = ""
            number += 1
    return "\n".join(lines)


def _open(signs: str, line: int) -> Fault:
    return Fault(line, "code is not closed", f"end it with a line of {signs}")
