"""The settings of posts sent by e-mail."""

from plugins.core.config.settings_file import SettingsModel, prefixed


class DigestSettings(SettingsModel, alias_generator=prefixed("DIGEST_")):
    """The settings DIGEST_…, explained one by one in pelicanconf.py."""

    from_: str
    unsubscribe: str


SETTINGS = DigestSettings
