"""Whole runs of `./inv fetch` against real servers: what comes into the archive, and what never leaves it."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from plugins.core.errors import SiteError
from plugins.core.locks import run_lock
from plugins.updates.commands import explain_update, fetch_sources
from tests.loopback.feeds import Feeds, Item, atom, jsonfeed, rss
from tests.site_settings import changed

ROOT = Path(__file__).parents[2]
SETTINGS = {
    "TIMEZONE": "UTC",
    "SITEURL": "https://strike.example",
    "CONTACT": "desk@strike.example",
    "UPDATES_IN_FLIGHT": 8,
    "UPDATES_HOST_GAP": 0,
}
Row = dict[str, Any]
Fetch = Callable[..., list[Row]]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return an empty content folder."""
    (tmp_path / "content" / "updates").mkdir(parents=True)
    return tmp_path / "content"


@pytest.fixture
def fetch(content: Path) -> Fetch:
    """Return a function that writes sources.toml, runs a fetch, and returns the archive's rows."""

    def run(sources: str, **options: Any) -> list[Row]:
        (content / "updates" / "sources.toml").write_text(sources)
        given = {"force": True, "allow": ("127.0.0.0/8",), **options}
        fetch_sources.fetch(changed(**SETTINGS, PATH=str(content)), fetch_sources.Options(**given))
        return rows(content)

    return run


def rows(content: Path) -> list[Row]:
    """Return every archived update."""
    files = sorted((content / "archive" / "updates").glob("*.jsonl"))
    return [json.loads(line) for path in files for line in path.read_text().splitlines()]


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def titles(found: list[Row]) -> list[str]:
    """Return the titles in order of number."""
    return sorted((row["title"] for row in found), key=lambda title: int(title.rsplit(" ", 1)[1]))


def test_three_formats_come_in_and_stay(fetch: Fetch, content: Path) -> None:
    """RSS, Atom and JSON Feed are archived alike; a run without news changes no byte; what leaves a feed stays."""
    pages = {"r": rss([Item(1), Item(2)]), "a": atom([Item(3), Item(4)]), "j": jsonfeed([Item(5), Item(6)])}
    with Feeds(pages) as feeds:
        first = fetch(feeds.sources())
        assert titles(first) == [Item(number).words for number in range(1, 7)]
        before = bytes_of(content / "archive")
        fetch(feeds.sources())
        assert bytes_of(content / "archive") == before
        feeds.pages["r"] = rss([Item(7)])
        assert len(fetch(feeds.sources())) == 7
        assert {row["id"] for row in first} < {row["id"] for row in rows(content)}


def test_a_source_is_asked_once_an_hour_unless_forced(fetch: Fetch) -> None:
    """A second run within the hour asks nobody; `--force` asks again, with the validators."""
    with Feeds({"r": rss([Item(1)])}) as feeds:
        fetch(feeds.sources(), force=False)
        fetch(feeds.sources(), force=False)
        assert feeds.asked == ["r"]
        fetch(feeds.sources())
        assert feeds.asked == ["r", "r"]


def test_one_hostile_source_among_fifty_harms_no_other(fetch: Fetch, capsys: pytest.CaptureFixture[str]) -> None:
    """Forty-nine feeds are archived, and the fiftieth is named with its reason."""
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "lol">'
        + b"".join(b'<!ENTITY %c "&%c;&%c;&%c;&%c;">' % (c + 1, c, c, c, c) for c in range(97, 117))
        + b"]><rss version='2.0'><channel><item><title>&u;</title></item></channel></rss>"
    )
    pages: dict[str, bytes] = {f"s{number}": rss([Item(number)]) for number in range(49)}
    pages["hostile"] = bomb + b"\x00\xff" * 1000
    with Feeds(pages) as feeds:
        found = fetch(feeds.sources())
    assert {f"s{number}" for number in range(49)} <= {row["source"] for row in found}
    assert "50 sources" in capsys.readouterr().out


def test_what_topics_drop_can_be_judged_again(fetch: Fetch, content: Path) -> None:
    """A changed rule brings back what the old one dropped, without asking anybody."""
    topics = content / "updates" / "topics.toml"
    topics.write_text('[topic.strike]\ntitle = "Strike"\nany = ["picket*"]\n')
    with Feeds({"r": rss([Item(1, "Pickets are up 1"), Item(2, "A quiet day 2")])}) as feeds:
        sources = feeds.sources(keep="matching")
        (kept,) = fetch(sources)
        assert kept["topics"] == [{"topic": "strike", "term": "picket*", "field": "title"}]
        topics.write_text('[topic.strike]\ntitle = "Strike"\nany = ["picket*", "quiet"]\n')
        asked = len(feeds.asked)
        found = fetch(sources, force=False, refilter=True)
        assert (titles(found), len(feeds.asked)) == (["Pickets are up 1", "A quiet day 2"], asked)


def test_each_decision_can_be_read(
    fetch: Fetch, content: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """`--verbose` says of each item what became of it and why; in GitHub's CI a file beside the content has it all."""
    (content / "updates" / "topics.toml").write_text('[topic.strike]\ntitle = "Strike"\nany = ["picket*"]\n')
    with Feeds({"r": rss([Item(1, "Pickets are up 1"), Item(2, "A quiet day 2")])}) as feeds:
        sources = feeds.sources(keep="matching")
        fetch(sources, verbose=True)
        said = capsys.readouterr().err
        assert "“Pickets are up 1”: strike by “picket*” in title" in said
        assert "“A quiet day 2”: no topic matched" in said
        monkeypatch.setenv("GITHUB_ACTIONS", "true")
        feeds.pages["r"] = rss([Item(2, "A quiet day 2"), Item(3, "A quiet night 3")])
        fetch(sources)
        assert "quiet" not in capsys.readouterr().err
        log = content.parent / ".cache" / "updates" / "fetch.log"
        assert "“A quiet night 3”: no topic matched" in log.read_text("utf-8")


def test_a_dry_run_writes_nothing(fetch: Fetch, content: Path) -> None:
    """Neither the archive nor the cache remembers it."""
    with Feeds({"r": rss([Item(1)])}) as feeds:
        assert fetch(feeds.sources(), dry_run=True) == []
        assert not (content / "archive").exists()
        assert len(fetch(feeds.sources(), force=False)) == 1


def test_an_edited_headline_keeps_the_one_before(fetch: Fetch) -> None:
    """The reader sees what is said now, and can see what was said first."""
    with Feeds({"r": rss([Item(1, "Talks fail 1")])}) as feeds:
        (before,) = fetch(feeds.sources())
        feeds.pages["r"] = rss([Item(1, "Talks adjourn 1")])
        (after,) = fetch(feeds.sources())
    assert (after["id"], after["title"]) == (before["id"], "Talks adjourn 1")
    assert [earlier["title"] for earlier in after["earlier_titles"]] == ["Talks fail 1"]
    assert after["first_seen"] == before["first_seen"]


def test_a_feed_that_is_gone_is_left_alone_and_its_updates_stay(fetch: Fetch) -> None:
    """410 is final for that address, whatever is lost from the cache; another address is asked."""
    with Feeds({"r": rss([Item(1)])}) as feeds:
        fetch(feeds.sources())
        feeds.pages["r"] = (410, {}, b"")
        assert len(fetch(feeds.sources())) == 1
        asked = len(feeds.asked)
        assert len(fetch(feeds.sources())) == 1
        assert len(feeds.asked) == asked
        feeds.pages["new"] = rss([Item(2)])
        feeds.hosts["new"] = feeds.hosts["r"]
        assert len(fetch(feeds.sources().split("\n\n")[0].replace("/r", "/new"))) == 2


def test_guids_made_anew_at_every_fetch_double_nothing(fetch: Fetch, content: Path) -> None:
    """The source is told apart by its links from then on, and the archive says why."""
    with Feeds({"r": b""}) as feeds:
        for turn in range(4):
            feeds.pages["r"] = rss([Item(number, guid=f"urn:{turn}:{number}") for number in range(5)])
            found = fetch(feeds.sources())
        assert len(found) == 5
    (record,) = [
        json.loads(line) for line in (content / "archive" / "updates" / "sources.ndjson").read_text().splitlines()
    ]
    assert record["identity"] == "link"
    assert record["identity_reason"]


def test_two_runs_cannot_interleave(fetch: Fetch, content: Path) -> None:
    """The second says that the first is going on, and touches nothing."""
    with Feeds({"r": rss([Item(1)])}) as feeds:
        lock = content.parent / ".cache" / "updates" / "run.lock"
        with run_lock(lock), pytest.raises(SiteError, match="another run is going on"):
            fetch(feeds.sources())
        assert len(fetch(feeds.sources())) == 1


def test_an_archive_that_lost_records_stops_the_run(fetch: Fetch, content: Path) -> None:
    """Nothing is written over a loss, and the way back is told."""
    with Feeds({"r": rss([Item(1), Item(2)])}) as feeds:
        fetch(feeds.sources())
        (month,) = (content / "archive" / "updates").glob("*.jsonl")
        month.write_text(month.read_text().splitlines(keepends=True)[0])
        before = bytes_of(content / "archive")
        with pytest.raises(SiteError, match="git checkout"):
            fetch(feeds.sources())
        assert bytes_of(content / "archive") == before
        assert len(fetch(feeds.sources(), accept_archive=True)) == 2


def test_an_unreachable_source_is_named_and_the_run_is_a_success(
    fetch: Fetch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A feed that cannot be reached is one line with its reason and a remedy."""
    with Feeds({"r": rss([Item(1)])}) as feeds:
        other = feeds.sources().replace('id = "r"', 'id = "away"').replace(f":{feeds.port}/r", ":9/r")
        assert len(fetch(f"{feeds.sources()}\n{other}")) == 1
    assert "away: unreachable: " in capsys.readouterr().out


@pytest.mark.parametrize("known", [False, True])
def test_a_machine_without_network_blames_no_source(
    known: bool, fetch: Fetch, content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where nothing can be reached, the first time or later, one line says so, and no failure is on record."""
    with Feeds({"r": rss([Item(1)]), "q": rss([Item(2)])}) as feeds:
        sources = feeds.sources()
        fetch(sources if known else "")
    (content.parent / ".cache" / "updates" / "run.lock").unlink(missing_ok=True)
    before = bytes_of(content / "archive"), bytes_of(content.parent / ".cache")
    capsys.readouterr()
    fetch(sources)
    (content.parent / ".cache" / "updates" / "run.lock").unlink()
    assert (bytes_of(content / "archive"), bytes_of(content.parent / ".cache")) == before
    (line,) = capsys.readouterr().out.splitlines()
    assert "None of the 2 sources asked could be reached (no connection to 127.0.0." in line


def test_a_killed_run_loses_nothing_and_the_next_completes_it(content: Path) -> None:
    """Killed at random moments: the archive can always be read, grows only, and ends as without the kills."""
    pages = {f"s{number}": rss([Item(number * 100)]) for number in range(5)}
    chance = random.Random(7)  # noqa: S311 - moments, not secrets
    with Feeds(pages) as feeds:
        (content / "updates" / "sources.toml").write_text(feeds.sources())
        code = (
            "from tests.site_settings import changed; from plugins.updates.commands import fetch_sources as command; "
            f"command.fetch(changed(**{SETTINGS | {'PATH': str(content)}!r}), "
            "command.Options(force=True, allow=('127.0.0.0/8',)))"
        )
        run = [sys.executable, "-c", code]
        began = time.monotonic()
        subprocess.run(run, cwd=ROOT, check=True, capture_output=True)
        whole, stored = time.monotonic() - began, {row["id"] for row in rows(content)}
        for turn in range(1, 9):
            for number in range(5):
                feeds.pages[f"s{number}"] = rss([Item(number * 100 + each) for each in range(turn + 1)])
            child = subprocess.Popen(
                run, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
            )
            try:
                child.wait(whole * chance.uniform(0.3, 1.05))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
            now = {row["id"] for row in rows(content)}
            assert stored <= now
            stored = now
        subprocess.run(run, cwd=ROOT, check=True, capture_output=True)
        final = rows(content)
    assert len(final) == len({row["id"] for row in final}) == 45


def test_a_feed_that_moved_for_good_is_proposed_and_moved_only_when_told(
    fetch: Fetch, content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """After three runs the move is proposed; accepting it rewrites sources.toml and keeps its comments."""
    with Feeds({"r": rss([Item(1), Item(2)]), "new": rss([Item(1), Item(2), Item(3)])}) as feeds:
        sources = "# Mine.\n" + feeds.sources().split("\n\n")[0] + "# Keep this.\n"
        fetch(sources)
        feeds.pages["r"] = (301, {"Location": feeds.url("new")}, b"")
        for _ in range(2):
            assert len(fetch(sources)) == 3
        assert "moved" not in capsys.readouterr().out
        fetch(sources)
        assert f"moved: its feed redirects for good to {feeds.url('new')}" in capsys.readouterr().out
        assert (content / "updates" / "sources.toml").read_text() == sources
        fetch_sources.accept_moves(content)
        assert (content / "updates" / "sources.toml").read_text() == sources.replace(feeds.url("r"), feeds.url("new"))


def test_an_address_that_somebody_else_took_over_brings_nothing(
    fetch: Fetch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A permanent redirect to a feed that shares no item with the one known is a failure, not news."""
    with Feeds({"r": rss([Item(1)]), "casino": rss([Item(8, "Win big 8"), Item(9, "Win more 9")])}) as feeds:
        sources = feeds.sources().split("\n\n")[0]
        before = fetch(sources)
        feeds.pages["r"] = (301, {"Location": feeds.url("casino")}, b"")
        assert fetch(sources) == before
        assert "r: moved: " in capsys.readouterr().out


def test_an_item_is_explained_kept_or_dropped(fetch: Fetch, content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The editor is told the term and the field, or why not, and what today's rules would say."""
    topics = content / "updates" / "topics.toml"
    topics.write_text('[topic.strike]\ntitle = "Strike"\nany = ["picket*"]\nnone = ["baseball"]\n')
    items = [Item(1, "Pickets are up 1"), Item(2, "Baseball pickets 2")]
    with Feeds({"r": rss(items)}) as feeds:
        fetch(feeds.sources(keep="matching"))
    said = []
    for asked in (
        "https://news.example.org/1",
        "https://www.news.example.org/2?utm_source=x",
        "https://example.org/no",
    ):
        capsys.readouterr()
        explain_update.explain(content, ZoneInfo("UTC"), asked)
        said.append(capsys.readouterr().out)
    assert "kept" in said[0] and "topic strike (“picket*” in title)" in said[0]
    assert "dropped" in said[1] and "baseball" in said[1]
    assert "not in the archive" in said[2]


def test_a_fallback_serves_and_the_feeds_own_failure_is_remembered(fetch: Fetch, content: Path) -> None:
    """The wire goes on, and the editor still sees that the feed itself does not answer."""
    with Feeds({"r": (500, {}, b""), "other": rss([Item(1)])}) as feeds:
        sources = feeds.sources().split("\n\n")[0] + f'\nfallback = "{feeds.url("other")}"\n'
        assert len(fetch(sources)) == 1
    record = json.loads((content / "archive" / "updates" / "sources.ndjson").read_text())
    assert (record["failure"], "last_success" in record) == ("server error", True)


def test_a_takedown_empties_the_archive_and_holds(
    fetch: Fetch, content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The next run takes the text out and every later one leaves it out; the others stay as they are, byte for byte.

    It comes back under another slug, guid and spelling, without a link, and by another source: it is kept out, and the
    run says so. Nothing of it is left in the cache.
    """
    secret = Item(1, title="Where the organiser lives, by a neighbour", html="<p>Behind the quay.</p>")
    with Feeds({"r": rss([secret, Item(2)]), "other": rss([Item(3)])}) as feeds:
        before = {row["id"]: row for row in fetch(feeds.sources())}
        down = next(row for row in before.values() if row["title"] == secret.words)
        (content / "updates" / "desk.toml").write_text(f'[[takedown]]\nupdate = "{down["id"]}"\n')
        again = [
            replace(secret, guid="urn:new", url="https://news.example.org/another-slug"),
            replace(
                secret, guid="urn:2", title="Other", html="<p>x</p>", url="https://news.example.org.:443/./%31;x=1"
            ),
            replace(secret, guid="urn:3", title="Other", html="<p>x</p>", url="https://news.example.org/1?v=2"),
            Item(9, "Other", secret.id, "https://news.example.org/a-third-slug"),
        ]
        for pages in ([Item(2), secret], [Item(2)], [Item(2), *again]):
            feeds.pages["r"], feeds.pages["other"] = rss(pages), rss([Item(3), again[0]][: len(pages)])
            after = {row["id"]: row for row in fetch(feeds.sources())}
            assert set(after) == set(before)
            assert {name for name in before if after[name] != before[name]} == {down["id"]}
            assert (after[down["id"]]["title"], after[down["id"]]["summary"]) == ("", "")
        said = capsys.readouterr().out
        assert f"r: 2 items, 0 new, 1 kept out, for the desk took it down: {down['id']} (its id)" in said
        known = r"r-\w+ \(its title and text\), r-\w+ \(its page\), r-\w+ \(its page\), …"
        assert re.search(rf"r: 5 items, 0 new, 4 kept out, for the desk took it down: {known}", said), said
        assert re.search(r"other: 2 items, 0 new, 1 kept out, for the desk took it down: other-\w+ \(its title", said)
        for path in content.parent.rglob("*"):
            data = path.read_bytes() if path.is_file() else b""
            assert secret.words.encode() not in data and b"Behind the quay" not in data, path
        feeds.pages["r"] = rss(
            [Item(n, f"Pickets at gate {n}", secret.id, f"https://news.example.org/{n}") for n in (8, 9)]
        )
        assert len(fetch(feeds.sources())) == len(before) + 2, "a guid for all items is no mark of one"


FILED = """
[[source]]
id = "filed"
title = "Filed"
site = "https://filed.example/"
kind = "press"
file = "saved/filed.xml"
keep = "all"
"""
DEAD = """
[[source]]
id = "dead-{0}"
title = "Dead {0}"
site = "https://dead.example/"
kind = "press"
feed = "http://127.0.0.{0}:9/feed"
keep = "all"
"""


def test_without_a_network_what_is_saved_in_files_is_read(
    fetch: Fetch, content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A train, a sandbox: the files are archived, the run says so in one paragraph, and blames no source."""
    (content / "updates/saved").mkdir()
    (content / "updates/saved/filed.xml").write_bytes(rss([Item(1), Item(2)]))
    found = fetch(FILED + DEAD.format(2) + DEAD.format(3))
    assert titles(found) == [Item(1).words, Item(2).words]
    (said,) = capsys.readouterr().out.splitlines()
    assert said.startswith("Read 1 feed from files, without a network: 2 new updates, 0 edited. None of the 2 live ")
    records = (content / "archive/updates/sources.ndjson").read_text()
    assert "filed" in records
    assert "dead" not in records


def test_a_file_read_in_a_feeds_place_without_a_network_blames_nobody(fetch: Fetch, content: Path) -> None:
    """Where a file stands in for a feed, the feed is not called failing because our own network is down."""
    (content / "updates/saved").mkdir()
    (content / "updates/saved/filed.xml").write_bytes(rss([Item(1)]))
    both = FILED.replace("file =", 'feed = "http://127.0.0.4:9/feed"\nfile =')
    assert len(fetch(both + DEAD.format(2))) == 1
    records = (content / "archive/updates/sources.ndjson").read_text()
    assert "failing_since" not in records
    fetch(both)
    assert "failing_since" in (content / "archive/updates/sources.ndjson").read_text()


def test_a_flood_is_held_back_and_told(
    fetch: Fetch, content: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A feed with three hundred new items brings a few; the run names it, the figure and what to do; others are whole.

    What is held back is asked for again, although the feed's bytes are the same, and comes in where there is room.
    """
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    pages = {"sound": rss([Item(1), Item(2)]), "loud": rss([Item(n) for n in range(3, 7)])}
    with Feeds(pages) as feeds:
        fetch(feeds.sources())
        feeds.pages["loud"] = rss([Item(n) for n in range(3, 303)])
        found = fetch(feeds.sources())
        said = capsys.readouterr().out
        assert Counter(row["source"] for row in found)["sound"] == 2
        assert Counter(row["source"] for row in found)["loud"] <= 15
        assert "loud: 300 items, " in said
        assert "held back: more than 60 in a fetch (UPDATES_NEW_A_FETCH), 100 (UPDATES_NEW_A_DAY)" in said
        assert "set `allowance` for the source in sources.toml" in said
        assert "::warning file=content/updates/sources.toml" in said
        generous = feeds.sources().replace('https://loud.example.org/"', 'https://loud.example.org/"\nallowance = 20')
        assert len(fetch(generous)) == 302
