"""Work is shared out to processes, and what one of them cannot do is left to whoever asks."""

import os
import signal
import threading
from functools import partial

import pytest

from plugins.incremental import workers
from plugins.incremental.workers import shared_out

ITEMS = [f"text {number}" for number in range(9)]


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be two processors, and no threads but the test's own: the test runner has some."""
    monkeypatch.setattr(workers, "cores", lambda: 2)
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def found_apart(text: str, killed: str = "") -> tuple[str, bool]:
    """Return a text and whether another process has it; raise for one text, be killed at another."""
    if text == ITEMS[3]:
        raise ValueError(text)
    if text == killed:
        os.kill(os.getpid(), signal.SIGKILL)
    return text * 30_000, os.getpid() != OWN


OWN = os.getpid()


def test_each_item_has_what_another_process_found() -> None:
    """However much that is; one for which it raised is left out."""
    found = dict(shared_out(ITEMS, found_apart))
    assert found == {text: (text * 30_000, True) for text in ITEMS if text != ITEMS[3]}


def test_what_a_stopped_process_had_not_done_is_left_out() -> None:
    """The other process's share is there, and nothing that is half written."""
    found = dict(shared_out(ITEMS, partial(found_apart, killed=ITEMS[4])))
    assert found.keys() >= set(ITEMS[1::2]) - {ITEMS[3]}
    assert not found.keys() & set(ITEMS[4::2])
    assert all(value == (text * 30_000, True) for text, value in found.items())


def test_nobody_waits_for_processes_whose_finds_are_no_longer_wanted() -> None:
    """A run that is stopped leaves no process behind."""
    found = shared_out(ITEMS, found_apart)
    next(found)
    found.close()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_beside_threads_nothing_is_shared_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fork has none of them, and would wait for ever for a lock that one holds."""
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert list(shared_out(ITEMS, found_apart)) == []
