"""Settings for tests: those that are shipped, with some changed, checked as a site's are."""

from plugins.core.config.settings_file import Settings
from plugins.sections import settings
from tests.shipped import pelicanconf

SHIPPED = {name: value for name, value in vars(pelicanconf).items() if name.isupper()} | {"AS_OF": ""}


def changed(**values: object) -> Settings:
    """Return the shipped settings, but for the example's stopped clock, with these values in place of theirs."""
    return settings.check({**SHIPPED, **values})


def only(**values: object) -> Settings:
    """Return the same, in which what is Pelican's own is nothing but these values."""
    return Settings(values, changed(**values).models)
