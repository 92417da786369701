"""`./inv new site`: take the example out of a copy, and put a site's own beginning in.

It removes nothing that git could not bring back, and only from a copy that still is the example.
"""

import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from string import Template

from plugins.core import files
from plugins.core.config import toml
from plugins.core.errors import MisuseError, Problem, SiteError
from plugins.publishing import about, starter_files
from plugins.publishing.git import around
from plugins.publishing.publish import refuse_uncommitted
from plugins.sections import questions
from plugins.sections import settings as site_settings
from plugins.sections.settings import SiteSettings

STARTER = Path(__file__).with_name("starter")
TOPICS = Path(__file__).with_name("topics.toml")
KEPT = ("extra/",)
"""What a new site keeps of the content as it is."""


def ask(given: Mapping[str, str], question: Callable[[str], str] | None) -> starter_files.Answers:
    """Return the answers, asking for those not given where somebody is there to be asked. Raises SiteError.

    Who answers a question wrongly is told so, and asked that one again.
    """
    answers = dict(given)
    wanted = [key for key in starter_files.QUESTIONS if not answers.get(key)]
    while True:
        if question:
            for key in wanted:
                answers[key] = question(f"{starter_files.QUESTIONS[key]}: ")
        found, problems = starter_files.read_answers(answers, files.read_text(TOPICS))
        if found is not None:
            return found
        refused = {one.what.partition(" ")[0] for one in problems}  # such as "--zone"
        wanted = [key for key in starter_files.QUESTIONS if f"--{key}" in refused]
        if question is None or not wanted:
            raise MisuseError(problems)
        print(*problems, sep="\n")


def new_site(
    root: Path, answers: starter_files.Answers, today: date, environment: Mapping[str, str] | None = None
) -> None:
    """Make a copy of the example a site of its own; `root` has pelicanconf.py and content/.

    Raises SiteError, having changed nothing, where something is not committed or the content is no example any more.
    """
    content = root / "content"
    repo = around(root, environment)
    # What was fetched for the example's sources is the example's too, and can be fetched again.
    refuse_uncommitted(repo, (content / "archive").resolve().relative_to(repo.root.resolve()).as_posix())
    _refuse_own(content / "strikes.toml")
    texts = _texts(root, answers, today)
    found = sorted(content.rglob("*"), reverse=True)
    for path in found:
        if not path.is_dir() and not path.relative_to(content).as_posix().startswith(KEPT):
            path.unlink()
    for name, text in texts.items():
        files.replace(root / name, text.encode())
    for folder in found:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    _forget(root / ".cache")


def _forget(cache: Path) -> None:
    """Remove what was remembered of the example's sources and pages, all of which can be made again.

    The ledger stays: by it the next build knows the example's pages for its own, and removes them.
    """
    for path in cache.glob("*"):
        if path.is_file():
            path.unlink()
        elif path.name != "ledger":
            shutil.rmtree(path, ignore_errors=True)


def _refuse_own(path: Path) -> None:
    """Raise SiteError where a strikes.toml has strikes that are not marked as the example's, or is not there."""
    read = toml.ParsedToml({})
    if path.exists():
        read = toml.read(files.read_text(path), files.display_path(path))
    if read.problems:
        raise SiteError(read.problems)
    rows = read.data.get("strike", [])
    if not rows or not all(isinstance(row, dict) and row.get("example") for row in rows):
        what, remedy = "the strikes are not the example's: this is a site of its own", "change its files by hand"
        raise SiteError([Problem(files.display_path(path), 0, what, remedy)])


def _kept(path: Path) -> str:
    """Return what a new site keeps of a table's file: the explanation at its beginning, and no record."""
    return starter_files.head(files.read_text(path)) if path.exists() else ""


def _texts(root: Path, answers: starter_files.Answers, today: date) -> dict[str, str]:
    """Return what the new site's files will say, by path from the root; all else below content/ goes."""
    texts = {}
    own = {
        "SITENAME": answers.name,
        "TAGLINE": starter_files.TAGLINE,
        "TIMEZONE": answers.zone,
        "NOTICE": "",
        "AS_OF": "",
    }
    changes: Mapping[str, Callable[[str], str]] = {
        "pelicanconf.py": lambda text: starter_files.with_settings(text, own),
        "publishconf.py": lambda text: starter_files.with_address(text, answers.address),
        "content/strikes.toml": lambda text: starter_files.strikes(starter_files.head(text), answers, today),
    }
    if (root / "SECURITY.md").exists():
        texts["SECURITY.md"] = starter_files.with_newsroom(files.read_text(root / "SECURITY.md"), answers)
    for name, change in changes.items():
        try:
            texts[name] = change(files.read_text(root / name))
        except ValueError as error:
            raise SiteError([Problem(name, 0, str(error), "write it as it was, and run this again")]) from error
    head = _kept(root / "content" / "updates" / "topics.toml")
    sides = (answers.union, answers.employers)
    texts["content/updates/topics.toml"] = about.topics(head, files.read_text(TOPICS), answers.about, sides)
    settings = site_settings.read(str(root / "pelicanconf.py")).of(SiteSettings)
    for example in questions.examples(settings.plugins or ()):
        path, name = root / "content" / example.file, f"content/{example.file}"
        kept = texts.get(name, "")
        if not kept and path.suffix == ".toml":
            kept = _kept(path)
        texts[name] = starter_files.with_example(kept or example.begun, example.text(today))
    for path in sorted(STARTER.rglob("*.md")):
        text = Template(files.read_text(path)).substitute(today=today.isoformat())
        texts[f"content/{path.relative_to(STARTER).as_posix()}"] = text
    return texts
