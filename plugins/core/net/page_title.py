"""A page's title, as a line that a terminal and a file can hold. Pure; hostile pages cost little.

Sources: HTML, sections 4.2.2 (title) and 13.2.3 (how a page says its encoding).
"""

import re
from html import unescape

from plugins.core.net.http import Response

_TITLE = re.compile(r"<title(?:\s[^<>]*+)?>", re.IGNORECASE)
_TITLE_END = re.compile(r"</title", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_ON_THE_WEB = re.compile(
    r"utf-?(8|16)(-?[bl]e)?|(us-)?ascii|iso-?8859-\d+|latin-?1|windows-\d+|cp\d+|koi8-[ru]|macintosh"
    r"|shift[_-]?jis|euc-(jp|kr)|iso-2022-jp|gb(k|2312|18030)|big5",
    re.IGNORECASE,
)
"""Encodings of pages. Python knows others, such as punycode and idna, with which a page could do harm."""
_TITLE_LENGTH = 200
_TITLE_WITHIN = 4096
_META_WITHIN = 2048


def page_title(answer: Response) -> str:
    """Return an HTML page's title as one printable line of at most 200 characters; "" where it has none."""
    if "html" not in answer.headers.get("content-type", "html").lower():
        return ""
    text = _text(answer)
    starts = _TITLE.search(text)
    ends = _TITLE_END.search(text, starts.end(), starts.end() + _TITLE_WITHIN) if starts else None
    plain = " ".join(unescape(text[starts.end() : ends.start()]).split()) if starts and ends else ""
    return "".join(letter for letter in plain if letter.isprintable())[:_TITLE_LENGTH]


def _text(answer: Response) -> str:
    declared = _CHARSET.search(answer.headers.get("content-type", ""))
    declared = declared or _CHARSET.search(answer.body[:_META_WITHIN].decode("ascii", "replace"))
    name = declared[1] if declared and _ON_THE_WEB.fullmatch(declared[1]) else "utf-8"
    try:
        return answer.body.decode(name, "replace")
    except LookupError:
        return answer.body.decode("utf-8", "replace")
