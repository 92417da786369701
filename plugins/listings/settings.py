"""The settings of listings."""

from plugins.core.config.settings_file import Count, SettingsModel, prefixed


class ListingsSettings(SettingsModel, alias_generator=prefixed("LISTINGS_")):
    """The settings LISTINGS_…, explained one by one in pelicanconf.py."""

    table: Count


SETTINGS = ListingsSettings
