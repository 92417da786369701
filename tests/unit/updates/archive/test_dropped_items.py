"""What topics dropped lately lies in the cache: damage costs what is damaged, and stops nothing."""

from datetime import date
from pathlib import Path

from plugins.updates.archive import dropped_items
from plugins.updates.model import Drop
from tests.unit.updates.archive.test_archive_folder import update


def test_a_byte_that_is_no_text_costs_a_row_at_most(tmp_path: Path) -> None:
    """The other rows are read, and the run goes on."""
    path = tmp_path / "dropped.jsonl"
    drops = [Drop(date(2026, 1, 2), "no topic", update(number, topics=())) for number in (1, 2, 3)]
    dropped_items.write(path, drops)
    first, second, third = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(first + b"\xff\xfe\x00" + second + third)
    found, problems = dropped_items.read(path)
    assert [drop.update.id for drop in found] == [drops[0].update.id, drops[2].update.id]
    assert [problem.line for problem in problems] == [2]
