"""Which IP addresses may be connected to: the public internet's, and what the site's owner opened by name.

Nothing is resolved or connected here. The ranges are those of the IANA special-purpose
registries (RFC 6890, https://www.iana.org/assignments/iana-ipv4-special-registry/ and iana-ipv6-…), written out
because `ipaddress.is_global` differs between Python versions.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

IPV4_NOT_PUBLIC = tuple(
    (ip_network(block), why)
    for block, why in (
        ("0.0.0.0/8", "unspecified"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared behind a carrier's NAT"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved for protocols"),
        ("192.0.2.0/24", "for documentation"),
        ("192.88.99.0/24", "a retired 6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "for benchmarks"),
        ("198.51.100.0/24", "for documentation"),
        ("203.0.113.0/24", "for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
IPV6_NOT_PUBLIC = tuple(
    (ip_network(block), why)
    for block, why in (
        ("::/128", "unspecified"),
        ("::1/128", "loopback"),
        ("::ffff:0:0/96", "an IPv4 address in disguise"),
        ("64:ff9b:1::/48", "local NAT64"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "site-local"),
        ("ff00::/8", "multicast"),
        ("2001:db8::/32", "for documentation"),
        ("3fff::/20", "for documentation"),
        ("2001::/23", "Teredo or reserved for protocols"),
    )
)
IPV6_PUBLIC = IPv6Network("2000::/3")
"""The only space handed out as global unicast (RFC 4291, section 2.4, and IANA's registry)."""
NAT64 = IPv6Network("64:ff9b::/96")
SIX_TO_FOUR = IPv6Network("2002::/16")

_LOCAL = frozenset({".localhost", ".local", ".internal", ".lan", ".home", ".corp", ".intranet", ".private"})
_NAME = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*")


@dataclass(frozen=True, slots=True)
class Opened:
    """What may be reached although it is not public: host names, and networks (a lone address is one)."""

    names: frozenset[str] = frozenset()
    networks: tuple[IPv4Network | IPv6Network, ...] = ()

    def opens(self, address: IPv4Address | IPv6Address, host: str) -> bool:
        """Say whether the owner opened this address, reached for under this host name."""
        return plain_host(host) in self.names or any(address in network for network in self.networks)


def plain_host(host: str) -> str:
    """Return a host as it is compared: lower case, without brackets or a final dot."""
    return host.strip().strip("[]").rstrip(".").lower()


def opened(allow: Iterable[str]) -> Opened:
    """Read what the owner allows: `localhost`, `127.0.0.1`, `::1`, `127.0.0.0/8`. A port cannot be named.

    Raises ValueError, worded for the owner, on anything else, and on a network with host bits set.
    """
    names, networks = set[str](), []
    for entry in allow:
        plain = plain_host(entry)
        try:
            networks.append(ip_network(plain))
        except ValueError as error:
            if "/" in plain or not _NAME.fullmatch(plain) or plain.replace(".", "").isdecimal():
                what = f"{entry!r} is not a host name, an IP address or a network ({error})"
                raise ValueError(f"{what}; write it like localhost, 127.0.0.1 or 127.0.0.0/8") from error
            names.add(plain)
    return Opened(frozenset(names), tuple(networks))


def refusal(ip: str, host: str, owner: Opened) -> str:
    """Return why an address must not be connected to, or "" where it may.

    `ip` is what the name resolved to, `host` the name it was reached for. What is not an IP address is refused.
    """
    address = _address(ip)
    if address is None:
        return f"{ip} is not an IP address"
    if owner.opens(address, host):
        return ""
    why = _not_public(address)
    return f"{address} is {why}, not a public address" if why else ""


def name_refusal(host: str) -> str:
    """Say why a host's name cannot be one of the public internet's, "" where it can; nothing is looked up.

    Sources: RFC 6761 and RFC 6762 (special names), RFC 8375 (home.arpa), and ICANN's resolution on .internal of 2024. A
    number in another form, such as 0x7f.1, is an address to a browser (WHATWG URL, 3.5).
    """
    plain = plain_host(host)
    if why := literal_refusal(plain, Opened()):
        return why
    labels = plain.split(".")
    if _address(plain) is None and (len(labels) == 1 or f".{labels[-1]}" in _LOCAL or plain.endswith(".home.arpa")):
        return f"{host} is a name of a local network"
    if _address(plain) is None and (labels[-1].isdecimal() or labels[-1].startswith("0x")):
        return f"{host} is an IP address in another form"
    return ""


def literal_refusal(host: str, owner: Opened) -> str:
    """Judge a host that is written as an IP address, before anything is looked up; "" for any name."""
    plain = plain_host(host)
    if _address(plain) is None:
        return ""
    return refusal(plain, plain, owner)


@lru_cache(maxsize=4096)
def _address(ip: str) -> IPv4Address | IPv6Address | None:
    """Return a text as an IP address: each is judged at least twice, as it is written and as it is dialled."""
    try:
        return ip_address(ip)
    except ValueError:
        return None


def _not_public(address: IPv4Address | IPv6Address) -> str:
    """Return what an address is that is none of the public internet's, such as "private"; "" for one that is."""
    blocks, inner = IPV4_NOT_PUBLIC, None
    if isinstance(address, IPv6Address):
        blocks, inner = IPV6_NOT_PUBLIC, _embedded(address)
    if inner is not None:
        why = _not_public(inner)
        return why and f"a way to {inner}, which is {why}"
    for network, why in blocks:
        if address in network:
            return why
    if isinstance(address, IPv6Address) and address not in IPV6_PUBLIC:
        return "reserved"
    return ""


def _embedded(address: IPv6Address) -> IPv4Address | None:
    """Return the IPv4 address a translator or tunnel would send this on to (RFC 6052, RFC 3056)."""
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    if address in SIX_TO_FOUR:
        return address.sixtofour
    return None
