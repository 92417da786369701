"""The door to content/posts and content/pages: every text read and checked, by the same rules for check and build."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from plugins.core import files, frontmatter, settings
from plugins.core.errors import Problem, SiteError
from plugins.posts import links
from plugins.posts.models import PageMatter, PostMatter, is_public

FOLDERS: dict[str, type[PageMatter]] = {"posts": PostMatter, "pages": PageMatter}


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it was read: its checked front matter (none where it has problems) and its Markdown."""

    path: Path
    where: str
    front: frontmatter.FrontMatter
    matter: PageMatter | None
    problems: tuple[Problem, ...]

    @property
    def slug(self) -> str:
        """Return the name the text is published under."""
        return (self.matter and self.matter.slug) or self.path.stem


def read_text(path: Path, model: type[PageMatter]) -> Text:
    """Read one file."""
    where = files.spoken(path)
    try:
        front, problems = frontmatter.split(files.read_text(path), where)
    except SiteError as error:
        return Text(path, where, frontmatter.FrontMatter({}, "", {}, 1, loose=False), None, error.problems)
    if problems:
        return Text(path, where, front, None, tuple(problems))
    matter, problems = settings.check(model, front.data, where, front.line_of)
    return Text(path, where, front, matter, tuple(problems))


def read_all(content: Path) -> list[Text]:
    """Read every post and page, in order of path."""
    return [
        read_text(path, model)
        for folder, model in FOLDERS.items()
        for path in sorted((content / folder).rglob("*.md"))
        if not path.name.startswith((".", "_"))
    ]


def problems(texts: list[Text], content: Path, now: datetime) -> list[Problem]:
    """Return everything wrong in the texts: their own problems, two under one address, links to nowhere."""
    found = [problem for text in texts for problem in text.problems]
    found += _doubles(texts)
    public = [text for text in texts if text.matter and is_public(text.matter, now)]
    withheld = {text.path for text in texts} - {text.path for text in public}

    def exists(file: str) -> bool:
        path = content / file
        return path.is_file() and path not in withheld

    for text in public:
        source = text.path.relative_to(content).as_posix()
        found += links.dead(text.front.body, text.front.body_line, source, text.where, exists)
        found += _image(text, exists)
    return found


def _image(text: Text, exists: Callable[[str], bool]) -> Iterator[Problem]:
    image = text.matter.image if isinstance(text.matter, PostMatter) else None
    if image and not exists(image.src):
        line = text.front.line_of(["image", "src"])
        yield Problem(text.where, line, f"there is no picture {image.src}", "give its path below the content folder")


def _doubles(texts: list[Text]) -> Iterator[Problem]:
    """Two texts cannot be published at one address, unless one translates the other."""
    seen: dict[tuple[str, str, str], Text] = {}
    for text in texts:
        if text.matter is None:
            continue
        key = (type(text.matter).__name__, text.slug, text.matter.lang)
        if key in seen:
            what = f"slug {text.slug!r} is taken by {seen[key].where}"
            yield Problem(text.where, text.front.line_of(["slug"]), what, "give each text its own slug")
        seen.setdefault(key, text)
