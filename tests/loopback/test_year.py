"""A year of daily runs in small: every misbehaviour, lost pushes, a full disk and kills; nothing is lost or doubled."""

import errno
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from unittest import mock

import pytest

from plugins.core.errors import SiteError
from plugins.updates.commands import fetch_sources
from tests.loopback.test_collect import ROOT, SETTINGS, bytes_of, rows
from tests.loopback.world import GONE_AFTER, KINDS, Asked, PlayNetwork, World, playing, world
from tests.site_settings import changed

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
KILLED_AT_WRITE = """
import os, signal, sys
from functools import partial
from datetime import datetime
from plugins.core import files
from plugins.updates.commands import fetch_sources as command
from tests.loopback.world import PlayNetwork
from tests.site_settings import changed
command.Network = partial(PlayNetwork, {slow!r})
whole, left = files.replace, [{writes}]
def replace(*args, **keys):
    left[0] -= 1
    if left[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    whole(*args, **keys)
files.replace = replace
command.fetch(changed(**{settings!r}), command.Options(allow=("127.0.0.0/8",), now=datetime.fromisoformat({now!r})))
"""


@pytest.fixture
def play() -> Iterator[World]:
    """Return a world with one source of every kind."""
    with playing(world(len(KINDS))) as play:
        yield play


def laid(folder: Path, play: World, *, reverse: bool = False) -> Path:
    """Return a content folder that names the world's sources."""
    content = folder / "content"
    (content / "updates").mkdir(parents=True)
    (content / "updates" / "sources.toml").write_text(play.sources(reverse=reverse))
    return content


def run(content: Path, play: World, outcome: str = "") -> None:
    """Make one run at the play's time; `outcome` where it cannot remember whom it asked."""
    play.reader = f"{content} {outcome}".strip()
    settings = changed(**SETTINGS, PATH=str(content))
    with mock.patch.object(fetch_sources, "Network", partial(PlayNetwork, play.slow_hosts())):
        fetch_sources.fetch(settings, fetch_sources.Options(allow=("127.0.0.0/8",), now=play.now))


def killed(content: Path, play: World, writes: int) -> None:
    """Make a run that is killed as it begins to write its file number `writes`."""
    play.reader = f"{content} stopped"
    settings = {**SETTINGS, "PATH": str(content)}
    code = KILLED_AT_WRITE.format(slow=play.slow_hosts(), writes=writes, settings=settings, now=play.now.isoformat())
    child = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)
    assert child.returncode == -signal.SIGKILL, child.stderr.decode()


def urls(content: Path) -> list[str]:
    """Return the address of every row in the archive."""
    return [row["url"] for row in rows(content)]


def nothing_lost_or_doubled(content: Path, play: World) -> None:
    """Hold the archive against what the world has published."""
    found = Counter(urls(content))
    assert not [url for url, times in found.items() if times > 1]
    assert play.expected() - found.keys() == set()


def too_early(play: World) -> list[Asked]:
    """Return the requests that came too early: hourly is polite, daily without validators, and none in a host's quiet.

    Runs that were stopped before they could remember whom they asked are left out.
    """
    last: dict[tuple[str, str], Asked] = {}
    early = []
    for asked in play.log:
        if asked.reader.endswith("stopped"):
            continue
        before = last.get((asked.reader, asked.source))
        if before and asked.at - before.at < play.quiet(asked.source, before.at):
            early.append(asked)
        last[asked.reader, asked.source] = asked
    return early


def test_twelve_days_of_misbehaviour_lose_and_double_nothing(
    play: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Sources of every kind, a kill at each write, a full disk: every item is there, and once."""
    content = laid(tmp_path, play)
    for day in range(12):
        if day in {3, 6, 9}:
            killed(content, play, writes=day // 3 - 1)
        if day == 7:
            with monkeypatch.context() as full:
                full.setattr(os, "fsync", _no_space)
                with pytest.raises(SiteError, match="No space left"):
                    run(content, play, "stopped")
        before = set(urls(content))
        run(content, play)
        assert before <= set(urls(content))
        nothing_lost_or_doubled(content, play)
        play.now += DAY
    assert not any("root:" in row["title"] + row["summary"] for row in rows(content))
    assert too_early(play) == []
    gone = [asked for asked in play.log if play.kinds[asked.source] == "gone" and not asked.reader.endswith("stopped")]
    assert len({asked.at.date() for asked in gone}) == GONE_AFTER + 1
    said = capsys.readouterr().out
    for words in ("bot wall", "not found", "rate limited", "server error", "too large", "too many redirects"):
        assert f": {words}: " in said
    assert "10.0.0.1 is private" in said
    assert "169.254.169.254 is link-local" in said


def _no_space(_: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_runs_every_twenty_minutes_ask_nobody_more_often_than_is_polite(play: World, tmp_path: Path) -> None:
    """Hourly at most, daily without validators, later after failures, and not while a host wants quiet."""
    content = laid(tmp_path, play)
    play.now += DAY  # a day on which most misbehave
    for _ in range(3 * 6):
        run(content, play)
        play.now += timedelta(minutes=20)
    assert too_early(play) == []
    often = Counter(play.kinds[asked.source] for asked in play.log)
    assert often["conditional"] == 6
    assert (often["bare"], often["gone"], often["429 date"], often["429 seconds"]) == (1, 6, 1, 2)
    assert often["403"] == 2
    assert all(often[kind] <= 3 for kind in ("silent", "reset", "500"))


def test_a_lost_push_costs_nothing(play: World, tmp_path: Path) -> None:
    """Two machines run on the same days; the second to push rebases on the first, and the next run heals what meets."""
    remote = tmp_path / "remote.git"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(remote))
    one, two = tmp_path / "one", tmp_path / "two"
    git(tmp_path, "clone", "--quiet", str(remote), str(one))
    laid(one, play)
    (one / ".gitattributes").write_bytes((ROOT / ".gitattributes").read_bytes())
    (one / ".gitignore").write_text(".cache/\n")
    commit(one)
    git(one, "push", "--quiet", "origin", "HEAD:main")
    git(tmp_path, "clone", "--quiet", str(remote), str(two))
    for _ in range(5):
        run(two / "content", play)
        commit(two)
        play.now += HOUR
        run(one / "content", play)
        commit(one)
        git(one, "push", "--quiet", "origin", "HEAD:main")
        git(two, "pull", "--quiet", "--rebase", "origin", "main")
        git(two, "push", "--quiet", "origin", "HEAD:main")
        git(one, "pull", "--quiet", "--rebase", "origin", "main")
        play.now += DAY - HOUR
    run(two / "content", play)
    play.now += HOUR
    nothing_lost_or_doubled(two / "content", play)
    commit(two)
    git(two, "push", "--quiet", "origin", "HEAD:main")
    git(one, "pull", "--quiet", "--rebase", "origin", "main")
    assert bytes_of(one / "content" / "archive") == bytes_of(two / "content" / "archive")


def git(folder: Path, *words: str) -> None:
    """Run git, with no settings but those given."""
    given = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    who = ("-c", "user.name=Robot", "-c", "user.email=robot@strike.example")
    done = subprocess.run(
        ["git", *who, *words], cwd=folder, env={**os.environ, **given}, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()


def commit(folder: Path) -> None:
    """Commit all there is."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "Updates")


def test_the_archives_bytes_depend_on_no_order(play: World, tmp_path: Path) -> None:
    """Not on that of sources.toml, nor of the rows a merge by line left behind."""
    # How far a slow answer came is told in words, and is another matter at every try.
    play.kinds = {name: "500" if kind in {"slow drip", "reset"} else kind for name, kind in play.kinds.items()}
    forth, back = (laid(tmp_path / name, play, reverse=name == "back") for name in ("forth", "back"))
    for _ in range(2):
        run(forth, play)
        run(back, play)
        assert bytes_of(forth / "archive") == bytes_of(back / "archive")
        play.now += DAY
    before = bytes_of(forth / "archive")
    months = sorted((forth / "archive" / "updates").glob("*.jsonl"))
    chance = random.Random(1)  # noqa: S311 - an order, not a secret
    for month in months:
        lines = month.read_text().splitlines(keepends=True)
        month.write_text("".join(chance.sample(lines + lines[:5], len(lines) + 5)))
    play.now -= DAY
    run(forth, play)
    assert bytes_of(forth / "archive") == before
