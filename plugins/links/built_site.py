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
    names = {path.relative_to(output).as_posix(): path for path in output.rglob("*") if path.is_file()}
    names = {name: path for name, path in names.items() if not (name.startswith(".") and "/" in name)}
    pages = {name: path.read_text("utf-8", "replace") for name, path in names.items() if name.endswith(".html")}
    found = internal_links.problems(pages, names.keys(), siteurl)
    return tuple(replace(one, where=files.display_path(output / one.where)) for one in found)
