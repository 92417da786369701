"""Run git in a repository, and word its refusal as a problem.

Nothing here knows what is committed, nor when. The commands are git's own; none of its output is understood beyond
lists of names and commit ids.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from plugins.core.errors import Problem, SiteError
from plugins.core.escapes import for_terminal
from plugins.core.files import display_path

_SECONDS = 300
_LONGEST_LINE = 300
_MOST_LINES = 20
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_COUNTING = re.compile(r"(?:Enumerating|Counting|Compressing|Resolving|Total|Processing) ")
_ELSEWHERE = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")  # what a hook has set, for its repository
_ROBOT = ("github-actions[bot]", "41898282+github-actions[bot]@users.noreply.github.com")
_HELPER = '!f() { test "$1" = get && echo username=x-access-token && echo "password=$GITHUB_TOKEN"; }; f'


@dataclass(frozen=True, slots=True)
class Answer:
    """How a command ended: its exit code, and what it wrote."""

    code: int
    stdout: str
    stderr: str


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository's working tree; `options` are given to every command, `environment` is where it runs."""

    root: Path
    options: tuple[str, ...]
    environment: Mapping[str, str]

    def attempt(self, *command: str) -> Answer:
        """Run a command that may fail, and return how it ended."""
        return _run(self.root, (*self.options, *command), self.environment)

    def run(self, *command: str) -> str:
        """Run a command and return its output. Raises SiteError with git's own words where it fails."""
        answer = self.attempt(*command)
        if answer.code:
            raise SiteError([refusal(self.root, command[0], answer)])
        return answer.stdout

    def names(self, *command: str) -> tuple[str, ...]:
        """Run a command that lists names with `-z`, and return them."""
        return tuple(filter(None, self.run(*command).split("\0")))

    def branch(self) -> str:
        """Return the branch that is checked out. Raises SiteError where none is."""
        answer = self.attempt("symbolic-ref", "--quiet", "--short", "HEAD")
        if answer.code:
            what, remedy = "no branch is checked out", "check one out with: git switch NAME"
            raise SiteError([Problem(display_path(self.root), 0, what, remedy)])
        return answer.stdout.strip()


def around(folder: Path, environment: Mapping[str, str] | None = None) -> Repository:
    """Return the repository a folder lies in. Raises SiteError where it lies in none, or where there is no git.

    On GitHub's machines commits are signed with the robot's name where nobody has configured one, and `GITHUB_TOKEN`
    answers for the password: git asks for it by a helper, so that no file and no command line ever holds it.
    """
    given = dict(os.environ if environment is None else environment)
    found = _run(folder, ("rev-parse", "--show-toplevel"), given)
    if found.code:
        what, remedy = f"is in no git repository ({_reason(found.stderr)})", "this needs a copy made with `git clone`"
        raise SiteError([Problem(display_path(folder), 0, what, remedy)])
    root = Path(found.stdout.strip())
    options: list[str] = []
    if given.get("GITHUB_ACTIONS"):
        # On a robot's machine no program runs but git: a hook there would be somebody else's.
        options += ["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"]
    if given.get("GITHUB_ACTIONS") and not _run(root, ("config", "user.email"), given).stdout.strip():
        options += ["-c", f"user.name={_ROBOT[0]}", "-c", f"user.email={_ROBOT[1]}"]
    if given.get("GITHUB_TOKEN"):
        host = given.get("GITHUB_SERVER_URL", "https://github.com")
        # The empty one forgets the helpers that are configured, which might keep the password (gitcredentials(7)).
        options += ["-c", f"credential.{host}.helper=", "-c", f"credential.{host}.helper={_HELPER}"]
    return Repository(root, tuple(options), given)


def refusal(root: Path, verb: str, answer: Answer) -> Problem:
    """Return what git refused, in its words, and why the remote did, in the remote's."""
    what = f"git {verb} failed ({_reason(answer.stderr) or f'exit code {answer.code}'})"
    if told := remote_words(answer.stderr):
        what += f"; the remote said: {' / '.join(told)}"
    return Problem(display_path(root), 0, what, "put right what git names, then run this again; nothing is lost")


def remote_words(stderr: str) -> tuple[str, ...]:
    """Return the lines that the remote's machine said, each as it may be printed, without what only counts."""
    told = []
    for line in re.split("[\r\n]+", stderr):
        if line.startswith("remote:"):
            words = for_terminal(_COLOUR.sub("", line.removeprefix("remote:").strip()))[:_LONGEST_LINE]
            if words and not _COUNTING.match(words):
                told.append(words)
    return tuple(told[:_MOST_LINES])


def _run(folder: Path, command: tuple[str, ...], environment: Mapping[str, str]) -> Answer:
    git = shutil.which("git")
    if git is None:
        raise SiteError([Problem("", 0, "there is no git on this machine", "install it: https://git-scm.com/")])
    kept = {name: value for name, value in environment.items() if name not in _ELSEWHERE}
    kept |= {"LC_ALL": "C", "GIT_EDITOR": "true"}  # its words are looked through; and a rebase waits for no editor
    if kept.get("CI"):  # where nobody could type the password that git would wait for
        kept["GIT_TERMINAL_PROMPT"] = "0"
    try:
        done = subprocess.run(  # noqa: S603 - git alone, and no shell
            [git, *command], cwd=folder, env=kept, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        what = f"git {command[-1]} did not end within {_SECONDS} seconds"
        raise SiteError([Problem(display_path(folder), 0, what, "see to the network, then run this again")]) from error
    return Answer(done.returncode, done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


def _reason(stderr: str) -> str:
    """Return the line that says why: git's last `error:` or `fatal:`, or else the last one."""
    last = reason = ""
    for line in stderr.splitlines():
        if not line.strip() or line.startswith("hint:"):
            continue
        last = line.strip()
        if last.startswith(("error:", "fatal:", "!")):
            reason = last
    return reason or last
