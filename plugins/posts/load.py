"""The door to content/posts and content/pages: every text read and checked, by the same rules for check and build."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from plugins.core.config import markdown_file
from plugins.core.errors import Problem
from plugins.posts.model import PageMatter, PostMatter, is_public

FOLDERS: dict[str, type[PageMatter]] = {"posts": PostMatter, "pages": PageMatter}

Text = markdown_file.Text[PageMatter]


def read_all(content: Path) -> list[Text]:
    """Read every post and page, in order of path."""
    return [
        markdown_file.read(path, model)
        for folder, model in FOLDERS.items()
        for path in sorted((content / folder).rglob("*.md"))
        if not path.name.startswith((".", "_"))
    ]


def is_withheld(text: Text, now: datetime) -> bool:
    """Say whether a text stays in; one whose front matter has problems counts as what it is going to be."""
    if text.matter is None:
        return str(text.front.data.get("status")).strip().lower() == "draft"
    return not is_public(text.matter, now)


def problems(written: list[Text], shown: list[Text], content: Path) -> list[Problem]:
    """Return what is wrong with the texts: their own problems, two under one address, pictures that are not there.

    A text's picture has to be there once the text is `shown`.
    """
    found = [problem for text in written for problem in text.problems]
    found += _doubles(written, content)
    return found + [problem for text in shown for problem in _image(text, content)]


def _image(text: Text, content: Path) -> Iterator[Problem]:
    image = text.front.data.get("image")
    src = image.get("src") if isinstance(image, dict) else None
    if isinstance(src, str) and src.strip() and not (content / src.strip()).is_file():
        line = text.front.line_of(["image", "src"])
        yield Problem(text.where, line, f"there is no picture {src}", "give its path below the content folder")


def _doubles(written: list[Text], content: Path) -> Iterator[Problem]:
    """Two texts cannot be published at one address, unless one translates the other."""
    seen: dict[tuple[str, str, str], Text] = {}
    for text in written:
        slug, lang = (str(text.front.data.get(key) or "").strip() for key in ("slug", "lang"))
        key = (text.path.relative_to(content).parts[0], slug or text.path.stem, lang)
        if key in seen:
            what = f"slug {key[1]!r} is taken by {seen[key].where}"
            yield Problem(text.where, text.front.line_of(["slug"]), what, "give each text its own slug")
        seen.setdefault(key, text)
