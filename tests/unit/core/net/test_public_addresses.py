"""Which addresses may be connected to."""

from ipaddress import IPv4Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.core.net.public_addresses import Opened, literal_refusal, opened, refusal

NOBODY = Opened()


@pytest.mark.parametrize(
    "ip",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.254",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7",
        "203.0.113.9",
        "224.0.0.1",
        "239.255.255.255",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:93.184.216.34",
        "64:ff9b::10.0.0.1",
        "64:ff9b::127.0.0.1",
        "64:ff9b:1::1",
        "64:ff9b:1:ffff::a00:1",
        "100::1",
        "2001::1",
        "2001:0:4136:e378:8000:63bf:f5ff:fffe",
        "2001:2::1",
        "2001:db8::1",
        "2002:a00:1::1",
        "2002:7f00:1::1",
        "2002:c0a8:101::",
        "3fff::1",
        "5f00::1",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "not an address",
        "",
    ],
)
def test_what_is_not_public_is_refused_with_its_reason(ip: str) -> None:
    """Every range that is not the public internet's is refused, in every way of writing it into IPv6."""
    assert refusal(ip, "feeds.example", NOBODY)


@pytest.mark.parametrize(
    "ip",
    [
        "93.184.216.34",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.0.1",
        "172.32.0.1",
        "192.0.1.1",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2606:2800:220:1::1",
        "2a00:1450:4001::1",
        "64:ff9b::93.184.216.34",
        "2002:5db8:d822::1",
    ],
)
def test_what_is_public_is_let_through(ip: str) -> None:
    """The public internet, up to the edges of the refused ranges, and behind a public NAT64, can be reached."""
    assert refusal(ip, "feeds.example", NOBODY) == ""


def test_allow_opens_exactly_what_it_names() -> None:
    """An address or network opens itself, a name its own addresses; neither opens the other's, nor a disguise."""
    owner = opened(["127.0.0.1", "10.1.0.0/16", "LocalHost.", "[::1]"])
    assert refusal("127.0.0.1", "x", owner) == refusal("10.1.9.9", "x", owner) == refusal("::1", "x", owner) == ""
    assert refusal("192.168.0.9", "localhost", owner) == refusal("192.168.0.9", "LOCALHOST.", owner) == ""
    for ip in ("127.0.0.2", "10.2.0.1", "::ffff:127.0.0.1", "64:ff9b::127.0.0.1", "192.168.0.9"):
        assert refusal(ip, "localhost.evil.example", owner)
    assert literal_refusal("192.168.0.9", owner) and not literal_refusal("feeds.example", owner)


@pytest.mark.parametrize(
    "entry", ["", "*", "127.0.0.1:80", "http://localhost", "10.0.0.1/8", "127.1", "300.1.1.1", "a b"]
)
def test_what_allow_cannot_mean_is_refused(entry: str) -> None:
    """An entry that is no host, address or network is an error that says how to write one."""
    with pytest.raises(ValueError, match="write it like"):
        opened([entry])


@given(st.ip_addresses(v=4, network="10.0.0.0/8") | st.ip_addresses(v=4, network="127.0.0.0/8"))
def test_no_disguise_opens_a_private_address(private: IPv4Address) -> None:
    """Mapped, translated or tunnelled, a private IPv4 address stays refused."""
    number = int(private)
    forms = [
        f"::ffff:{private}",
        f"64:ff9b::{private}",
        f"2002:{number >> 16:x}:{number & 0xFFFF:x}::1",
        f"::{private}",
    ]
    assert all(refusal(form, "feeds.example", NOBODY) for form in forms)


@given(st.ip_addresses() | st.text())
def test_every_text_gets_a_verdict(ip: object) -> None:
    """Judging never raises, and only real addresses pass."""
    assert isinstance(refusal(str(ip), "feeds.example", NOBODY), str)
