"""Read a Markdown file with front matter, and check the front matter by a model."""

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
    """A Markdown file as it was read; `where` is its path for messages.

    `matter` is the checked front matter, None where there are `problems`. `front` has the front matter as far as it
    could be parsed, and the body: so the ids in it are known even where it has problems.
    """

    path: Path
    where: str
    front: FrontMatter
    matter: Model | None
    problems: tuple[Problem, ...]


def read(path: Path, model: type[Model]) -> Text[Model]:
    """Read and check one file. What is wrong is in the result's problems, also where the file cannot be read."""
    where = files.display_path(path)
    try:
        text = files.read_text(path)
    except SiteError as error:
        return unreadable(path, where, error)
    return parsed(text, path, where, model)


def parsed(text: str, path: Path, where: str, model: type[Model]) -> Text[Model]:
    """Return a file of which the text is known, checked."""
    front, problems = frontmatter.split(text, where)
    matter, found = checked.check(model, front.data, where, front.line_of, front.unparsable)
    problems += found
    if problems:  # a header that was not read may have changed the meaning of those that were
        matter = None
    return Text(path, where, front, matter, tuple(problems))


def unreadable(path: Path, where: str, error: SiteError) -> Text[Model]:
    """Return a file that cannot be read, for the reason that `error` tells."""
    return Text(path, where, frontmatter.NOTHING, None, error.problems)
