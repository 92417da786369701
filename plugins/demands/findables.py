"""Demands as readers' searches find them, each by its row in its strike's table."""

from collections.abc import Iterable, Iterator

from plugins.demands import views
from plugins.demands.model import DemandView
from plugins.sections.findable import Findable, sentences


def findables(demands: Iterable[DemandView]) -> Iterator[Findable]:
    """Return every demand with all its words, dated by the last day that something is stated of."""
    for demand in demands:
        texts = [statement.text for statement in demand.statements]
        last = max((when.first for when, _ in views.dated(demand)), default=None)
        yield Findable(demand.url, "demand", "demands", demand.topic, sentences(*texts, demand.note), last)
