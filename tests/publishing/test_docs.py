"""What the manual shows works: every snippet is built in a small site, every command is one there is, and many are run.

A snippet belongs to the file below content/ that the paragraph before it names, else to the text of a post. What stands
between single backticks counts as well, where it is a link, a picture, or a key with its value.
"""

import re
import shlex
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import click
import pytest
import yaml
from PIL import Image

import tasks
from plugins.listings.archive import listings_folder
from plugins.listings.archive.listings_folder import ListingsArchive
from plugins.listings.posting import ArchivedListing, Happening, Snapshot
from plugins.posts.model import PostMatter
from tests.copies import ROOT, project
from tests.publishing.conftest import inv
from tests.sites.test_writing import SITE

MADE = {"commands.md", "settings.md"}
"""Pages that are made from the code, and name its verbs in its own words."""
PAGES = [ROOT / "README.md", *(path for path in sorted((ROOT / "docs").glob("*.md")) if path.name not in MADE)]
BUILT = "1796126400"  # 1 December 2026, after every day that the manual names
_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"`(content/[\w/.-]+\.(?:md|toml))`")
_SPAN = re.compile(r"(?<!`)`([^`]+)`(?!`)")
_LINK = re.compile(r"!?\[[^\]]+\]\([^)]+\)(\{:[^}]*\})?")
_CALL = re.compile(r"(?:[A-Z_]+=\S+ )?\./inv( .*)?")


def spans(page: Path) -> list[str]:
    """Return what a page has between single backticks, each on one line."""
    return [" ".join(span.split()) for span in _SPAN.findall(_FENCE.sub("", page.read_text("utf-8")))]


def snippets(page: Path) -> Iterator[tuple[str, str, str]]:
    """Return (language, file or "", text) of a page's snippets."""
    text = page.read_text("utf-8")
    for fence in _FENCE.finditer(text):
        paragraph = text[: fence.start()].rstrip().rpartition("\n\n")[2]
        named = _FILE.findall(paragraph)
        yield fence[1], named[-1] if named else "", fence[2]


def calls() -> list[str]:
    """Return every command that the manual names."""
    found = []
    for page in PAGES:
        lines = [line for language, _, text in snippets(page) if language == "sh" for line in text.splitlines()]
        found += [
            one for one in (*spans(page), *(line.split(" #")[0].strip() for line in lines)) if _CALL.fullmatch(one)
        ]
    return sorted(set(found))


def site() -> dict[str, str]:
    """Return the content of a small site that has every snippet in it."""
    content = {name: str(text) for name, text in SITE.items()}
    for page in PAGES:
        body: list[str] = []
        for language, file, text in snippets(page):
            if language == "markdown" and text.startswith("---\n"):
                content[file.removeprefix("content/")] = text
            elif language == "markdown":
                body.append(text)
            elif language == "toml":
                content[file.removeprefix("content/")] = text
        body += [span for span in spans(page) if _LINK.fullmatch(span) and not re.search(r"\(…\)", span)]
        head = {"title": f"From {page.name}", "date": "2026-11-01", **front_matter(page)}
        text = "\n\n".join(body) or "Nothing is shown."
        content[f"posts/from-{page.stem.lower()}.md"] = f"---\n{yaml.safe_dump(head)}---\n\n{text}\n"
    content["listings/crane-driver.md"] = content["listings/crane-driver.md"].replace(
        "seen:", 'board: "harbour/12345"\nseen:', 1
    )
    content["posts/other-post.md"] = "---\ntitle: Another\ndate: 2026-11-02\n---\n\nWords.\n"
    return content


def front_matter(page: Path) -> dict[str, object]:
    """Return the keys of front matter that a page shows with a value, but for those that would keep the post in."""
    found: dict[str, object] = {}
    for span in spans(page):
        key, colon, _ = span.partition(": ")
        if colon and key in PostMatter.model_fields and key not in {"status", "date"}:
            found |= yaml.safe_load(span)
    return found


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """Return a copy of the project with that site as its content."""
    folder = tmp_path / "project"
    project(folder, site())
    picture = BytesIO()
    Image.new("RGB", (90, 60), "white").save(picture, "JPEG")
    (folder / "content" / "images").mkdir(exist_ok=True)
    (folder / "content" / "images" / "gate.jpg").write_bytes(picture.getvalue())
    at = datetime(2026, 1, 20, 6, tzinfo=UTC)
    words = "You are flexible, and like a fast pace. Competitive pay, a canteen and a gym."
    advertised = Snapshot(at, "Crane driver", "The harbour", words)
    listing = ArchivedListing(
        id="harbour/12345",
        employer="Harbour Works",
        url="https://jobs.example.org/12345",
        first_seen=at,
        last_seen=at,
        snapshots=(advertised,),
        happenings=(Happening(at, "opened"),),
    )
    listings_folder.write(folder / "content/archive/listings", ListingsArchive({listing.id: listing}))
    return folder


def test_every_snippet_is_found() -> None:
    """The convention holds: no fence of a language that is built is passed over, and the ones known of are there."""
    found = [(page.name, *one) for page in PAGES for one in snippets(page)]
    assert len(found) > 12
    assert {language for _, language, _, _ in found} <= {"markdown", "toml", "yaml", "sh", "html", "json"}
    lost = [(page, text) for page, language, file, text in found if language in {"toml", "yaml"} and not file]
    lost += [(page, text) for page, _, file, text in found if text.startswith("---\n") and not file]
    assert lost == []
    assert "![What it shows](../images/gate.jpg)" in spans(ROOT / "docs" / "writer.md")


def test_every_snippet_is_built(copy: Path) -> None:
    """A reader who copies what the manual shows has a site that passes the check, and a page for each text."""
    for verb in ("check", "build"):
        done = inv(copy, verb, SOURCE_DATE_EPOCH=BUILT)
        assert done.returncode == 0, done.stdout + done.stderr
    output = copy / "output"
    for page in PAGES:
        assert (output / "posts" / f"from-{page.stem.lower()}" / "index.html").is_file()
    for name in ("posts/day-one/index.html", "images/gate.jpg", "old/address/index.html"):
        assert (output / name).is_file(), name
    shown = (output / "posts/from-writer/index.html").read_text("utf-8")
    assert shown.count("/images/gate.jpg") >= 3
    assert "../images" not in shown
    assert "Talks resume" in (output / "updates/2026/11/24/index.html").read_text("utf-8")


def test_every_term_of_the_topics_page_is_one() -> None:
    """What is shown of topics in the middle of a sentence is TOML."""
    lines = [one for one in spans(ROOT / "docs" / "topics.md") if re.fullmatch(r"\w+ = .*", one)]
    assert [set(tomllib.loads(line)) for line in lines] == [{"any"}, {"ignore"}]


@pytest.mark.parametrize("call", calls())
def test_every_command_can_be_typed(call: str) -> None:
    """Its verb is there, so is each option, with a value where it takes one, and no word is left over."""
    words = shlex.split(re.sub(r"^[A-Z_]+=\S+ ", "", call))[1:]
    command: click.Command = tasks.program
    context: click.Context | None = None
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        parent = click.Context(command, parent=context, info_name=command.name)
        if words[0].isupper():  # a placeholder, as in ./inv VERB --help
            return
        _, found, words = command.resolve_command(parent, words)
        assert found, call
        command, context = found, parent
    # A command that is only named says nothing of its words.
    if words and "--help" not in words and not isinstance(command, click.Group):
        command.make_context(command.name, words, parent=context)


RUN = {
    "./inv check": (),
    "./inv desk": (),
    "./inv digest": (),
    "./inv docs": (),
    './inv new post "Day one at the gate"': (),
    "./inv new update URL": ("--title", "Talks begin", "--date", "2026-11-20"),
    "./inv new fund": ("Tea", "--url", "https://tea.example.org/", "--hosts", "tea.example.org"),
    "./inv new demand": ("Rest", "--text", "Nine hours.", "--date", "2026-11-20", "--source", "The union"),
    "./inv new answer": (
        *("Eight hours.", "--demand", "dock-rest", "--part", "offered"),
        *("--date", "2026-11-21", "--source", "The paper"),
    ),
    "./inv new milestone": ("They vote.", "--date", "2026-11-20", "--source", "The union"),
    "./inv new listing": ("--employer", "The port", "--role", "Dock hand"),
    './inv new source "The outlet" --feed https://outlet.example.org/feed.xml': (),
}
"""Commands of the manual that need neither net nor time, each with the answers somebody at a terminal would give."""


def test_commands_of_the_manual_are_run(copy: Path) -> None:
    """One after the other, as they stand in the manual, and what is there in the end still passes the check."""
    assert sorted(set(RUN) - set(calls())) == [], "the manual names them no more"
    for call, answers in RUN.items():
        words = shlex.split(call.replace("URL", "https://union.example.org/talks-begin"))[1:]
        done = inv(copy, *words, *answers)
        assert done.returncode == 0, f"{call}\n{done.stdout}{done.stderr}"
    done = inv(copy, "check")
    assert done.returncode == 0, done.stderr
