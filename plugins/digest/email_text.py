"""A letter's HTML as plain text of 72 columns, its links as numbers with their addresses below each part.

Not html2text: it writes Markdown, whose backslashes would stand in a reader's mail, within addresses too. What comes in
is well-formed: the theme's template around what `mailable` let through.
Source: RFC 5322, section 2.1.1 (lines of at most 78 characters).
"""

from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from itertools import count, repeat

from plugins.digest.wrapped_lines import BREAK, GLUE, Lines

_APART = frozenset(
    """
    aside blockquote dl figcaption figure footer h1 h2 h3 h4 h5 h6 hr ol p pre table ul
    """.split()  # noqa: SIM905 - a list of words
)
"""Elements with an empty line before and after."""
_BLOCKS = frozenset({*_APART, "body", "caption", "dd", "div", "dt", "li", "tr"})
_PARTS = frozenset({"h2", "footer"})
_UNDERLINES = {"h1": "=", "h2": "-"}
_PREFIXES = {"blockquote": "> ", "dd": "    "}
_MARKS = {"td": " | ", "th": " | ", "sup": "^"}
"""What stands between an element's words and those before them."""
_SILENT = frozenset({"head", "script", "style", "title"})


def plain_text(html: str) -> str:
    """Return HTML as plain text, ending in a newline."""
    reader = _TextReader()
    reader.feed(html)
    reader.close()
    reader.end_part()
    return "\n".join(map(str.rstrip, reader.lines.rows)).strip("\n") + "\n"


class _TextReader(HTMLParser):
    """Reads HTML into lines."""

    def __init__(self) -> None:
        super().__init__()
        self.lines = Lines()
        self._words: list[str] = []
        self._open: list[str] = []
        self._marks: list[Iterator[str]] = []  # of each list that is open
        self._links: list[tuple[str, int]] = []
        self._numbers: dict[str, int] = {}
        self._told = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "br":
            self._words.append(BREAK)
        elif tag == "a":
            self._links.append((given.get("href", ""), len(self._words)))
        elif tag in _MARKS:
            if "".join(self._words).strip():
                self._words.append(_MARKS[tag])
        elif tag in _BLOCKS:
            self._begin(tag, given)
        elif tag in _SILENT:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links:
            self._number(*self._links.pop())
        elif tag in self._open:
            self._end(tag)

    def handle_data(self, data: str) -> None:
        if not _SILENT.intersection(self._open):
            self._words.append(data)

    def end_part(self) -> None:
        """Say where the links lead that were numbered since the last time."""
        self._flush()
        for url, number in self._numbers.items():
            if number == self._told + 1:
                self.lines.gap()
            if number > self._told:
                self.lines.write(f"[{number}]{GLUE}{url.replace(' ', GLUE)}")
        self._told = len(self._numbers)

    def _begin(self, tag: str, given: Mapping[str, str]) -> None:
        self._flush()
        if tag in _PARTS:
            self.end_part()
        if tag in _APART and not (self._open and self._open[-1] == "li"):
            self.lines.gap()
        if tag == "ol":
            self._marks.append(_numbers(given.get("start", "1")))
        elif tag == "ul":
            self._marks.append(repeat("- "))
        elif tag == "li":
            mark = next(self._marks[-1]) if self._marks else "- "
            self.lines.open(mark, " " * len(mark))
        elif tag in _PREFIXES:
            self.lines.open(_PREFIXES[tag], _PREFIXES[tag])
        if tag != "hr":
            self._open.append(tag)

    def _end(self, tag: str) -> None:
        """End an element, and those within it that were left open."""
        while True:
            last = self._open[-1]
            self._flush(_UNDERLINES.get(last, ""))
            self._open.pop()
            if last in {"ul", "ol"}:
                self._marks.pop()
            if last in {"li", *_PREFIXES}:
                self.lines.close()
            if last in _APART and not (last in {"ul", "ol"} and "li" in self._open):
                self.lines.gap()
            if last == tag:
                return

    def _number(self, url: str, begins: int) -> None:
        """Put a link's number behind its words, unless these are the address."""
        said = "".join(self._words[begins:]).strip()
        if said and url and said not in {url, url.removeprefix("mailto:")}:
            number = self._numbers.setdefault(url, len(self._numbers) + 1)
            self._words.append(f"{GLUE}[{number}]")

    def _flush(self, underline: str = "") -> None:
        """Write the words since the last block."""
        words, self._words = "".join(self._words), []
        self._links = [(url, 0) for url, _ in self._links]
        if "pre" in self._open:
            self.lines.verbatim(words)
        else:
            self.lines.write(words, underline)


def _numbers(start: str) -> Iterator[str]:
    """Yield a numbered list's marks, without end; `start` is the first number as it is written, "" for none of them."""
    if not start:
        yield from repeat("- ")
    for number in count(int(start) if start.isdecimal() else 1):
        yield f"{number}. "
