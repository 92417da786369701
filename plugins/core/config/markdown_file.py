"""The door to a Markdown file with front matter: read, parted, its front matter checked."""

from dataclasses import dataclass
from pathlib import Path
from typing import Generic

from plugins.core import files
from plugins.core.config import checked, frontmatter
from plugins.core.config.checked import Model
from plugins.core.config.frontmatter import FrontMatter
from plugins.core.errors import Problem, SiteError


@dataclass(frozen=True, slots=True)
class Text(Generic[Model]):
    """A text as it was read: its checked front matter (none where it has problems) and its Markdown.

    `front` has what could be read in any case: what others name the text by is known even where it has problems.
    """

    path: Path
    where: str
    front: FrontMatter
    matter: Model | None
    problems: tuple[Problem, ...]


def read(path: Path, model: type[Model]) -> Text[Model]:
    """Read one file."""
    where = files.display_path(path)
    try:
        front, problems = frontmatter.split(files.read_text(path), where)
    except SiteError as error:
        return Text(path, where, frontmatter.NOTHING, None, error.problems)
    matter, found = checked.check(model, front.data, where, front.line_of, front.gaps)
    problems += found
    return Text(path, where, front, None if problems else matter, tuple(problems))
