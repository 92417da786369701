"""What was asked, offered and won in a period, as far as its day is known."""

from collections.abc import Iterable, Iterator

from plugins.demands import views
from plugins.demands.model import DemandView
from plugins.sections.news import NewsItem, Period


def news(demands: Iterable[DemandView], period: Period) -> Iterator[NewsItem]:
    """Return each statement of a day in the period; of a month that lies in it whole, as of its first day."""
    for demand in demands:
        for when, statement in views.dated(demand):
            # A month that reaches into another period could be told of in both; so it is told of in neither.
            if period.has(when.first) and period.has(when.last):
                by = tuple(source.title for source in statement.sources)
                yield NewsItem(
                    reference=f"{{demand}}{demand.id}",
                    title=demand.topic,
                    at=when.first,
                    change=statement.kind,
                    text=statement.text,
                    by=by,
                )
