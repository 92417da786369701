"""What sections report as news of a period, for the digest."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Period:
    """A span of time whose news is asked for. Both ends are aware, in the site's zone, and belong to it."""

    start: datetime
    end: datetime

    def has(self, at: date) -> bool:
        """Say whether a moment lies in it; or a day, which counts where any of its hours may: nobody knows which."""
        if isinstance(at, datetime):
            return self.start <= at <= self.end
        return self.start.date() <= at <= self.end.date()


@dataclass(frozen=True, slots=True)
class NewsItem:
    """One piece of news, as its section tells it. Its texts are plain and anybody's: who prints them escapes them.

    `reference` is how a text links to it, such as {story}ID, "" where it has no page; `change` says what happened to it
    where that is not plain, in a word that templates know. `at` is a day where no hour is known. `text` is a sentence
    about it, `about` what it belongs to. `by` are those whose word it is, the first leading. Of many, those of higher
    `rank` are told first; `is_chosen` says that an editor has put it before all others. `url` is its own page or its
    place on one, below the site's root, "" where its section does not say.
    """

    reference: str
    title: str
    at: date
    change: str = ""
    text: str = ""
    about: str = ""
    by: tuple[str, ...] = ()
    rank: int = 0
    url: str = ""
    is_chosen: bool = False
