"""Who is answered by the preview."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.preview.origin_check import fault

OWN = {"Host": "127.0.0.1:8000"}


@given(st.text(st.characters(codec="ascii", categories=("L", "N", "P")), max_size=30), st.sampled_from(["", ":80"]))
def test_no_other_name_is_answered(name: str, port: str) -> None:
    """Whatever a name is made of: only this machine's own are let through."""
    if f"{name}{port}".lower().rsplit(":", 1)[0] not in {"localhost", "127.0.0.1", "[::1]"}:
        assert fault({"Host": name + port})


@pytest.mark.parametrize(
    ("more", "let_in"),
    [
        ({}, True),
        ({"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none", "Sec-Fetch-Mode": "navigate"}, True),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}, True),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"}, False),
        ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"}, False),
        ({"Origin": "http://127.0.0.1:9000"}, False),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, False),
        ({"Origin": "http://127.0.0.1:8000", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "websocket"}, True),
        ({"Origin": "https://127.0.0.1:8000"}, False),
    ],
)
def test_a_page_elsewhere_may_lead_here_and_not_load_from_here(more: dict[str, str], let_in: bool) -> None:
    """A link is followed; pictures, scripts, frames and lines from elsewhere are refused.

    A browser may take a WebSocket, whose scheme is another, for cross-site; whose it is, its origin says.
    """
    assert (fault(OWN | more) == "") is let_in
