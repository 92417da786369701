"""What a foreign text must not mean in Markdown: every sign in it is written so that it is read as itself.

Sources: python-markdown's and pymdownx's own patterns (a `#` begins a heading without a space, too), Pelican's
`{filename}`, this site's `///` and `{fund}ID`, and SmartyPants, which would take a backslash for an escape.
"""

import re
from urllib.parse import quote

from plugins.core.text.urls import is_web

_SIGNS = re.compile(r"[*\[\]]")
_ALWAYS = {ord(sign): f"&#{ord(sign)};" for sign in "\\`{}"}
_REFERENCE = re.compile(r"(?<=\])[ ]?:|^[ ]*\^")  # what is read before any backslash is: `[x]: y`, `[^x`
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
# One that begins a reference such as &amp; or &#38;; any other is itself.
_AMPERSAND = re.compile(r"&(?=#|\w*(?:;|$))")
# Pelican's older form of its links, |filename|a.md, which it still follows.
_PIPED_LINK = re.compile(r"\|(?=(?:filename|static|attach|author|category|tag|index)\|)")
_LINE_STARTS: tuple[tuple[re.Pattern[str], str], ...] = (
    # a heading, with or without a space behind it
    (re.compile(r"^#"), r"\\#"),
    # an item of a list, or a rule
    (re.compile(r"^([-+])(?=[\s|:+-]|$)"), r"\\\1"),
    # an item of a counted list
    (re.compile(r"^(\d+)\.(?=\s|$)"), r"\1\\."),
    # what makes the line above it a heading
    (re.compile(r"^="), "&#61;"),
    # a quotation
    (re.compile(r"^>"), r"\\>"),
    # what a term in the line above it means
    (re.compile(r"^:"), "&#58;"),
    # a fence around code
    (re.compile(r"^~"), "&#126;"),
    # a block of ours, ///
    (re.compile(r"^/"), "&#47;"),
    # a row of a table
    (re.compile(r"^\|"), r"\\|"),
    # a footnote's text
    (re.compile(r"^(\[\^\d+\]):"), r"\1&#58;"),
)
# What may stand in a link's brackets as it is; parentheses and angles would end it.
_ADDRESS_SAFE = "/:?#@!$&*+,;=~%-._"
_ENTITY = re.compile(r"&(#?\w+);")
_MAIL = re.compile(r"mailto:[^\s@]+@[^\s@]+$")


def inline(text: str, *, in_table: bool = False) -> str:
    """Return text as Markdown that is read as that text, wherever in a line it stands but at its start."""
    text = _AMPERSAND.sub("&amp;", text).replace("<", "&lt;").translate(_ALWAYS)
    text = _REFERENCE.sub(lambda found: f"{found[0][:-1]}&#{ord(found[0][-1])};", text)
    text = _UNDERSCORE.sub(r"\\_", _SIGNS.sub(r"\\\g<0>", text))
    if in_table:
        return text.replace("|", r"\|")
    return _PIPED_LINK.sub("&#124;", text)


def lines(text: str) -> str:
    """Return inline Markdown whose every line begins a paragraph's line and nothing else; empty lines go."""
    made = []
    for line in text.split("\n"):
        if line.strip():
            made.append(_escape_start(line.lstrip(" \t")))
    return "\n".join(made).rstrip()


def address(url: str) -> str:
    """Return a web or mail address as it can stand in a link; "" for every other, such as javascript:."""
    url = "".join(url.split())
    if not (is_web(url) or _MAIL.match(url)):
        return ""
    return _ENTITY.sub(r"&\1%3B", quote(url, safe=_ADDRESS_SAFE))


def _escape_start(line: str) -> str:
    spaces = len(line) - len(line.lstrip("\N{NO-BREAK SPACE}"))
    if spaces:
        return "&nbsp;" * spaces + line[spaces:]
    for pattern, escaped in _LINE_STARTS:
        if pattern.search(line):
            return pattern.sub(escaped, line, count=1)
    return line
