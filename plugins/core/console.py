"""What a command prints: lines, tables and progress bars, in colour on a terminal, plain lines elsewhere.

Some of what is printed came from the network, so it is never read as rich's markup
(https://rich.readthedocs.io/en/stable/markup.html), and each control character is printed as U+FFFD.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TextIO

from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from rich.text import Text

from plugins.core.escapes import for_terminal

STYLES: Mapping[str, str] = {"alive": "green", "dead": "bold red", "cannot tell": "yellow", "alarm": "bold red"}


def open_console(stream: TextIO | None = None) -> Console:
    """Return a console for a stream, standard output if none is given; it leaves long lines unbroken."""
    return Console(file=stream or sys.stdout, highlight=False, soft_wrap=True)


def print_line(out: Console, text: str, word: str = "") -> None:
    """Print a line of text, after `word` and a colon if there is one; the word's colour is in STYLES."""
    printed = Text()
    if word:
        printed.append(for_terminal(word), STYLES.get(word.lower(), ""))
        printed.append(": ")
    printed.append(for_terminal(text))
    out.print(printed)


def print_table(out: Console, head: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Print a table on a terminal; elsewhere a line for each row, its cells separated by tabs, without the head."""
    if not out.is_terminal:
        for row in rows:
            out.print(Text("\t".join(map(for_terminal, row))))
        return
    shown = Table(*head, box=None, pad_edge=False)
    for row in rows:
        shown.add_row(*(Text(for_terminal(cell), STYLES.get(cell, "")) for cell in row))
    out.print(shown)


@contextmanager
def progress(out: Console, words: str, total: int) -> Iterator[Callable[[], None]]:
    """Show a progress bar on a terminal, and nothing elsewhere. Yields what to call after each of `total` steps."""
    if not out.is_terminal or not total:
        yield lambda: None
        return
    with Progress(console=out, transient=True) as bar:
        task = bar.add_task(words, total=total)
        yield lambda: bar.advance(task)
