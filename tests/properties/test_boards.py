"""Whatever a board answers, nothing breaks, and nothing is closed by an answer that is not as documented."""

import asyncio
import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.core.net.http import Response, Validators
from plugins.core.polling.outcomes import Failure, FeedState
from plugins.listings.board import Board
from plugins.listings.boards.adapter import BoardError, Request
from plugins.listings.boards.providers import ADAPTERS
from plugins.listings.posting import ArchivedListing, BoardRecord
from plugins.listings.watch.board_read import BoardRead, BoardReader
from plugins.listings.watch.changes import apply
from plugins.listings.watch.clock import clock_at
from tests.loopback.boards import PROVIDERS, Job, details, page

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
JOBS = [Job(str(100 + n), f"Role {n}", f"Text {n}.", low=90_000, high=120_000) for n in range(12)]
scalar = st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats() | st.text(max_size=8)
anything = st.recursive(
    scalar,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
Path = tuple[str | int, ...]


def board(provider: str) -> Board:
    """Return a board of a provider."""
    return Board(provider, "Acme", provider, "b", "t", "d.example", "https://api.example")  # type: ignore[arg-type]


def nodes(value: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the path of every value of a JSON document, the document's own first."""
    yield path
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield from nodes(inner, (*path, key))


def at(value: Any, path: Path) -> Any:
    """Return the value at a path."""
    for key in path:
        value = value[key]
    return value


def with_node(document: Any, path: Path, value: Any) -> Any:
    """Return a document with another value at a path."""
    if not path:
        return value
    changed = deepcopy(document)
    at(changed, path[:-1])[path[-1]] = value
    return changed


def answer(provider: str, request: Request) -> Any:
    """Return the proper answer to a request."""
    query = parse_qs(urlsplit(request.url).query)
    if request.body:
        return page(provider, JOBS, json.loads(request.body)["offset"])
    is_details = provider in {"smartrecruiters", "workday", "eightfold"} and "num=" not in request.url
    if is_details and "limit=" not in request.url:
        number = request.url.partition("?")[0][-3:]
        return details(provider, next(job for job in JOBS if job.number == number))
    return page(provider, JOBS, int((query.get("offset") or query.get("start") or ["0"])[0]))


def read(provider: str, known: dict[str, ArchivedListing], wrong: dict[str, Any]) -> BoardRead | Failure:
    """Return a read of the board, in which some addresses give another answer."""

    async def ask(request: Request, validators: Validators | None) -> Response:
        key = request.url + request.body.decode()
        body = json.dumps(wrong[key] if key in wrong else answer(provider, request)).encode("utf-8", "replace")
        return Response(200, request.url, {"content-type": "application/json"}, body)

    reader = BoardReader(ask=ask, clock=clock_at(NOW), most_details=100, full=True)
    return asyncio.run(reader.read(board(provider), FeedState(provider), known, {}))


def opened(provider: str) -> dict[str, ArchivedListing]:
    """Return the archive after a proper read."""
    first = read(provider, {}, {})
    assert isinstance(first, BoardRead)
    changes = apply(board(provider), first, {}, BoardRecord(provider), NOW)
    return {id.partition("/")[2]: listing for id, listing in changes.listings.items()}


KNOWN = {provider: opened(provider) for provider in PROVIDERS}


@pytest.mark.parametrize("provider", PROVIDERS)
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_a_wrong_type_anywhere_breaks_nothing_and_closes_nothing(provider: str, data: st.DataObject) -> None:
    """One value of one answer is of another type than documented: no listing is missing, and no text is emptied."""
    known = KNOWN[provider]
    assert len(known) == len(JOBS)
    adapter = ADAPTERS[provider]
    requests = [adapter.first(board(provider))]
    first = adapter.read_page(board(provider), requests[0], json.dumps(answer(provider, requests[0])).encode(), "")
    requests += [row.details for row in first.rows[:1]] + ([first.next] if first.next else [])
    request = data.draw(st.sampled_from(requests))
    proper = answer(provider, request)
    path = data.draw(st.sampled_from(list(nodes(proper))))
    value = data.draw(anything.filter(lambda made: type(made) is not type(at(proper, path))))
    wrong = with_node(proper, path, value)
    found = read(provider, known, {request.url + request.body.decode(): wrong})
    if isinstance(found, Failure):
        assert found.detail and found.remedy
        return
    changes = apply(board(provider), found, known, BoardRecord(provider), NOW)
    assert not {told.event for told in changes.told} & {"missing", "closed"}
    assert all(listing.now.text and listing.now.title for listing in changes.listings.values())


@pytest.mark.parametrize("provider", [*PROVIDERS, "feed", "file"])
@settings(deadline=None, max_examples=60)
@given(body=st.binary(max_size=200) | anything.map(lambda made: json.dumps(made).encode("utf-8", "replace")))
def test_no_answer_makes_an_adapter_raise_anything_but_its_own_error(provider: str, body: bytes) -> None:
    """Any bytes are a page, or said not to be one."""
    one = replace(board(provider), file="f.json", feed="https://f.example/")
    adapter = ADAPTERS[provider]
    try:
        adapter.read_page(one, adapter.first(one), body, "")
    except BoardError as error:
        assert error.what


@settings(deadline=None, max_examples=100)
@given(anything, st.sampled_from(["@type", "title", "identifier", "hiringOrganization", "jobLocation", "baseSalary"]))
def test_json_ld_that_is_wrong_leaves_the_page_itself(value: Any, key: str) -> None:
    """A saved page whose JSON-LD is not as schema.org has it is read as a page."""
    job = {"@type": "JobPosting", "title": "A", "description": "B", "datePosted": "2026-01-01", key: value}
    script = json.dumps(job).replace("<", "\\u003c")
    html = f'<title>T</title><script type="application/ld+json">{script}</script><body><p>Words.</p></body>'
    one = replace(board("file"), file="saved.html")
    found = ADAPTERS["file"].read_page(one, Request("saved.html"), html.encode("utf-8", "replace"), "text/html")
    assert len(found.postings) == 1
