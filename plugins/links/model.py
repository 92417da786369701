"""A cited page, what is remembered of it, and the services that keep copies. Values only."""

from dataclasses import dataclass
from datetime import date

from pydantic import Field

from plugins.core.config.checked import Checked
from plugins.core.config.fields import Link
from plugins.core.net.link_check import LinkHistory, Verdict
from plugins.sections.model import ExternalLink


class Archived(Checked):
    """A copy that is there to be read: its address in an archive, and the day it was taken (UTC)."""

    url: Link
    day: date


class CitationRow(Checked):
    """What is remembered of a cited page; one line of content/archive/links.jsonl.

    `verdict` is none where nobody has looked yet. `failures` counts those in a row.
    """

    url: str
    verdict: Verdict | None = None
    since: date | None = None
    failures: int = Field(0, ge=0)
    archived: Archived | None = None

    @property
    def standing(self) -> LinkHistory | None:
        """Return what the looks so far add up to."""
        if self.verdict and self.since:
            return LinkHistory(self.verdict, self.since, self.failures)
        return None

    @property
    def dead(self) -> bool:
        """Say whether readers are told that it has gone."""
        return self.standing is not None and self.standing.dead


@dataclass(frozen=True, slots=True)
class Cited:
    """A page the content leads to, without its fragment; `keep` where a copy of it should be in an archive."""

    url: str
    places: tuple[ExternalLink, ...]
    keep: bool


@dataclass(frozen=True, slots=True)
class WebArchives:
    """The services that know of copies or take them; "" asks none.

    `availability` is an address with `{url}`, `timegate` one that the page's own is appended to (RFC 7089), `save`
    takes a form. Without `keys`, access and secret, nothing is saved.
    """

    availability: str = ""
    timegate: str = ""
    save: str = ""
    keys: tuple[str, str] | None = None


class Job(Checked):
    """A copy asked for and not yet taken: submitted is not archived."""

    id: str
    day: date


class Cache(Checked):
    """What may be lost: when a page was last looked at, and copies asked for, by address."""

    asked: dict[str, date] = Field(default_factory=dict)
    jobs: dict[str, Job] = Field(default_factory=dict)
