"""Hosts that look like one on the record."""

import pytest

from plugins.funds.lookalikes import likeness

KNOWN = ["relief.example.org"]


@pytest.mark.parametrize(
    "host",
    [
        "r\u0435lief.example.org",
        "xn--rlief-3ve.example.org",
        "relief.example.com",
        "re-lief.example.org",
        "relief-example.org",
        "re1ief.example.org",
        "relieff.example.org",
        "relief.example.org.evil.example",
        "www.relief.example.co",
    ],
)
def test_an_imitation_is_named(host: str) -> None:
    """A letter of another alphabet, a hyphen, another ending, a name put in front."""
    assert likeness(host, KNOWN).startswith("it looks like relief.example.org ")


@pytest.mark.parametrize("host", ["gofundme.com", "example.net", "othersite.example", "xn--a.example", "a", ""])
def test_any_other_host_is_not(host: str) -> None:
    """What resembles nothing is only another host."""
    assert likeness(host, KNOWN) == ""
