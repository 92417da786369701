"""The maintainer's commands: lint, test, measure, and make anew what is made from the code.

What a command needs is imported when it runs.
"""

import json
import shlex
import subprocess
import sys
from pathlib import Path

import click

from plugins.commands.program import Program

ROOT = Path(__file__).parents[2]
BENCHMARKS = (
    "build",
    "check",
    "fetch",
    "growing",
    "listings",
    "parse",
    "pay",
    "preview",
    "readers",
    "stories",
    "topics",
    "trust",
    "year",
)
LINT = (
    "ruff check",
    "ruff format --check",
    "mypy --num-workers 2",
    "lint-imports",
    "zizmor --offline --no-progress --quiet .github",
    "check-jsonschema --quiet --builtin-schema vendor.github-workflows {workflows}",
    "check-jsonschema --quiet --builtin-schema custom.github-workflows-require-timeout {workflows}",
    "check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml",
    "check-jsonschema --quiet --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml",
    "check-jsonschema --quiet --builtin-schema vendor.github-issue-forms {issue_forms}",
)
"""The tools that `lint` runs, each as it is typed in the project's folder."""

PYTEST = (sys.executable, "-m", "pytest", "-n", "2")
MEASURED = ("tests/unit",)
"""The tests under which coverage is measured.

Traced, a test takes two to three times as long, so the others go without: the whole is to stay within fifteen minutes.
What only they run, such as printing a site's pages or the HTTP client over loopback, stands in the table as not run.
"""
WHOLES = ("tests/properties", "tests/loopback", "tests/publishing", "tests/project", "tests/sites")
"""The tests of properties, and of whole things."""


@click.command
@click.argument("what", metavar="WHAT", type=click.Choice(BENCHMARKS), help=", ".join(BENCHMARKS))
@click.argument("given", required=False, default="", help="its arguments, in quotes where there are several")
def bench(what: str, given: str) -> None:
    """Measure against named peers, or against labelled headlines; benchmarks/RESULTS.md has figures."""
    _run(sys.executable, f"benchmarks/{what}.py", *shlex.split(given))


@click.command
@click.pass_context
def docs(ctx: click.Context) -> None:
    """Write docs/settings.md and docs/commands.md anew from pelicanconf.py and from the commands."""
    from plugins.commands import manual

    program = ctx.find_root().command
    assert isinstance(program, Program)  # noqa: S101 - it is what ran this command
    for name in manual.write(ROOT, program):
        click.echo(f"Written: {name}")


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument(
    "words", metavar="[ARGS]…", nargs=-1, type=click.UNPROCESSED, help="only these tests, or options of pytest"
)
@click.option("--args", metavar="ARGS", default="", help="the same in one word")
@click.pass_context
def test(ctx: click.Context, words: tuple[str, ...], args: str) -> None:
    """Run lint, then all tests."""
    ctx.invoke(lint)
    chosen = shlex.split(args)
    if len(words) == 1:  # one may hold several, as in ./inv test "tests/unit -x"
        chosen += shlex.split(words[0])
    else:
        chosen += words
    if chosen:
        _run(*PYTEST, *chosen)
        return
    _run(*PYTEST, "--cov", "--cov-report=", *MEASURED)
    # Most of these wait now and then, for servers and processes: three at a time keep two processors busy, and with
    # four each build takes a fifth more of a processor.
    _run(*PYTEST, "-n", "3", *WHOLES)
    # A process in which Playwright has run keeps its event loop, so the browser has processes of its own.
    _run(*PYTEST, "-n", "3", "tests/browser")
    _say_what_was_not_run()


def _say_what_was_not_run() -> None:
    """Print the folders of which the measured tests ran too little."""
    from plugins.commands.coverage_table import table

    report = ROOT / ".cache" / "coverage" / "report.json"
    _run(sys.executable, "-m", "coverage", "json", "--quiet", "-o", str(report))
    click.echo("\n".join(table(json.loads(report.read_text("utf-8")))))


@click.command
def lint() -> None:
    """Check style, types and the house's import contracts."""
    tools, github = Path(sys.executable).parent, Path(".github")
    files = {
        "workflows": sorted((ROOT / github / "workflows").glob("*.yml")),
        "issue_forms": [github / "ISSUE_TEMPLATE" / f"{form}.yml" for form in ("update", "fund", "correction")],
    }
    named = {name: shlex.join(map(str, paths)) for name, paths in files.items()}
    for tool in LINT:
        name, *words = shlex.split(tool.format(**named))
        _run(str(tools / name), *words)


@click.command
@click.argument("language", help="a code such as es or pt-BR")
@click.option(
    "--theme",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False),
    default="theme",
    show_default=True,
    help="the theme's folder",
)
def words(language: str, theme: str) -> None:
    """Bring a language's catalogue up to the templates' words; begin it if there is none."""
    from plugins.language.catalogue_files import refresh

    click.echo(f"Wrote {refresh(Path(theme), language)}")


@click.command
def screenshots() -> None:
    """Take the pictures in docs/screenshots anew, of the example as it is without a network."""
    _run(sys.executable, "-m", "tests.browser.screenshots")


@click.command
def golden() -> None:
    """Write the test sites' golden output anew; read the difference before committing it."""
    _run(sys.executable, "-m", "pytest", "tests/sites/test_golden.py", "--golden")


def _run(*command: str) -> None:
    """Run a program in the project's folder. Ends this command with code 1 where it fails: it has said why."""
    if subprocess.run(command, cwd=ROOT, check=False).returncode:  # noqa: S603 - our own tools
        raise click.exceptions.Exit(1)
