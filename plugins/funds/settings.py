"""The settings of relief funds and their checks."""

from typing import Annotated

from plugins.core.config.settings_file import Count, SettingsModel, containing, prefixed


class FundsSettings(SettingsModel, alias_generator=prefixed("FUNDS_")):
    """The settings FUNDS_…, explained one by one in pelicanconf.py."""

    check_days: Count
    rdap: Annotated[str, containing("{domain}")]
    register_: Annotated[str, containing("{ein}")]


SETTINGS = FundsSettings
