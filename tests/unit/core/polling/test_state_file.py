"""The feeds' states on disk."""

import json
import logging
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.core.polling.outcomes import FeedState
from plugins.core.polling.state_file import load, save

NOW = datetime(2026, 3, 1, 12, 30, 1, 5, tzinfo=UTC)
TIMES = st.none() | st.timedeltas(timedelta(-999), timedelta(999)).map(lambda delta: NOW + delta)
PLAIN = st.text(st.characters(codec="utf-8").filter(str.isprintable))
STATES = st.builds(FeedState, st.just("s"), PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, TIMES, TIMES, st.integers(0, 99))


@settings(deadline=None)  # each example is written to disk
@given(STATES)
def test_a_state_comes_back_as_it_was(state: FeedState) -> None:
    """Validators byte for byte, times to the microsecond."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deep" / "feed-state.json"
        save(path, {"s": state})
        assert load(path) == {"s": state}


def test_a_run_without_news_writes_nothing(tmp_path: Path) -> None:
    """The file is replaced only where something changed, and its order does not depend on the run's."""
    path = tmp_path / "feed-state.json"
    states = {"b": FeedState("b", etag="1"), "a": FeedState("a", next_at=NOW)}
    assert save(path, states)
    assert not save(path, dict(reversed(states.items())))


GOOD = {"s": {"source": "s", "etag": "x", "next_at": "2026-03-01T12:00:00Z"}}


def with_value(**value: object) -> bytes:
    """Return a file in which one value is wrong."""
    return json.dumps({"s": {**GOOD["s"], **value}}).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[]",
        b"null",
        b"[" * 100_000,
        b'{"s": null}',
        with_value(etag=1),
        with_value(etag="a\r\nCookie: b"),
        with_value(streak="many"),
        with_value(streak=-1),
        with_value(next_at="tomorrow"),
        with_value(next_at="2026-03-01T12:00:00"),
        json.dumps(GOOD).encode()[:-9],
    ],
)
def test_a_damaged_file_counts_as_empty_and_it_is_said(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, data: bytes
) -> None:
    """Whatever happened to the file, the run goes on without it, says so in one line, and mends it."""
    path = tmp_path / "feed-state.json"
    path.write_bytes(data)
    with caplog.at_level(logging.WARNING):
        assert load(path) == {}
    assert [str(path) in record.getMessage() for record in caplog.records] == [True]
    save(path, {"s": FeedState("s")})
    assert load(path) == {"s": FeedState("s")}


def test_a_missing_file_counts_as_empty(tmp_path: Path) -> None:
    """The first run knows nothing; a folder in the file's place is damage."""
    assert load(tmp_path / "feed-state.json") == load(tmp_path) == {}
