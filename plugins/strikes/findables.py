"""Strikes and their milestones as readers' searches find them, each by its place on the timeline."""

from collections.abc import Iterable, Iterator

from plugins.sections.findable import Findable, sentences
from plugins.strikes.model import StrikeView


def findables(strikes: Iterable[StrikeView]) -> Iterator[Findable]:
    """Return every strike, dated by its beginning, and every milestone by its own day."""
    for strike in strikes:
        text = sentences(f"{strike.union}, {strike.employers}", strike.next)
        yield Findable(strike.url, "strike", "timeline", strike.title, text, strike.start)
        for stone in strike.milestones:
            words = sentences(strike.title, stone.source)
            yield Findable(f"timeline/#{stone.id}", "milestone", "timeline", stone.text, words, stone.date)
