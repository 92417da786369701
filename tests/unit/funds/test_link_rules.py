"""A fund's link: what it must not be."""

import pytest

from plugins.funds import link_rules

HOSTS = {"fund.example.org", "give.example.net"}


@pytest.mark.parametrize("link", ["https://fund.example.org/", "https://give.example.net/donate?c=1#now"])
def test_a_link_to_a_recorded_host_over_https_passes(link: str) -> None:
    """What is on the record is shown."""
    assert link_rules.fault_of_link(link, HOSTS) == ""


@pytest.mark.parametrize(
    "link",
    [
        "http://fund.example.org/",
        "javascript:alert(1)",
        "//fund.example.org/",
        "https:/fund.example.org/",
        "https://fund.example.org:8443/",
        "https://fund.example.org:443/",
        "https://user:pw@fund.example.org/",
        "https://fund.example.org@evil.example/",
        "https://fund.example.org.evil.example/",
        "https://fund-example.org/",
        "https://fund.example.co/",
        "https://f\u0443nd.example.org/",
        "https://xn--fnd-9cd.example.org/",
        "https://FUND.example.org/",
        "https://fund.example.org\\@evil.example/",
        "https://evil.example\\.fund.example.org/",
        "https://fund.example.org./",
        "https://fund.example.org /",
        "https://fund.example.org\u3002evil.example/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://",
        "",
    ],
)
def test_anything_else_is_refused(link: str) -> None:
    """No look-alike, no detour and no odd spelling is taken for the recorded host."""
    assert link_rules.fault_of_link(link, HOSTS)


@pytest.mark.parametrize("host", ["bit.ly", "www.tinyurl.com", "xn--e1aybc.example", "ex\u0430mple.org", "a..b", "x:1"])
def test_some_hosts_can_be_on_no_record(host: str) -> None:
    """A shortener or a disguised name cannot be recorded as a fund's host."""
    assert link_rules.fault_of_host(host)
    assert link_rules.fault_of_link(f"https://{host}/", {host})
