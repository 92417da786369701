"""Work is shared out to processes, and what one of them cannot do is left to whoever asks."""

import os
import signal
import threading
from collections.abc import Iterator
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from plugins.incremental import workers
from plugins.incremental.workers import Beside, shared_out

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


@pytest.fixture
def a_thread(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let there be a thread besides the test's own."""
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    ended = threading.Event()
    thread = threading.Thread(target=ended.wait)
    thread.start()
    yield
    ended.set()
    thread.join()


@pytest.mark.usefixtures("a_thread")
def test_beside_threads_nothing_is_shared_out() -> None:
    """A fork has none of them, and would wait for ever for a lock that one holds."""
    assert list(shared_out(ITEMS, found_apart)) == []


def test_beside_the_thread_that_shows_that_pelican_is_at_work_all_is_shared_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Pelican's program has it run while it builds, on a terminal or not."""
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    before = threading.enumerate()
    with Console(file=StringIO(), force_terminal=True).status("Generating...", refresh_per_second=1_000):
        own = [*set(threading.enumerate()).difference(before), threading.current_thread()]
        monkeypatch.setattr(threading, "enumerate", lambda: own)
        for _ in range(20):
            assert len(list(shared_out(ITEMS, found_apart))) == len(ITEMS) - 1


def written_apart(folder: Path, text: str) -> None:
    """Write a file that says whether another process has written it; raise for one text."""
    if text == ITEMS[3]:
        raise ValueError(text)
    (folder / text).write_text(str(os.getpid() != OWN), "utf-8")


def test_a_process_beside_has_done_what_it_took(tmp_path: Path) -> None:
    """One item for which it raised keeps it from none that follows, and none is taken once it was waited for."""
    beside = Beside[str](partial(written_apart, tmp_path))
    assert all(map(beside.takes, ITEMS))
    beside.wait()
    written = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert written == {text: "True" for text in ITEMS if text != ITEMS[3]}
    assert not beside.takes(ITEMS[0])


def test_a_process_beside_takes_no_more_than_its_pipe_holds() -> None:
    """Whoever hands over more than is done goes on, and knows what was not taken."""
    read, write = os.pipe()
    beside = Beside[str](lambda _: os.read(read, 1))  # waits for a byte each time
    text = "a" * 4000
    taken = [beside.takes(text) for _ in range(100)]
    assert taken[0] and not taken[-1]
    assert not beside.takes("a" * 10_000)  # which a pipe might take in part
    os.write(write, b"." * sum(taken))
    beside.wait()
    os.close(read)
    os.close(write)


def test_a_process_that_has_come_to_an_end_takes_nothing() -> None:
    """What it had been given is not done, and nobody waits for it for ever."""
    beside = Beside[str](lambda _: os._exit(1))
    beside.takes(ITEMS[0])
    while beside.takes(ITEMS[1]):
        os.sched_yield()
    beside.wait()
    assert not beside.takes(ITEMS[1])


def test_nobody_leaves_a_process_behind() -> None:
    """A build that fails does not wait for what it had done beside it."""
    read, _ = os.pipe()
    beside = Beside[str](lambda _: os.read(read, 1))
    assert beside.takes(ITEMS[0])
    del beside
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@pytest.mark.usefixtures("a_thread")
def test_beside_threads_nothing_is_taken(tmp_path: Path) -> None:
    """As nothing is shared out."""
    beside = Beside[str](partial(written_apart, tmp_path))
    assert not any(map(beside.takes, ITEMS))
    beside.wait()
    assert not list(tmp_path.iterdir())
