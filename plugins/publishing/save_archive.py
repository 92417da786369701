"""`./inv save`: commit the archive and push it, whoever else has pushed meanwhile.

It commits nothing but the archive, and pushes no other commit of anybody's. It merges nothing itself: two runs' rows
are joined by git (`merge=union` in .gitattributes), and the next fetch writes such a month anew.
"""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from plugins.core.errors import Problem, SiteError
from plugins.core.files import display_path
from plugins.publishing import host_limits
from plugins.publishing.git import Answer, Repository, around, refusal, remote_words
from plugins.publishing.handed_over import take

HEARTBEAT = timedelta(days=50)
"""Age of a branch's last commit at which an empty one is made: GitHub switches schedules off after 60 idle days.

Source: https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule
"""
TRIES = 7
_REMOTE = "origin"


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved, how many pushes it took, and what comes near to a host's limits.

    `said` is what the remote said of the last push, each line as it may be printed.
    """

    what: Literal["archive", "heartbeat", "nothing"]
    pushes: int = 0
    said: tuple[str, ...] = ()
    warnings: tuple[Problem, ...] = ()


def save(
    content: Path,
    now: datetime,
    environment: Mapping[str, str] | None = None,
    wait: Callable[[float], None] = time.sleep,
    handed_over: Path | None = None,
) -> Saved:
    """Commit the content folder's archive and push the branch; `now` is aware, `wait` is given seconds.

    `handed_over` is a folder with the archive of the job that fetched, to be taken over first (`handed_over.take`).
    A push that is lost to another's is made again on top of theirs. Raises SiteError where the branch cannot be
    pushed; the commit stays, and on a machine that will not last it is pushed to a branch of its own.
    """
    given = os.environ if environment is None else environment
    repo = around(content, given)
    branch, archive = _branch(repo, given), content.resolve() / "archive"
    if handed_over is not None:
        take(handed_over, archive)
    _refuse_foreign(repo, branch, archive)
    what = _commit(repo, archive, now)
    if what == "nothing" and not _ahead(repo, branch):
        return Saved("nothing")
    try:
        pushes, said = _push(repo, branch, wait)
    except SiteError as error:
        raise SiteError(_kept_aside(repo, given, error), "what is committed here is not pushed") from error
    if what == "archive":
        return Saved(what, pushes, said, tuple(host_limits.warnings(repo, archive)))
    return Saved(what, pushes, said)


def _branch(repo: Repository, environment: Mapping[str, str]) -> str:
    """Return the branch that is checked out.

    A job that saves what another fetched has checked out that one's commit, and stands on no branch: it is put on the
    run's, from there, with what the remote has of it since. Raises SiteError where there is no branch.
    """
    name = environment.get("GITHUB_REF", "").removeprefix("refs/heads/")
    is_detached = repo.attempt("symbolic-ref", "--quiet", "HEAD").code != 0
    if not (is_detached and environment.get("GITHUB_ACTIONS") and name and not name.startswith("refs/")):
        return repo.branch()
    repo.run("switch", "--quiet", "--force-create", name)
    repo.run("fetch", "--quiet", _REMOTE, f"+refs/heads/{name}:refs/remotes/{_REMOTE}/{name}")
    return name


def _refuse_foreign(repo: Repository, branch: str, archive: Path) -> None:
    """Refuse to push what is none of ours: a writer's unpushed commits, or a branch nobody has pushed yet."""
    where = display_path(repo.root)
    if repo.attempt("rev-parse", "--quiet", "--verify", f"refs/remotes/{_REMOTE}/{branch}").code:
        what = f"the branch {branch} has never been pushed to {_REMOTE}"
        raise SiteError([Problem(where, 0, what, f"push it once yourself: git push -u {_REMOTE} {branch}")])
    others = f":(top,exclude){archive.relative_to(repo.root.resolve()).as_posix()}"
    commits = repo.run("rev-list", f"{_REMOTE}/{branch}..HEAD", "--", ":(top)", others).split()
    if commits:
        what = f"{len(commits)} commits that are not the archive's have not been pushed (such as {commits[0][:10]})"
        raise SiteError([Problem(where, 0, what, "push them yourself first, or take them back; then run this again")])


def _commit(repo: Repository, archive: Path, now: datetime) -> Literal["archive", "heartbeat", "nothing"]:
    path = str(archive)
    if archive.is_dir() or repo.names("ls-files", "-z", "--", path):
        repo.run("add", "--all", "--", path)
        _refuse_loss(repo, path)
        if refused := tuple(host_limits.too_large(archive)):
            repo.run("reset", "--quiet", "--", path)
            raise SiteError(refused)
        changes = repo.run("diff", "--cached", "--numstat", "--", path).splitlines()
        if changes:
            repo.run("commit", "--quiet", "--message", _message(changes), "--", path)
            return "archive"
    last = datetime.fromisoformat(repo.run("log", "-1", "--format=%cI").strip())
    if now - last < HEARTBEAT:
        return "nothing"
    message = f"Heartbeat: nothing new for {(now - last).days} days, and the schedule goes on"
    # Not `git commit --allow-empty`, which would take along what somebody has staged.
    commit = repo.run("commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", message).strip()
    repo.run("update-ref", "HEAD", commit)
    return "heartbeat"


def _refuse_loss(repo: Repository, path: str) -> None:
    """Refuse to commit that a file of the archive is gone: collecting never removes one."""
    gone = repo.names("diff", "--cached", "--name-only", "--diff-filter=D", "--no-renames", "-z", "--", path)
    if gone:
        repo.run("reset", "--quiet", "--", path)
        what = f"files of the archive are gone ({len(gone)}, such as {gone[0]})"
        remedy = "get them back with: git checkout -- content/archive (or commit their removal yourself)"
        raise SiteError([Problem(path, 0, what, remedy)])


def _message(changes: list[str]) -> str:
    added = removed = 0
    for line in changes:  # as git's --numstat has them: added, removed, path
        more, less, *_ = line.split("\t")
        if more != "-":  # as it is for bytes that are no text
            added += int(more)
            removed += int(less)
    files = f"{len(changes)} file{'s' * (len(changes) != 1)}"
    return f"Collect: {added} lines added, {removed} removed in {files}"


def _ahead(repo: Repository, branch: str) -> bool:
    return repo.run("rev-list", "--count", f"{_REMOTE}/{branch}..HEAD").strip() != "0"


def _push(repo: Repository, branch: str, wait: Callable[[float], None]) -> tuple[int, tuple[str, ...]]:
    """Push until it is taken, each time on top of others' work; return how often it took, and what the remote said."""
    answer = Answer(1, "", "")
    for attempt in range(TRIES):
        if attempt:
            wait(2.0 ** (attempt - 1))
            _rebase(repo, branch)
        answer = repo.attempt("push", "--quiet", _REMOTE, f"HEAD:refs/heads/{branch}")
        if not answer.code:
            return attempt + 1, remote_words(answer.stderr)
    raise SiteError([refusal(repo.root, "push", answer)])


def _rebase(repo: Repository, branch: str) -> None:
    """Put our commits on top of the remote's. Raises SiteError where they contradict each other."""
    theirs = f"refs/remotes/{_REMOTE}/{branch}"
    if repo.attempt("fetch", "--quiet", _REMOTE, f"+refs/heads/{branch}:{theirs}").code:
        return  # the network's fault, so that the next push fails as well, and says why
    answer = repo.attempt("rebase", "--quiet", "--autostash", theirs)
    if answer.code:
        torn = repo.names("diff", "--name-only", "--diff-filter=U", "-z")
        repo.attempt("rebase", "--abort")
        if not torn:
            raise SiteError([refusal(repo.root, "rebase", answer)])
        what = f"what was collected contradicts what others have pushed (in {', '.join(torn)})"
        remedy = "merge by hand: keep every row of both, and run `./inv fetch` after it"
        raise SiteError([Problem(display_path(repo.root), 0, what, remedy)])


def _kept_aside(repo: Repository, environment: Mapping[str, str], error: SiteError) -> Sequence[Problem]:
    """Push the commit to a branch of its own where this machine will not last, and say so."""
    if not environment.get("CI"):
        return error.problems
    name = f"saved-{repo.run('rev-parse', 'HEAD').strip()[:10]}"
    if repo.attempt("push", "--quiet", _REMOTE, f"HEAD:refs/heads/{name}").code:
        return error.problems
    what, remedy = f"this run's archive is kept in the branch {name}", "merge it by hand"
    return [*error.problems, Problem(display_path(repo.root), 0, what, remedy)]
