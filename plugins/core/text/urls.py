"""Addresses: is it the web's, whose is it, and what is its canonical form.

Nothing is looked up. courlan's `clean_url` does the normalising
(https://courlan.readthedocs.io/), the rules for keys are ours.
"""

import re
from collections.abc import Collection
from contextlib import suppress
from functools import lru_cache
from posixpath import dirname, normpath
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

from plugins.core.text.markdown_code import without_code

_ADDRESS = re.compile(r"https?://[^\s<>\"\[\]{}|\\^]+")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_PORTS = {"http": 80, "https": 443}
_AMP = frozenset({"amp=1", "amp", "outputtype=amp"})
_MIRRORS = re.compile(r"^((www|m|amp)\.)+(?=[^.]+\.)")
# What newsletters, social networks and advertisers add, by names that are nothing else.
_TRACKER = re.compile(
    r"(?:amp;)?(?:utm_\w*|fbclid|gclid|dclid|gbraid|wbraid|msclkid|twclid|yclid|igshid|mc_[ce]id|mkt_tok|_hsenc|_hsmi"
    r"|oly_anon_id|oly_enc_id|vero_id)(?:=|$)",
    re.IGNORECASE,
)
_TAILS = re.compile(r"(/+amp|/+index\.html?|\.amp|/)+$")
# Most addresses: in them there is nothing that the cleaning would touch.
_CLEAN = re.compile(r"https?://([a-z0-9.-]*[a-z0-9-])((?!/\.\.)(?:/[\w.~-]+)*)/?", re.ASCII)

_WEB = re.compile(r"https?://[a-z0-9.-]*[a-z0-9](?:[/?#][!-Z^-~]*)?")
"""Most addresses: they need not be taken apart, which takes six times as long."""


def is_web(url: str) -> bool:
    """Say whether an address is http or https with a host."""
    if _WEB.fullmatch(url):
        return True
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False


def host(url: str) -> str:
    """Return an address's host without `www.`, as a reader would name it; "" where there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def without_trackers(url: str) -> str:
    """Return an address without the parts of its query that only tell whose link was followed; all else as it is.

    courlan's own list is for keys and not for links: it takes `source`, `ref` and `session` away too, without which a
    page may be another.
    """
    if "?" not in url:
        return url
    before, mark, query = url.partition("?")
    query, hash_mark, fragment = query.partition("#")
    parts = query.split("&")
    kept = [part for part in parts if not _TRACKER.match(part)]
    if len(kept) == len(parts):
        return url
    if not kept:
        mark = ""
    return f"{before}{mark}{'&'.join(kept)}{hash_mark}{fragment}"


@lru_cache(maxsize=4096)
def as_uri(url: str) -> str:
    """Return a web address in ASCII, without what may stand in no URI, in the form that ids should have; others as is.

    A host is written as IDNA has it, all else percent-encoded, brackets too (RFC 3987, 3.1; RFC 3986, 3.2.2); a host
    is small, the usual port is left out, and a path begins with a slash (RFC 4287, 4.2.6.1).
    """
    if not is_web(url):
        return url
    parts = urlsplit(url)
    path, query, fragment = _encoded(parts.path or "/"), _encoded(parts.query), _encoded(parts.fragment)
    return urlunsplit((parts.scheme, _place(parts), path, query, fragment))


def _place(parts: SplitResult) -> str:
    """Return an address's host and port; a port that is none stays, for whoever follows the address to find out."""
    name = parts.hostname or ""
    try:
        port = parts.port
    except ValueError:
        return _encoded(parts.netloc)
    shown = f"[{name}]" if ":" in name else _idna(name)
    if port in {None, _PORTS[parts.scheme]}:
        return shown
    return f"{shown}:{port}"


def _encoded(part: str) -> str:
    return quote(_STRAY_PERCENT.sub("%25", part), safe="!$%&'()*+,/:;=?@~")


def _idna(name: str) -> str:
    with suppress(UnicodeError):  # no host that there can be: as any other part of an address
        name = name.encode("idna").decode("ascii")
    return _encoded(name)


def below_root(address: str, page: str, origin: str, base: str) -> str | None:
    """Return the path an address leads to from a page, below the site's root and normalised; none on another site.

    `page` is a file below the root. The site lies at `origin`, a scheme and a host, below `base`, such as "/repo" or
    ""; the path is ".." where the address leads to the same host, but not below the base.
    """
    if address.startswith(f"{origin}/") or address == origin:
        address = address.removeprefix(origin) or "/"
    elif _SCHEME.match(address) or address.startswith("//"):
        return None
    path = unquote(address.split("?", 1)[0])
    if not path:
        return page
    if not path.startswith("/"):
        return normpath(f"{dirname(page)}/{path}".lstrip("/"))
    if path != base and not path.startswith(f"{base}/"):
        return ".."
    return normpath(path.removeprefix(base).lstrip("/") or ".")


def links_in(markdown: str, first_line: int, indented: Collection[int] = ()) -> list[tuple[int, str]]:
    """Return (line, address) of every web address in a Markdown text that is not shown as code.

    `first_line` is the text's own; `indented` are its lines of indented code, as in `markdown_code.without_code`.
    """
    text = without_code(markdown, indented)
    links = []
    for found in _ADDRESS.finditer(text):
        url = _ended(found[0])
        if is_web(url):
            links.append((text.count("\n", 0, found.start()) + first_line, url))
    return links


def _ended(url: str) -> str:
    """Leave off what belongs to the sentence around an address: punctuation, a bracket it did not open."""
    while url and (url[-1] in ".,;:!?*_'" or (url[-1] == ")" and url.count(")") > url.count("("))):
        url = url[:-1]
    return url


@lru_cache(maxsize=65536)
def canonical(url: str) -> str:
    """Return the form under which two addresses of the same page compare equal. A key, never a link.

    Trackers, fragment, scheme, `www.`, AMP marks and a final slash make no difference; a query's
    other parts, such as `?id=5`, do.
    """
    if (clean := _CLEAN.fullmatch(url)) and "xn--" not in clean[1]:
        return _MIRRORS.sub("", clean[1]) + _TAILS.sub("", clean[2])
    return _cleaned(url) if is_web(url) else url


def _cleaned(url: str) -> str:
    from courlan import clean_url  # noqa: PLC0415 - which imports urllib3, and is needed for few addresses

    parts = urlsplit(url)
    # Before the cleaning, which would read `&amp=1` as an HTML entity.
    query = "&".join(part for part in parts.query.split("&") if part.lower() not in _AMP)
    plain = urlunsplit(parts._replace(query=query))
    parts = urlsplit(clean_url(plain) or plain)
    name = _MIRRORS.sub("", parts.netloc.lower())
    path = _TAILS.sub("", parts.path)
    ordered = "&".join(sorted(filter(None, parts.query.split("&"))))
    return urlunsplit(("", name, path, ordered, "")).removeprefix("//")
