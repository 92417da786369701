"""The settings of listings: how they are shown, and how politely the job boards are read."""

from typing import Annotated

from pydantic import Field

from plugins.core.config.settings_file import Count, SettingsModel, prefixed
from plugins.listings.board import BoardBudget

_BUDGET = BoardBudget()


class ListingsSettings(SettingsModel, alias_generator=prefixed("LISTINGS_")):
    """The settings LISTINGS_…, explained one by one in pelicanconf.py.

    Budgets have defaults, unlike all others: a site whose settings are older than they are is bounded all the same.
    """

    table: Count
    hours_a_week: float = Field(ge=0, le=168, strict=False)
    in_flight: Count
    host_gap: Annotated[float, Field(ge=0)]
    details: Count
    new_a_day: Count = _BUDGET.new_a_day
    text_a_day: Annotated[int, Field(ge=10_000)] = _BUDGET.text_a_day


SETTINGS = ListingsSettings
