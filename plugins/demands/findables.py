"""Demands as readers' searches find them, each by its row in its strike's table."""

from collections.abc import Iterable, Iterator
from datetime import date

from plugins.demands.model import DemandView
from plugins.sections.findable import Findable, sentences


def findables(demands: Iterable[DemandView]) -> Iterator[Findable]:
    """Return every demand with all its words, dated by the last day that something is stated of."""
    for demand in demands:
        texts: list[str] = []
        days: list[date] = []
        for statement in demand.statements:
            texts.append(statement.text)
            if statement.date:
                days.append(statement.date.first)
        words = sentences(*texts, demand.note)
        yield Findable(demand.url, "demand", "demands", demand.topic, words, max(days, default=None))
