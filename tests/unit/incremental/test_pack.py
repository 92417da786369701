"""Values kept by key in files of the cache."""

import json
import os
from pathlib import Path

from plugins.incremental.pack import Pack


def test_what_is_put_is_there_in_the_next_run_and_what_is_damaged_is_not(tmp_path: Path) -> None:
    """Each value is held to its digest, and a file without its table is none."""
    first = Pack(tmp_path)
    first.put("a", b"one" * 100)
    first.put("b", b"two" * 100)
    first.write()
    assert Pack(tmp_path).get("a") == b"one" * 100
    (path,) = tmp_path.iterdir()
    path.write_bytes(b"\0" + path.read_bytes()[1:])
    assert (Pack(tmp_path).get("a"), Pack(tmp_path).get("b")) == (None, b"two" * 100)
    path.write_bytes(path.read_bytes()[:-1])
    assert Pack(tmp_path).get("b") is None


def test_files_are_put_into_one_and_what_nobody_asks_for_goes(tmp_path: Path) -> None:
    """After many runs with an edit each, there are a few files, and nothing in them that was edited away long ago."""
    for run in range(20):
        pack = Pack(tmp_path)
        assert run == 0 or pack.get("kept") == b"always"
        pack.put("kept", b"always")
        pack.put(f"edit {run}", b"once")
        pack.write()
    last = Pack(tmp_path)
    assert len(list(tmp_path.iterdir())) <= 6
    assert last.get("kept") == b"always"
    assert not last.has("edit 0")


def test_what_is_damaged_after_it_was_asked_for_is_no_longer_kept(tmp_path: Path) -> None:
    """Values are read from the disk each time: what was whole before may not be when all is put into one file."""
    for number in range(6):
        pack = Pack(tmp_path)
        pack.put(str(number), b"text" * 100)
        pack.write()
    last = Pack(tmp_path)
    assert last.get("0") == b"text" * 100
    path = min(tmp_path.iterdir())
    path.write_bytes(b"\0" + path.read_bytes()[1:])
    assert last.get("0") is None
    last.put("new", b"text")
    last.write()
    assert (Pack(tmp_path).has("0"), Pack(tmp_path).get("new")) == (False, b"text")


def test_what_a_fork_put_is_kept_where_it_is_asked_for(tmp_path: Path) -> None:
    """A fork has a file of its own for it, and what the process itself put meanwhile stays what it was."""
    pack = Pack(tmp_path)
    pack.put("own", b"one" * 100)
    reading, writing = os.pipe()
    if not os.fork():
        _, found = pack.apart(lambda: put_two(pack))
        os.write(writing, json.dumps({key: value.hex() for key, value in found.items()}).encode())
        os._exit(0)
    os.wait()
    pack.put("later", b"three" * 100)
    found = json.loads(os.read(reading, 65_536))
    pack.take({key: bytes.fromhex(value) for key, value in found.items()})
    os.close(reading)
    os.close(writing)
    assert [pack.get(key) for key in ("own", "later", "of the fork 0")] == [b"one" * 100, b"three" * 100, b"two" * 100]
    assert pack.has("of the fork 1")
    pack.write()
    assert [path.suffix for path in tmp_path.iterdir()] == [".pack"]
    kept = Pack(tmp_path)
    assert [kept.has(key) for key in ("own", "of the fork 0", "of the fork 1")] == [True, True, False]


def test_where_nothing_can_be_written_nothing_is_kept(tmp_path: Path) -> None:
    """It costs time in the next build, and nothing else."""
    (tmp_path / "file").write_text("")
    pack = Pack(tmp_path / "file" / "cache")
    pack.put("a", b"text")
    assert (pack.has("a"), pack.get("a")) == (False, None)


def put_two(pack: Pack) -> None:
    """Put what takes its own time."""
    for number in range(2):
        pack.put(f"of the fork {number}", b"two" * 100)
