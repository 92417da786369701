"""Real git in folders of its own: a bare repository as origin, and clones of it."""

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import processes
from tests.copies import ROOT

_CONFIG = """[user]
\tname = A Writer
\temail = writer@example.org
[init]
\tdefaultBranch = main
[commit]
\tgpgsign = false
"""


def inv(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `./inv WORDS` in a copy of the project, with this machine's packages."""
    return processes.run(["-m", "plugins.commands", *words], cwd=folder, env={**os.environ, **environment})


@dataclass(frozen=True)
class Clone:
    """A clone's folder, and git in it."""

    folder: Path

    def git(self, *command: str) -> str:
        """Run git and return its output."""
        done = subprocess.run(["git", *command], cwd=self.folder, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def write(self, files: dict[str, str]) -> None:
        """Write files."""
        for name, text in files.items():
            (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
            (self.folder / name).write_text(text, "utf-8")

    def commit(self, files: dict[str, str], message: str = "A change") -> None:
        """Write files and commit everything."""
        self.write(files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)

    def push(self, files: dict[str, str], message: str = "A change") -> None:
        """Write files, commit everything and push."""
        self.commit(files, message)
        self.git("push", "--quiet", "origin", "HEAD")


@dataclass(frozen=True)
class Origin:
    """A bare repository, as a host keeps it."""

    folder: Path

    def clone(self, name: str, *options: str) -> Clone:
        """Return a new clone; `options` are git's."""
        target = self.folder.parent / name
        Clone(self.folder.parent).git("clone", "--quiet", *options, f"file://{self.folder}", str(target))
        return Clone(target)

    def git(self, *command: str) -> str:
        """Run git in the bare repository."""
        return Clone(self.folder).git(*command)

    def read(self, path: str, branch: str = "main") -> str:
        """Return a file of a branch."""
        return self.git("show", f"{branch}:{path}")


@pytest.fixture(autouse=True)
def own_git(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let git know nothing of this machine's settings, nor of a robot's environment."""
    config = tmp_path_factory.mktemp("git") / "config"
    config.write_text(_CONFIG, "utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for name in ("CI", "GITHUB_ACTIONS", "GITHUB_TOKEN", "GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY", "SITEURL", "GIT_DIR"):
        monkeypatch.delenv(name, raising=False)
    yield


@pytest.fixture
def origin(tmp_path: Path) -> Origin:
    """Return a bare repository with one commit: the project's merge rules, and a text."""
    folder = tmp_path / "origin.git"
    Clone(tmp_path).git("init", "--quiet", "--bare", str(folder))
    first = Origin(folder).clone("first")
    first.push({".gitattributes": (ROOT / ".gitattributes").read_text("utf-8"), "README.md": "A site.\n"}, "First")
    return Origin(folder)
