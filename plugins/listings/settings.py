"""The settings of listings."""

from pydantic import Field

from plugins.core.config.settings_file import Count, SettingsModel, prefixed


class ListingsSettings(SettingsModel, alias_generator=prefixed("LISTINGS_")):
    """The settings LISTINGS_…, explained one by one in pelicanconf.py."""

    table: Count
    hours_a_week: float = Field(ge=0, le=168, strict=False)


SETTINGS = ListingsSettings
