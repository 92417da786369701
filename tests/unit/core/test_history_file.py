"""Files of what is remembered: what a merge, a damaged row and an absent file do to them."""

from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from pydantic import TypeAdapter

from plugins.core.history_file import HistoryFile


@dataclass(frozen=True)
class Look:
    """A row: a thing that was looked at, and whether there was an alarm."""

    thing: str
    alarm: bool = False


LOOKS = HistoryFile("looks.jsonl", TypeAdapter(Look), attrgetter("thing"), attrgetter("alarm"))


def test_rows_come_back_and_an_unchanged_file_is_not_written_again(tmp_path: Path) -> None:
    """Rows are kept in the order of their keys, whatever order they came in, and only news changes a byte."""
    (tmp_path / "archive").mkdir()
    assert LOOKS.write(tmp_path, [Look("b"), Look("a", alarm=True)])
    assert (tmp_path / "archive/looks.jsonl").read_text() == '{"alarm": true, "thing": "a"}\n{"thing": "b"}\n'
    assert not LOOKS.write(tmp_path, [Look("a", alarm=True), Look("b")])
    assert LOOKS.read(tmp_path).rows == {"a": Look("a", alarm=True), "b": Look("b")}


def test_of_two_rows_that_a_merge_left_the_alarm_counts_in_either_order(tmp_path: Path) -> None:
    """An alarm is not lost to the row of another run, whichever of them stands first."""
    (tmp_path / "archive").mkdir()
    rows = ['{"thing": "a"}', '{"alarm": true, "thing": "a"}']
    for order in (rows, rows[::-1]):
        (tmp_path / "archive/looks.jsonl").write_text("\n".join(order) + "\n")
        assert LOOKS.read(tmp_path).rows == {"a": Look("a", alarm=True)}


def test_a_damaged_row_is_told_with_its_line_and_costs_no_other(tmp_path: Path) -> None:
    """What can be read is read; the problem names the line."""
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive/looks.jsonl").write_text('{"thing": "a"}\n{"thing": \n')
    found = LOOKS.read(tmp_path)
    assert found.rows == {"a": Look("a")}
    assert [problem.line for problem in found.problems] == [2]


def test_bytes_that_are_no_text_are_a_problem_and_no_crash(tmp_path: Path) -> None:
    """A file that is not UTF-8 is told of as every other."""
    (tmp_path / "archive").mkdir()
    (tmp_path / "archive/looks.jsonl").write_bytes(b"\xff\xfe\n")
    found = LOOKS.read(tmp_path)
    assert not found.rows
    assert found.problems


def test_without_rows_no_file_is_made(tmp_path: Path) -> None:
    """A newsroom that verifies nothing gets no empty file to commit."""
    assert not LOOKS.write(tmp_path, [])
    assert not (tmp_path / "archive").exists()
    assert not LOOKS.read(tmp_path).rows
