"""Read a Markdown file with front matter, and check the front matter by a model."""

from dataclasses import dataclass
from pathlib import Path
from typing import Generic

from plugins.core.config import checked, frontmatter
from plugins.core.config.checked import Model
from plugins.core.config.frontmatter import FrontMatter
from plugins.core.errors import Problem, SiteError
from plugins.core.text_files import TextFiles


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


def read(path: Path, model: type[Model], texts: TextFiles | None = None) -> Text[Model]:
    """Read and check one file. What is wrong is in the result's problems, also where the file cannot be read.

    `texts` are those that a run has read, where others ask for the same file.
    """
    texts = texts or TextFiles()
    where = texts.display_path(path)
    try:
        front, problems = frontmatter.split(texts.read(path), where)
    except SiteError as error:
        return Text(path, where, frontmatter.NOTHING, None, error.problems)
    matter, found = checked.check(model, front.data, where, front.line_of, front.unparsable)
    problems += found
    if problems:  # a header that was not read may have changed the meaning of those that were
        matter = None
    return Text(path, where, front, matter, tuple(problems))
