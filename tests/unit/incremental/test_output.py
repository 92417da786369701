"""A plan carried out on a real folder, and the list of what is ours."""

import errno
from pathlib import Path

import pytest

from plugins.incremental import output
from plugins.incremental.plan import Plan


def test_orphans_go_with_the_folders_they_emptied(tmp_path: Path) -> None:
    """What is written is whole, and no empty folder answers for a page that is gone."""
    built, target = tmp_path / "built", tmp_path / "output"
    (built / "a").mkdir(parents=True)
    (built / "a" / "index.html").write_text("new")
    (target / "old" / "deep").mkdir(parents=True)
    (target / "old" / "deep" / "index.html").write_text("x")
    output.carry_out(Plan(("a/index.html",), ("old/deep/index.html",), ()), built, target)
    assert (target / "a" / "index.html").read_text() == "new"
    assert not (target / "old").exists()


def test_a_folder_is_not_listed_for_each_file_that_goes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There may be 20,000 files in it. It stays for those that are not ours."""
    names = [f"{folder}/{number}" for folder in ("a", "b") for number in range(3)]
    for name in (*names, "b/theirs"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")

    def listed(*_: object) -> None:
        raise AssertionError

    with monkeypatch.context() as patch:
        patch.setattr("os.listdir", listed)
        patch.setattr("os.scandir", listed)
        output.carry_out(Plan((), tuple(names), ()), tmp_path / "built", tmp_path)
    assert not (tmp_path / "a").exists()
    assert [path.name for path in (tmp_path / "b").iterdir()] == ["theirs"]


def test_a_page_with_the_longest_name_there_can_be_is_carried_to_another_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It cannot be renamed to there, and no longer name can be written for a moment."""
    built, target = tmp_path / "built", tmp_path / "output"
    name = f"{'n' * 250}.html"
    built.mkdir()
    (built / name).write_text("new")
    rename = Path.replace

    def replace(self: Path, to: Path) -> Path:
        if self.is_relative_to(built):
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return rename(self, to)

    monkeypatch.setattr(Path, "replace", replace)
    output.carry_out(Plan((name,), (), ()), built, target)
    assert [path.name for path in target.iterdir()] == [name]
    assert (target / name).read_text() == "new"


def test_a_git_folder_in_the_output_is_not_looked_into(tmp_path: Path) -> None:
    """An output that is a checkout of its own keeps its history; what the site puts into a hidden folder is its own."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("ref")
    (tmp_path / ".nojekyll").write_text("")
    assert list(output.present(tmp_path, (), {})) == [".nojekyll"]
    (tmp_path / ".well-known").mkdir()
    (tmp_path / ".well-known" / "security.txt").write_text("")
    assert list(output.present(tmp_path, [".well-known/security.txt"], {})) == [".nojekyll", ".well-known/security.txt"]


def test_what_is_ours_is_known_without_the_cache_and_where_that_is_damaged_nothing_is(tmp_path: Path) -> None:
    """The list lies beside the output, or in the cache where that cannot be; unknown, nothing is an orphan."""
    target, cache = tmp_path / "output", tmp_path / "cache"
    assert output.made_before(target, cache) == ()
    output.remember(target, cache, ["a", "b"])
    assert not cache.exists()
    assert output.made_before(target, cache) == ("a", "b")
    assert output.made_before(tmp_path / "another", cache) == ()
    output.beside(target).write_bytes(output.beside(target).read_bytes().replace(b"b", b"c"))
    assert output.made_before(target, cache) == ()
    output.beside(target).unlink()
    output.beside(target).mkdir()
    output.remember(target, cache, ["a"])
    assert output.made_before(target, cache) == ("a",)
