"""The cache of visits on disk."""

import json
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.updates.fetch.feed_state import load, save
from plugins.updates.outcomes import Visit

NOW = datetime(2026, 3, 1, 12, 30, 1, 5, tzinfo=UTC)
TIMES = st.none() | st.timedeltas(timedelta(-999), timedelta(999)).map(lambda delta: NOW + delta)
PLAIN = st.text(st.characters(codec="utf-8").filter(str.isprintable))
VISITS = st.builds(Visit, st.just("s"), PLAIN, PLAIN, PLAIN, PLAIN, PLAIN, TIMES, TIMES, st.integers(0, 99))


@settings(deadline=None)  # each example is written to disk
@given(VISITS)
def test_a_visit_comes_back_as_it_was(visit):
    """Validators byte for byte, times to the microsecond."""
    with tempfile.TemporaryDirectory() as folder:
        path, said = Path(folder) / "deep" / "visits.json", []
        save(path, {"s": visit})
        assert load(path, said.append) == {"s": visit} and said == []


def test_a_round_without_news_writes_nothing(tmp_path):
    """The file is replaced only where something changed, and its order does not depend on the round's."""
    path, visits = tmp_path / "visits.json", {"b": Visit("b", etag="1"), "a": Visit("a", next_at=NOW)}
    assert save(path, visits)
    assert not save(path, dict(reversed(visits.items())))


GOOD = {"schema": 1, "visits": {"s": {"etag": "x", "next_at": "2026-03-01T12:00:00+00:00"}}}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"[]",
        b"null",
        b"[" * 100_000,
        json.dumps(GOOD | {"schema": 99}).encode(),
        json.dumps(GOOD | {"visits": []}).encode(),
        json.dumps(GOOD | {"visits": {"s": None}}).encode(),
        json.dumps(GOOD | {"visits": {"s": {"etag": 1}}}).encode(),
        json.dumps(GOOD | {"visits": {"s": {"etag": "a\r\nCookie: b"}}}).encode(),
        json.dumps(GOOD | {"visits": {"s": {"streak": "many"}}}).encode(),
        json.dumps(GOOD | {"visits": {"s": {"next_at": "tomorrow"}}}).encode(),
        json.dumps(GOOD | {"visits": {"s": {"next_at": "2026-03-01T12:00:00"}}}).encode(),
        json.dumps(GOOD | {"visits": {"s": {"next_at": 5}}}).encode(),
        json.dumps(GOOD).encode()[:-9],
    ],
)
def test_a_damaged_file_counts_as_empty_and_it_is_said_once(tmp_path, data):
    """Whatever happened to the file, the run goes on with no visits, says so in one line, and mends it."""
    path, said = tmp_path / "visits.json", []
    path.write_bytes(data)
    assert load(path, said.append) == {}
    assert len(said) == 1 and str(path) in said[0]
    save(path, {"s": Visit("s")})
    assert load(path, said.append) == {"s": Visit("s")} and len(said) == 1


def test_a_missing_file_counts_as_empty(tmp_path):
    """The first run knows nothing, and says that every source is asked in full; so does a folder in its place."""
    said = []
    assert load(tmp_path / "visits.json", said.append) == load(tmp_path, said.append) == {}
    assert len(said) == 2 and all("in full" in line for line in said)
