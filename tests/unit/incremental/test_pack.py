"""Values kept by key in files of the cache."""

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
