"""A plan carried out on a real folder."""

from pathlib import Path

from plugins.incremental import ledger, output
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


def test_a_git_folder_in_the_output_is_not_looked_into(tmp_path: Path) -> None:
    """An output that is a checkout of its own keeps its history."""
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_text("ref")
    (tmp_path / ".nojekyll").write_text("")
    assert list(output.digests(tmp_path)) == [".nojekyll"]


def test_a_lost_or_damaged_ledger_makes_nothing_ours(tmp_path: Path) -> None:
    """Where it is not known what the site made, nothing may be taken for an orphan."""
    target = tmp_path / "output"
    assert ledger.read(tmp_path, target) == ()
    ledger.write(tmp_path, target, ("a", "b"))
    assert ledger.read(tmp_path, target) == ("a", "b")
    assert ledger.read(tmp_path, tmp_path / "another") == ()
    next((tmp_path / "ledger").iterdir()).write_text('{"files":')
    assert ledger.read(tmp_path, target) == ()
