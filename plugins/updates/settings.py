"""The settings of the wire."""

from typing import Annotated

from pydantic import Field

from plugins.core.config.settings_file import Count, SettingsModel, prefixed
from plugins.updates.budgets import Budgets, IntakeBudget, ItemBudget, StoryBudget

_ITEM, _INTAKE, _STORY = ItemBudget(), IntakeBudget(), StoryBudget()


class UpdatesSettings(SettingsModel, alias_generator=prefixed("UPDATES_")):
    """The settings UPDATES_…, explained one by one in pelicanconf.py.

    Budgets have defaults, unlike all others: a site whose settings are older than they are is bounded all the same.
    """

    fresh_days: Count
    front_page: Count
    in_flight: Count
    host_gap: Annotated[float, Field(ge=0)]
    new_a_fetch: Count = _INTAKE.new_a_fetch
    new_a_day: Count = _INTAKE.new_a_day
    bytes_a_day: Annotated[int, Field(ge=10_000)] = _INTAKE.bytes_a_day
    oldest_days: Count = _INTAKE.oldest_days
    via: Count = _ITEM.via
    authors: Count = _ITEM.authors
    tags: Count = _ITEM.tags
    row_bytes: Annotated[int, Field(ge=2_000)] = _ITEM.row_bytes
    text_bytes: Annotated[int, Field(ge=2_000)] = _ITEM.text_bytes
    markup: Annotated[int, Field(ge=100)] = _ITEM.markup
    markup_depth: Annotated[int, Field(ge=10, le=100)] = _ITEM.depth
    broken_markup: Annotated[int, Field(ge=1_000)] = _ITEM.broken_markup
    source_share: Annotated[float, Field(gt=0, le=1, strict=False)] = 0.34
    story: Annotated[int, Field(ge=10)] = _STORY.updates
    compared: Annotated[int, Field(ge=50)] = _STORY.compared

    @property
    def budgets(self) -> Budgets:
        """Return how much one source may bring."""
        item = ItemBudget(
            via=self.via,
            authors=self.authors,
            tags=self.tags,
            row_bytes=self.row_bytes,
            text_bytes=self.text_bytes,
            markup=self.markup,
            depth=self.markup_depth,
            broken_markup=self.broken_markup,
        )
        intake = IntakeBudget(self.new_a_fetch, self.new_a_day, self.bytes_a_day, self.oldest_days)
        return Budgets(item, intake)

    @property
    def story_budget(self) -> StoryBudget:
        """Return how large a story is, and what a report is compared with."""
        return StoryBudget(self.story, self.compared)


SETTINGS = UpdatesSettings
