"""What is wrong with a text's headings, links, footnotes and references. Lines count from 0, the text's first.

Sources: https://www.w3.org/WAI/tutorials/page-structure/headings/,
https://python-markdown.github.io/extensions/footnotes/, https://daringfireball.net/projects/markdown/syntax#link
"""

import re
from collections.abc import Callable, Iterable, Iterator

from plugins.core.errors import Problem, did_you_mean
from plugins.core.text.markdown_model import Heading, Link, Markup, Passage
from plugins.writing import address_checks

_LINK = re.compile(r"\]\(")
_TARGET = re.compile(
    r"\s*(?:<[^>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)", re.DOTALL
)
_NOTE = re.compile(r"(?<!\])\[\^([^\]\s]+)\](?!:)")
_NAMED = re.compile(r"(?<![\]!])\[((?:[^\[\]])+)\][ ]?\[([^\[\]^\n]*)\](?![(\[:])")
_NOTE_BELOW = re.compile(r"^ {0,3}\[\^([^\]\n]*)\]:", re.MULTILINE)
_ADDRESS_BELOW = re.compile(r"^ {0,3}\[(?!\^)([^\[\]\n]+)\]:", re.MULTILINE)


def headings(found: Iterable[Heading]) -> Iterator[Problem]:
    """Return each heading without words, each second title, and each that leaves a level out."""
    above = 1  # the text's title
    for line, level, words in found:
        if not words:
            yield Problem("", line, "a heading without words", "write its words, or remove it")
            continue
        if level == 1:
            remedy = "begin the text's own headings with ##; before a # that begins no heading, write \\"
            yield Problem("", line, f"a second title (got {words[:40]!r})", remedy)
        elif level > above + 1:
            what = f"a heading of level {level} below one of level {above} (got {words[:40]!r})"
            yield Problem("", line, what, f"write {'#' * (above + 1)}, so that no level is left out")
        above = max(level, 2)


def links(found: Iterable[Link]) -> tuple[list[Link], list[Problem]]:
    """Return the links whose addresses are sound, and what is wrong with the others."""
    sound: list[Link] = []
    problems: list[Problem] = []
    for link in found:
        faults = list(address_checks.check(link.url))
        if not faults:
            sound.append(link)
        for what, remedy in faults:
            problems.append(Problem("", link.line, what, remedy))
    return sound, problems


def open_links(passages: Iterable[Passage]) -> Iterator[Problem]:
    """Return each link that was left as words because its address is not closed, or has a space in it."""
    for passage in passages:
        for link in _LINK.finditer(passage.text):
            if not _TARGET.match(passage.text, link.end()):
                what = "a link’s address is not closed, or has a space"
                yield Problem("", _line(passage, link), what, "end it with ), and write %20 for a space in it")


def names(text: str, markup: Markup) -> list[Problem]:
    """Return footnotes and addresses that are named and not there, or there twice, and footnotes nobody leads to.

    What is named is read from the tree: a name that is there has become a link, one that is not was left as words. What
    is there is read from `text`, without its code: of two definitions of a name the parser keeps one.
    """
    if "]:" not in text:
        text = ""
    notes = _defined(text, _NOTE_BELOW, str.strip)
    addresses = _defined(text, _ADDRESS_BELOW, _folded)
    lost = list(_lost_notes(markup.passages, {name for _, name in notes}))
    problems = [*_twice(notes, "footnote"), *lost, *_twice(addresses, "address")]
    if not lost:  # one that is misspelt somewhere is told once
        for line, name in notes:
            if name not in markup.notes:
                what = f"nothing leads to the footnote {name}"
                problems.append(Problem("", line, what, f"put [^{name}] where it belongs, or remove it"))
    problems += _lost_addresses(markup.passages, {name for _, name in addresses})
    return problems


def _defined(text: str, form: re.Pattern[str], plain: Callable[[str], str]) -> list[tuple[int, str]]:
    """Return the lines that define a name, each with the name as `plain` makes it: the same however it is written."""
    return [(text.count("\n", 0, one.start()), plain(one[1])) for one in form.finditer(text)]


def _lost_notes(passages: Iterable[Passage], known: set[str]) -> Iterator[Problem]:
    lost: set[tuple[int, str]] = set()
    for passage in passages:
        for one in _NOTE.finditer(passage.text):
            line, name = _line(passage, one), one[1]
            if name not in known and (line, name) not in lost:
                lost.add((line, name))
                yield _nowhere(line, name, known, "footnote", f"[^{name}]: …")


def _lost_addresses(passages: Iterable[Passage], known: set[str]) -> Iterator[Problem]:
    for passage in passages:
        for one in _NAMED.finditer(passage.text):
            name = _folded(one[2] or one[1])
            if name not in known:
                yield _nowhere(_line(passage, one), name, known, "address", f"[{name}]: https://…")


def _nowhere(line: int, name: str, known: set[str], what: str, form: str) -> Problem:
    remedy = did_you_mean(name, known, f"write it below, {form}; before a bracket that is none, write \\")
    return Problem("", line, f"there is no {what} {name!r}", remedy)


def _twice(below: list[tuple[int, str]], what: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for line, name in below:
        if name in seen:
            yield Problem("", line, f"the {what} {name} stands here a second time", "give each its own name")
        seen.add(name)


def _folded(name: str) -> str:
    return " ".join(name.lower().split())


def _line(passage: Passage, place: re.Match[str]) -> int:
    return passage.line + passage.text.count("\n", 0, place.start())
