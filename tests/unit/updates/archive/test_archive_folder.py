import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from plugins.core import files
from plugins.core.errors import SiteError
from plugins.updates.archive import archive_folder, dropped_items, merge, source_record
from plugins.updates.archive.archive_folder import Archive
from plugins.updates.model import Drop, SafeHtml, SourceRecord, Update

NOVEMBER = datetime(2026, 11, 30, 23, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
read = partial(archive_folder.read, resolve=merge.resolve, resolve_record=source_record.resolve)


def update(number: int, first_seen: datetime = NOVEMBER, **changes: Any) -> Update:
    """Return an update of the archive."""
    url = f"https://post.example/{number}"
    made = Update(f"id{number}", "post", url, f"T{number}", SafeHtml(""), (), first_seen, "first-seen", first_seen)
    return replace(made, **changes)


def holding(*updates: Update, start: Archive | None = None) -> Archive:
    """Return an archive of exactly these updates."""
    return replace(
        start or Archive(),
        updates={one.id: one for one in updates},
        records={"post": SourceRecord("post", last_success=date(2026, 11, 30))},
    )


def files_of(folder: Path) -> dict[str, bytes]:
    """Return every file's bytes by name."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return an archive of two months on disk."""
    archive_folder.write(tmp_path / "updates", holding(update(2), update(1), update(3, NOVEMBER + 2 * HOUR)))
    return tmp_path / "updates"


def test_updates_lie_by_month_of_first_sight_in_order_and_come_back(folder: Path) -> None:
    """A file a month, sorted by first sight and id; reading gives back what was written."""
    assert sorted(files_of(folder)) == ["2026-11.jsonl", "2026-12.jsonl", "checksums.txt", "sources.ndjson"]
    lines = (folder / "2026-11.jsonl").read_text().splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["id1", "id2"]
    back = read(folder)
    assert back.updates == {one.id: one for one in (update(1), update(2), update(3, NOVEMBER + 2 * HOUR))}
    assert back.records == {"post": SourceRecord("post", last_success=date(2026, 11, 30))}
    assert back.notices == ()


def test_a_second_write_changes_nothing_and_a_new_update_touches_its_month(folder: Path) -> None:
    """Only what differs is written: no file where nothing is new, a month and the checksums where one is."""
    before = files_of(folder)
    back = read(folder)
    assert archive_folder.write(folder, back) == ()
    assert archive_folder.write(folder, holding(*back.updates.values(), update(4), start=back)) == (
        "2026-11.jsonl",
        "checksums.txt",
    )
    assert files_of(folder)["2026-12.jsonl"] == before["2026-12.jsonl"]


def test_updates_are_not_read_before_one_is_asked_for(folder: Path) -> None:
    """A run that brings nothing reads and writes no month; what was damaged meanwhile is told when it is needed."""
    back = read(folder)
    records = {"post": SourceRecord("post", last_success=date(2026, 12, 1))}
    (folder / "2026-11.jsonl").write_text("damaged meanwhile\n")
    assert archive_folder.write(folder, replace(back, records=records)) == ("sources.ndjson",)
    with pytest.raises(SiteError, match=r"2026-11\.jsonl:1: the row is not whole JSON"):
        back.updates.get("id1")


def test_no_archive_is_an_empty_one(tmp_path: Path) -> None:
    """A new site starts without a folder, and a run that brings nothing makes none."""
    assert read(tmp_path / "none") == Archive()
    assert archive_folder.write(tmp_path / "none", Archive()) == ()
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: path.write_text(path.read_text().split("\n", 1)[1]),
        lambda path: path.write_text(""),
        lambda path: path.unlink(),
    ],
)
def test_a_month_that_lost_updates_is_refused_until_it_is_accepted(
    folder: Path, harm: Callable[[Path], object]
) -> None:
    """A shorter, empty or missing file stops the run, saying how to get it back; accepted, it is the new state."""
    harm(folder / "2026-11.jsonl")
    with pytest.raises(SiteError, match=r"2026-11\.jsonl: updates are missing .*git checkout -- .*--accept-archive"):
        read(folder)
    accepted = read(folder, accept=True)
    assert len(accepted.notices) == 1
    archive_folder.write(folder, accepted)
    assert read(folder).notices == ()


def test_damaged_rows_are_all_reported_by_file_and_line(folder: Path) -> None:
    """Every file's faults come at once, and a row that is cut off is not taken for one that is lost."""
    path = folder / "2026-11.jsonl"
    path.write_text(path.read_text()[:-20])
    (folder / "sources.ndjson").write_text("{}\n")
    (folder / "checksums.txt").write_text("nonsense\n")
    with pytest.raises(SiteError) as refused:
        read(folder)
    assert [(Path(problem.where).name, problem.line) for problem in refused.value.problems] == [
        ("2026-11.jsonl", 2),
        ("checksums.txt", 1),
        ("sources.ndjson", 1),
    ]


def test_a_correction_by_hand_is_taken_with_a_notice_and_written_in_form(folder: Path) -> None:
    """Other bytes with the same ids are the editor's; the next write brings them into form and records them."""
    path = folder / "2026-11.jsonl"
    first, second = path.read_text().splitlines()
    path.write_text(f"{second}\n\n{first.replace('T1', 'Corrected')}")
    back = read(folder)
    assert back.updates["id1"].title == "Corrected"
    assert [str(notice).split(": ", 1)[1][:33] for notice in back.notices] == ["is not as it was last written (2 "]
    assert archive_folder.write(folder, back) == ("2026-11.jsonl", "checksums.txt")
    assert path.read_text() == f"{first.replace('T1', 'Corrected')}\n{second}\n"
    assert read(folder).notices == ()


def test_writing_refuses_to_lose_an_update_unless_it_may_go(folder: Path) -> None:
    """A fault elsewhere cannot empty the archive; a takedown names what it takes."""
    before = files_of(folder)
    back = read(folder)
    fewer = holding(update(1), update(2), start=back)
    with pytest.raises(SiteError, match=r"updates would be lost \(1 of 3, such as id3\)"):
        archive_folder.write(folder, fewer)
    assert files_of(folder) == before
    archive_folder.write(folder, fewer, remove=frozenset({"id3"}))
    assert set(read(folder).updates) == {"id1", "id2"}
    assert not (folder / "2026-12.jsonl").exists()


def test_a_full_disk_leaves_the_old_bytes_and_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No space is an error with a remedy; no file is harmed and nothing half-written is left."""
    before = files_of(folder)
    back = read(folder)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(SiteError, match=r"2026-11\.jsonl: cannot be written \(No space left on device\)"):
        archive_folder.write(folder, holding(*back.updates.values(), update(4), start=back))
    assert files_of(folder) == before


def test_what_a_killed_run_left_half_written_is_cleared(folder: Path) -> None:
    """Temporary files of the archive go with the next write, and no other file does."""
    (folder / ".2026-11.jsonl.ab12_x.tmp").write_text("half")
    (folder / ".notes.tmp").write_text("mine")
    archive_folder.write(folder, read(folder))
    assert not (folder / ".2026-11.jsonl.ab12_x.tmp").exists()
    assert (folder / ".notes.tmp").exists()


class KilledError(BaseException):
    """Stands for kill -9: nothing after it runs."""


def test_a_run_killed_between_any_two_files_is_completed_to_the_same_bytes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wherever it stops, the next run reads the archive, loses nothing, and ends where an unbroken run would have.

    Here an update moves to the month before (another branch saw it first), one is new in each month.
    """
    start = files_of(folder)
    wanted = [update(1), update(2), update(3, NOVEMBER), update(4), update(5, NOVEMBER + 3 * HOUR)]
    archive_folder.write(folder, holding(*wanted, start=read(folder)))
    whole = files_of(folder)
    assert set(read(folder).updates) == {"id1", "id2", "id3", "id4", "id5"}
    real = files.replace
    for survived in range(5):
        broken = tmp_path / f"killed-after-{survived}"
        broken.mkdir()
        for name, data in start.items():
            (broken / name).write_bytes(data)
        count = iter(range(99))

        def replace_or_die(path: Path, data: bytes, *, durable: bool = True, left: int = survived) -> None:
            if next(count) == left:  # noqa: B023 - used within the round
                raise KilledError
            real(path, data, durable=durable)

        before = read(broken)
        monkeypatch.setattr(files, "replace", replace_or_die)
        try:
            archive_folder.write(broken, holding(*wanted, start=before))
        except KilledError:
            pass
        else:
            assert survived == 4
        monkeypatch.undo()
        back = read(broken)
        assert set(back.updates) >= {"id1", "id2", "id3"}
        merged = merge.union(back.updates, {one.id: one for one in wanted})
        archive_folder.write(broken, replace(back, updates=merged))
        assert files_of(broken) == whole


def git(folder: Path, *words: str) -> None:
    """Run git in a folder, with no settings but the repository's."""
    who = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    quiet = {"PATH": os.environ["PATH"], "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, env=quiet)


def test_two_branches_merge_by_line_and_heal(folder: Path) -> None:
    """Git joins what two runs wrote without a conflict; reading makes repeated ids one, and the next write heals it."""
    root = folder.parent
    (root / ".gitattributes").write_text("updates/*.jsonl merge=union\nupdates/checksums.txt merge=union\n")
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "start")
    git(root, "branch", "other")
    start = read(folder)
    one = merge.merge(start.updates, [update(4), update(1, title="Edited")], NOVEMBER + 5 * HOUR).updates
    other = merge.merge(start.updates, [update(5), update(2, title="Also"), update(4, NOVEMBER + 3 * HOUR)], NOVEMBER)
    archive_folder.write(folder, replace(start, updates=one, records={"post": SourceRecord("post", date(2026, 12, 1))}))
    git(root, "commit", "-qam", "one")
    git(root, "checkout", "-q", "other")
    archive_folder.write(folder, replace(start, updates=other.updates))
    git(root, "add", "-A")
    git(root, "commit", "-qm", "other")
    git(root, "merge", "-q", "--no-edit", "main")
    back = read(folder)
    assert back.updates == merge.union(one, other.updates)
    assert (back.updates["id1"].title, back.updates["id2"].title) == ("Edited", "Also")
    assert back.records["post"].last_success == date(2026, 12, 1)
    archive_folder.write(folder, back)
    healed = read(folder)
    assert (healed.updates, healed.notices) == (back.updates, ())
    assert archive_folder.write(folder, healed) == ()


def test_what_was_dropped_is_kept_and_a_damaged_row_costs_itself_alone(tmp_path: Path) -> None:
    """The list of what topics left out is written in order, only when it differs, and removed when empty."""
    path = tmp_path / "dropped.jsonl"
    drops = [Drop(date(2026, 11, day), "no topic matched", update(day)) for day in (2, 1)]
    assert dropped_items.write(path, drops)
    assert not dropped_items.write(path, reversed(drops))
    assert dropped_items.read(path) == (tuple(reversed(drops)), ())
    path.write_text("damaged\n" + path.read_text())
    kept, (problem,) = dropped_items.read(path)
    assert (kept, problem.line) == (tuple(reversed(drops)), 1)
    assert dropped_items.write(path, [])
    assert dropped_items.read(path) == ((), ())
