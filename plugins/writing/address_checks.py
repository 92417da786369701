"""What is wrong with a link's address, as far as the address alone can tell: empty, not closed, or none at all.

Whether a file, a record or another site is there, others say.
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from plugins.core.confidential import has_user_information
from plugins.core.text.urls import is_web
from plugins.writing.model import KINDS

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_KIND = re.compile(r"\{([^{}]*)\}|\|(\w+)\|")
_OWN = ("filename", "static", "attach", "category", "tag", "author", "index", *KINDS)
_FOLLOWED = ("mailto", "tel", "sms", "webcal", "geo", "xmpp", "irc", "ircs", "matrix", "magnet")
_BARE = re.compile(
    r"www\.|[\w-]+(\.[\w-]+)*\.(com|org|net|edu|gov|io|info|news|tv|uk|de|fr|es|ca|au)(/|$)", re.IGNORECASE
)
_SOUND = re.compile(r"https?://[a-z0-9.-]*[a-z0-9](?:/[\w./~%+-]*)?", re.ASCII)
"""Most addresses, in which nothing can be wrong."""
_UNSEEN = re.compile(r"[\x00-\x20]")


def check(url: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with one address, and what to do; nothing where nothing is."""
    if not _SOUND.fullmatch(url):
        yield from _check(url)


def _check(url: str) -> Iterator[tuple[str, str]]:
    scheme = _SCHEME.match(_UNSEEN.sub("", url))
    own = _KIND.match(url)
    if has_user_information(url):
        yield "an address with a name or a password in it, which every reader would have", "take it out, up to the @"
    elif not url.strip():
        yield "a link without an address", "write it between the round brackets"
    elif own:
        yield from _unknown_kind(own[1] or own[2] or "", url)
    elif scheme and scheme[1].lower() in {"http", "https"}:
        if not is_web(url) or " " in url:
            yield f"no address of the web (got {url})", "write it as https://example.org/page"
    elif scheme and scheme[1].lower() not in _FOLLOWED:
        yield f"a link that no reader should follow (got {url[:60]})", "lead to a page, https://…"
    elif "\\" in url:
        yield f"a path with \\ in it (got {url})", f"write / between folders: {url.replace(chr(92), '/')}"
    elif url.startswith("/") and url.partition("#")[0].endswith(".md"):
        yield f"a link to a file that readers do not have (got {url})", f"write {{filename}}{url}"
    elif not scheme and _BARE.match(url):
        yield f"no address of the web (got {url})", f"write https://{url}"


def _unknown_kind(kind: str, url: str) -> Iterator[tuple[str, str]]:
    if kind not in _OWN:
        remedy = f"use one of {', '.join(f'{{{one}}}' for one in _OWN)}"
        if near := get_close_matches(kind.lower(), _OWN, n=1, cutoff=0.6):
            remedy = f"did you mean {{{near[0]}}}?"
        yield f"a link to something of no known kind (got {url})", remedy
