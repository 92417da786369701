"""What a fund's link must not be: an address and the hosts on record give a fault, or none.

A look-alike differs by a letter of another alphabet, a hyphen, another top-level domain; a shortener hides where
it leads. Sources: Unicode Technical Standard 39 (mixed scripts), RFC 3986.
"""

import re
from collections.abc import Set as AbstractSet
from urllib.parse import urlsplit

from plugins.core.confidential import has_user_information

SHORTENERS = frozenset(
    """
    a.co adf.ly amzn.to app.link beacons.ai bit.do bit.ly bitly.com bl.ink buff.ly chng.it cli.re conta.cc cutt.ly
    dlvr.it dub.sh eepurl.com fb.me forms.gle g.co gofund.me goo.gl hubs.la hubs.ly is.gd kutt.it linktr.ee lnk.bio
    lnkd.in ow.ly page.link qr.ae qrco.de rb.gy rebrand.ly s.id short.gy short.io shorturl.at smarturl.it soo.gd spr.ly
    t.co t.ly t2m.io tiny.cc tiny.one tinyurl.com tny.im trib.al u.to urlz.fr v.gd wp.me x.co zpr.io
    """.split()  # noqa: SIM905 - a list of words
)
"""Hosts that only pass on, each with all below it. Owners change what such a link leads to without a trace."""
_HOST = re.compile(r"(?=.{1,253}\Z)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])")


def fault_of_host(host: str) -> str:
    """Return what is wrong with a recorded host, "" where nothing is."""
    if not host.isascii():
        return f"host has letters that are not plain ASCII (got {host!a})"
    if ".xn--" in f".{host.lower()}":
        return f"host is punycode, which hides its letters (got {host})"
    if not _HOST.fullmatch(host):
        return f"host must be a plain host name in small letters (got {host!r})"
    for shortener in SHORTENERS:
        if host == shortener or host.endswith(f".{shortener}"):
            return f"host is a link shortener, which hides where it leads (got {host})"
    return ""


def fault_of_address(link: str) -> str:
    """Return what is wrong with an address that a reader should trust, "" where nothing is; any sound host will do."""
    if has_user_information(link):
        return "must not have a user name or a password, of which nothing is repeated here"
    if not link.isascii() or re.search(r"[\s\\<>\"\x00-\x1f\x7f]", link):
        return f"has characters that no plain address has (got {link!a})"
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError:
        return f"must be an https address (got {link})"
    # urlsplit also takes HTTPS:// for https.
    if parts.scheme != "https" or not parts.hostname or not link.startswith("https://"):
        return f"must be an https address (got {link})"
    if port is not None or parts.netloc.endswith(":"):
        return f"must not have a port (got {parts.netloc})"
    return fault_of_host(parts.netloc)


def fault_of_link(link: str, hosts: AbstractSet[str]) -> str:
    """Return what is wrong with a fund's link, "" where nothing is; `hosts` are those on the fund's record."""
    if fault := fault_of_address(link):
        return fault
    host = urlsplit(link).netloc
    if host not in hosts:
        return f"host {host} is not on the fund's record ({', '.join(sorted(hosts))})"
    return ""
