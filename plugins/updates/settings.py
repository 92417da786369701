"""The settings of the wire."""

from typing import Annotated

from pydantic import Field

from plugins.core.config.settings_file import Count, SettingsModel, prefixed


class UpdatesSettings(SettingsModel, alias_generator=prefixed("UPDATES_")):
    """The settings UPDATES_…, explained one by one in pelicanconf.py."""

    fresh_days: Count
    front_page: Count
    in_flight: Count
    host_gap: Annotated[float, Field(ge=0)]


SETTINGS = UpdatesSettings
