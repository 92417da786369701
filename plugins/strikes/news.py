"""What happened in the strikes in a period: their milestones."""

from collections.abc import Iterator, Mapping

from plugins.sections.news import NewsItem, Period
from plugins.strikes.model import MilestoneView, StrikeView


def news(milestones: Mapping[str, tuple[StrikeView, MilestoneView]], period: Period) -> Iterator[NewsItem]:
    """Return the milestones of the period, by the names that texts call them by."""
    for name, (strike, stone) in milestones.items():
        if period.has(stone.date):
            yield NewsItem(
                reference=f"{{milestone}}{name}",
                title=stone.text,
                at=stone.date,
                about=strike.title,
                by=(stone.source,),
                text=stone.as_stated_by,
            )
