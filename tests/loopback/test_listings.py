"""Whole runs of `./inv listings` against a real server: what comes into the archive, what is closed, what never is."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from plugins.core.errors import MisuseError, SiteError
from plugins.listings.archive import listings_folder
from plugins.listings.archive.listings_folder import ListingsArchive
from plugins.listings.commands import watch_boards
from tests.loopback.boards import PERSON, PROVIDERS, Job, JobBoards
from tests.loopback.feeds import Feeds, Item, rss
from tests.site_settings import changed

ROOT = Path(__file__).parents[2]
SETTINGS = {"SITEURL": "https://strike.example", "CONTACT": "desk@strike.example", "LISTINGS_HOST_GAP": 0}
START = datetime(2026, 11, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
Watch = Callable[..., ListingsArchive]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return an empty content folder."""
    (tmp_path / "content" / "listings").mkdir(parents=True)
    return tmp_path / "content"


@pytest.fixture
def watch(content: Path) -> Watch:
    """Return a function that writes boards.toml, runs a watch on a day of the replay, and returns the archive."""

    def run(boards: str, day: float = 0, settings: dict[str, object] | None = None, **options: Any) -> ListingsArchive:
        (content / "listings" / "boards.toml").write_text(boards)
        given = {"allow": ("127.0.0.1",), "now": START + day * DAY, **options}
        chosen = changed(**SETTINGS, **(settings or {}), PATH=str(content))
        watch_boards.watch_boards(chosen, watch_boards.WatchOptions(**given))
        return archive_of(content)

    return run


def archive_of(content: Path) -> ListingsArchive:
    """Return the archive on disk."""
    return listings_folder.read(content / "archive" / "listings")


def history(archive: ListingsArchive, id: str) -> list[tuple[int, str]]:
    """Return what happened to a listing: the day of the replay and the event."""
    return [((one.at - START).days, one.event) for one in archive.listings[id].happenings]


def bytes_of(content: Path) -> dict[str, bytes]:
    """Return every file of the archive."""
    return {path.name: path.read_bytes() for path in (content / "archive").rglob("*") if path.is_file()}


def some(count: int, **changes: Any) -> list[Job]:
    """Return so many jobs, each with words of its own."""
    return [Job(str(100 + n), f"Role {n}", f"Text of role {n}.", **changes) for n in range(count)]


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_provider_is_read_whole_and_a_second_run_changes_no_byte(
    provider: str, watch: Watch, content: Path
) -> None:
    """More jobs than a page has come in with their texts, and nobody's name; read again, they change nothing."""
    with JobBoards({provider: some(23, low=90_000, high=120_000)}) as boards:
        archive = watch(boards.toml())
        assert len(archive.listings) == 23
        one = next(iter(archive.listings.values()))
        assert (one.now.title, one.now.location) == ("Role 0", "Reno, NV")
        assert "Text of role 0." in one.now.text and "Pay attention." in one.now.text
        assert "<" not in one.now.text
        structured = provider in {"greenhouse", "lever", "ashby", "recruitee"}
        figures = [(pay.low, pay.high, pay.currency) for pay in one.now.pay if pay.of_fields]
        assert figures == [(90_000, 120_000, "USD")] * structured
        before = bytes_of(content)
        assert PERSON not in "".join(map(str, before.values()))
        watch(boards.toml(), 0.2)
        assert bytes_of(content) == before
        assert {event for one in archive.listings.values() for _, event in history(archive, one.id)} == {"opened"}


@pytest.mark.parametrize("provider", PROVIDERS)
def test_three_weeks_of_a_board_have_the_right_history_at_each_step(provider: str, watch: Watch) -> None:
    """Opened, reworded, pay changed, vanished for one read, closed, listed again under a new number, reopened."""
    prefix = f"{provider}/{'R' if provider == 'workday' else ''}"
    number = f"{prefix}100"
    with JobBoards({provider: some(5)}) as boards:
        jobs = boards.jobs[provider]
        first = jobs[0]
        assert history(watch(boards.toml()), number) == [(0, "opened")]

        jobs[0] = replace(first, text="Reworded: the pay is $100,000 to $120,000 a year.", updated=first.updated + 1)
        archive = watch(boards.toml(), 2)
        assert history(archive, number) == [(0, "opened"), (2, "changed")]
        assert [pay.low for pay in archive.listings[number].now.pay] == [100_000]
        assert [len(one.snapshots) for one in archive.listings.values()] == [2, 1, 1, 1, 1]

        jobs[0] = replace(jobs[0], text=jobs[0].text.replace("120", "130"), updated=first.updated + 2)
        archive = watch(boards.toml(), 4)
        assert [pay.high for pay in archive.listings[number].now.pay] == [130_000]
        known = [(0, "opened"), (2, "changed"), (4, "changed")]
        assert history(archive, number) == known

        gone = jobs.pop(0)
        archive = watch(boards.toml(), 6)
        assert history(archive, number) == [*known, (6, "missing")]
        assert archive.listings[number].closed is None
        assert archive.listings[number].last_seen == START + 4 * DAY

        jobs.insert(0, gone)
        known += [(6, "missing"), (7, "returned")]
        assert history(watch(boards.toml(), 7), number) == known

        jobs.pop(0)
        watch(boards.toml(), 9)
        archive = watch(boards.toml(), 10)
        known += [(9, "missing"), (10, "closed")]
        assert history(archive, number) == known
        assert archive.listings[number].closed == START + 10 * DAY

        jobs.append(replace(gone, number="900"))
        archive = watch(boards.toml(), 14)
        again = archive.listings[f"{prefix}900"]
        assert (history(archive, again.id), again.relisting_of) == ([(14, "relisted")], number)

        jobs.append(gone)
        archive = watch(boards.toml(), 20)
        assert history(archive, number) == [*known, (20, "reopened")]
        assert archive.listings[number].is_there
        assert len(archive.listings) == 6


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_board_that_fails_closes_nothing_and_harms_no_other(
    provider: str, watch: Watch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Errors on every day but the first: each listing is as it was, and the board is named with what to do."""
    other = "lever-other" if provider != "lever" else "ashby-other"
    with JobBoards({provider: some(23), other: some(2)}) as boards:
        watch(boards.toml())
        boards.broken["/"] = 500
        del boards.jobs[provider][5:]
        for day in (1, 2, 3):
            archive = watch(boards.toml(), day, only=(provider,))
            assert {one.is_there for one in archive.listings.values()} == {True}
        said = capsys.readouterr().out
        assert f"{provider}: server error:" in said and "wait for the next run" in said
        assert archive.boards[provider].failing_since == (START + DAY).date()
        assert archive.boards[other].failure == ""


@pytest.mark.parametrize(
    ("provider", "second"),
    [
        ("smartrecruiters", "/v1/companies/smartrecruiters/postings?limit=100&offset=100"),
        ("eightfold", "/api/apply/v2/jobs?domain=eightfold&start=10&num=10"),
    ],
)
def test_a_missing_page_brings_what_is_new_and_closes_nothing(
    provider: str, second: str, watch: Watch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Half a list is no list: what is on it counts, what is not on it does not, on however many days."""
    with JobBoards({provider: some(120)}) as boards:
        watch(boards.toml())
        boards.broken[second] = 503
        boards.jobs[provider].insert(0, Job("999", "Brand new"))
        for day in (1, 2, 3):
            archive = watch(boards.toml(), day)
        assert all(one.is_there for one in archive.listings.values())
        assert history(archive, f"{provider}/999") == [(1, "opened")]
        assert "incomplete: page 2 is missing" in capsys.readouterr().out


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_board_that_nobody_knows_is_said_and_an_empty_one_is_none_of_our_business(
    provider: str, watch: Watch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A wrong name is told with what to do, where the provider tells it from an empty board or not."""
    with JobBoards({provider: []}) as boards:
        text = boards.toml()
        watch(text)
        alike = provider in {"smartrecruiters", "ashby", "eightfold"}
        assert ("not found" in capsys.readouterr().out) is alike
        if provider != "recruitee":  # whose name is in its host
            boards.jobs.clear()
            watch(text, 1)
            assert f"{provider}: not found:" in capsys.readouterr().out


@pytest.mark.parametrize("left", [0, 5])
def test_a_board_that_shrinks_at_once_is_a_question(
    left: int, watch: Watch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is closed until an editor says so; then two complete reads close them, as they would any."""
    with JobBoards({"lever": some(12)}) as boards:
        watch(boards.toml())
        boards.jobs["lever"][left:] = []
        for day in (1, 2, 3):
            archive = watch(boards.toml(), day)
        assert all(one.is_there for one in archive.listings.values())
        said = capsys.readouterr().out
        assert f"shrunk: {12 - left} of its 12 listings are gone at once" in said
        assert "--accept-shrunk lever" in said
        archive = watch(boards.toml(), 4, accept_shrunk=("lever",))
        assert sum(not one.is_there for one in archive.listings.values()) == 12 - left
        archive = watch(boards.toml(), 5)
        assert sum(bool(one.closed) for one in archive.listings.values()) == 12 - left


def test_an_unchanged_board_is_asked_conditionally_and_absence_still_counts(watch: Watch) -> None:
    """304 says that the list is what it was: who was absent from it is absent from a second complete read."""
    with JobBoards({"greenhouse": some(4)}) as boards:
        watch(boards.toml())
        boards.jobs["greenhouse"].pop()
        watch(boards.toml(), 1)
        archive = watch(boards.toml(), 2)
        assert [conditional for _, _, conditional in boards.asked] == [False, True, True]
        assert history(archive, "greenhouse/103") == [(0, "opened"), (1, "missing"), (2, "closed")]


def test_a_match_keeps_what_it_names_and_what_is_kept_stays(watch: Watch) -> None:
    """The language of topics, in title, place or text; what was archived is followed whatever it says later."""
    with JobBoards({"lever": [Job("1", "Writer"), Job("2", "Engineer, Machine Learning")]}) as boards:
        rule = 'match = ["machine learning", "artificial intelligence"]\n'
        archive = watch(boards.toml(rule))
        assert set(archive.listings) == {"lever/2"}
        boards.jobs["lever"][1] = replace(boards.jobs["lever"][1], title="Engineer")
        archive = watch(boards.toml(rule), 1)
        assert history(archive, "lever/2") == [(0, "opened"), (1, "changed")]
        archive = watch(boards.toml(rule.replace("[", "{ none = ['coordinator'], any = [").replace("]\n", "] }\n")), 2)
        assert set(archive.listings) == {"lever/2"}


def test_a_fault_of_ours_costs_one_board_alone(
    watch: Watch, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What breaks where nobody expected it is that board's failure; the others are archived."""

    def find(text: str) -> tuple[()]:
        if "role 0" in text:
            raise ZeroDivisionError("a fault")
        return ()

    monkeypatch.setattr("plugins.listings.watch.changes.find", find)
    with JobBoards({"lever": some(2), "ashby": [Job("7", "Other", "Something else.")]}) as boards:
        assert set(watch(boards.toml()).listings) == {"ashby/7"}
    assert (
        "lever: parse error: ZeroDivisionError: a fault; this is a fault of Picketwire's own" in capsys.readouterr().out
    )


def test_another_match_looks_again_at_what_the_last_one_passed_over(watch: Watch) -> None:
    """A board whose list has no texts remembers which postings it did not want; a new rule asks for them anew."""
    with JobBoards({"workday": [Job("1", "Writer"), Job("2", "Editor", "Trains our models.")]}) as boards:
        assert not watch(boards.toml('match = "robot*"\n')).listings
        boards.asked.clear()
        assert not watch(boards.toml('match = "robot*"\n'), 1).listings
        assert [path for _, path, _ in boards.asked if "/job/" in path] == []
        assert set(watch(boards.toml('match = "models"\n'), 1).listings) == {"workday/R2"}


def test_details_are_asked_for_when_they_are_needed_and_so_many_at_a_time(
    watch: Watch, capsys: pytest.CaptureFixture[str]
) -> None:
    """New and changed postings have theirs read, known ones once a day; the rest waits, and is counted."""
    with JobBoards({"eightfold": some(23)}) as boards:
        archive = watch(boards.toml(), settings={"LISTINGS_DETAILS": 20})
        assert len(archive.listings) == 20
        assert "3 to be read in the next run" in capsys.readouterr().out
        assert len(watch(boards.toml(), 0.1).listings) == 23
        boards.asked.clear()
        boards.jobs["eightfold"][3] = replace(boards.jobs["eightfold"][3], text="New words.", updated=1_770_000_000)
        archive = watch(boards.toml(), 0.2)
        assert [path for _, path, _ in boards.asked if "/jobs/" in path] == ["/api/apply/v2/jobs/103?domain=eightfold"]
        assert [event for _, event in history(archive, "eightfold/103")] == ["opened", "changed"]


def test_details_that_cannot_be_read_leave_a_listing_as_it_was(watch: Watch) -> None:
    """Nothing is reworded, nothing closed and nothing added because a posting's own page fails."""
    with JobBoards({"workday": some(4)}) as boards:
        watch(boards.toml())
        boards.broken["/wday/cxs/t/workday/job/"] = 500
        boards.jobs["workday"].append(Job("999", "New"))
        archive = watch(boards.toml(), 2)
        assert [history(archive, id) for id in archive.listings] == [[(0, "opened")]] * 4
        boards.broken.clear()
        assert "workday/R999" in watch(boards.toml(), 3).listings


def test_a_company_is_shown_and_a_change_of_it_is_told(
    watch: Watch, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A board under a false friend's name gives itself away, on the first day or later."""
    with JobBoards({"greenhouse": some(2)}) as boards:
        archive = watch(boards.toml())
        assert "the board calls itself “Acme”" in capsys.readouterr().out
        assert archive.boards["greenhouse"].company == "Acme"
        answer = boards.answer

        def renamed(method: str, target: str, body: bytes) -> tuple[int, Any]:
            status, found = answer(method, target, body)
            return status, json.loads(json.dumps(found).replace("Acme", "Moon Gardening"))

        monkeypatch.setattr(boards, "answer", renamed)
        archive = watch(boards.toml(), 1)
        assert "calls itself “Moon Gardening”, and was “Acme” before" in capsys.readouterr().out
        assert archive.boards["greenhouse"].earlier_companies == ("Acme",)


def test_a_feed_of_jobs_closes_only_what_an_older_one_outlived(watch: Watch) -> None:
    """A feed has the latest jobs: what has rolled off its end is not gone, what is missing from its middle is."""
    with Feeds({"r": rss([Item(24 * n) for n in range(1, 7)])}) as feeds:
        address = feeds.sources().split('feed = "')[1].partition('"')[0]
        text = f'[[board]]\nid = "f"\nemployer = "E"\nfeed = "{address}"\n'
        assert len(watch(text).listings) == 6
        feeds.pages["r"] = rss([Item(24 * n) for n in (3, 5, 6)])
        for day in (1, 2):
            archive = watch(text, day)
        closed = [one.now.title for one in archive.listings.values() if one.closed]
        assert closed == [Item(96).words]


def test_a_host_that_wants_quiet_is_left_alone(watch: Watch, capsys: pytest.CaptureFixture[str]) -> None:
    """After 429 the run that follows does not ask, and says so."""
    with JobBoards({"workable": some(2)}) as boards:
        boards.broken["/api/v1"] = 429
        watch(boards.toml())
        assert "workable: rate limited" in capsys.readouterr().out


def test_private_hosts_are_refused_unless_they_are_named(watch: Watch, capsys: pytest.CaptureFixture[str]) -> None:
    """The same client as the feeds': a `base` on this machine is asked for nothing."""
    with JobBoards({"lever": some(2), "workday": some(2)}) as boards:
        watch(boards.toml(), allow=())
        assert boards.asked == []
        said = capsys.readouterr().out
        assert said.count("refused") >= 2 and "not a public address" in said


def test_a_dry_run_says_all_and_writes_nothing(
    watch: Watch, content: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What is new is listed by its id; in GitHub's CI what failed is an annotation at its line, and in the summary."""
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    with JobBoards({"lever": some(2), "greenhouse": some(1)}) as boards:
        boards.broken["/v1/boards"] = 404
        watch(boards.toml(), dry_run=True)
    said = capsys.readouterr().out
    assert "new: lever/100  Role 0 · Reno, NV" in said and "Dry run: nothing was written." in said
    assert "::warning file=content/listings/boards.toml,line=8,title=Acme::greenhouse%3A" in said or (
        "::warning file=content/listings/boards.toml,line=8,title=Acme::greenhouse: not found" in said
    )
    assert "| Acme | not found" in (tmp_path / "summary.md").read_text()
    assert not (content / "archive").exists()


def test_a_wrong_name_and_a_wrong_file_stop_the_run(watch: Watch) -> None:
    """`--only` names a board; boards.toml is checked before anybody is asked, each mistake at its line."""
    with JobBoards({"lever": some(2)}) as boards:
        with pytest.raises(MisuseError, match="there is no board 'leever'"):
            watch(boards.toml(), only=("leever",))
        wrong = '[[board]]\nid = "a"\nemployer = "A"\nprovider = "workday"\nboard = "x"\ndomain = "a.example"\n'
        with pytest.raises(SiteError) as refused:
            watch(wrong + wrong.replace('"a"', '"b"').replace("workday", "greenhose"))
        said = [(one.line, one.what) for one in refused.value.problems]
        assert (1, "board a: tenant is missing") in said and (1, "board a: base is missing") in said
        assert (6, "board a: domain says nothing of a board of workday") in said
        assert any(line == 10 and "greenhose" in what for line, what in said)
        assert boards.asked == []


def test_two_thousand_listings_come_in_and_a_second_run_changes_nothing(watch: Watch, content: Path) -> None:
    """Ten boards in one run; nothing of the archive is written when nothing is new."""
    jobs = {f"{PROVIDERS[n % 8]}-{n}": some(60) for n in range(10) if PROVIDERS[n % 8] != "recruitee"}
    with JobBoards(jobs) as boards:
        assert len(watch(boards.toml()).listings) == 60 * len(jobs)
        before = bytes_of(content)
        watch(boards.toml(), 0.1)
        assert bytes_of(content) == before


def test_a_killed_watch_loses_nothing_and_the_next_completes_it(content: Path) -> None:
    """Killed at random moments: the archive can always be read, grows only, and ends as without the kills."""
    chance = random.Random(5)  # noqa: S311 - moments, not secrets
    with JobBoards({"lever": some(30), "workday": some(30), "ashby": some(30)}) as boards:
        (content / "listings" / "boards.toml").write_text(boards.toml())
        code = (
            "from tests.site_settings import changed; from plugins.listings.commands import watch_boards as command; "
            f"command.watch_boards(changed(**{SETTINGS | {'PATH': str(content)}!r}), "
            "command.WatchOptions(allow=('127.0.0.1',)))"
        )
        run = [sys.executable, "-c", code]
        began = time.monotonic()
        subprocess.run(run, cwd=ROOT, check=True, capture_output=True)
        whole, stored = time.monotonic() - began, set(archive_of(content).listings)
        for turn in range(1, 7):
            for jobs in boards.jobs.values():
                jobs.append(Job(str(1000 + turn), f"Later {turn}", f"Words {turn}"))
                jobs[turn] = replace(jobs[turn], text=f"Reworded in turn {turn}.")
            child = subprocess.Popen(
                run, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
            )
            try:
                child.wait(whole * chance.uniform(0.4, 1.02))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
            now = archive_of(content)
            assert stored <= set(now.listings)
            assert all(one.is_there for one in now.listings.values())
            stored = set(now.listings)
        subprocess.run([*run[:-1], code.replace("Options(", "Options(full=True, ")], cwd=ROOT, check=True)
        final = archive_of(content)
    assert len(final.listings) == 3 * 36
    assert all(one.now.text.startswith("Reworded in turn") for one in final.listings.values() if one.id[-3:] in KILLED)


KILLED = {f"10{turn}" for turn in range(1, 7)}
