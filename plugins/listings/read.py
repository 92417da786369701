"""The door to content/listings and content/yardsticks.toml: files → checked values with their places."""

from dataclasses import dataclass
from pathlib import Path

from plugins.core import files, frontmatter, settings
from plugins.core.errors import Problem, SiteError
from plugins.core.fields import is_id
from plugins.listings.models import ListingMatter


@dataclass(frozen=True, slots=True)
class ListingFile:
    """A listing's file: its id is the file's stem."""

    path: Path
    where: str
    id: str
    front: frontmatter.FrontMatter
    matter: ListingMatter


def read_listings(folder: Path) -> tuple[list[ListingFile], list[Problem]]:
    """Return every listing that is not a draft, in order of id, and what is wrong with any of them."""
    found: list[ListingFile] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.md")):
        where = files.spoken(path)
        try:
            front, wrong = frontmatter.split(files.read_text(path), where)
        except SiteError as error:
            problems += error.problems
            continue
        if wrong:
            problems += wrong
            continue
        matter, wrong = settings.check(ListingMatter, front.data, where, front.line_of)
        if not is_id(path.stem):
            what = f"the file name is the listing's address (got {path.name})"
            wrong.append(Problem(where, 0, what, "use small letters, digits and hyphens"))
        problems += wrong
        if matter and not wrong and matter.status != "draft":
            found.append(ListingFile(path, where, path.stem, front, matter))
    return found, problems
