"""Funds as pages show them, and what is wrong with their records. Pure; today is handed in."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from urllib.parse import urlsplit

from plugins.core.errors import Problem
from plugins.core.tables import Tables
from plugins.core.urls import canonical, host
from plugins.funds import guards
from plugins.funds.models import Fund, FundRow, FundView

_REMEDY = "give the fund's own https address, and name its host in hosts only after checking whose it is"
_ZONES_AHEAD = timedelta(days=1)
"""It may be tomorrow already where the editor is."""
_SIGN_ANEW = "look where it leads, then sign the record anew with ./inv verify --sign NAME"

Found = tuple[str, str, str]
"""A fault: the key it stands at, what is wrong, what to do."""


def problems(tables: Tables, today: date, rows: Mapping[str, FundRow] | None = None) -> list[Problem]:
    """Return every fault of every fund: untrustworthy links, doubles, a campaign that is over, a record tampered with.

    `rows` are what the archive remembers, by fund; a link to a host that was not among those signed is a fault.
    """
    found: list[Problem] = []
    seen: dict[str, str] = {}
    for number, fund in enumerate(tables.rows["fund"]):
        row = (rows or {}).get(fund.id)
        for key, what, remedy in (*_own(fund, today), *_unsigned(fund, row), *_doubles(fund, seen)):
            found.append(Problem(tables.where, tables.line_of(["fund", number, key]), f"{fund.id}{what}", remedy))
    return found


def _own(fund: Fund, today: date) -> Iterator[Found]:
    for key, fault in faults(fund).items():
        yield key, f": {key} {fault}", _REMEDY
    if fund.active_until and fund.active_until < today:
        what = f": its campaign ended on {fund.active_until}"
        yield "active_until", what, "remove the fund, or correct active_until"
    if fund.active_from and fund.active_until and fund.active_until < fund.active_from:
        yield "active_until", ": its campaign ends before it begins", "correct active_from or active_until"
    if fund.verified_on and fund.verified_on > today + _ZONES_AHEAD:
        yield "verified_on", f": it was checked on a day to come ({fund.verified_on})", "correct verified_on"


def _unsigned(fund: Fund, row: FundRow | None) -> Iterator[Found]:
    """Hold a signature to the hosts it was given for: who changes those and keeps the signature is refused."""
    signed = row.signed if row else None
    if signed is None or not signed.claimed_by(fund):
        return
    for key, link in fund.links().items():
        if (name := urlsplit(link).netloc) not in signed.hosts:
            what = f": {key} leads to {name}, which {signed.by} did not sign on {signed.on}"
            yield key, f"{what} ({', '.join(signed.hosts)})", _SIGN_ANEW


def _doubles(fund: Fund, seen: dict[str, str]) -> Iterator[Found]:
    """Two records of one page, or of one organisation's number, are a mistake, or a way to a second button."""
    for key, name in (("url", canonical(fund.url)), ("ein", fund.ein)):
        if name and name in seen:
            yield key, f" has the {key} of {seen[name]}", "remove one of them"
        elif name:
            seen[name] = fund.id


def faults(fund: Fund) -> dict[str, str]:
    """Return what is wrong with each of a fund's links and hosts, by key."""
    hosts = set(fund.hosts)
    found = {key: guards.fault_of_link(link, hosts) for key, link in fund.links().items()}
    found["hosts"] = next((fault for name in fund.hosts if (fault := guards.fault_of_host(name))), "")
    found["archive_url"] = guards.fault_of_address(fund.archive_url) if fund.archive_url else ""
    named = [one.url for one in fund.vouches if one.url]
    found["vouches"] = next((f"{one}: {fault}" for one in named if (fault := _fault_of_voucher(one))), "")
    return {key: fault for key, fault in found.items() if fault}


def _fault_of_voucher(url: str) -> str:
    """Hold a voucher's page to the same rules, but for http, on which it may still be."""
    return guards.fault_of_address(url.replace("http://", "https://", 1))


def views(
    funds: Iterable[Fund], today: date, check_days: int, rows: Mapping[str, FundRow] | None = None
) -> tuple[FundView, ...]:
    """Return the funds that are open today, those with a fresh check first; a check lasts `check_days`."""
    known = rows or {}
    shown = [
        _view(fund, today, check_days, known.get(fund.id, FundRow(fund=fund.id)))
        for fund in funds
        if not fund.active_from or fund.active_from <= today
    ]
    return tuple(sorted(shown, key=lambda view: (not view.button, view.why == "alarm")))


def _view(fund: Fund, today: date, check_days: int, row: FundRow) -> FundView:
    checked = _checked(fund, row)
    fresh = checked is not None and today - checked <= timedelta(days=check_days)
    alarm = bool(row.alarms)
    # A record that is a place to ask for help says nothing of where to give.
    give = fund.give or ("" if fund.get_help == fund.url else fund.url)
    return FundView(
        id=fund.id,
        name=fund.name,
        legal_name=fund.legal_name,
        ein=fund.ein,
        link="" if alarm else fund.url,
        host=host(fund.url),
        give_link=give,
        give_host=host(give) if give else "",
        help_link=fund.get_help,
        help_host=host(fund.get_help) if fund.get_help else "",
        pays_for=fund.pays_for,
        evidence=fund.evidence,
        vouches=tuple((one.who, one.url, one.date, one.text) for one in fund.vouches),
        button=fresh and not alarm,
        why="alarm" if alarm else "" if fresh else "old" if checked else "unchecked",
        checked_on=fund.verified_on,
        checked_by=fund.verified_by,
        archive_link=fund.archive_url,
        alarms=tuple(one.text for one in row.alarms),
        alarm_since=row.alarm_since,
    )


def _checked(fund: Fund, row: FundRow) -> date | None:
    """Return the day of the fund's check; none where its links are not those that were signed on that day."""
    signed = row.signed
    return None if signed and signed.claimed_by(fund) and not signed.covers(fund) else fund.verified_on
