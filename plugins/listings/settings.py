"""The settings of listings: how they are shown, and how politely the job boards are read."""

from typing import Annotated

from pydantic import Field

from plugins.core.config.settings_file import Count, SettingsModel, prefixed


class ListingsSettings(SettingsModel, alias_generator=prefixed("LISTINGS_")):
    """The settings LISTINGS_…, explained one by one in pelicanconf.py."""

    table: Count
    hours_a_week: float = Field(ge=0, le=168, strict=False)
    in_flight: Count
    host_gap: Annotated[float, Field(ge=0)]
    details: Count


SETTINGS = ListingsSettings
