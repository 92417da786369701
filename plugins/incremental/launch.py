"""Ask whether there is anything to build before Pelican and the site's plugins are loaded, which takes a second."""

from . import environment, facts, last_build
from .places import BuildFolders


def unchanged(where: BuildFolders, launch: str, now: float) -> int | None:
    """Return how many pages the output has, where it is what a build would make; None where it may not be.

    `launch` is what was handed to the last build as the setting `facts.LAUNCH`. A build that warned of something is not
    left out here: Pelican is to repeat its warnings.
    """
    last = last_build.read(where.last)
    if last is None or last.said or not launch or last.launch != launch:
        return None
    variables, own_clock = environment.variables(), "time" not in last.facts
    known = facts.launched(facts.of_environment(variables, last.variables, own_clock=own_clock))
    if last.difference({**last.facts, **known}, where.output, now):
        return None
    last.write_if_reread(where.last)
    return last.pages
