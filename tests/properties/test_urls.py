"""Canonical addresses, for any address."""

import re

from hypothesis import given
from hypothesis import strategies as st

from plugins.core.text import urls


@given(st.text(max_size=80))
def test_any_text_has_a_canonical_form(text: str) -> None:
    """No address, however odd, raises."""
    assert isinstance(urls.canonical(f"https://{text}"), str)
    assert isinstance(urls.host(f"http://{text}"), str)


@given(
    st.sampled_from(["example.org", "news.example.org", "www.example.co.uk"]),
    st.lists(st.sampled_from(["a", "b-c", "amp", "index.html", "2026", "ñ"]), max_size=4),
    st.lists(st.sampled_from(["id=5", "utm_source=x", "p=1", "fbclid=3", "amp=1"]), max_size=3),
)
def test_canonical_forms_are_their_own(host: str, path: list[str], query: list[str]) -> None:
    """The canonical form of a canonical form is itself."""
    once = urls.canonical(f"https://{host}/{'/'.join(path)}?{'&'.join(query)}")
    assert urls.canonical(f"https://{once}") == once


@given(
    st.from_regex(r"\A(www\.|m\.|amp\.)?[a-z0-9.-]{1,12}(:80)?\Z"),
    st.lists(st.sampled_from(["a", "b-c", "amp", "x.amp", "index.html", "..", ".", "", "_~", "xn--a"]), max_size=5),
    st.sampled_from(["", "/", "//"]),
)
def test_the_quick_way_is_the_same_as_the_careful_one(host: str, path: list[str], end: str) -> None:
    """A plain address has the canonical form that the cleaning would give it."""
    url = f"https://{host}{''.join(f'/{part}' for part in path)}{end}"
    assert urls.canonical(url) == (urls._cleaned(url) if urls.is_web(url) else url)


@given(st.text(max_size=40) | st.text(st.sampled_from("htps:/[]@.?#%é東 a1\\\n"), max_size=25))
def test_an_address_for_feeds_is_a_uri_and_stays_it(text: str) -> None:
    """It is printable ASCII without a space (RFC 3986), and doing it again changes nothing."""
    url = f"https://{text}"
    uri = urls.as_uri(url)
    assert uri == url or re.fullmatch("https://[!-~]*", uri)
    assert urls.as_uri(uri) == uri
