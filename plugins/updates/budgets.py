"""How much one source may bring: values only, with sane defaults, set by UPDATES_… in pelicanconf.py.

A source is trusted to tell its news, not to tell how much of the wire, of the archive and of a build is its own: a feed
turns hostile, or is only broken, without anybody's word. What an honest feed has is far below each figure. Whatever is
over one is told in the run's report. `allowance` in sources.toml raises what one source may bring.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ItemBudget:
    """What is read of one item, and kept.

    `via`, `authors` and `tags` are how many of each. `row_bytes` is what an archived row has at most, `text_bytes` the
    same where the source's full text is kept. `markup` is how many tags are read of one item's texts (8 µs each; eight
    references count as one), and MARKUP_OF_ALL times as many of all items of a feed; `depth` how deep its elements are
    nested; `broken_markup` how many tags are read of a feed that is not well-formed.
    """

    via: int = 5
    authors: int = 50
    tags: int = 50
    row_bytes: int = 8_000
    text_bytes: int = 100_000
    markup: int = 5_000
    depth: int = 100
    broken_markup: int = 60_000


MARKUP_OF_ALL = 60
"""Items with as much markup as one may have that a feed's texts together are as large as, at most."""


HISTORY = 30
"""Updates of any age that are taken in at a source's first answer: as many as most feeds hold. Each may make a page."""


@dataclass(frozen=True, slots=True)
class IntakeBudget:
    """What is taken in of a source that is new: updates in a fetch and in a day (UTC), bytes in a day.

    What is dated more than `oldest_days` before the run is not taken in, but for HISTORY updates at a source's first
    answer.
    """

    new_a_fetch: int = 60
    new_a_day: int = 100
    bytes_a_day: int = 200_000
    oldest_days: int = 730


@dataclass(frozen=True, slots=True)
class StoryBudget:
    """How large a story is at most, and with how many archived `updates` a report is compared to find its story.

    Of all labelled sets laid over one another, twice as fast, no report had more than 169 to be compared with, and no
    story more than 30 updates.
    """

    updates: int = 200
    compared: int = 200

    @property
    def of_one_source(self) -> int:
        """Return how many of a story's updates are one source's: it cannot fill a story before the others come."""
        return max(1, self.updates // 5)


@dataclass(frozen=True, slots=True)
class Budgets:
    """All that is read of a source, and all that is taken in."""

    item: ItemBudget = ItemBudget()
    intake: IntakeBudget = IntakeBudget()
