"""What one look proves, and several."""

import pytest

from plugins.core.net.http import ErrorKind, NetworkError, Response
from plugins.core.net.link_check import Verdict, judge
from plugins.core.net.page_title import page_title

URL = "https://a.example/story/1"


def page(title: str, url: str = URL, **headers: str) -> Response:
    """Return a page that came well."""
    return Response(200, url, {"content-type": "text/html", **headers}, f"<title>{title}</title>".encode())


@pytest.mark.parametrize(
    ("answer", "verdict"),
    [
        (page("A story"), "alive"),
        (page("A story", "https://b.example/other/2"), "alive"),
        (page("403 reasons to strike"), "alive"),
        (page("Workers not found wanting"), "alive"),
        (Response(200, URL, {"content-type": "application/pdf"}), "alive"),
        (page("Just a moment..."), "cannot tell"),
        (page("Attention Required! | Cloudflare"), "cannot tell"),
        (page("404 Not Found"), "cannot tell"),
        (page("Page not found - The Paper"), "cannot tell"),
        (page("The Paper", "https://a.example/"), "cannot tell"),
        (page("a.example is for sale | HugeDomains"), "dead"),
        (Response(404, URL, {}), "dead"),
        (Response(410, URL, {}), "dead"),
        (Response(500, URL, {}), "dead"),
        (Response(521, URL, {}), "dead"),
        (Response(401, URL, {}), "cannot tell"),
        (Response(402, URL, {}), "cannot tell"),
        (Response(403, URL, {}), "cannot tell"),
        (Response(404, URL, {"cf-mitigated": "challenge"}), "cannot tell"),
        (Response(429, URL, {}), "cannot tell"),
        (Response(451, URL, {}), "cannot tell"),
        (Response(503, URL, {}), "cannot tell"),
        (Response(999, URL, {}), "cannot tell"),
        (Response(304, URL, {}), "cannot tell"),
    ],
)
def test_an_answer_is_life_death_or_neither(answer: Response, verdict: Verdict) -> None:
    """Gone is what says so or is broken; a wall against robots is neither life nor death."""
    finding = judge(URL, answer)
    assert (finding.verdict, bool(finding.why)) == (verdict, True)


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [
        ("unreachable", "dead"),
        ("refused", "dead"),
        ("timeout", "cannot tell"),
        ("too large", "alive"),
        ("too many redirects", "cannot tell"),
    ],
)
def test_no_answer_is_a_verdict_too(kind: ErrorKind, verdict: Verdict) -> None:
    """Where nobody answers, it says why."""
    finding = judge(URL, NetworkError(kind, "so it was"))
    assert (finding.verdict, finding.why, finding.final) == (verdict, "so it was", "")


def test_a_front_page_asked_for_is_alive() -> None:
    """Only a page that turned into the front page is in doubt."""
    assert judge("https://a.example/", page("A", "https://www.a.example/")).verdict == "alive"


@pytest.mark.parametrize(
    ("body", "kind", "title"),
    [
        (b"<title>\n A &amp; B \n</title>", "text/html", "A & B"),
        (b'<meta charset="iso-8859-1"><title>Gr\xf6\xdfe</title>', "text/html", "Größe"),
        ("<title>Größe</title>".encode(), "text/html; charset=utf-8", "Größe"),
        (b"<TITLE lang=en>A</TITLE>", "text/html; charset=no-such", "A"),
        (b"<title>A</title>", "text/html; charset=idna", "A"),
        (b"<title>A</title>", "text/html; charset=undefined", "A"),
        (b"<title>A</title>", "text/html; charset=cp99999", "A"),
        (b"<title>\x1b[31mred</title>", "text/html", "[31mred"),
        (b"<title>cut", "text/html", ""),
        (b"<title>A</title>", "application/pdf", ""),
        (b"<title></title>", "text/html", ""),
        (b"", "", ""),
    ],
)
def test_a_title_is_one_printable_line(body: bytes, kind: str, title: str) -> None:
    """Whatever a page sends, a terminal and a row can hold it."""
    assert page_title(Response(200, URL, {"content-type": kind} if kind else {}, body)) == title
