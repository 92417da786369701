"""The maintainer's verbs: lint, test, measure, and make anew what is made from the code.

What a verb needs is imported when it runs.
"""

import sys
from pathlib import Path

from invoke.context import Context
from invoke.tasks import task

from plugins.verbs.told import told

ROOT = Path(__file__).parents[2]
WORKFLOW_LINT = (
    "zizmor --offline --no-progress --quiet .github",
    "check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml",
    "check-jsonschema --quiet --builtin-schema custom.github-workflows-require-timeout .github/workflows/*.yml",
    "check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml",
    "check-jsonschema --quiet --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml",
    "check-jsonschema --quiet --builtin-schema vendor.github-issue-forms"
    " .github/ISSUE_TEMPLATE/update.yml .github/ISSUE_TEMPLATE/fund.yml .github/ISSUE_TEMPLATE/correction.yml",
)


@task(
    positional=["what"],
    help={"what": "build, check, fetch, parse, preview, readers, stories or year", "given": "its argument"},
)
def bench(c: Context, what: str, given: str = "") -> None:
    """Measure against named peers, or against labelled headlines; benchmarks/RESULTS.md has figures."""
    c.run(f"{sys.executable} benchmarks/{what}.py {given}")


@task
def docs(c: Context) -> None:
    """Write docs/settings.md and docs/commands.md anew from pelicanconf.py and from the verbs."""
    from plugins.verbs import manual

    for name in manual.write(ROOT):
        print(f"Written: {name}")


@task(help={"args": "only these tests, or more arguments for pytest"})
def test(c: Context, args: str = "") -> None:
    """Run lint, then all tests."""
    lint(c)
    # A process in which Playwright has run keeps its event loop, so the browser has processes of its own.
    for chosen in (args,) if args else ("--deselect tests/browser", "tests/browser"):
        c.run(f"{sys.executable} -m pytest -n 2 {chosen}", pty=sys.stdout.isatty())


@task
def lint(c: Context) -> None:
    """Check style, types and the house's import contracts."""
    tools = Path(sys.executable).parent
    for tool in ("ruff check", "ruff format --check", "mypy", "lint-imports", *WORKFLOW_LINT):
        c.run(f"{tools}/{tool}")


@task(help={"language": "a code such as es or pt-BR", "theme": "the theme's folder"})
@told
def words(c: Context, language: str, theme: str = "theme") -> None:
    """Bring a language's catalogue up to the templates' words; begin it if there is none."""
    from plugins.language.catalogue_files import refresh

    print(f"Wrote {refresh(Path(theme), language)}")


@task
def screenshots(c: Context) -> None:
    """Take the pictures in docs/screenshots anew, of the default site."""
    c.run(f"{sys.executable} -m tests.browser.screenshots")


@task
def golden(c: Context) -> None:
    """Write the test sites' golden output anew; read the difference before committing it."""
    c.run(f"{sys.executable} -m pytest tests/sites --golden -q", warn=True)
