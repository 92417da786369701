"""Connect to Pelican: each run of it is looked at first, and left out where nothing has changed (`build`)."""

from functools import partial

from pelican import Pelican, signals

from . import build, facts


def register() -> None:
    """Connect to Pelican's signals, and nothing else: what fails in here, Pelican swallows."""
    signals.initialized.connect(wrap_run)


def wrap_run(site: Pelican) -> None:
    """Have `build.run` decide about each run of this site."""
    site.run = partial(build.run, site, site.run, facts.of_settings(site.settings))
