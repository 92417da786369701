"""A fund as funds.toml says it, as a page shows it, and what the archive remembers of it. Values only."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, model_validator

from plugins.core.config.checked import Checked
from plugins.core.config.fields import Day, Id, Link, Text, matching
from plugins.core.net.link_check import LinkHistory, Verdict

WhyNoButton = Literal["", "unchecked", "old", "alarm"]
AlarmKind = Literal["new host", "open hop", "re-registered", "dead"]


class Voucher(Checked):
    """Who says that a fund is what it says it is, and where."""

    who: Text
    url: Link | Literal[""] = ""
    date: Day | None = None
    text: str = ""


class Fund(Checked):
    """A place to give or to get help. Every link's host stands in `hosts`, or the record is refused."""

    id: Id
    name: Text
    url: Text
    hosts: tuple[Text, ...] = Field(min_length=1)
    legal_name: str = ""
    ein: Annotated[str, matching(r"(\d\d-\d{7})?", "must be an EIN, written 12-3456789")] = ""
    register_number: str = Field("", alias="register")
    give: str = ""
    get_help: str = ""
    pays_for: str = ""
    evidence: str = ""
    vouches: tuple[Voucher, ...] = ()
    verified_on: Day | None = None
    verified_by: str = ""
    archive_url: Link | Literal[""] = ""
    active_from: Day | None = None
    active_until: Day | None = None

    @model_validator(mode="after")
    def _checked_by_someone(self) -> "Fund":
        if bool(self.verified_on) != bool(self.verified_by):
            raise ValueError("a check has a day and a name: give both verified_on and verified_by, or neither")
        return self

    def links(self) -> dict[str, str]:
        """Return the fund's own links by key."""
        named = {"url": self.url, "give": self.give, "get_help": self.get_help}
        return {key: link for key, link in named.items() if link}


class Alarm(Checked):
    """One reason why a fund's link must not be followed, for now."""

    kind: AlarmKind
    text: str


class FundLinkRow(Checked):
    """What is remembered of one link: its standing by the day, and the host it led to."""

    url: str
    verdict: Verdict
    since: date
    failures: int = Field(0, ge=0)
    host: str = ""

    @property
    def standing(self) -> LinkHistory:
        """Return what the looks so far add up to."""
        return LinkHistory(self.verdict, self.since, self.failures)


class Signature(Checked):
    """What was seen when a person signed: the hosts allowed then, and each link with its title and where it led."""

    on: date
    by: str
    hosts: tuple[str, ...]
    titles: dict[str, str] = Field(default_factory=dict)
    finals: dict[str, str] = Field(default_factory=dict)

    def covers(self, fund: Fund) -> bool:
        """Say whether all the fund's links were looked at for this signature: a host may be many people's."""
        return set(fund.links().values()) <= self.titles.keys()

    def claimed_by(self, fund: Fund) -> bool:
        """Say whether it is this signature that the fund's record names."""
        return (fund.verified_on, fund.verified_by) == (self.on, self.by)


class FundRow(Checked):
    """What the archive remembers of a fund; one line of content/archive/funds.jsonl.

    `alarms` stand since `alarm_since` until a person has looked and signed. `registered` is each link's host's domain
    registration day.
    """

    fund: Id
    links: tuple[FundLinkRow, ...] = ()
    alarms: tuple[Alarm, ...] = ()
    alarm_since: date | None = None
    registered: dict[str, date] = Field(default_factory=dict)
    signed: Signature | None = None

    def link(self, url: str) -> FundLinkRow | None:
        """Return what is remembered of a link."""
        return next((one for one in self.links if one.url == url), None)


@dataclass(frozen=True, slots=True)
class FundView:
    """A fund as it is shown: the prominent `button` only where a check is fresh and no alarm stands, else `why` not.

    `give_address` and `help_address` are those links to be read: whole, since a page of the same host may be
    another's, but for "https://". Of a fund whose links nobody has signed there is no address at all, so that no page,
    feed or file can print one. After an alarm, `link` is "" and `alarms` says what was seen; `give_link` and
    `help_link` then are to be read only.
    """

    id: str
    name: str
    legal_name: str
    ein: str
    pays_for: str
    evidence: str
    vouches: tuple[tuple[str, str, date | None, str], ...]
    button: bool
    why: WhyNoButton
    link: str = ""
    host: str = ""
    give_link: str = ""
    give_host: str = ""
    give_address: str = ""
    help_link: str = ""
    help_host: str = ""
    help_address: str = ""
    checked_on: date | None = None
    checked_by: str = ""
    archive_link: str = ""
    alarms: tuple[str, ...] = ()
    alarm_since: date | None = None
