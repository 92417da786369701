import tempfile
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.core.polling.outcomes import FailureKind
from plugins.updates.archive import archive_folder, merge, source_record
from plugins.updates.archive.archive_folder import Archive
from plugins.updates.archive.codec import SOURCE_RECORDS, UPDATES
from plugins.updates.model import DateFrom, EarlierTitle, Field, Identity, Match, SourceRecord, Update

name = st.text(min_size=1)
address = st.text().map(lambda rest: f"https://{rest}") | st.just("")
when = st.integers(-(10**10), 10**11).map(lambda seconds: datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))
kinds = {
    "id": name,
    "source": name,
    "url": address,
    "authors": st.lists(st.text()).map(tuple),
    "published": when,
    "date_from": st.sampled_from(get_args(DateFrom)),
    "first_seen": when,
    "topics": st.lists(st.builds(Match, name, name, st.sampled_from(get_args(Field)))).map(tuple),
    "earlier_titles": st.lists(st.builds(EarlierTitle, st.text(), when)).map(tuple),
    "tags": st.lists(st.text()).map(tuple),
    "via": st.lists(address).map(tuple),
    "revisions": st.integers(0),
    "by_hand": st.booleans(),
    "day_only": st.booleans(),
}
updates = st.builds(Update, **{field.name: kinds.get(field.name, st.text()) for field in fields(Update)})
day = st.none() | st.dates()
record_kinds = {
    "source": name,
    **dict.fromkeys(("last_success", "last_new", "failing_since", "gone_on"), day),
    "failure": st.sampled_from(["", *get_args(FailureKind)]),
    "moved_to": address,
    "moved_runs": st.integers(0),
    "identity": st.sampled_from(get_args(Identity)),
}
source_records = st.builds(
    SourceRecord, **{field.name: record_kinds.get(field.name, st.text()) for field in fields(SourceRecord)}
)


@settings(deadline=None)
@given(updates, source_records)
def test_a_row_is_one_line_and_reads_back_equal(update: Update, record: SourceRecord) -> None:
    """Whatever a value holds, its row has no line's end for any splitter, is UTF-8, and comes back the same."""
    row = UPDATES.row(update).decode()
    assert len(row.splitlines()) == 1
    assert UPDATES.read(row, "f") == ([update], [])
    row = SOURCE_RECORDS.row(record).decode()
    assert len(row.splitlines()) == 1
    assert SOURCE_RECORDS.read(row, "f") == ([record], [])


@settings(deadline=None)
@given(st.text() | st.recursive(st.none() | st.text(), st.lists).map(repr))
def test_no_line_makes_reading_raise(line: str) -> None:
    """Any text is rows or problems, and every problem has its line."""
    _, problems = UPDATES.read(line, "f")
    assert all(problem.line for problem in problems)


@settings(max_examples=40, deadline=None)
@given(st.lists(updates, max_size=6, unique_by=lambda update: update.id), st.lists(source_records, max_size=3))
def test_an_archive_comes_back_and_its_bytes_do_not_depend_on_order(
    held: list[Update], known: list[SourceRecord]
) -> None:
    """Written in any order it has the same bytes, reads back equal, and a second write changes none."""
    whole = Archive({u.id: u for u in held}, {r.source: r for r in known})
    shuffled = Archive({u.id: u for u in reversed(held)}, {r.source: r for r in known})
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        archive_folder.write(Path(one), whole)
        archive_folder.write(Path(other), shuffled)
        names = sorted(path.name for path in Path(one).iterdir())
        assert names == sorted(path.name for path in Path(other).iterdir())
        assert all((Path(one) / name).read_bytes() == (Path(other) / name).read_bytes() for name in names)
        back = archive_folder.read(Path(one), merge.resolve, source_record.resolve)
        assert (back.updates, back.records, back.notices) == (whole.updates, whole.records, ())
        assert archive_folder.write(Path(one), back) == ()


same_month = st.builds(
    replace, updates, first_seen=st.integers(0, 10).map(lambda hour: datetime(2026, 11, 3, hour, tzinfo=UTC))
)


@settings(max_examples=40, deadline=None)
@given(st.lists(same_month, min_size=1, max_size=8, unique_by=lambda update: update.id), st.data())
def test_an_archive_that_grew_has_the_bytes_of_one_written_at_once(held: list[Update], data: st.DataObject) -> None:
    """However many updates came first, and whichever were edited since, no row of another's is taken over."""
    known = data.draw(st.integers(0, len(held)))
    edited = {update.id for update in held if data.draw(st.booleans())}
    now = {u.id: replace(u, title=f"{u.title}, edited") if u.id in edited else u for u in held}
    with tempfile.TemporaryDirectory() as grown, tempfile.TemporaryDirectory() as whole:
        archive_folder.write(Path(grown), Archive({u.id: u for u in held[:known]}))
        before = archive_folder.read(Path(grown), merge.resolve, source_record.resolve)
        still = {id: u for id, u in before.updates.items() if id not in edited}
        archive_folder.write(Path(grown), replace(before, updates=now | still))
        archive_folder.write(Path(whole), Archive(now))
        for path in Path(whole).iterdir():
            assert path.read_bytes() == (Path(grown) / path.name).read_bytes()
