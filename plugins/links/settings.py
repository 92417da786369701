"""The settings of the link check and of archived copies."""

from typing import Annotated

from pydantic import Field

from plugins.core.config.settings_file import Count, SettingsModel, containing, prefixed


class LinksSettings(SettingsModel, alias_generator=prefixed("LINKS_")):
    """The settings LINKS_…, explained one by one in pelicanconf.py."""

    availability: Annotated[str, containing("{url}")]
    timegate: str
    save: str
    check_days: Count
    per_host: Count
    saves: Annotated[int, Field(ge=0)]


SETTINGS = LinksSettings
