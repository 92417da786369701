"""Plain text set in lines: wrapped, behind the marks of lists and quotations, with empty lines between."""

import re
import textwrap
from dataclasses import dataclass

WIDTH = 72
GLUE = "\u00a0"
"""A space at which no line ends."""
BREAK = "\x1e"
"""Where a line ends because its writer ended it."""
_SPACE = re.compile(r"[ \t\n\r\f]+")
_LEAST = 24  # letters of a line, however deep it stands


@dataclass
class _Prefix:
    first: str
    others: str

    def take(self) -> str:
        now, self.first = self.first, self.others
        return now


class Lines:
    """Takes text block by block; `rows` are the lines so far."""

    def __init__(self) -> None:
        self.rows: list[str] = []
        self._prefixes: list[_Prefix] = []
        self._gap: int | None = None

    def gap(self) -> None:
        """Leave an empty line before what is written next, however often this is asked for."""
        if self._gap is None:
            self._gap = len(self._prefixes)
        self._gap = min(self._gap, len(self._prefixes))

    def open(self, first: str, others: str) -> None:
        """Begin a list's item or a quotation: `first` stands before its first line, `others` before all others."""
        self._prefixes.append(_Prefix(first, others))

    def close(self) -> None:
        """End what was begun last."""
        if self._prefixes:
            self._prefixes.pop()
        if self._gap is not None:
            self._gap = min(self._gap, len(self._prefixes))

    def write(self, words: str, underline: str = "") -> None:
        """Write words, wrapped; a word longer than a line, such as an address, stays whole."""
        room = max(WIDTH - sum(len(prefix.others) for prefix in self._prefixes), _LEAST)
        rows: list[str] = []
        for part in words.split(BREAK):
            text = _SPACE.sub(" ", part)
            for row in textwrap.wrap(text, room, break_long_words=False, break_on_hyphens=False):
                rows.append(row.replace(GLUE, " ").strip())
        if rows and underline:
            rows.append(underline * min(max(map(len, rows)), room))
        self._put(rows)

    def verbatim(self, text: str) -> None:
        """Write lines as they are."""
        if text.strip():
            self._put([f"    {row}" for row in text.strip("\n").split("\n")])

    def _put(self, rows: list[str]) -> None:
        if not rows:
            return
        if self._gap is not None and self.rows:
            self.rows.append("".join(prefix.others for prefix in self._prefixes[: self._gap]))
        self._gap = None
        for row in rows:
            before = "".join(prefix.take() for prefix in self._prefixes)
            self.rows.append(before + row)
