"""A Markdown text without what it only shows: code and comments. Pure.

Source: python-markdown's `fenced_code` (a fence that is not closed is none), its backtick pattern, HTML comments.
"""

import re
from functools import lru_cache

_CODE = re.compile(
    r"^(?P<fence>~{3,}|`{3,})[ ]*(?:\{[^\n]*\}|\.?[\w#.+-]*[ ]*(?:hl_lines=(?:\"[^\"\n]*\"|'[^'\n]*'))?[ ]*)\n"
    r".*?(?<=\n)(?P=fence)[ ]*$"
    r"|<!--.*?-->"
    r"|(?<![`\\])(?P<ticks>`+)(?!`)(?:[^\n]|\n(?![ \t]*\n))+?(?<!`)(?P=ticks)(?!`)",
    re.MULTILINE | re.DOTALL,
)


@lru_cache(maxsize=1024)
def without_code(text: str) -> str:
    """Return a text of the same shape in which code and comments are blank; code within a line is a word, `x`."""
    return _CODE.sub(_blank, text)


def _blank(code: re.Match[str]) -> str:
    blank = re.sub(r"[^\n]", " ", code[0])
    ticks = len(code["ticks"] or "")
    return f"{blank[:ticks]}x{blank[ticks + 1 :]}" if ticks and blank[ticks] == " " else blank
