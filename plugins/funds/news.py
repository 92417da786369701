"""What was stated of the funds in a period: raised, paid out, to how many, how to ask, and what has closed."""

from collections.abc import Iterable, Iterator

from plugins.funds.model import FundView
from plugins.sections.news import NewsItem, Period


def news(funds: Iterable[FundView], period: Period) -> Iterator[NewsItem]:
    """Return each fact of a day in the period; of a month that lies in it whole, as of its first day."""
    for fund in funds:
        reference = f"{{fund}}{fund.id}"
        for key, fact in fund.facts():
            if period.has(fact.date.first) and period.has(fact.date.last):
                at, by = fact.date.first, (fact.source,)
                yield NewsItem(reference, fund.name, at, change=key, text=fact.text, by=by)
        closed = fund.closed
        if closed and period.has(closed.date):
            change = {"all": "closed", "giving": "closed_to_gifts", "help": "closed_to_askers"}[closed.what]
            yield NewsItem(reference, fund.name, closed.date, change=change, text=closed.text, by=(closed.source,))
