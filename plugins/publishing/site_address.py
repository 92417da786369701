"""Where a site is published: its address, taken apart.

Knows no setting and no file; it is handed an address and answers with its parts, or with what is wrong with it.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

_GIVEN = (".github.io", ".gitlab.io", ".codeberg.page")
_NOWHERE = ("example.org", "example.com", "localhost", "127.0.0.1")


@dataclass(frozen=True, slots=True)
class SiteAddress:
    """A site's address without a last slash, and the domain a host has to be told of ("" where it gave the name)."""

    url: str
    domain: str


def read(text: str) -> SiteAddress:
    """Return an address taken apart. Raises ValueError with what is wrong with it."""
    parts = urlsplit(text.strip().rstrip("/"))
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError(f"is no address that begins with https:// (found {text!r})")
    if parts.query or parts.fragment or parts.username or any(map(str.isspace, parts.geturl())):
        raise ValueError(f"is more than a host and a path (found {text!r})")
    if parts.hostname in _NOWHERE:
        raise ValueError(f"is a placeholder (found {text!r})")
    domain = parts.hostname
    if parts.path or parts.port is not None or domain.endswith(_GIVEN):
        domain = ""
    return SiteAddress(parts.geturl(), domain)
