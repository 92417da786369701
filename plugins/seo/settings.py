"""The settings of robots.txt."""

from plugins.core.config.settings_file import SettingsModel, prefixed


class RobotsSettings(SettingsModel, alias_generator=prefixed("ROBOTS_")):
    """The settings ROBOTS_…, explained one by one in pelicanconf.py."""

    refuse_ai: bool


SETTINGS = RobotsSettings
