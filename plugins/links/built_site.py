"""Read the built site's pages for `./inv check`, which follows every link within the site."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from plugins.core import files
from plugins.core.errors import Problem
from plugins.links import internal_links
from plugins.sections.settings import SiteSettings


class _Pages(Mapping[str, str]):
    """The pages of an output by their paths below it, each read when it is asked for: 10,000 are 200 MiB and more."""

    def __init__(self, output: Path, names: list[str]) -> None:
        self._output, self._names = output, names

    def __getitem__(self, name: str) -> str:
        return (self._output / name).read_text("utf-8", "replace")

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def problems(site: SiteSettings) -> tuple[Problem, ...]:
    """Return what is wrong in the site's output folder; a site that was not built yet has nothing wrong."""
    return check_output(site.output, site.siteurl)


def check_output(output: Path, siteurl: str) -> tuple[Problem, ...]:
    """Return a problem for every link or fragment below `output` that leads nowhere within the site.

    Hidden folders, such as a `.git`, are not part of the site.
    """
    names: set[str] = set()
    pages: list[str] = []
    for path in output.rglob("*"):
        name = path.relative_to(output).as_posix()
        is_hidden = name.startswith(".") and "/" in name
        if is_hidden or not path.is_file():
            continue
        names.add(name)
        if name.endswith(".html"):
            pages.append(name)
    found = internal_links.problems(_Pages(output, pages), names, siteurl)
    return tuple(replace(problem, where=files.display_path(output / problem.where)) for problem in found)
