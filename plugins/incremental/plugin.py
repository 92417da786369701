"""Connect to Pelican: each run of it is looked at first, and left out where nothing has changed (`build`)."""

from functools import cache, partial

from pelican import Pelican, signals

from . import build, facts, recorder


def register() -> None:
    """Connect to Pelican's signals, and nothing else: what fails in here, Pelican swallows."""
    signals.initialized.connect(wrap_run)


def wrap_run(site: Pelican) -> None:
    """Have `build.run` decide about each run of this site.

    The settings are looked at in the first run, once all plugins have had their say, and before a build adds to them.
    """
    recorder.begin()
    site.run = partial(build.run, site, site.run, cache(partial(facts.of_settings, site.settings)))
