"""The settings of social cards."""

from plugins.core.config.settings_file import SettingsModel, prefixed


class CardsSettings(SettingsModel, alias_generator=prefixed("CARDS_")):
    """The settings CARDS_…, explained one by one in pelicanconf.py."""

    font: str


SETTINGS = CardsSettings
