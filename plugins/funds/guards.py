"""What a fund's link must not be. Pure: an address and the recorded hosts in, a fault out.

A look-alike differs by a letter of another alphabet, a hyphen, another top-level domain; a shortener hides where
it leads. Sources: Unicode Technical Standard 39 (mixed scripts), RFC 3986.
"""

import re
from collections.abc import Set as AbstractSet
from urllib.parse import urlsplit

SHORTENERS = frozenset(
    [
        "bit.ly",
        "bitly.com",
        "buff.ly",
        "cutt.ly",
        "dlvr.it",
        "goo.gl",
        "is.gd",
        "lnkd.in",
        "ow.ly",
        "rb.gy",
        "rebrand.ly",
        "shorturl.at",
        "short.io",
        "s.id",
        "t.co",
        "t.ly",
        "tiny.cc",
        "tinyurl.com",
        "trib.al",
        "u.to",
        "v.gd",
        "wp.me",
        "lnk.bio",
        "linktr.ee",
    ]
)
_HOST = re.compile(r"^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$")


def fault_of_host(host: str) -> str:
    """Return what is wrong with a recorded host, "" where nothing is."""
    if not host.isascii():
        return f"host has letters that are not plain ASCII (got {host!a})"
    if any(label.startswith("xn--") for label in host.split(".")):
        return f"host is punycode, which hides its letters (got {host})"
    if not _HOST.match(host):
        return f"host must be a plain host name in small letters (got {host})"
    if host.removeprefix("www.") in SHORTENERS:
        return f"host is a link shortener, which hides where it leads (got {host})"
    return ""


def fault_of_link(link: str, hosts: AbstractSet[str]) -> str:
    """Return what is wrong with a fund's link, "" where nothing is; `hosts` are those on the fund's record."""
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError:
        return f"must be an https address (got {link})"
    if parts.scheme != "https" or not parts.hostname:
        return f"must be an https address (got {link})"
    if parts.username is not None or port is not None or "@" in parts.netloc:
        return f"must not have a user name or a port (got {parts.netloc})"
    if re.search(r"[\s\\<>\"\x00-\x1f]", link):
        return f"has characters no address has (got {link!r})"
    fault = fault_of_host(parts.netloc)
    if fault:
        return fault
    return (
        "" if parts.netloc in hosts else f"host {parts.netloc} is not on the fund's record ({', '.join(sorted(hosts))})"
    )
