"""The door to the terminal for what a check found: coloured where someone is watching, plain lines elsewhere.

What is printed came from the network in part, so it is never read as markup, and never holds a control character.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

STYLES: Mapping[str, str] = {"alive": "green", "dead": "bold red", "cannot tell": "yellow", "alarm": "bold red"}


def console(stream: TextIO | None = None) -> Console:
    """Return a console that breaks no line of its own accord where nobody is watching."""
    return Console(file=stream or sys.stdout, highlight=False, soft_wrap=True)


def line(out: Console, text: str, word: str = "") -> None:
    """Print a line, its leading `word` in that word's colour."""
    told = Text()
    if word:
        told.append(_safe(word), STYLES.get(word.lower(), ""))
        told.append(": ")
    told.append(_safe(text))
    out.print(told)


def table(out: Console, head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Print a table on a terminal, and else a line for each row, its cells split by tabs."""
    if not out.is_terminal:
        for row in rows:
            out.print(Text("\t".join(map(_safe, row))))
        return
    shown = Table(*head, box=None, pad_edge=False)
    for row in rows:
        shown.add_row(*(Text(_safe(cell), STYLES.get(cell, "")) for cell in row))
    out.print(shown)


@contextmanager
def progress(out: Console, words: str, total: int) -> Iterator[Callable[[], None]]:
    """Show a bar while a terminal is watched; call what is yielded at each step. Elsewhere nothing is shown."""
    if not out.is_terminal or not total:
        yield lambda: None
        return
    with Progress(console=out, transient=True) as bar:
        task = bar.add_task(words, total=total)
        yield lambda: bar.advance(task)


def _safe(text: str) -> str:
    return "".join(letter if letter.isprintable() else "�" for letter in text)
