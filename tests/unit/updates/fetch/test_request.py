"""What one request to a source makes of the answers handed to it."""

import asyncio
import logging
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.core.net.http import NetworkError, Response, Validators
from plugins.core.polling.answers import Answer
from plugins.core.polling.outcomes import Failure, FeedState, Fetched, NotModified
from plugins.updates.fetch import request
from plugins.updates.fetch.request import REMEDIES, ReadFile, request_feed
from plugins.updates.model import Source

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
FEED, OTHER = "https://guild.example/feed", "https://mirror.example/feed"
RSS = b"<?xml version='1.0'?><rss version='2.0'><channel><title>t</title></channel></rss>"
PAGE = b"<!doctype html><html><body><p>Welcome to our new site.</p></body></html>"


def _source(feed: str = FEED, fallback: str = "", file: str = "") -> Source:
    return Source("guild", "Guild", "https://guild.example/", "guild", feed, fallback, file=file)


def _ask(
    answers: Mapping[str, Response | NetworkError],
    source: Source | None = None,
    state: FeedState | None = None,
    read_file: ReadFile | None = None,
) -> tuple[Answer, list[str], list[str]]:
    """Fetch with a network that knows only `answers`; return the outcome, what was asked, and what was logged."""
    asked: list[str] = []
    logged: list[str] = []

    class Notes(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            logged.append(record.getMessage())

    async def get(url: str, headers: Mapping[str, str] | None = None, validators: Validators | None = None) -> Response:
        asked.append(url)
        answer = answers[url]
        if isinstance(answer, NetworkError):
            raise answer
        return answer

    handler = Notes()
    request.log.addHandler(handler)
    try:
        outcome = asyncio.run(request_feed(source or _source(), state or FeedState("guild"), get, NOW, read_file))
    finally:
        request.log.removeHandler(handler)
    return outcome, asked, logged


def _ok(body: bytes = RSS, url: str = FEED, **headers: str) -> Response:
    return Response(200, url, {name.replace("_", "-"): value for name, value in headers.items()}, body)


def test_the_same_bytes_are_known_again() -> None:
    """A body with the digest of the last one is unchanged, one byte more is not."""
    first, _, _ = _ask({FEED: _ok()})
    assert isinstance(first, Fetched)
    again, _, _ = _ask({FEED: _ok()}, state=FeedState("guild", digest=first.digest))
    other, _, _ = _ask({FEED: _ok(RSS + b"\n")}, state=FeedState("guild", digest=first.digest))
    assert isinstance(again, Fetched) and isinstance(other, Fetched)
    assert (first.unchanged, again.unchanged, other.unchanged) == (False, True, False)


@pytest.mark.parametrize(
    "trouble", [NetworkError("timeout", "slow"), Response(403, FEED, {}), Response(410, FEED, {}), _ok(PAGE)]
)
def test_the_fallback_stands_in_and_it_is_logged(trouble: Response | NetworkError) -> None:
    """Where the feed fails, or its address gives a page, the fallback's body is taken, and the editor told why."""
    outcome, asked, logged = _ask({FEED: trouble, OTHER: _ok(url=OTHER)}, _source(fallback=OTHER))
    assert isinstance(outcome, Fetched) and outcome.url == OTHER and asked == [FEED, OTHER]
    assert len(logged) == 1 and logged[0].startswith(f"guild: {OTHER} was used, not its feed")


def test_the_fallback_is_left_alone_while_the_feed_works() -> None:
    """A working feed, or one without news, is all that is asked."""
    for answer in (_ok(), Response(304, FEED, {})):
        state = FeedState("guild", url=FEED, etag='"1"')
        outcome, asked, logged = _ask({FEED: answer}, _source(fallback=OTHER), state)
        assert isinstance(outcome, Fetched | NotModified) and asked == [FEED] and logged == []


def test_when_all_fail_the_feeds_own_failure_is_told_with_the_others() -> None:
    """The kind is the feed's; the detail also says what happened to fallback and file."""

    def read_file(_name: str) -> bytes:
        raise FileNotFoundError(2, "No such file")

    answers: dict[str, Response | NetworkError] = {
        FEED: Response(410, FEED, {}),
        OTHER: NetworkError("timeout", "slow"),
    }
    outcome, _, logged = _ask(answers, _source(fallback=OTHER, file="by-hand.xml"), read_file=read_file)
    assert isinstance(outcome, Failure) and outcome.kind == "gone" and logged == []
    assert "slow" in outcome.detail and "by-hand.xml cannot be read (No such file)" in outcome.detail


def test_a_file_saved_by_hand_is_the_last_way() -> None:
    """It is read when nothing else brings a feed, and alone where the source has no feed."""
    outcome, _, logged = _ask({FEED: Response(403, FEED, {})}, _source(file="by-hand.xml"), read_file=lambda name: RSS)
    assert isinstance(outcome, Fetched) and outcome.body == RSS and "bot wall" in logged[0]
    outcome, asked, logged = _ask({}, _source(feed="", file="by-hand.xml"), read_file=lambda name: RSS)
    assert isinstance(outcome, Fetched) and asked == [] and logged == []


CLOUDFLARE = b"<html><head><title>Just a moment...</title></head><script>window._cf_chl_opt={}</script></html>"
LONG = b"<html><body>" + b"<p>All the news of the strike.</p>" * 1000


def test_a_challenge_page_that_was_saved_is_called_what_it_is() -> None:
    """Whoever saves a walled feed with a program may have saved the wall."""
    outcome, _, _ = _ask({}, _source(feed="", file="by-hand.html"), read_file=lambda name: CLOUDFLARE)
    assert isinstance(outcome, Failure) and outcome.kind == "bot wall" and "by-hand.html" in outcome.detail


@pytest.mark.parametrize(
    "answer",
    [
        _ok(CLOUDFLARE, content_type="text/html; charset=UTF-8"),
        _ok(CLOUDFLARE.decode().encode("utf-16"), content_type="text/html"),
        _ok(b"<html><script src='https://geo.captcha-delivery.com/captcha/?x'></script></html>"),
        _ok(b"<HTML><HEAD><TITLE>Access Denied</TITLE></HEAD>", content_type="text/html"),
        _ok(b"<html><div id='sec-if-cpt-container'></div></html>"),
        _ok(b"<html><body>Please complete the CAPTCHA</body></html>"),
        _ok(LONG, cf_mitigated="challenge"),
        Response(202, FEED, {"x-amzn-waf-action": "challenge", "content-type": "text/html"}, b""),
        _ok(PAGE, url="https://tollbit.paper.example/feed"),
        Response(503, FEED, {"cf-mitigated": "challenge"}),
        Response(401, FEED, {}),
        Response(402, FEED, {}),
        Response(451, FEED, {}),
    ],
)
def test_bot_walls_are_known(answer: Response) -> None:
    """Challenge pages and refusals are named, so that the editor asks the outlet and not the parser."""
    outcome, _, _ = _ask({FEED: answer})
    assert isinstance(outcome, Failure) and outcome.kind == "bot wall" and "fallback" in outcome.remedy


@pytest.mark.parametrize(
    "body",
    [
        b"<rss><channel><item><title>Just a moment: captcha, datadome and Access Denied explained</title>",
        b"<?xml version='1.0'?><!-- <html> --><atom:feed xmlns:atom='http://www.w3.org/2005/Atom'>captcha",
        b"<rdf:RDF xmlns='http://purl.org/rss/1.0/'><title>are you a robot</title>",
        b'{"version": "https://jsonfeed.org/version/1.1", "title": "<html> captcha"}',
        LONG + b"<script src='/recaptcha.js'></script>",
        PAGE,
        b"",
    ],
)
def test_feeds_and_ordinary_pages_are_no_bot_wall(body: bytes) -> None:
    """A feed that writes about challenges is a feed, even sent as HTML; a plain page is left to the parser."""
    assert isinstance(_ask({FEED: _ok(body, content_type="text/html")})[0], Fetched)


@settings(deadline=None)  # each example starts an event loop
@given(st.integers(100, 999), st.dictionaries(st.sampled_from(["retry-after", "etag", "content-type"]), st.text()))
def test_every_answer_ends_as_an_outcome_with_a_remedy(status: int, headers: dict[str, str]) -> None:
    """No status and no header raises; a failure always says what to do."""
    outcome, _, _ = _ask({FEED: Response(status, FEED, headers, PAGE)})
    assert not isinstance(outcome, Failure) or (outcome.remedy == REMEDIES[outcome.kind] and outcome.status == status)
