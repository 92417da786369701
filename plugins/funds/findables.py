"""Funds as readers' searches find them, each by its place on the donate page."""

from collections.abc import Iterable, Iterator

from plugins.funds.model import FundView
from plugins.sections.findable import Findable, sentences


def findables(funds: Iterable[FundView]) -> Iterator[Findable]:
    """Return every fund that is shown, dated by its last check. No address or account of it is among the words.

    What an address may look like here, and whether it is a button, is the donate page's to say.
    """
    for fund in funds:
        vouchers = [who for who, *_ in fund.vouches]
        stated = [fact.text for _, fact in fund.facts()]
        text = sentences(fund.pays_for, *stated, fund.legal_name, *vouchers)
        yield Findable(f"donate/#{fund.id}", "fund", "donate", fund.name, text, fund.checked_on)
