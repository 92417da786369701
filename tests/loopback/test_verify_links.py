"""Citations looked at and archived, against papers and archives played on loopback."""

import asyncio
import json as jsonlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from plugins.core.errors import SiteError
from plugins.links.history_file import HISTORY
from plugins.links.model import Cited, WebArchives
from plugins.links.preserve import Archivist
from plugins.links.verify import LinkCheckOptions, LinkCheckResult, RunLimits, verified
from plugins.sections.model import ExternalLink
from tests.loopback.faulty import Handler, answer
from tests.loopback.stage import NOT_THERE, Stage, json, moved, page

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://paper.example/story"
STAMP = "20260201101112"
COPY = f"https://web.archive.example/web/{STAMP}/{URL}"
AVAILABLE = "https://archive.example/available"
TIMEGATE = "https://gate.example/web/"
SAVE = "https://web.archive.example/save"
KEYS = ("access", "secret")
LIMITS = RunLimits(days=7, per_host=60, saves=25)
SERVICES = WebArchives(f"{AVAILABLE}?url={{url}}", TIMEGATE, SAVE)
NO_COPY = {AVAILABLE: json('{"archived_snapshots": {}}')}
CLOSEST = {"available": True, "url": COPY, "timestamp": STAMP, "status": "200"}
HAS_COPY = {
    AVAILABLE: json(
        jsonlib.dumps(
            {"archived_snapshots": {"closest": {"available": True, "url": COPY, "timestamp": STAMP, "status": "200"}}}
        )
    )
}


def cite(url: str = URL, keep: bool = True) -> Cited:
    """Return a page a post cites."""
    return Cited(url, (ExternalLink("content/posts/one.md", 7, url),), keep)


def run(
    content: Path,
    *plays: dict[str, Handler],
    pages: tuple[Cited, ...] = (cite(),),
    archives: WebArchives = SERVICES,
    days: int = 0,
    force: bool = False,
) -> tuple[LinkCheckResult, Stage, list[float]]:
    """Look once for each play; return the last outcome, the stage, and the pauses that were made."""
    pauses: list[float] = []

    async def pause(seconds: float) -> None:
        pauses.append(seconds)

    async def act() -> tuple[LinkCheckResult, Stage, list[float]]:
        async with Stage({URL: page("A story")}) as stage:
            for play in plays:
                stage.set(play)
                day = (NOW + timedelta(days=days)).date()
                archivist = Archivist(archives, stage.get, stage.post, pause, day)
                outcome = await verified(
                    content, pages, archivist, LinkCheckOptions(force=force), RunLimits(days=7, per_host=60, saves=25)
                )
            return outcome, stage, pauses

    return asyncio.run(act())


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a content folder, so that its cache is this test's own."""
    (tmp_path / "content").mkdir()
    return tmp_path / "content"


def test_a_living_page_is_remembered_with_its_copy_and_not_asked_again_for_a_week(content: Path) -> None:
    """The second run asks nobody and changes no byte; a week later the page is asked, and the archive is not."""
    outcome, stage, _ = run(content, HAS_COPY)
    assert outcome.code == 0 and outcome.changed and stage.asked[0] == URL
    (row,) = HISTORY.read(content).rows.values()
    assert row.archived is not None
    assert (row.verdict, row.archived.url, str(row.archived.day)) == ("alive", COPY, "2026-02-01")
    before = (content / "archive" / "links.jsonl").read_bytes()
    outcome, stage, _ = run(content, HAS_COPY, days=6)
    assert stage.asked == [] and not outcome.changed
    outcome, stage, _ = run(content, HAS_COPY, days=7)
    assert stage.asked == [URL] and not outcome.changed
    assert (content / "archive" / "links.jsonl").read_bytes() == before


def test_dead_once_is_asked_again_and_dead_twice_is_told(
    content: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A failure is not cached; the second in a row reaches the editor, at the line that cites."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    gone = {URL: answer(404, b""), **NO_COPY}
    assert run(content, gone)[0].code == 0
    outcome, _, _ = run(content, gone, days=1)
    assert outcome.code == 1 and [one.line for one in outcome.unread] == [7]
    told = capsys.readouterr().out
    assert "dead: https://paper.example/story (404, not found)" in told
    assert "\n::error file=content/posts/one.md,line=7::the cited page https://paper.example/story is no longer" in told


def test_a_dead_page_with_a_copy_needs_no_editor(content: Path) -> None:
    """Readers are led to the copy."""
    outcome, _, _ = run(content, *[{URL: answer(410, b""), **HAS_COPY}] * 2)
    assert outcome.code == 0 and outcome.dead and not outcome.unread


def test_a_bot_wall_is_never_death(content: Path) -> None:
    """Whatever a wall answers, how often it is met, the citation stays as it is."""
    for wall in (
        answer(403, b""),
        answer(403, b"", cf_mitigated="challenge"),
        answer(429, b""),
        page("Just a moment..."),
    ):
        outcome, _, _ = run(content, *[{URL: wall, **NO_COPY}] * 3, force=True)
        assert not outcome.dead and outcome.rows[URL].failures == 0


def test_a_timegate_knows_of_copies_too(content: Path) -> None:
    """Where the availability API knows none, the TimeGate's memento is taken; it is asked for this day (RFC 7089)."""
    memento = page("A story", memento_datetime="Sun, 01 Feb 2026 10:11:12 GMT")
    outcome, stage, _ = run(content, {**NO_COPY, f"{TIMEGATE}{URL}": moved(COPY), COPY: memento})
    copy = outcome.rows[URL].archived
    assert copy is not None and copy.url == COPY
    assert stage.seen(f"{TIMEGATE}{URL}").headers["accept-datetime"] == b"Sun, 01 Mar 2026 12:00:00 GMT"


def test_submitted_is_not_archived_until_the_archive_says_so(content: Path) -> None:
    """A job that is pending leaves no copy; when it is done, in this run or a later one, the copy is remembered."""
    status = f"{SAVE}/status/spn2-1"
    play = {**NO_COPY, SAVE: json('{"job_id": "spn2-1"}'), status: json('{"status": "pending"}')}
    keys = WebArchives(SERVICES.availability, SERVICES.timegate, SAVE, KEYS)
    outcome, stage, _ = run(content, play, archives=keys)
    assert outcome.rows[URL].archived is None
    assert stage.server.forms[0]["url"] == [URL]
    assert stage.seen(SAVE).headers["authorization"] == b"LOW access:secret"
    assert all("authorization" not in seen.headers for seen in stage.server.seen if "save" not in seen.path)
    done = {"status": "success", "timestamp": STAMP, "original_url": URL, "http_status": 200}
    outcome, stage, _ = run(content, {**play, status: json(jsonlib.dumps(done))}, archives=keys, days=1)
    copy = outcome.rows[URL].archived
    assert copy is not None and copy.url == COPY and stage.server.forms == []


def test_saving_keeps_to_the_archives_pace_and_stops_when_told(content: Path) -> None:
    """Seven a minute, and none after a 429; what is dead or behind a wall is not submitted."""
    pages = tuple(cite(f"https://paper{number}.example/") for number in range(4))
    play = {one.url: page("P") for one in pages} | {pages[0].url: answer(403, b""), SAVE: json('{"job_id": "j"}')}
    keys = WebArchives("", "", SAVE, KEYS)
    play[f"{SAVE}/status/j"] = json('{"status": "pending"}')
    _, stage, pauses = run(content, play, pages=pages, archives=keys)
    assert len(stage.server.forms) == 3 and min(pauses) >= 60 / 7
    _, stage, _ = run(content / "other" / "content", {**play, SAVE: answer(429, b"")}, pages=pages, archives=keys)
    assert len(stage.server.forms) == 1


def test_without_keys_or_archives_all_else_works(content: Path) -> None:
    """No copy is asked for without keys; a broken archive is a note, and no reason to fail."""
    broken = {AVAILABLE: answer(500, b""), SAVE: json('{"job_id": "j"}')}
    outcome, stage, _ = run(content, broken)
    assert outcome.code == 0 and outcome.rows[URL].verdict == "alive" and SAVE not in stage.asked
    outcome, stage, _ = run(content, {}, archives=WebArchives(), days=7)
    assert outcome.code == 0 and stage.asked == [URL]


def test_the_wire_is_looked_at_and_not_archived(content: Path) -> None:
    """Updates' links are checked; no archive is asked about them."""
    outcome, stage, _ = run(content, HAS_COPY, pages=(cite(keep=False),))
    assert stage.asked == [URL] and outcome.rows[URL].archived is None


def test_without_a_network_nothing_is_called_dead(content: Path) -> None:
    """Where nothing answers, nothing is remembered."""
    pages = (cite(f"https://{NOT_THERE}/"), cite(f"https://{NOT_THERE}:8443/"))
    with pytest.raises(SiteError, match="none of 2 cited pages could be reached"):
        run(content, {}, pages=pages)
    assert not (content / "archive").exists()


def test_a_lost_or_damaged_cache_costs_a_look_and_nothing_else(content: Path) -> None:
    """The cache may go; the archive's damage is told with its line."""
    run(content, HAS_COPY)
    (content.parent / ".cache" / "links.json").write_text("{", "utf-8")
    assert run(content, HAS_COPY)[1].asked == [URL]
    path = content / "archive" / "links.jsonl"
    path.write_text(path.read_text("utf-8") + "{}\n", "utf-8")
    with pytest.raises(SiteError, match=r"links\.jsonl:2: url is missing"):
        run(content, HAS_COPY)


def test_an_answer_that_names_a_copy_anywhere_is_not_believed(content: Path) -> None:
    """Whoever answers in an archive's place, or has taken it over, sends no reader to a page of theirs."""
    closest = {"available": True, "url": f"https://evil.example/web/{STAMP}/{URL}", "timestamp": STAMP, "status": "200"}
    strange = {AVAILABLE: json(jsonlib.dumps({"archived_snapshots": {"closest": closest}}))}
    run(content, strange)
    assert "evil.example" not in (content / "archive" / "links.jsonl").read_text("utf-8")
