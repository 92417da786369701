"""Weigh what was found about a fund's links: evidence, alarms, notices, and the row to remember of it.

A new final host is an alarm at once and nothing here ever accepts one: only an editor does, by writing it into `hosts`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from plugins.core.net.link_check import Finding, LinkHistory, settle
from plugins.core.text.lookalikes import STRICT, host_likeness
from plugins.funds.model import Alarm, Fund, FundLinkRow, FundRow, Signature
from plugins.funds.registers import same_name

_CERTIFICATE_ENDS_SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Looks:
    """What was asked about a fund: a finding by link, each host's domain registration, and the register's name.

    `name` is none where no register was asked or answered, "" where it knows no such number. `notes` say what could not
    be asked.
    """

    findings: Mapping[str, Finding]
    registered: Mapping[str, date] = field(default_factory=dict)
    name: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkEvidence:
    """One link of a fund: under which keys it stands in the record, what was found, and its standing now."""

    keys: tuple[str, ...]
    finding: Finding
    standing: LinkHistory

    @property
    def name(self) -> str:
        """Return what it is called in a message: the first of its keys, such as "give"."""
        return self.keys[0]


@dataclass(frozen=True, slots=True)
class FundEvidence:
    """A fund's evidence. `alarms` are those of this look; `notices` are for an editor to read and stop nothing."""

    fund: Fund
    links: tuple[LinkEvidence, ...]
    looks: Looks
    alarms: tuple[Alarm, ...]
    notices: tuple[str, ...]

    @property
    def refusal(self) -> str:
        """Return why this cannot be signed, "" where it can: every link alive, and no alarm."""
        if self.alarms:
            return f"an alarm stands ({self.alarms[0].text})"
        for link in self.links:
            if link.finding.verdict != "alive":
                return f"{link.name} is not alive: {link.finding.verdict} ({link.finding.why})"
        return ""


def weigh(fund: Fund, looks: Looks, row: FundRow, now: datetime) -> FundEvidence:
    """Return a fund's evidence from what was found and what is remembered. `now` is aware, in the site's zone."""
    links: list[LinkEvidence] = []
    alarms: list[Alarm] = []
    notices: list[str] = []
    for url, finding in looks.findings.items():
        before = row.link(url)
        standing = settle(before.standing if before else None, finding.verdict, now.date())
        keys = tuple(key for key, link in fund.links().items() if link == url)
        evidence = LinkEvidence(keys, finding, standing)
        links.append(evidence)
        alarms += _alarms(fund, evidence)
        notices += _notices(fund, evidence, row, now)
    alarms += _registered_anew(fund, looks, row)
    notices += _payee_notices(fund, row)
    notices += _register_notices(fund, looks)
    return FundEvidence(fund, tuple(links), looks, tuple(alarms), tuple(notices))


def remembered(evidence: FundEvidence, row: FundRow, today: date, *, signed_by: str = "") -> FundRow:
    """Return the fund's next row. Without news it equals the last.

    An alarm stays, though the next look be clean, until a person signs or has written a later `verified_on`; only that
    a link was dead ends by itself once it lives.
    """
    fund = evidence.fund
    alarms, signed = evidence.alarms, row.signed
    if signed_by:
        signed = _signature(evidence, today, signed_by)
    else:
        alarms += _lasting(evidence, row)
    since = row.alarm_since or today
    return FundRow(
        fund=fund.id,
        links=tuple(_link_row(link, row) for link in evidence.links),
        alarms=alarms,
        alarm_since=since if alarms else None,
        registered=_registration_days(fund, row, evidence.looks),
        signed=signed,
    )


def _lasting(evidence: FundEvidence, row: FundRow) -> tuple[Alarm, ...]:
    """Return the remembered alarms that this look did not raise again, and that nobody has looked into since."""
    checked_on = evidence.fund.verified_on
    if checked_on and row.alarm_since and checked_on > row.alarm_since:
        return ()
    ended = {"dead"}
    for alarm in evidence.alarms:
        ended.add(alarm.kind)
    return tuple(alarm for alarm in row.alarms if alarm.kind not in ended)


def _link_row(link: LinkEvidence, row: FundRow) -> FundLinkRow:
    finding, standing = link.finding, link.standing
    host = ""
    if finding.verdict == "alive":
        host = urlsplit(finding.final).netloc
    elif before := row.link(finding.url):
        host = before.host
    return FundLinkRow(
        url=finding.url, verdict=standing.verdict, since=standing.since, failures=standing.failures, host=host
    )


def _signature(evidence: FundEvidence, today: date, name: str) -> Signature:
    titles, finals = {}, {}
    for link in evidence.links:
        titles[link.finding.url] = link.finding.title
        finals[link.finding.url] = link.finding.final
    fund = evidence.fund
    hosts = tuple(sorted(fund.hosts))
    return Signature(on=today, by=name, hosts=hosts, titles=titles, finals=finals, payees=fund.payees())


def _registration_days(fund: Fund, row: FundRow, looks: Looks) -> dict[str, date]:
    """Return since when the domain of each host is registered, as far as anybody ever said; no more of former hosts."""
    known = {**row.registered, **looks.registered}
    return {host: known[host] for host in sorted(fund.link_hosts()) if host in known}


def _alarms(fund: Fund, link: LinkEvidence) -> Iterator[Alarm]:
    finding, name = link.finding, link.name
    final = urlsplit(finding.final).netloc
    if final and final not in fund.hosts:  # "" where nothing came, which is no alarm yet
        what = f"{name} leads to {final}, which is not on the record"
        if like := host_likeness(final, fund.hosts, STRICT):
            what += f": {like}"
        yield Alarm(kind="new host", text=what)
    for target in finding.chain[1:]:  # the first is the record's own, which must be https
        if urlsplit(target).scheme != "https":
            what = f"{name} passes {target} without encryption, where anyone on the way can send a giver elsewhere"
            yield Alarm(kind="open hop", text=what)
    if link.standing.dead:
        yield Alarm(kind="dead", text=f"{name} is dead: it failed twice in a row")


def _registered_anew(fund: Fund, looks: Looks, row: FundRow) -> Iterator[Alarm]:
    """Tell of a domain younger than our check, or than when last asked: let go, and taken by someone."""
    for host, day in sorted(looks.registered.items()):
        before = row.registered.get(host)
        if fund.verified_on and day > fund.verified_on:
            since = f"after our check of {fund.verified_on}"
        elif before and day > before and not fund.verified_on:  # who has checked since has seen the new owner's page
            since = f"not on {before}, as it was before"
        else:
            continue
        what = f"the domain of {host} was registered on {day}, {since}"
        if _has_another_title(looks, row):
            what += "; its page has another title now"
        yield Alarm(kind="re-registered", text=what)


def _has_another_title(looks: Looks, row: FundRow) -> bool:
    for url, finding in looks.findings.items():
        if finding.title and row.signed_titles.get(url, finding.title) != finding.title:
            return True
    return False


def _notices(fund: Fund, link: LinkEvidence, row: FundRow, now: datetime) -> Iterator[str]:
    finding, name = link.finding, link.name
    if finding.verdict == "cannot tell":
        yield f"{name}: cannot tell ({finding.why})"
    elif finding.verdict == "dead":
        failed = "failed" if link.standing.dead else "failed for the first time"
        yield f"{name}: {failed} ({finding.why})"
    for target in finding.chain[1:-1]:  # where it ends is looked at by `_alarms`
        passed = urlsplit(target).netloc
        if passed not in fund.hosts:
            yield f"{name} passes {passed}, which is not on the record"
    until = finding.certificate_until
    if until and until - now < _CERTIFICATE_ENDS_SOON:
        yield f"{name}: the certificate ends on {until.date()}"
    yield from _title_notices(fund, link, row)


def _title_notices(fund: Fund, link: LinkEvidence, row: FundRow) -> Iterator[str]:
    finding, name, title = link.finding, link.name, link.finding.title
    if row.signed and finding.verdict == "alive":
        ended = row.signed.finals.get(finding.url)
        if ended and ended != finding.final:
            yield f"{name}: cannot tell whether it is the same page: it ended at {ended} and ends at {finding.final}"
    if not title:
        return
    signed = row.signed_titles.get(finding.url)
    if signed and signed != title:
        yield f"{name}: cannot tell whether it is the same page: its title was “{signed}” and is “{title}”"
    elif not signed and not (same_name(fund.name, title) or same_name(fund.legal_name, title)):
        yield f"{name}: its title “{title}” does not name the fund"


def _payee_notices(fund: Fund, row: FundRow) -> Iterator[str]:
    """Tell of each payee that was not on record when the fund was last signed, and of each that has gone since."""
    payees, signed = fund.payees(), row.signed
    for payee in payees:
        if signed is None or payee not in signed.payees:
            yield f"{payee}: nobody has signed this; hold each letter against the fund’s own word"
    if signed:
        for payee in signed.payees:
            if payee not in payees:
                yield f"{payee}: {signed.by} signed this on {signed.on}, and it is not on record any more"


def _register_notices(fund: Fund, looks: Looks) -> Iterable[str]:
    known = fund.legal_name or fund.name
    if looks.name == "":
        yield f"the register knows no organisation with the number {fund.ein}"
    elif looks.name and not same_name(looks.name, known):
        yield f"the register gives {fund.ein} to “{looks.name}”, the record to “{known}”"
    yield from looks.notes
