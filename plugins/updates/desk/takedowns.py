"""Takedowns: updates whose text leaves the site and the archive for good, and is not taken in again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from plugins.core.text.urls import canonical, is_web
from plugins.updates.desk.order import Order
from plugins.updates.model import SafeHtml, Update


@dataclass(frozen=True, slots=True)
class Takedowns:
    """What was taken down: ids of updates, and canonical addresses, as an update may come back with a new id."""

    ids: frozenset[str] = frozenset()
    pages: frozenset[str] = frozenset()

    def cover(self, id: str, url: str) -> bool:
        """Say whether an update of this id and address was taken down."""
        return id in self.ids or bool(self.pages and url and canonical(url) in self.pages)

    def without_text(self, updates: Mapping[str, Update]) -> Mapping[str, Update]:
        """Return the archive's updates, without the text of those taken down. Doing it twice changes nothing."""
        if not (self.ids or self.pages):
            return updates  # as they are: the archive may not have been read yet
        return {id: redacted(one) if self.cover(id, one.url) else one for id, one in updates.items()}


def takedowns(orders: Iterable[Order]) -> Takedowns:
    """Return what the orders take down."""
    names = [name for order in orders if order.verb == "takedown" for name in order.names]
    pages = frozenset(canonical(name) for name in names if is_web(name))
    return Takedowns(frozenset(name for name in names if not is_web(name)), pages)


def redacted(update: Update) -> Update:
    """Return an update as the archive keeps it after a takedown: with what it is recognised by, and no text."""
    return replace(
        update,
        title="",
        summary=SafeHtml(""),
        authors=(),
        tags=(),
        topics=(),
        earlier_titles=(),
        via=(),
        language="",
        outlet="",
    )
