"""How a fund's evidence is worded, for the one who is to sign it. Lines for a terminal, each with its leading word."""

from collections.abc import Iterator

from plugins.core.errors import Problem
from plugins.core.net.link_check import Finding
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
        yield link.finding.verdict, f"{', '.join(link.keys)}: {_told(link)}"
        yield from (("", f"  → {status} {target}") for status, target in link.finding.hops)
        yield from (("", f"  {text}") for text in _page(link.finding))
    yield from (("", f"  {text}") for text in _registers(evidence))
    yield from (("", f"  {text}") for text in fund.payees())
    yield from (("notice", text) for text in evidence.notices)
    yield from (("alarm", alarm.text) for alarm in evidence.alarms)
    today = {alarm.text for alarm in evidence.alarms}
    yield from (("alarm", f"{one.text} (seen on {row.alarm_since})") for one in row.alarms if one.text not in today)


def alarm_problems(
    evidence: FundEvidence, where: str, line_of_key: dict[str, int], standing: tuple[str, ...]
) -> list[Problem]:
    """Return an editor's problems: this look's alarms, and those that stand from earlier ones."""
    remedy = "look yourself where it leads; then correct its hosts or verified_on, or sign it: ./inv verify --sign NAME"
    texts = dict.fromkeys((*(alarm.text for alarm in evidence.alarms), *standing))
    return [
        Problem(
            where, line_of_key.get(text.split(" ", 1)[0], line_of_key["url"]), f"{evidence.fund.id}: {text}", remedy
        )
        for text in texts
    ]


def _told(link: LinkEvidence) -> str:
    finding = link.finding
    status = f"{finding.status}, " if finding.status and not finding.why.startswith(str(finding.status)) else ""
    return f"{finding.url} ({status}{finding.why}; since {link.standing.since})"


def _page(finding: Finding) -> Iterator[str]:
    if finding.title:
        yield f"title: “{finding.title}”"
    if finding.certificate_until:
        yield f"certificate until {finding.certificate_until.date()}"


def _registers(evidence: FundEvidence) -> Iterator[str]:
    for host, day in sorted(evidence.looks.registered.items()):
        yield f"domain of {host} registered on {day}"
    if evidence.looks.name:
        yield f"register, number {evidence.fund.ein}: {evidence.looks.name}"
