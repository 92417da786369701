"""A job board that is watched, as boards.toml says it. Values only."""

from dataclasses import dataclass
from typing import Literal

from plugins.core.topics.topic import Topic
from plugins.core.topics.topic_matching import TextFields, judge

Provider = Literal["greenhouse", "lever", "ashby", "smartrecruiters", "workday", "eightfold", "recruitee", "workable"]
FIELDS = ("title", "location", "text")
"""Where the terms of a board's `match` are looked for, unless it names some of these."""


@dataclass(frozen=True, slots=True)
class Board:
    """A board that is watched. `topic` says which of its jobs are kept; None: all.

    `base` is the scheme and host of its provider's interface, without a slash at the end. `provider` is "feed" or
    "file" for a feed, or for saved answers: `file` is then below content/listings, a file or a folder of files named by
    day.
    """

    id: str
    employer: str
    provider: Provider | Literal["feed", "file"]
    board: str = ""
    tenant: str = ""
    domain: str = ""
    base: str = ""
    feed: str = ""
    file: str = ""
    topic: Topic | None = None

    @property
    def asked(self) -> str:
        """Return what is asked for, in one line: another one is another question, to be asked at once."""
        rule = ""
        if self.topic is not None:
            rule = repr((self.topic.any, self.topic.all, self.topic.none, self.topic.ignore))
        return " ".join((self.provider, self.base, self.tenant, self.board, self.domain, self.feed, self.file, rule))

    def keeps(self, title: str, location: str, text: str) -> bool:
        """Tell whether a job is one of those that are kept."""
        if self.topic is None:
            return True
        values = {"title": (title,), "location": (location,), "text": (text,)}
        return not isinstance(judge(self.topic, TextFields(values.__getitem__, self.topic.vocabulary)), str)


@dataclass(frozen=True, slots=True)
class BoardBudget:
    """Listings that are new, and characters of texts new and reworded, that are taken in of a board in a day (UTC)."""

    new_a_day: int = 300
    text_a_day: int = 2_000_000
