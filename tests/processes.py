"""Run what `python ARGUMENTS` runs, in a fork of a process that has the installed packages loaded.

A small site takes 2.5 s of a processor to build, and one of them goes to loading Pelican, Pillow, Babel and the like.
So that is done once. Another 0.6 s goes to loading the plugins: a command that is run in this repository itself is
forked from a process that has these loaded, too, as a preview's build is. For one that is run in a copy nothing of
ours is loaded before the fork: it reads the code of the folder that it is run in. None leaves anything behind for the
next.

Sets come in another order in each new process of Python; in forks of one they do not. There are two processes of each
kind with different orders, and they take turns: what a test builds twice is built in both.
"""

import atexit
import gc
import json
import os
import runpy
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
LIMIT = 300.0  # seconds that a command may take

_SEEDS = count(1)
_idle: dict[bool, list["_Loaded"]] = {False: [], True: []}
"""Those that run nothing now, by whether they have the plugins loaded; who ran something longest ago is the first."""


def run(
    arguments: Sequence[str], *, cwd: Path, env: Mapping[str, str], given: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run `python ARGUMENTS`, which begin with `-m MODULE` or `-c CODE`; `given` is what it reads from its input.

    Raises subprocess.TimeoutExpired after LIMIT. A variable that Python itself heeds at its start is refused, unless it
    is one that can be followed later.
    """
    followed = {"PYTHONPATH", "PYTHONDONTWRITEBYTECODE"}
    heeded = [name for name, value in env.items() if name.startswith("PYTHON") and os.environ.get(name) != value]
    assert followed.issuperset(heeded), heeded
    with tempfile.TemporaryDirectory() as folder, _loaded(ours=cwd == ROOT) as loaded:
        files = [Path(folder) / name for name in ("input", "output", "errors")]
        files[0].write_text(given, "utf-8")
        order = {
            "arguments": list(arguments),
            "folder": str(cwd),
            "variables": dict(env),
            "files": list(map(str, files)),
        }
        code = loaded.run(order)
        said, complained = (path.read_text("utf-8") for path in files[1:])
        return subprocess.CompletedProcess([sys.executable, *arguments], code, said, complained)


@contextmanager
def _loaded(*, ours: bool) -> Iterator["_Loaded"]:
    """Give a process that runs nothing else meanwhile, never the one that ran the last command of its kind."""
    idle = _idle[ours]
    while len(idle) < 2:
        idle.append(_Loaded(str(next(_SEEDS)), ours=ours))
    taken = idle.pop(0)
    try:
        yield taken
    except subprocess.TimeoutExpired:
        taken.end()
        raise
    idle.append(taken)


class _Loaded:
    """A process that has the packages loaded, and the plugins if it is for `ours`, with sets in the order of a seed."""

    def __init__(self, seed: str, *, ours: bool) -> None:
        # not above: this file is the process's program, too
        from plugins.preview.build_worker import LIBRARIES  # noqa: PLC0415
        from tests.shipped.pelicanconf import PLUGINS  # noqa: PLC0415

        modules = [*LIBRARIES]
        if ours:
            modules += ["plugins.sections.build", *PLUGINS]
        self._process = subprocess.Popen(
            [sys.executable, __file__, *modules],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,
        )
        atexit.register(self.end)

    def run(self, order: Mapping[str, Any]) -> int:
        """Have a command run, and return its exit code: less than zero where a signal ended it."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(f"{json.dumps(order)}\n".encode())
        self._process.stdin.flush()
        if not select.select([self._process.stdout], [], [], LIMIT)[0]:
            raise subprocess.TimeoutExpired(order["arguments"], LIMIT)
        return int(self._process.stdout.readline())

    def end(self) -> None:
        """End the process, and a command that it still waits for."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, 9)
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe
            pipe.close()
        atexit.unregister(self.end)


def _serve() -> dict[str, Any] | None:
    """Fork for each order; returns it in the fork, and None in this process when there are no more."""
    while line := sys.stdin.buffer.readline():
        pid = os.fork()
        if not pid:
            return dict(json.loads(line))
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)
    return None


def _become(order: Mapping[str, Any], variables: Iterable[str]) -> None:
    """Run an order's command in this process as if it had been started for it; `variables` are what it has."""
    os.chdir(order["folder"])
    for number, name in enumerate(order["files"]):
        opened = os.open(name, os.O_RDWR | os.O_CREAT)
        os.dup2(opened, number)
        os.close(opened)
    for name in variables:  # not clear(), which asks for all of them: plugins.incremental.environment notes that
        del os.environ[name]
    os.environ.update(order["variables"])
    time.tzset()
    tempfile.tempdir = None
    sys.dont_write_bytecode = bool(os.environ.get("PYTHONDONTWRITEBYTECODE"))
    sys.path[:1] = [order["folder"], *filter(None, os.environ.get("PYTHONPATH", "").split(os.pathsep))]
    option, what, *words = order["arguments"]
    sys.argv[:] = [option, *words]
    if option == "-m":
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    else:
        exec(compile(what, "<string>", "exec"), {"__name__": "__main__"})  # noqa: S102 - as `python -c` does


if __name__ == "__main__":
    began_with = [*os.environ]
    sys.path[0] = str(ROOT)
    for module in sys.argv[1:]:
        import_module(module)
    gc.freeze()  # what is loaded stays: no fork looks through it for garbage
    if ordered := _serve():
        _become(ordered, began_with)
