"""A post's and a page's front matter: what a writer may say of a text, each key checked."""

from datetime import datetime, tzinfo
from typing import Annotated, Literal

from pydantic import AfterValidator, model_validator

from plugins.core.config.checked import Checked
from plugins.core.config.fields import Day, Id, Language, Link, Moment, Names, Text
from plugins.sections.printed import Standing


class Via(Checked):
    """Where the news was found."""

    title: Text
    url: Link


class Image(Checked):
    """A picture below the content folder; `alt` says what it shows to those who do not see it."""

    src: Text
    alt: Text
    caption: str = ""
    credit: str = ""


UNFINISHED = "TO FINISH:"
"""Begins what is not the newsroom's own wording yet: a reader's correction, a paragraph of a new site's beginning.

No text with it is published.
"""


def _finished(text: str) -> str:
    if text.startswith(UNFINISHED):
        raise ValueError(f"is a reader's wording: say it in your own words, and take {UNFINISHED} out")
    return text


class Correction(Checked):
    """What was wrong in a published text, and since when it is right."""

    date: Day
    text: Annotated[Text, AfterValidator(_finished)]


class PageMatter(Checked):
    """A page that stands outside of time, such as About."""

    title: Text
    slug: Id | None = None
    summary: str = ""
    status: Literal["published", "draft"] = "published"
    lang: Language | Literal[""] = ""
    modified: Moment | None = None
    author: Names = ()
    authors: Names = ()
    aliases: Names = ()


class PostMatter(PageMatter):
    """A post. `date` without an offset is in the site's zone."""

    date: Moment
    category: str = ""
    tags: Names = ()
    via: Via | None = None
    image: Image | None = None
    corrections: tuple[Correction, ...] = ()
    listings: Names = ()
    funds: Names = ()
    expires: Moment | None = None
    notice: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> "PostMatter":
        if self.expires and self.expires.date() < self.date.date():
            raise ValueError(f"expires {self.expires:%Y-%m-%d} is before date {self.date:%Y-%m-%d}")
        for one in self.corrections:
            if one.date < self.date.date():
                raise ValueError(f"a correction of {one.date} is before date {self.date:%Y-%m-%d}")
        return self


def is_public(matter: PageMatter, now: datetime) -> bool:
    """Say whether a text may leave the house: not a draft, and its time has come."""
    found = standing(matter, now)
    return found is None or found.is_public


def standing(matter: PageMatter, now: datetime) -> Standing | None:
    """Return why readers do not see a text as usual; times without an offset are in the zone of `now`."""
    if isinstance(matter, PostMatter):
        return standing_of(matter.status, matter.date, matter.expires, now)
    return standing_of(matter.status, None, None, now)


def standing_of(status: str, date: datetime | None, expires: datetime | None, now: datetime) -> Standing | None:
    """Return why readers do not see a text of this status; `date` and `expires` are a post's."""
    if status == "draft":
        return Standing("draft")
    if date and (date := aware(date, now.tzinfo)) > now:
        return Standing("scheduled", date)
    if expires and (expires := aware(expires, now.tzinfo)) <= now:
        return Standing("expired", expires)
    return None


def aware(moment: datetime, zone: tzinfo | None) -> datetime:
    """Return a moment, taken to be in `zone` where it was written without an offset."""
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
