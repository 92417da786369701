"""What a person can get wrong ends no command in a traceback: a line says where, what, and what to do."""

import ctypes
import os
import re
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import processes
from tests.copies import project
from tests.loopback.previewing import previewed

CONTENT = {
    "pages/about.md": "---\ntitle: About\n---\n\nWe are writers.\n",
    "posts/day-one.md": "---\ntitle: Day one\ndate: 2026-01-02\n---\n\nThey came at six.\n",
}
COMMANDS = (
    "build",
    "site",
    "check",
    "fetch",
    "fetch --explain x",
    "fetch --accept-moves",
    "verify",
    "verify --links",
    "publish",
    "ping",
    "announce",
    "save",
    "digest",
    "desk",
    "new post Title",
    "new fund",
    "accept given.md",
    "import given.xml",
    "sources-import given.opml",
)
"""Every command that reads the settings, but for `serve`, which goes on and waits until they are mended."""

MISTAKES = [
    ("SITENAME = (", r"is not Python \('\(' was never closed\)"),
    ("SITENAME = Dockers", r"cannot be used \(NameError: name 'Dockers' is not defined\)"),
]
MORE_MISTAKES = [
    ("import nothing_of_this_name", r"cannot be used \(ModuleNotFoundError: No module named 'nothing_of_this_name'\)"),
    ("SITENAME = 1 / 0", r"cannot be used \(ZeroDivisionError: division by zero\)"),
    ("raise SystemExit(3)", r"cannot be used \(ends the program\)"),
    ("SITEURL = 5", r"SITEURL must be text \(got 5\)"),
    ('UPDATES_FRESH_DAYS = "3"', r"UPDATES_FRESH_DAYS must be a whole number \(got 3\)"),
    ("PATH = 5", r"PATH must be text \(got 5\)"),
    ("PLUGINS = 5", r"PLUGINS must be a"),
    ("ARTICLE_PATHS = 5", r"ARTICLE_PATHS must be a"),
]
NEW_FUND = "new fund --name Hardship --url https://fund.example.org/ --hosts fund.example.org"
REPORTED = "This is a fault of Picketwire"

_PR_CAPBSET_DROP, _CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 24, 1, 2


def as_an_owner() -> None:
    """In a process to be: let the rights of files hold for root too, as they do for everybody else."""
    if os.geteuid() == 0:
        for capability in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH):
            ctypes.CDLL(None).prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)


def heeding_ctrl_c() -> None:
    """In a process to be: do not take over from a shell that these tests, run in the background, ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def with_small_files() -> None:
    """In a process to be: let no file grow beyond a few bytes. The system refuses as it does when a disk is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (16, 16))


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project with a small content, which the module's tests share."""
    folder = tmp_path_factory.mktemp("mistakes")
    project(folder, CONTENT)
    return folder


@pytest.fixture
def site(copy: Path) -> Iterator[Path]:
    """Return the copy, and put its settings back afterwards."""
    kept = {name: (copy / name).read_bytes() for name in ("pelicanconf.py", "publishconf.py")}
    yield copy
    for name, text in kept.items():
        (copy / name).write_bytes(text)


def inv(folder: Path, *words: str, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    """Run `./inv WORDS` in the copy; `before` runs in the process that becomes it."""
    command = ["-m", "plugins.commands", *words]
    environment = {**os.environ, "SITEURL": "https://writers.example.org", "PYTHONDONTWRITEBYTECODE": "1"}
    if before is None:
        return processes.run(command, cwd=folder, env=environment)
    return subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
        preexec_fn=before,
    )


def appended(file: Path, text: str) -> int:
    """Write a line at a file's end, and return its number."""
    with file.open("a", encoding="utf-8") as out:
        out.write(f"\n{text}\n")
    return file.read_text("utf-8").count("\n")


def assert_told(done: subprocess.CompletedProcess[str], pattern: str, code: int = 1) -> None:
    """Hold an end to the exit code, to a line of the pattern with a remedy, and to no traceback."""
    said = done.stdout + done.stderr
    assert (done.returncode, "Traceback" in said, REPORTED in said) == (code, False, False), said
    assert re.search(rf"^{pattern}.*; \w.*", done.stderr, re.MULTILINE), said


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("line", "what"), MISTAKES, ids=[line for line, _ in MISTAKES])
def test_a_mistake_in_the_settings_is_told_by_every_command(site: Path, command: str, line: str, what: str) -> None:
    """At its line in pelicanconf.py, also where it is publishconf.py that is read, which takes it in."""
    number = appended(site / "pelicanconf.py", line)
    assert_told(inv(site, *command.split()), f"pelicanconf.py:{number}: {what}")


@pytest.mark.parametrize("command", ["build", "check", "build --settings publishconf.py", "digest"])
@pytest.mark.parametrize(("line", "what"), MORE_MISTAKES, ids=[line for line, _ in MORE_MISTAKES])
def test_whatever_the_settings_do_is_told_at_their_line(site: Path, command: str, line: str, what: str) -> None:
    """A wrong type, a library that is not there, a division by zero; with Pelican and without it."""
    number = appended(site / "pelicanconf.py", line)
    done = inv(site, *command.split())
    if line.startswith("SITEURL") and command in {"build --settings publishconf.py", "digest"}:
        assert "SITEURL" not in done.stderr  # publishconf.py has its own
        return
    assert_told(done, f"pelicanconf.py:{number}: {what}")


@pytest.mark.parametrize("command", ["publish", "digest", "ping"])
def test_a_mistake_in_what_publishing_changes_is_told(site: Path, command: str) -> None:
    """At its line in publishconf.py."""
    number = appended(site / "publishconf.py", "PUBLISHING = Yes")
    assert_told(inv(site, command), rf"publishconf.py:{number}: cannot be used \(NameError")


def test_a_preview_tells_and_waits(site: Path) -> None:
    """`./inv serve` shows a mistake in the settings, without a traceback, until it is mended."""
    number = appended(site / "pelicanconf.py", "SITENAME = (")
    with previewed(site) as preview:
        assert f"pelicanconf.py:{number}: is not Python" in preview.said
        assert "Traceback" not in preview.said


@pytest.mark.parametrize("command", ["build", "check", "fetch", "digest", "verify"])
@pytest.mark.parametrize("given", ["nowhere.py", "plugins", "theme/static/css/tokens.css"])
def test_settings_that_are_none_are_told(site: Path, command: str, given: str) -> None:
    """A file that is not there, a folder, a file of another kind."""
    assert_told(inv(site, command, "--settings", given), re.escape(given))


@pytest.mark.parametrize("command", ["build", "site"])
@pytest.mark.parametrize("kind", ["a file", "below a file", "read-only"])
def test_an_output_that_cannot_be_written_is_told(site: Path, tmp_path: Path, command: str, kind: str) -> None:
    """With its path, and what stands in the way."""
    output = tmp_path / "output"
    if kind == "read-only":
        output.mkdir(mode=0o500)
    else:
        output.write_text("mine", "utf-8")
    given = output / "site" if kind == "below a file" else output
    done = inv(site, command, "--output", str(given), before=as_an_owner)
    what = (
        "the system refuses \\([A-Z][a-z ]+\\)"
        if kind == "read-only"
        else f"the output cannot be a folder: {output} is a file"
    )
    assert_told(done, rf"{re.escape(str(output))}\S*: {what}")
    assert output.is_dir() or output.read_text("utf-8") == "mine"


@pytest.mark.parametrize("command", ["build", "check", "digest"])
@pytest.mark.parametrize("name", ["content/posts/day-one.md", "content/strikes.toml", "content/posts"])
def test_what_cannot_be_read_is_told(site: Path, command: str, name: str) -> None:
    """A text, a TOML file or a folder that its owner may not read, with its path."""
    path = site / name
    fresh = not path.exists()
    if fresh:
        path.write_text("", "utf-8")
    mode = path.stat().st_mode
    path.chmod(0)
    try:
        done = inv(site, command, before=as_an_owner)
    finally:
        path.chmod(mode)
        if fresh:
            path.unlink()
    assert_told(done, rf"{re.escape(name)}\S*: (cannot be read|the system refuses) \(Permission denied\)")


@pytest.mark.parametrize(
    "words", [["new", "post", "Full"], NEW_FUND.split(), ["digest", "--since", "99999d"], ["build"]]
)
def test_a_disk_that_takes_no_more_is_told(site: Path, words: list[str]) -> None:
    """With the file that could not be written; nothing half-written is left."""
    before = sorted((site / "content").rglob("*"))
    done = inv(site, *words, before=with_small_files)
    # Pelican writes pages where the system names none; what is new is first tried in a folder aside.
    named = "" if words == ["build"] else r"\S*content/\S+: "
    assert_told(done, rf"{named}the system refuses \(File too large\)")
    assert sorted((site / "content").rglob("*")) == before


def test_a_name_that_is_no_text_can_be_told(site: Path) -> None:
    """A file whose name is in no known encoding is told like any other."""
    path = Path(os.fsdecode(os.fsencode(site / "content/posts") + b"/caf\xe9.md"))
    path.write_bytes(b"\xff")
    try:
        done = inv(site, "check")
    finally:
        path.unlink()
    assert_told(done, r"content/posts/caf\\udce9.md:1: not UTF-8 text")


def test_ctrl_c_ends_a_command_in_one_line(site: Path) -> None:
    """While a source keeps it waiting: exit code 130, as shells have it, and not a word of how the code was stopped."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        sources = site / "content/updates/sources.toml"
        sources.parent.mkdir()
        port = server.getsockname()[1]
        sources.write_text(
            f'[[source]]\nid = "slow"\ntitle = "Slow"\nsite = "https://slow.example.org/"\n'
            f'feed = "http://127.0.0.1:{port}/"\nkind = "labor"\nkeep = "all"\n',
            "utf-8",
        )
        command = [sys.executable, "-m", "plugins.commands", "fetch", "--allow-private-host", "127.0.0.1"]
        process = subprocess.Popen(
            command,
            cwd=site,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
            preexec_fn=heeding_ctrl_c,  # noqa: PLW1509 - no threads here
        )
        try:
            with server.accept()[0] as asked:
                asked.recv(1)
                os.killpg(process.pid, signal.SIGINT)  # as a terminal does, to the workers too
                said = "".join(process.communicate(timeout=60))
        finally:
            process.kill()
            sources.unlink()
            sources.parent.rmdir()
    assert process.returncode == 130
    assert [line for line in said.splitlines() if line] == ["Stopped by Ctrl-C."]


def test_verifying_without_a_network_is_no_verdict(site: Path) -> None:
    """Where nothing can be reached nothing is known of the links: exit code 3, and what to do."""
    appended(site / "pelicanconf.py", 'LINKS_AVAILABILITY = LINKS_TIMEGATE = LINKS_SAVE = ""')
    post = site / "content/posts/links.md"
    links = "[a](http://127.0.0.1:9/a) and [b](http://127.0.0.2:9/b)"  # ports at which nobody listens
    post.write_text(f"---\ntitle: Links\ndate: 2026-01-02\n---\n\nSee {links}.\n", "utf-8")
    try:
        done = inv(site, "verify", "--links", "--allow-private-host", "127.0.0.0/8")
    finally:
        post.unlink()
    assert_told(done, r"none of 2 cited pages could be reached", code=3)
