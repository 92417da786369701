"""The words of HTML. Pure."""

import re
from html import unescape

_TAG = re.compile(r"<[^>]*>")


def plain(html: object) -> str:
    """Return HTML's words, entities decoded, white space folded."""
    return " ".join(unescape(_TAG.sub("", str(html))).split())
