"""Read the built site's pages for `./inv check`, which follows every link within the site."""

from dataclasses import replace
from pathlib import Path

from plugins.core import files
from plugins.core.errors import Problem
from plugins.links import internal_links
from plugins.sections.settings import SiteSettings


def problems(site: SiteSettings) -> tuple[Problem, ...]:
    """Return what is wrong in the site's output folder; a site that was not built yet has nothing wrong."""
    return check_output(site.output, site.siteurl)


def check_output(output: Path, siteurl: str) -> tuple[Problem, ...]:
    """Return a problem for every link or fragment below `output` that leads nowhere within the site.

    Hidden folders, such as a `.git`, are not part of the site.
    """
    names: set[str] = set()
    pages: dict[str, str] = {}
    for path in output.rglob("*"):
        name = path.relative_to(output).as_posix()
        is_hidden = name.startswith(".") and "/" in name
        if is_hidden or not path.is_file():
            continue
        names.add(name)
        if name.endswith(".html"):
            pages[name] = path.read_text("utf-8", "replace")
    found = internal_links.problems(pages, names, siteurl)
    return tuple(replace(problem, where=files.display_path(output / problem.where)) for problem in found)
