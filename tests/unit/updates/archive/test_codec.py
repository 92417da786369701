import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from plugins.updates.archive.codec import DROPS, SOURCE_RECORDS, UPDATES
from plugins.updates.model import Drop, EarlierTitle, Match, SafeHtml, SourceRecord, Update

TIME = datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC)
EXACT = TIME.replace(microsecond=0)
PLAIN = Update("id1", "post", "https://post.example/1", "Été", SafeHtml("<p>x</p>"), (), EXACT, "published", EXACT)
FULL = replace(
    PLAIN,
    authors=("Ana", "Bo"),
    topics=(Match("strike", "strik*", "title"),),
    earlier_titles=(EarlierTitle("Eté", EXACT),),
    guid="g",
    tags=("t",),
    language="fr",
    via=("https://wire.example/",),
    revisions=2,
    by_hand=True,
)
ROW = UPDATES.row(PLAIN).decode().rstrip("\n")


def test_a_row_is_one_line_of_fixed_order_readable_as_it_stands() -> None:
    """Version first, letters as themselves, times in UTC to the second, keys that say nothing left out."""
    assert UPDATES.row(replace(PLAIN, published=TIME)).decode() == (
        '{"v": 1, "id": "id1", "source": "post", "url": "https://post.example/1", "title": "Été", '
        '"summary": "<p>x</p>", "authors": [], "published": "2026-01-02T03:04:05Z", "date_from": "published", '
        '"first_seen": "2026-01-02T03:04:05Z", "topics": []}\n'
    )
    assert list(json.loads(UPDATES.row(FULL)))[10:] == (
        ["topics", "earlier_titles", "guid", "tags", "language", "via", "revisions", "by_hand"]
    )


def test_every_kind_of_row_comes_back_as_it_went() -> None:
    """Updates, what is remembered of sources, and what was dropped are read back equal."""
    day = date(2026, 1, 2)
    url = "https://new.example/"
    record = SourceRecord(
        source=url,
        last_success=day,
        last_new=day,
        failing_since=day,
        gone_on=day,
        detail=url,
        gone_feed=url,
        moved_to=url,
        identity_reason=url,
        failure="timeout",
        moved_runs=2,
        identity="link",
    )
    records, drops = [record, SourceRecord("post")], [Drop(day, "why", FULL), Drop(day, "why", PLAIN)]
    assert UPDATES.read(f"{UPDATES.row(FULL).decode()}\n\n{ROW}\r\n", "f") == ([FULL, PLAIN], [])
    assert SOURCE_RECORDS.read(SOURCE_RECORDS.write(records).decode(), "f") == (records, [])
    assert DROPS.read(DROPS.write(drops).decode(), "f") == (drops, [])


def test_what_was_dropped_before_its_rows_were_nested_is_still_read() -> None:
    """In version 1 the update's keys stood beside the day and the reason, and what lacks these is reported."""
    flat = json.loads(UPDATES.row(FULL)) | {"day": "2026-01-02", "reason": "why"}
    assert DROPS.read(json.dumps(flat), "f") == ([Drop(date(2026, 1, 2), "why", FULL)], [])
    _, (problem,) = DROPS.read(ROW, "f")
    assert "day is missing, reason is missing" in str(problem)


def test_one_update_stays_one_line_for_every_splitter() -> None:
    """What some readers take for a line's end is escaped; half a surrogate pair does not break the file."""
    hostile = replace(PLAIN, title="a\u2028b\u2029c\x85d\x0be\x1cf\ng\rh\ud800i")
    row = UPDATES.row(hostile).decode()
    assert row == ROW.replace("Été", r"a\u2028b\u2029c\u0085d\u000be\u001cf\ng\rh\ud800i") + "\n"
    assert len(row.splitlines()) == 1
    assert UPDATES.read(row, "f") == ([hostile], [])


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (ROW[:50], "not whole JSON (column"),
        ("[1]", "must be a JSON object (found [1])"),
        ("[" * 100_000, "recursion"),
        ("<<<<<<< HEAD", "a merge left its conflict marks; delete the lines with marks and no other"),
        ("=======", "a merge left its conflict marks"),
        (ROW.replace('"v": 1, ', ""), "v must be the schema version, a number from 1 up (found null)"),
        (ROW.replace('"v": 1', '"v": true'), "(found true)"),
        (ROW.replace('"v": 1', '"v": 2'), "newer form than this program knows (v 2; it knows 1); bring this copy"),
        (ROW.replace('"title"', '"titel"'), "title is missing"),
        (ROW.replace('"topics"', '"titel": "", "topics"'), "unknown key titel; correct the row"),
        (ROW.replace('"id1"', '""'), 'id must be text that is not empty (found "")'),
        (ROW.replace('"Été"', "7"), "title must be text (found 7)"),
        (ROW.replace("https://post", "javascript:post"), "url must be an address that begins with http"),
        (
            ROW.replace('"published", "first', '"guessed", "first'),
            "date_from must be one of published, updated, first-",
        ),
        (ROW.replace('05Z", "date', '05+00:00", "date'), "published must be a time such as"),
        (ROW.replace('-02T03:04:05Z", "date', '-31T25:04:05Z", "date'), "published must be a time such as"),
        (ROW.replace('"authors": []', '"authors": "Ana"'), "authors must be a list"),
        (ROW.replace('"topics": []', '"topics": [{"topic": "t"}]'), "topics.0.term is missing"),
        (ROW.replace('"topics": []', '"topics": [3]'), "topics.0 must be a group of keys (found 3)"),
        (ROW.replace('"topics"', '"revisions": -1, "topics"'), "revisions must be 0 or more (found -1)"),
        (ROW.replace('"topics"', '"by_hand": 1, "topics"'), "by_hand must be true or false (found 1)"),
    ],
)
def test_a_damaged_row_is_reported_with_its_place_and_the_others_are_read(line: str, message: str) -> None:
    """File, line, what is wrong and what to do; nothing is mended silently, nothing raises."""
    values, (problem,) = UPDATES.read(f"{ROW}\n{line}\n{ROW}\n", "a/2026-01.jsonl")
    assert values == [PLAIN, PLAIN]
    assert str(problem).startswith("a/2026-01.jsonl:2: ")
    assert message in str(problem)


def test_a_row_of_an_earlier_version_is_brought_up_step_by_step() -> None:
    """Each migration makes a row of one version one of the next; a step that is missing is said."""
    kind = replace(
        UPDATES,
        version=3,
        migrations={
            1: lambda raw: {"name" if key == "title" else key: value for key, value in raw.items()},
            2: lambda raw: {"title" if key == "name" else key: value for key, value in raw.items()},
        },
    )
    assert kind.read(ROW, "f") == ([PLAIN], [])
    _, (problem,) = replace(kind, migrations={2: lambda raw: raw}).read(ROW, "f")
    assert "rows of this form can no longer be read (v 1)" in str(problem)
