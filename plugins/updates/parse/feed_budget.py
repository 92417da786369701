"""What is read of a feed's items: what is over a budget is counted in the raw texts, before anything cleans them.

A tag takes up to 8 µs to clean, and a kilobyte of gzip can hold a million of them; every address that an item names as
its source is kept for good, and 33 kB of gzip can name 100,000.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from plugins.core.syndication.read.raw_feed import RawEntry, RawFeed, RawText
from plugins.updates.budgets import MARKUP_OF_ALL, ItemBudget
from plugins.updates.parse.safe_html import DEEPEST, is_deep

_TEXT_OF_MUCH_MARKUP = 10_000
"""Characters that are kept of a text with more markup than is read; tags are taken out of ten times as many."""
_REFERENCES_TO_A_TAG = 8
_MOST_LINKS = 20
"""Candidates for an item's address, and files that belong to it."""
_TAG = re.compile(r"<[^<>]*>?")


def within_budget(feed: RawFeed, budget: ItemBudget) -> RawFeed:
    """Return a feed of which every item is within its budget, with a problem for each budget that was reached.

    A feed within all of them, as nearly all are, is returned as it is. The texts of all items together may have
    MARKUP_OF_ALL times the markup that one may have.
    """
    over: Counter[str] = Counter()
    left = MARKUP_OF_ALL * budget.markup
    # Texts that are no longer than their tags may be many need not be looked through, as most are.
    lengths = [len(entry.summary.value) + len(entry.content.value) for entry in feed.entries]
    counted = max(lengths, default=0) > budget.markup or sum(lengths) > left
    entries: list[RawEntry] = []
    for entry in feed.entries:
        reached = list(_reached(entry, budget))
        marks = _marks(entry.summary.value) + _marks(entry.content.value) if counted else 0
        if marks > min(budget.markup, left) or _too_deep(entry, budget):
            reached.append("markup")
        else:
            left -= marks
        over.update(reached)
        entries.append(_cut(entry, reached, budget))
    if not over:
        return feed
    problems = list(feed.problems)
    for name, count in over.items():
        problems.append(_told(name, count, budget))
    return replace(feed, entries=tuple(entries), problems=tuple(problems))


def _reached(entry: RawEntry, budget: ItemBudget) -> Iterator[str]:
    """Yield the budgets of lists that an entry is over."""
    if len(entry.via) > budget.via:
        yield "via"
    if len(entry.authors) > budget.authors:
        yield "authors"
    if len(entry.tags) > budget.tags:
        yield "tags"
    if len(entry.links) > _MOST_LINKS or len(entry.enclosures) > _MOST_LINKS:
        yield "links"


def _too_deep(entry: RawEntry, budget: ItemBudget) -> bool:
    """Say whether elements are nested deeper than a site allows; what is deeper than DEEPEST is found by `sanitise`."""
    if budget.depth >= DEEPEST:
        return False
    return is_deep(entry.summary.value, budget.depth) or is_deep(entry.content.value, budget.depth)


def _cut(entry: RawEntry, reached: list[str], budget: ItemBudget) -> RawEntry:
    """Return an entry without what is over the budgets that it has `reached`; the same where there are none."""
    if not reached:
        return entry
    entry = replace(
        entry,
        via=entry.via[: budget.via],
        authors=entry.authors[: budget.authors],
        tags=entry.tags[: budget.tags],
        links=entry.links[:_MOST_LINKS],
        enclosures=entry.enclosures[:_MOST_LINKS],
    )
    if "markup" in reached:
        entry = replace(entry, summary=_plain(entry.summary), content=_plain(entry.content))
    return entry


def _told(name: str, count: int, budget: ItemBudget) -> str:
    items = f"{count} item{'s' * (count != 1)}"
    if name == "links":
        return f"{items} with more than {_MOST_LINKS} addresses or files; the others are left out"
    if name == "markup":
        what = f"{items} with more than {budget.markup} tags, or the feed with {MARKUP_OF_ALL} times as many"
        return f"{what} (UPDATES_MARKUP); their texts are kept without markup"
    return f"{items} with more than {getattr(budget, name)} {name} (UPDATES_{name.upper()}); the others are left out"


def _marks(text: str) -> int:
    return text.count("<") + text.count("&") // _REFERENCES_TO_A_TAG


def _plain(text: RawText) -> RawText:
    words = _TAG.sub(" ", text.value[: 10 * _TEXT_OF_MUCH_MARKUP])
    return RawText(words[:_TEXT_OF_MUCH_MARKUP], text.base, literal=True)
