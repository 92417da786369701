"""The settings of pictures."""

from plugins.core.config.fields import Text
from plugins.core.config.settings_file import SettingsModel, prefixed


class ImagesSettings(SettingsModel, alias_generator=prefixed("IMAGES_")):
    """The settings IMAGES_…, explained one by one in pelicanconf.py."""

    sizes: Text


SETTINGS = ImagesSettings
