"""A page's title, as a line that a terminal and a file can hold. Hostile pages cost little.

Source: HTML, section 4.2.2 (title).
"""

import re

from plugins.core.net.http import Response
from plugins.core.text.charset import decode
from plugins.core.text.plain_text import plain_line

_TITLE = re.compile(r"<title(?:\s[^<>]*+)?>", re.IGNORECASE)
_TITLE_END = re.compile(r"</title", re.IGNORECASE)
_TITLE_LENGTH = 200
_TITLE_WITHIN = 4096


def page_title(answer: Response) -> str:
    """Return an HTML page's title on one line of at most 200 characters; "" where it has none."""
    if "html" not in answer.headers.get("content-type", "html").lower():
        return ""
    text = decode(answer.body, answer.headers.get("content-type", "")).text
    starts = _TITLE.search(text)
    if starts is None:
        return ""
    ends = _TITLE_END.search(text, starts.end(), starts.end() + _TITLE_WITHIN)
    if ends is None:
        return ""
    return plain_line(text[starts.end() : ends.start()], literal=True, most=_TITLE_LENGTH)
