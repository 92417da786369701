"""What is typed after `./inv`, as somebody at a terminal types it."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from plugins.commands import __main__
from tasks import program

ROOT = Path(__file__).parents[3]
NAMES = sorted(program.commands)


def typed(*words: str) -> subprocess.CompletedProcess[str]:
    """Run `./inv WORDS` in the project."""
    command = [sys.executable, "-m", "plugins.commands", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False)


@pytest.mark.parametrize("words", [(), ("--list",), ("--help",), ("-h",)])
def test_without_a_command_all_are_listed(words: tuple[str, ...]) -> None:
    """Bare `./inv` lists every command with what it does, none of it cut short."""
    shown = typed(*words)
    assert (shown.returncode, shown.stderr) == (0, "")
    flowed = "".join(shown.stdout.split())
    said = {name: f"{name}{program.commands[name].help}" for name in NAMES}
    assert [name for name, text in said.items() if "".join(text.split()) not in flowed] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_command_explains_itself(name: str) -> None:
    """`VERB --help`, `VERB -h` and `--help VERB` are one help; the usage in it is the manual's."""
    asked = ([name, "--help"], [name, "-h"], ["--help", name], ["-h", name])
    shown = [CliRunner().invoke(program, words, prog_name="./inv") for words in asked]
    assert [one.exit_code for one in shown] == [0, 0, 0, 0]
    assert len({one.output for one in shown}) == 1
    usage = shown[0].output.splitlines()[0].removeprefix("Usage: ")
    assert f"## `{usage}`\n" in (ROOT / "docs" / "commands.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["buidl"], "No such command 'buidl'. Did you mean 'build'?"),
        (["--help", "buidl"], "No such command 'buidl'. Did you mean 'build'?"),
        (["build", "--contnet", "x"], "No such option '--contnet'. Did you mean '--content'?"),
        (["build", "check"], "unexpected extra argument"),
        (["build", "--content"], "requires an argument"),
        (["new", "pots"], "There is no new 'pots'. Did you mean 'post'?"),
        (["new", "post", "A", "--feed", "https://a.example"], "No such option"),
        (["new", "post", "A", "--name", "B"], "given twice"),
        (["new", "post"], "--name is missing; give it: The post’s title"),
        (["serve", "--port", "http"], "'http' is not a valid integer"),
        (["bench", "nothing"], "'nothing' is not one of"),
        (["import", "x.zip", "--as", "blogger"], "'blogger' is not one of"),
        (["words", "nope"], "no language is called 'nope'"),
        (["digest", "--since", "yesterday"], "--since is no time"),
        (["fetch", "--source", "nobody"], "there is no source 'nobody'"),
        (["fetch", "--allow-private-host", "a b"], "--allow-private-host"),
        (["verify", "--allow-private-host", "a b"], "--allow-private-host"),
        (["desk", "--pin", "nobody"], "nobody"),
        (["desk", "--to", "A title"], "--retitle"),
    ],
    ids=" ".join,
)
def test_a_misused_command_says_how_and_ends_with_2(
    words: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was typed cannot be meant: the message says what, with a near miss where there is one; the code is 2."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(__main__, "_be_quick", lambda: None)  # this process stays
    code, shown = __main__.main(words), capsys.readouterr().err
    assert (code, said in shown) == (2, True), shown
    assert "Traceback" not in shown


def test_what_a_command_says_is_the_processs_end() -> None:
    """A shell sees the message and the code, too."""
    shown = typed("buidl")
    assert (shown.returncode, "Did you mean 'build'?" in shown.stderr) == (2, True), shown.stderr


def test_an_option_is_named_as_it_is_typed() -> None:
    """No option ends in a dash, and none takes the letter of `-h`."""
    names = [name for command in program.commands.values() for one in command.params for name in one.opts]
    assert [name for name in names if name.endswith("-") or name == "-h"] == []


def test_windows_is_told_about_wsl(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the site cannot run, one line says so before anything fails."""
    monkeypatch.setattr(sys, "platform", "win32")
    assert __main__.main(["build"]) == 2
    assert "WSL" in capsys.readouterr().err
