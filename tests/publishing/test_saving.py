"""`./inv save` against a real remote: nobody's work is lost, and nobody else's is pushed."""

import os
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from plugins.core.errors import SiteError
from plugins.publishing import host_limits, save_archive
from plugins.publishing.git import around
from plugins.publishing.save_archive import Saved
from plugins.updates.archive import archive_folder
from plugins.updates.config.load import read_archive
from plugins.updates.model import SafeHtml, Update
from tests.publishing.conftest import Clone, Origin

MONTH = "content/archive/updates/2026-03.jsonl"


def save(clone: Clone, now: datetime | None = None, waited: list[float] | None = None, **environment: str) -> Saved:
    """Save a clone's archive without waiting; `waited` gathers the seconds."""
    seconds = waited if waited is not None else []
    moment = now or datetime.now(UTC)
    return save_archive.save(clone.folder / "content", moment, {**os.environ, **environment}, seconds.append)


def collected(clone: Clone, *ids: str) -> None:
    """Add updates to a clone's archive as a fetch does."""
    folder = clone.folder / "content" / "archive" / "updates"
    kept = read_archive(folder)
    seen = datetime(2026, 3, 1, 12, tzinfo=UTC)
    new = {
        id: Update(id, "wire", f"https://example.org/{id}", f"Title {id}", SafeHtml(""), (), seen, "published", seen)
        for id in ids
    }
    archive_folder.write(folder, replace(kept, updates={**kept.updates, **new}))


def ids(clone: Clone) -> set[str]:
    """Return the ids of a clone's archive, read as a build reads it."""
    return set(read_archive(clone.folder / "content" / "archive" / "updates").updates)


def test_saves_the_archive_and_nothing_else(origin: Origin) -> None:
    """Only the archive is committed and pushed; a writer's work in progress, staged or not, is left as it is."""
    clone = origin.clone("clone")
    clone.write({"content/posts/draft.md": "A source's name.\n", "README.md": "Changed.\n"})
    clone.git("add", "content/posts/draft.md")
    collected(clone, "a")

    assert save(clone) == Saved("archive", 1)

    assert origin.git("show", "--format=%an: %s", "--name-only", "main").splitlines() == [
        "A Writer: Collect: 2 lines added, 0 removed in 2 files",
        "",
        "content/archive/updates/2026-03.jsonl",
        "content/archive/updates/checksums.txt",
    ]
    assert clone.git("status", "--porcelain").splitlines() == ["M README.md", "A  content/posts/draft.md"]


def test_nothing_new_makes_no_commit(origin: Origin) -> None:
    """A run without news leaves the branch as it is."""
    clone = origin.clone("clone")
    collected(clone, "a")
    save(clone)
    before = origin.git("rev-parse", "main")

    assert save(clone) == Saved("nothing")
    assert origin.git("rev-parse", "main") == before


def test_a_lost_push_is_made_again_on_top(origin: Origin) -> None:
    """Where others have pushed since the checkout, even again and again, both their work and the run's are there."""
    clone, writer = origin.clone("clone", "--depth=1"), origin.clone("writer")
    writer.push({"content/posts/news.md": "News.\n"})
    collected(clone, "a")
    waited: list[float] = []

    def interrupted(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) < 3:
            # Between this run's rebase and its push: a push before the rebase would be no lost one.
            hook = clone.folder / ".git" / "hooks" / "pre-push"
            hook.parent.mkdir(exist_ok=True)
            hook.write_text(f"#!/bin/sh\ncd '{writer.folder}' && unset GIT_DIR\n{_one_more(len(waited))}")
            hook.chmod(0o755)
        else:
            (clone.folder / ".git" / "hooks" / "pre-push").unlink()

    saved = save_archive.save(clone.folder / "content", datetime.now(UTC), dict(os.environ), interrupted)

    assert saved == Saved("archive", 4)
    assert waited == [1.0, 2.0, 4.0]
    subjects = origin.git("log", "--format=%s", "main").splitlines()
    assert subjects == ["Collect: 2 lines added, 0 removed in 2 files", "More 2", "More 1", "A change", "First"]
    assert origin.read("content/posts/news.md") == "News."


def _one_more(number: int) -> str:
    return f"git commit --quiet --allow-empty -m 'More {number}' && git push --quiet origin HEAD\n"


def test_two_runs_of_one_month_are_joined(origin: Origin) -> None:
    """Two runs that wrote the same month lose nothing: git joins them by line, and the next run writes it anew."""
    one, two = origin.clone("one"), origin.clone("two")
    collected(one, "a", "m", "z")
    collected(two, "b", "m", "y")
    assert save(one) == Saved("archive", 1)

    assert save(two) == Saved("archive", 2)

    third = origin.clone("third")
    assert ids(third) == {"a", "b", "m", "y", "z"}
    collected(third, "c")
    assert save(third) == Saved("archive", 1)
    assert ids(origin.clone("fourth")) == {"a", "b", "c", "m", "y", "z"}
    assert read_archive(third.folder / "content/archive/updates").notices == ()


@pytest.mark.parametrize(("days", "what"), [(49, "nothing"), (51, "heartbeat")])
def test_a_heartbeat_keeps_the_schedule_alive(origin: Origin, days: int, what: str) -> None:
    """An empty commit is pushed when the last one is older than 50 days, and takes along nothing that is staged."""
    clone = origin.clone("clone")
    clone.write({"content/posts/draft.md": "A source's name.\n"})
    clone.git("add", "content/posts/draft.md")

    assert save(clone, datetime.now(UTC) + timedelta(days=days)).what == what

    assert origin.git("rev-parse", "main^{tree}") == clone.git("rev-parse", "origin/main^{tree}")
    assert origin.git("rev-list", "--count", "main") == ("2" if what == "heartbeat" else "1")
    assert clone.git("status", "--porcelain") == "A  content/posts/draft.md"


def test_a_contradiction_is_told_and_kept_aside(origin: Origin) -> None:
    """What git cannot join stops the run; on a machine that will not last, the run's commit is in a branch."""
    first = origin.clone("seed")
    collected(first, "a")
    save(first)
    clone, editor = origin.clone("clone"), origin.clone("editor")
    editor.git("rm", "--quiet", MONTH)
    editor.push({}, "Remove a month")
    collected(clone, "b")

    with pytest.raises(SiteError) as told:
        save(clone, CI="true")

    assert f"contradicts what others have pushed (in {MONTH})" in str(told.value)
    ours = clone.git("rev-parse", "HEAD")
    assert f"kept in the branch saved-{ours[:10]}" in str(told.value)
    assert origin.git("rev-parse", f"saved-{ours[:10]}") == ours
    assert origin.git("log", "-1", "--format=%s", "main") == "Remove a month"
    assert clone.git("status", "--porcelain") == ""


def test_a_lost_file_of_the_archive_is_not_saved(origin: Origin) -> None:
    """Collecting never removes a file, so that a missing one is an alarm and no commit."""
    clone = origin.clone("clone")
    collected(clone, "a")
    save(clone)
    (clone.folder / MONTH).unlink()

    with pytest.raises(SiteError, match=rf"files of the archive are gone \(1, such as {MONTH}\)"):
        save(clone)
    assert clone.git("status", "--porcelain") == f"D {MONTH}"


def test_a_writers_own_commits_are_not_pushed(origin: Origin) -> None:
    """Saving refuses to publish what a writer has committed and not pushed."""
    clone = origin.clone("clone")
    clone.commit({"content/posts/news.md": "Not yet.\n"})
    collected(clone, "a")

    with pytest.raises(SiteError, match="1 commits that are not the archive's"):
        save(clone)
    assert origin.git("rev-list", "--count", "main") == "1"


def test_an_unreachable_remote_costs_no_run(origin: Origin) -> None:
    """Where nothing can be pushed the commit stays, the remote is named, and the next save pushes it."""
    clone = origin.clone("clone")
    collected(clone, "a")
    origin.folder.rename(origin.folder.with_name("away.git"))
    waited: list[float] = []

    with pytest.raises(SiteError, match="git push failed"):
        save(clone, waited=waited)

    assert len(waited) == save_archive.TRIES - 1
    origin.folder.with_name("away.git").rename(origin.folder)
    assert save(clone) == Saved("nothing", 1)
    assert ids(origin.clone("other")) == {"a"}


def test_no_branch_is_refused(origin: Origin) -> None:
    """Nothing is committed where no branch is checked out, or where nobody has pushed it."""
    clone = origin.clone("clone")
    collected(clone, "a")
    clone.git("checkout", "--quiet", "--detach")
    with pytest.raises(SiteError, match="no branch is checked out"):
        save(clone)
    clone.git("switch", "--quiet", "--create", "mine")
    with pytest.raises(SiteError, match="the branch mine has never been pushed"):
        save(clone)


def test_the_key_is_given_to_its_host_alone(origin: Origin) -> None:
    """GITHUB_TOKEN answers for a password at GitHub, nowhere else, and is on no command line and in no file."""
    clone = origin.clone("clone")
    repo = around(clone.folder, {**os.environ, "GITHUB_TOKEN": "s3cret", "GIT_TERMINAL_PROMPT": "0"})

    def asked(host: str) -> str:
        question = f"protocol=https\nhost={host}\n\n"
        command = ["git", *repo.options, "credential", "fill"]
        environment = dict(repo.environment)
        done = subprocess.run(
            command, cwd=repo.root, env=environment, input=question, capture_output=True, text=True, check=False
        )
        return done.stdout

    assert "username=x-access-token\npassword=s3cret\n" in asked("github.com")
    assert "s3cret" not in asked("elsewhere.example")
    assert "s3cret" not in " ".join(repo.options)
    assert "s3cret" not in Path(clone.folder / ".git" / "config").read_text("utf-8")


def _hook(origin: Origin, name: str, *lines: str) -> None:
    hook = origin.folder / "hooks" / name
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\n" + "\n".join(lines) + "\n")
    hook.chmod(0o755)


def test_what_the_remote_said_is_told_and_obeyed_by_no_terminal(origin: Origin) -> None:
    """A host's reason for taking nothing, or what it says when it does, stands beside git's words, cleaned."""
    clone = origin.clone("clone")
    collected(clone, "a")
    words = "printf 'File is 120.00 MB; the limit is 100.00 MB\\n::error::x \\033[2J\\342\\200\\256y\\n' >&2"
    _hook(origin, "pre-receive", words, "exit 1")
    with pytest.raises(SiteError) as told:
        save(clone)
    (problem,) = told.value.problems
    assert "the remote said: File is 120.00 MB; the limit is 100.00 MB / : :error::x " in problem.what
    assert problem.what.isprintable()
    _hook(origin, "pre-receive", "echo 'Two secrets were found' >&2")
    assert save(clone) == Saved("nothing", 1, ("Two secrets were found",))


def test_no_hook_runs_on_a_robots_machine(origin: Origin) -> None:
    """What lies in .git/hooks there is somebody else's; at home a writer's own hooks run."""
    clone = origin.clone("clone")
    for name in ("pre-commit", "post-commit", "pre-push", "pre-rebase"):
        hook = clone.folder / ".git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch '{clone.folder}/../ran-{name}'\n")
        hook.chmod(0o755)
    collected(clone, "a")
    assert save(clone, GITHUB_ACTIONS="true").what == "archive"
    assert list(clone.folder.parent.glob("ran-*")) == []
    collected(clone, "b")
    assert save(clone).what == "archive"
    assert sorted(path.name for path in clone.folder.parent.glob("ran-*")) == [
        "ran-post-commit",
        "ran-pre-commit",
        "ran-pre-push",
    ]


def test_a_robot_has_a_name(origin: Origin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On GitHub's machines, where nobody has told git a name, commits are the robot's."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    clone = origin.clone("clone")
    collected(clone, "a")

    assert save(clone, GITHUB_ACTIONS="true").what == "archive"
    assert origin.git("log", "-1", "--format=%an <%ae>", "main").startswith("github-actions[bot] <")


def test_what_the_remote_said_is_told(origin: Origin) -> None:
    """A host that refuses a push says why behind `remote:`; the last line of git's own says only that it did."""
    hook = origin.folder / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'error: File 2026-03.jsonl is 120.00 MB; the limit is 100 MB' >&2\nexit 1\n")
    hook.chmod(0o755)
    clone = origin.clone("clone")
    collected(clone, "a")
    with pytest.raises(SiteError, match=r"the remote said: error: File 2026-03\.jsonl is 120\.00 MB; the limit"):
        save(clone)


def test_a_hosts_limits_are_told_before_they_are_met(origin: Origin, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that grows large is named with the source that fills it; one that would be refused is not committed."""
    clone = origin.clone("clone")
    collected(clone, *(f"wire-{number}" for number in range(20)))
    monkeypatch.setattr(host_limits, "LARGE_FILE", 2_000)
    monkeypatch.setattr(host_limits, "LARGE_REPOSITORY", 1)
    large, repository = save(clone).warnings
    assert str(large).startswith(f"{clone.folder / MONTH}: has 0 MiB, and hosts refuse files of 100 MiB; most of it, ")
    assert "is of 'wire'" in large.what
    assert "2026-03.jsonl, most of it, 0 MiB, is of 'wire'" in repository.what

    monkeypatch.setattr(host_limits, "MOST_OF_FILE", 2_000)
    collected(clone, "one-more")
    before = clone.git("rev-parse", "HEAD")
    with pytest.raises(SiteError, match="is of 'wire'; nothing was committed"):
        save(clone)
    assert clone.git("rev-parse", "HEAD") == before
    assert clone.git("diff", "--cached", "--name-only") == ""
