"""Names that lead to another place of the same text: footnotes, and addresses given further down. Pure.

Sources: https://python-markdown.github.io/extensions/footnotes/,
https://daringfireball.net/projects/markdown/syntax#link
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from plugins.writing.model import Fault

_NOTE = re.compile(r"(?<![\\\]])\[\^([^\]\s]+)\](?!:)")
_NOTE_BELOW = re.compile(r"^ {0,3}\[\^([^\]\n]*)\]:", re.MULTILINE)
_NAMED = re.compile(r"(?<![\\\]!])\[((?:[^\[\]\\]|\\.)+)\][ ]?\[([^\[\]^\n]*)\](?![(\[:])")
_ADDRESS_BELOW = re.compile(r"^ {0,3}\[(?!\^)([^\[\]\n]+)\]:", re.MULTILINE)


def faults(text: str) -> list[Fault]:
    """Return names that lead nowhere or twice, and footnotes nobody leads to; `text` has its code blanked."""
    below = [(_line(text, one.start()), one[1].strip()) for one in _NOTE_BELOW.finditer(text)]
    named = [(_line(text, one.start()), one[1]) for one in _NOTE.finditer(text)]
    lost = list(_lost(named, {name for _, name in below}))
    found = [*_twice(below, "footnote"), *lost]
    if not lost:  # one that is misspelt somewhere is told once
        used = {name for _, name in named}
        remedy = "put [^{}] where it belongs, or remove it"
        unused = [(line, name) for line, name in below if name not in used]
        found += [Fault(line, f"nothing leads to the footnote {name}", remedy.format(name)) for line, name in unused]
    addresses = [(_line(text, one.start()), _folded(one[1])) for one in _ADDRESS_BELOW.finditer(text)]
    found += _twice(addresses, "address")
    known = {name for _, name in addresses}
    for one in _NAMED.finditer(text):
        name = _folded(one[2] or one[1])
        if name not in known:
            found.append(_nowhere(_line(text, one.start()), name, known, "address", f"[{name}]: https://…"))
    return found


def _lost(named: list[tuple[int, str]], known: set[str]) -> Iterator[Fault]:
    for line, name in dict.fromkeys(named):
        if name not in known:
            yield _nowhere(line, name, known, "footnote", f"[^{name}]: …")


def _nowhere(line: int, name: str, known: set[str], what: str, form: str) -> Fault:
    near = get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    remedy = f"did you mean {near[0]}?" if near else f"write it below, {form}; before a bracket that is none, write \\"
    return Fault(line, f"there is no {what} {name!r}", remedy)


def _twice(below: list[tuple[int, str]], what: str) -> Iterator[Fault]:
    seen: set[str] = set()
    for line, name in below:
        if name in seen:
            yield Fault(line, f"the {what} {name} stands here a second time", "give each its own name")
        seen.add(name)


def _folded(name: str) -> str:
    return " ".join(name.lower().split())


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at)
