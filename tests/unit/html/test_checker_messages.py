"""The Nu HTML checker's report, told as every other problem is."""

import json

import pytest

from plugins.html.checker_messages import problems

ERROR = {
    "type": "error",
    "url": "file:/site/out/posts/a%20%C3%BC/index.html",
    "lastLine": 7,
    "message": "Stray end tag “p”.",
    "extract": "x\n</p>  </div>",
}
WARNING = {"type": "info", "subType": "warning", "url": "file:/site/out/index.html", "message": "A policy."}
BROKEN = {"type": "non-document-error", "subType": "io", "url": "file:/site/out/index.html", "message": "It broke."}


def told(*messages: object) -> list[str]:
    """Return the problems of a report of these messages."""
    return [str(one) for one in problems(json.dumps({"messages": messages}), "/site/out", "out")]


def test_an_error_is_told_with_its_page_and_line() -> None:
    """Each error names the page as its owner would, its line, what was found, and what to do."""
    remedy = "correct the text, template or setting that this page is made from, and build again"
    assert told(ERROR) == [
        f"out/posts/a ü/index.html:7: Stray end tag “p” (found: x </p> </div>); {remedy}",
    ]


def test_warnings_are_left_out_and_what_could_not_be_read_is_not() -> None:
    """A warning is no problem; a page that the checker could not read is one."""
    assert told(WARNING) == []
    assert [line.split(";")[0] for line in told(WARNING, BROKEN)] == ["out/index.html: It broke"]


@pytest.mark.parametrize("said", ["", "Error: no main class", "[]", "{}"])
def test_what_is_no_report_is_no_all_clear(said: str) -> None:
    """Where Java said something else, nothing is known about the pages."""
    with pytest.raises(ValueError):
        problems(said, "/site/out", "out")
