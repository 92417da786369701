"""Where a picture may be had: the original behind what was shown, then what was shown. Pure; fetches nothing.

Sources: the addresses of Substack's, WordPress's and Jetpack's picture services.
"""

import re
from collections.abc import Iterable
from urllib.parse import unquote, urljoin, urlsplit

from plugins.core.text.urls import host, is_web

_MOST_DATA = 15_000_000
_LEAST_DATA = 400  # letters; what is shorter holds a place


def of(named: Iterable[object], srcset: str, base: str) -> list[str]:
    """Return the addresses a picture may be had from, best first, whole or as paths within the export.

    `named` are those it was shown with, in that order; what of them is no text is passed over.
    """
    found: list[str] = []
    for source in (one for one in (*named, _largest(srcset)) if isinstance(one, str) and one):
        found += [_original(source, base), _absolute(source, base)]
    return [one for one in dict.fromkeys(found) if one and not _is_blank(one)]


def _absolute(source: str, base: str) -> str:
    """Return a picture's address as a whole one, or as a path within the export."""
    if source.startswith("data:image/"):
        return source if len(source) <= _MOST_DATA else ""
    try:
        whole = urljoin(base, source) if base else f"https:{source}" if source.startswith("//") else source
        scheme = urlsplit(whole).scheme
    except ValueError:
        return ""
    return re.sub(r"\s", "%20", whole) if is_web(whole) or not scheme else ""


def _original(source: str, base: str) -> str:
    """Return the picture behind one that Substack's or WordPress's service made smaller."""
    whole = _absolute(source, base)
    if "substackcdn.com/image/fetch/" in whole:
        inner = unquote(whole.rsplit("/", 1)[-1])
        return inner if is_web(inner) and not inner.lower().endswith((".heic", ".heif")) else whole
    if re.fullmatch(r"i\d\.wp\.com", host(whole)):
        inner = urlsplit(whole).path.lstrip("/")
        return f"https://{inner}"
    return whole


def _largest(srcset: str) -> str:
    """Return the widest of the versions a picture is offered in."""
    offers = [offer.split() for offer in re.split(r",\s+", srcset[:20_000]) if offer.strip()]
    widths = [
        (int(offer[1][:-1]), offer[0]) for offer in offers if len(offer) > 1 and re.fullmatch(r"\d{1,6}w", offer[1])
    ]
    return max(widths)[1] if widths else ""


def _is_blank(source: str) -> bool:
    """Say whether an address is only what holds a place until a script comes."""
    return (source.startswith("data:image/") and len(source) < _LEAST_DATA) or source.startswith(("about:", "#"))
