"""What archives are asked, and what their answers amount to."""

import json
from datetime import date

import pytest

from plugins.core.net.http import Response
from plugins.links import web_archives
from plugins.links.model import Archived

URL = "https://a.example/x?y=1&z=2"
STAMP = "20260201101112"
COPY = Archived(url=f"https://web.archive.org/web/{STAMP}/{URL}", day=date(2026, 2, 1))
SAVE = "https://web.archive.org/save"


def told(value: object, status: int = 200) -> Response:
    """Return an answer of JSON."""
    return Response(status, "https://archive.org/", {}, json.dumps(value).encode())


def closest(**values: object) -> dict[str, object]:
    """Return an availability answer."""
    given = {"available": True, "url": f"http://web.archive.org/web/{STAMP}/{URL}", "timestamp": STAMP, "status": "200"}
    return {"archived_snapshots": {"closest": given | values}}


def test_the_availability_question_names_the_whole_address() -> None:
    """The page's own query does not mix with ours."""
    question = web_archives.availability_question(
        "https://archive.org/wayback/available?url={url}", URL, date(2026, 3, 1)
    )
    assert question == (
        "https://archive.org/wayback/available?url=https%3A%2F%2Fa.example%2Fx%3Fy%3D1%26z%3D2&timestamp=20260301"
    )


def test_an_available_copy_is_taken_over_https() -> None:
    """The API answers with http addresses, as documented; the archive serves https."""
    assert web_archives.available_copy(told(closest()), URL) == COPY


@pytest.mark.parametrize(
    "answer",
    [
        told({"archived_snapshots": {}}),
        told(closest(status="404")),
        told(closest(available=False)),
        told(closest(available="yes")),
        told(closest(url="javascript:alert(1)")),
        told(closest(url=None)),
        told(closest(url=f"http://web.archive.org/web/{STAMP}/https://a.example/another")),
        told(closest(timestamp="2026")),
        told(closest(timestamp="20269901101112")),
        told(closest(), 503),
        told([]),
        told({"archived_snapshots": []}),
        Response(200, "u", {}, b"<html>"),
        Response(200, "u", {}, b"[" * 100_000),
    ],
)
def test_anything_else_is_no_copy(answer: Response) -> None:
    """A copy of an error page, no web address, no day, no JSON: nothing to show to readers."""
    assert web_archives.available_copy(answer, URL) is None


def test_a_timegate_leads_to_a_memento_or_it_does_not() -> None:
    """Only an answer that says of itself when it was taken is a copy (RFC 7089)."""
    question, headers = web_archives.timegate_question("https://web.archive.org/web/", URL, date(2026, 3, 1))
    assert question == f"https://web.archive.org/web/{URL}"
    assert headers == {"Accept-Datetime": "Sun, 01 Mar 2026 12:00:00 GMT"}
    there = {"memento-datetime": "Sun, 01 Feb 2026 10:11:12 GMT"}
    assert web_archives.memento(Response(200, COPY.url, there)) == COPY
    for answer in (
        Response(200, COPY.url, {}),
        Response(404, COPY.url, there),
        Response(200, COPY.url, {**there, "memento-datetime": "soon"}),
    ):
        assert web_archives.memento(answer) is None


def test_submitted_is_not_archived() -> None:
    """A job is a promise; only its success, of a page that answered well, is a copy."""
    assert web_archives.save_job(told({"url": URL, "job_id": "spn2-0a1b"})) == "spn2-0a1b"
    for refused in (
        {"status": "error", "status_ext": "error:too-many-daily-captures"},
        {"job_id": 5},
        {"job_id": "../x"},
    ):
        assert web_archives.save_job(told(refused)) == ""
    assert web_archives.job_question(SAVE, "spn2-0a1b") == f"{SAVE}/status/spn2-0a1b"
    done = {"status": "success", "timestamp": STAMP, "original_url": URL, "http_status": 200}
    assert web_archives.saved(told(done), SAVE) == COPY
    assert web_archives.saved(told({"status": "pending"}), SAVE) == "pending"
    assert web_archives.saved(told({}, 502), SAVE) == "pending"
    for poor in (
        {"status": "error"},
        done | {"http_status": 404},
        done | {"timestamp": "x"},
        done | {"original_url": " "},
    ):
        assert web_archives.saved(told(poor), SAVE) == "failed"


def test_keys_go_into_a_header_and_nowhere_else() -> None:
    """The form holds the page alone."""
    form, headers = web_archives.save_request(URL, ("access", "secret"))
    assert headers["Authorization"] == "LOW access:secret"
    assert "secret" not in str(form) and form["url"] == URL


_SERVICES = ("https://archive.org/wayback/available?url={url}", "https://timegate.example.org/gate/", "")


@pytest.mark.parametrize(
    ("url", "is_kept"),
    [
        (COPY.url, True),
        ("https://archive.ph/abcde", True),
        ("https://timegate.example.org/copy/1", True),
        ("https://web.timegate.example.org/copy/1", True),
        ("https://evil.example/web/20260201101112/https://a.example/", False),
        ("https://archive.org.evil.example/web/20260201101112/", False),
        ("https://notarchive.org/web/20260201101112/", False),
        ("https://archive.org:8443/web/", False),
        ("https://evil.example/?archive.org", False),
    ],
)
def test_a_copy_lies_in_an_archive(url: str, is_kept: bool) -> None:
    """Readers are led to a copy as to the page itself, so its host is a known archive's or that of a service asked."""
    copy = Archived(url=url, day=date(2026, 2, 1))
    assert web_archives.is_of_an_archive(copy, _SERVICES) is is_kept


@pytest.mark.parametrize("url", ["https://[", "http://[::1/web/", "https://user:x@archive.org/web/", "https://a:0/"])
def test_an_address_that_is_none_names_no_copy(url: str) -> None:
    """An odd answer is no copy, and no traceback."""
    assert web_archives.available_copy(told(closest(url=url)), URL) is None
