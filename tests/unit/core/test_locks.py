import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from plugins.core.errors import SiteError
from plugins.core.locks import run_lock

HOLDER = """
import sys
from pathlib import Path
from plugins.core.locks import run_lock
with run_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_run_is_refused_at_once_and_told_whose_turn_it_is(tmp_path: Path) -> None:
    """The message names the process; when the first run is over the next may begin."""
    path = tmp_path / "cache" / "run.lock"
    with (
        run_lock(path),
        pytest.raises(SiteError, match=rf"another run is going on \(process {os.getpid()} "),
        run_lock(path),
    ):
        raise AssertionError("two runs at once")
    with run_lock(path):
        assert path.read_text() == f"{os.getpid()}\n"


def test_a_killed_run_leaves_no_lock(tmp_path: Path) -> None:
    """The kernel lets go with the process, even one that could not clean up."""
    path = tmp_path / "run.lock"
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        with pytest.raises(SiteError, match=f"process {other.pid} holds"), run_lock(path):
            raise AssertionError("two runs at once")
        other.send_signal(signal.SIGKILL)
        other.wait()
    with run_lock(path):
        assert path.read_text() == f"{os.getpid()}\n"


def test_a_run_that_fails_lets_go(tmp_path: Path) -> None:
    """The run's own error comes through, and the lock is free."""
    with pytest.raises(ZeroDivisionError), run_lock(tmp_path / "run.lock"):
        raise ZeroDivisionError
    with run_lock(tmp_path / "run.lock"):
        pass


def test_a_lock_that_cannot_be_made_is_worded(tmp_path: Path) -> None:
    """A file where the folder should be is an error with a remedy, not a traceback."""
    (tmp_path / "cache").write_text("")
    with (
        pytest.raises(SiteError, match=r"cannot be locked \(.*check that its folder"),
        run_lock(tmp_path / "cache" / "run.lock"),
    ):
        raise AssertionError("no lock")
