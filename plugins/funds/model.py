"""A fund as funds.toml says it, as a page shows it, and what the archive remembers of it. Values only."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, model_validator

from plugins.core.config.checked import Checked
from plugins.core.config.fields import Day, Id, Link, Text, matching
from plugins.core.net.link_check import LinkHistory, Verdict
from plugins.funds.giving_ways import Bank, Cheque, Fact, Goods, SomeWords, Sourced, Words, listed

WhyNoButton = Literal["", "unchecked", "old", "alarm", "closed"]
"""Why a fund has no button: nobody looked at it as it is now; it was too long ago; an alarm stands; it is over."""
WhyNoAccount = Literal["", "unsigned", "changed", "old", "alarm", "closed"]
"""Why an account or a cheque's payee that is on record is not shown. A check written by hand signs no account."""
FACTS = ("raised", "paid_out", "helped", "who_may_ask", "how_to_ask", "how_long")
"""The facts of a fund that a donor asks for, then those that one asks for who needs help."""
AlarmKind = Literal["new host", "open hop", "re-registered", "dead"]


class Voucher(Checked):
    """Who says that a fund is what it says it is, and where."""

    who: Words = Field(min_length=1)
    url: Link | Literal[""] = ""
    date: Day | None = None
    text: Words = ""


class Closed(Checked):
    """Since which day a fund takes nothing, or gives nothing, or neither, and who says so.

    `date` is the first day on which it does not. `what` says which: "giving", "help", or "all".
    """

    date: Day
    source: SomeWords
    url: Link | Literal[""] = ""
    text: Words = ""
    what: Literal["all", "giving", "help"] = "all"


Facts = Annotated[tuple[Fact, ...], BeforeValidator(listed)]


class Fund(Checked):
    """A place to give or to get help. Every link's host stands in `hosts`, or the record is refused.

    The facts in `FACTS`, the `bank` accounts, the `cheque` payees and the `goods` each say whose word they are, and of
    which day; what nobody states is left out.
    """

    id: Id
    name: Words = Field(min_length=1)
    url: Text
    hosts: tuple[Text, ...] = Field(min_length=1)
    legal_name: Words = ""
    ein: Annotated[str, matching(r"(\d\d-\d{7})?", "must be an EIN, written 12-3456789")] = ""
    register_number: str = Field("", alias="register")
    give: str = ""
    get_help: str = ""
    pays_for: Words = ""
    evidence: Words = ""
    vouches: tuple[Voucher, ...] = ()
    raised: Facts = ()
    paid_out: Facts = ()
    helped: Facts = ()
    who_may_ask: Facts = ()
    how_to_ask: Facts = ()
    how_long: Facts = ()
    bank: Annotated[tuple[Bank, ...], BeforeValidator(listed)] = ()
    cheque: Annotated[tuple[Cheque, ...], BeforeValidator(listed)] = ()
    goods: Annotated[tuple[Goods, ...], BeforeValidator(listed)] = ()
    closed: Closed | None = None
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

    def link_hosts(self) -> tuple[str, ...]:
        """Return the hosts that the fund's own links name, each once; `hosts` may have more, to which they redirect."""
        return tuple(dict.fromkeys(urlsplit(link).netloc for link in self.links().values()))

    def names(self) -> tuple[str, ...]:
        """Return what the fund is called: its name, and its name in law where it is on record."""
        return tuple(filter(None, (self.name, self.legal_name)))

    def payees(self) -> tuple[str, ...]:
        """Return every account and cheque's payee, each in one line: what a signature is held to, besides the links."""
        payees: tuple[Bank | Cheque, ...] = self.bank + self.cheque
        return tuple(payee.signed_text for payee in payees)

    def sourced(self) -> Iterator[tuple[tuple[str | int, ...], Sourced]]:
        """Yield all that is said of the fund with a source, each with the keys to it."""
        for key in (*FACTS, "bank", "cheque", "goods"):
            listed_ones: Sequence[Sourced] = getattr(self, key)
            for number, one in enumerate(listed_ones):
                yield (key, number), one

    def cited(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield every page that says something of the fund, with the keys to it. Its own links are not among them."""
        for number, voucher in enumerate(self.vouches):
            if voucher.url:
                yield ("vouches", number, "url"), voucher.url
        for keys, one in self.sourced():
            if one.url:
                yield (*keys, "url"), one.url
        if self.closed and self.closed.url:
            yield ("closed", "url"), self.closed.url

    def closed_to(self, what: Literal["giving", "help"], today: date) -> bool:
        """Say whether the fund is closed to those who give, or to those who ask for help."""
        closed = self.closed
        return closed is not None and closed.date <= today and closed.what in {"all", what}


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
    """What was seen when a person signed: the hosts allowed then, and each link with its title and where it led.

    `payees` are the accounts and the payees of cheques that were on record, each in one line.
    """

    on: date
    by: str
    hosts: tuple[str, ...]
    titles: dict[str, str] = Field(default_factory=dict)
    finals: dict[str, str] = Field(default_factory=dict)
    payees: tuple[str, ...] = ()

    def covers(self, fund: Fund) -> bool:
        """Say whether all its links and payees were looked at for this signature: a host may be many people's."""
        return set(fund.links().values()) <= self.titles.keys() and self.covers_payees(fund)

    def covers_payees(self, fund: Fund) -> bool:
        """Say whether this signature was given for every account and payee on record, to the letter."""
        return set(fund.payees()) <= set(self.payees)

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
        for one in self.links:
            if one.url == url:
                return one
        return None

    @property
    def alarm_texts(self) -> tuple[str, ...]:
        """Return the words of the alarms that stand."""
        return tuple(alarm.text for alarm in self.alarms)

    @property
    def signed_titles(self) -> Mapping[str, str]:
        """Return the title of each link's page as it was signed, by link; nothing where nobody has signed."""
        return self.signed.titles if self.signed else {}


@dataclass(frozen=True, slots=True)
class FundView:
    """A fund as it is shown: the prominent `button` only where a check is fresh and no alarm stands, else `why` not.

    `give_address` and `help_address` are those links to be read: whole, since a page of the same host may be
    another's, but for "https://". Of a fund whose links nobody has signed there is no address at all, so that no page,
    feed or file can print one. After an alarm, `link` is "" and `alarms` says what was seen; `give_link` and
    `help_link` then are to be read only. Where the fund is closed to those who give, or to those who ask, there is no
    such link; `closed` says since when, or from when on. `bank` and `cheque` are there only where they are signed, else
    `why_no_account` says why not. `gives` and `helps` say whether one can give to it, and ask it for help.
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
    raised: tuple[Fact, ...] = ()
    paid_out: tuple[Fact, ...] = ()
    helped: tuple[Fact, ...] = ()
    who_may_ask: tuple[Fact, ...] = ()
    how_to_ask: tuple[Fact, ...] = ()
    how_long: tuple[Fact, ...] = ()
    bank: tuple[Bank, ...] = ()
    cheque: tuple[Cheque, ...] = ()
    why_no_account: WhyNoAccount = ""
    goods: tuple[Goods, ...] = ()
    closed: Closed | None = None
    closed_to_givers: bool = False
    closed_to_askers: bool = False
    gives: bool = True
    helps: bool = False

    def facts(self) -> Iterator[tuple[str, Fact]]:
        """Yield what is stated of the fund, each fact with its key, in the order of `FACTS`."""
        for key in FACTS:
            for fact in getattr(self, key):
                yield key, fact
