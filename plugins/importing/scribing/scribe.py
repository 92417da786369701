"""A shaped tree written as the Markdown this site's pages are written in. Pure.

markdownify (https://github.com/matthewwithanm/python-markdownify) walks the tree, and calls `convert_TAG` for each tag;
what it writes for CommonMark is written here as python-markdown reads it: four spaces within lists, blocks of `///`,
footnotes, every sign escaped.
"""

import re

from bs4 import BeautifulSoup
from markdownify import ATX

from plugins.importing.scribing.nests import Nests
from plugins.importing.scribing.own import Own
from plugins.importing.scribing.parts import Parts
from plugins.importing.scribing.words import Words


class _Scribe(Own, Parts, Nests, Words):
    """Writes one text."""


def write(soup: BeautifulSoup) -> str:
    """Return a shaped tree as Markdown."""
    scribe = _Scribe(heading_style=ATX, bullets="-", autolinks=False, wrap=True, wrap_width=None)
    body = str(scribe.convert_soup(soup)).strip()
    return "\n\n".join(filter(None, [re.sub(r"\n{3,}", "\n\n", body), "\n".join(scribe.notes)]))
