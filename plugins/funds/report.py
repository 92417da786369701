"""How a fund's evidence is worded, for the one who is to sign it. Lines for a terminal, each with its leading word."""

from collections.abc import Iterator

from plugins.funds.evidence import FundEvidence, LinkEvidence
from plugins.funds.model import FundRow

Line = tuple[str, str]
"""A leading word, such as "alarm", and the text that follows it."""


def lines(evidence: FundEvidence, row: FundRow) -> Iterator[Line]:
    """Return a fund's evidence: each link with its redirects, then the registers, then what is or was wrong.

    `row` is what was remembered before this look; an alarm of it that still stands is shown beside today's.
    """
    fund = evidence.fund
    checked = f"last checked {fund.verified_on} by {fund.verified_by}" if fund.verified_on else "checked by nobody yet"
    yield "", f"{fund.id} — {fund.name}, {checked}"
    for link in evidence.links:
        finding = link.finding
        yield finding.verdict, f"{', '.join(link.keys)}: {_told(link)}"
        for status, target in finding.hops:
            yield "", f"  → {status} {target}"
        if finding.title:
            yield "", f"  title: “{finding.title}”"
        if finding.certificate_until:
            yield "", f"  certificate until {finding.certificate_until.date()}"
    for text in (*_registers(evidence), *fund.payees()):
        yield "", f"  {text}"
    for text in evidence.notices:
        yield "notice", text
    today = [alarm.text for alarm in evidence.alarms]
    for text in today:
        yield "alarm", text
    for alarm in row.alarms:
        if alarm.text not in today:
            yield "alarm", f"{alarm.text} (seen on {row.alarm_since})"


def _told(link: LinkEvidence) -> str:
    finding = link.finding
    why = finding.why
    if finding.status and not why.startswith(str(finding.status)):
        why = f"{finding.status}, {why}"
    return f"{finding.url} ({why}; since {link.standing.since})"


def _registers(evidence: FundEvidence) -> Iterator[str]:
    for host, day in sorted(evidence.looks.registered.items()):
        yield f"domain of {host} registered on {day}"
    if evidence.looks.name:
        yield f"register, number {evidence.fund.ein}: {evidence.looks.name}"
