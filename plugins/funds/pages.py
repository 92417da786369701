"""Funds as pages show them, and what is wrong with their records. Today is an argument."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

from plugins.core.config.toml_tables import Tables
from plugins.core.errors import Problem
from plugins.core.text.lookalikes import STRICT, host_likeness, name_likeness, page_likeness
from plugins.core.text.urls import canonical, host
from plugins.funds import link_rules
from plugins.funds.model import Fund, FundRow, FundView, WhyNoButton

_REMEDY = "give the fund's own https address, and name its host in hosts only after checking whose it is"
_ZONES_AHEAD = timedelta(days=1)
"""It may be tomorrow already where the editor is."""
_TAKEN_FOR_ANOTHER = "look whose it is: take it out, or sign it with ./inv verify --sign NAME as a fund of its own"
_SIGN_ANEW = "look where it leads, then sign the record anew with ./inv verify --sign NAME"

Keys = tuple[str | int, ...]
Found = tuple[Keys, str, str]
"""A fault: the keys to where it stands in the record, what is wrong, what to do."""


def problems(tables: Tables, today: date, rows: Mapping[str, FundRow] | None = None) -> list[Problem]:
    """Return every fault of every fund: untrustworthy links, doubles, a campaign that is over, a record tampered with.

    `rows` are what the archive remembers, by fund; a link to a host that was not among those signed is a fault.
    """
    found: list[Problem] = []
    seen: dict[str, str] = {}
    for number, fund in enumerate(tables.rows["fund"]):
        remembered = (rows or {}).get(fund.id)
        for keys, what, remedy in (*_own(fund, today), *_unsigned(fund, remembered), *_doubles(fund, seen)):
            found.append(Problem(tables.where, tables.line_of(["fund", number, *keys]), f"{fund.id}{what}", remedy))
    for path, row in tables.invalid_rows():
        for keys, fault in _faults_as_written(row):
            line = tables.document.line_of([*path, *keys])
            found.append(Problem(tables.where, line, f"{row.get('id', 'a fund')}: {keys[0]} {fault}", _REMEDY))
    return found


def resembling(tables: Tables) -> list[Problem]:
    """Return each fund nobody has signed that could be taken for another of the file, by its name or its hosts.

    Of two that nobody has signed it is the later one. A person who has looked at it says with a signature that it is a
    fund of its own.
    """
    funds = tables.rows["fund"]
    found = []
    for number, fund in enumerate(funds):
        if fund.verified_on:
            continue
        known = [one for place, one in enumerate(funds) if one is not fund and (one.verified_on or place < number)]
        for key, what in resemblances(fund, known):
            line = tables.line_of(["fund", number, key])
            found.append(Problem(tables.where, line, f"{fund.id}: {key}: {what}", _TAKEN_FOR_ANOTHER))
    return found


def resemblances(fund: Fund, known: Sequence[Fund]) -> Iterator[tuple[str, str]]:
    """Yield how a fund could be taken for one of those `known`: the key that does it, then how and for whom."""
    by_name = {name: one.id for one in known for name in (one.name, one.legal_name) if name}
    hosts = {name for one in known for name in one.hosts}
    pages = [link for one in known for link in one.links().values()] + [f"https://{name}/" for name in sorted(hosts)]
    if how := name_likeness(fund.name, by_name, STRICT):
        yield "name", f"{how}, a fund on record"
    for key, link in fund.links().items():
        if how := page_likeness(link, pages, STRICT):
            yield key, f"{how}, on the record of another fund"
    linked = {urlsplit(link).netloc for link in fund.links().values()}
    for name in fund.hosts:
        if name not in linked and (how := host_likeness(name, hosts, STRICT)):
            yield "hosts", f"{how}, on the record of another fund"
    if fund.legal_name and not hosts & set(fund.hosts):
        others = {name for one in known for name in (one.name, one.legal_name) if name}
        if how := name_likeness(fund.legal_name, others, STRICT):
            yield "legal_name", f"{how}, which another fund has on its record"


def _own(fund: Fund, today: date) -> Iterator[Found]:
    for keys, fault in faults(fund.links(), fund.hosts, fund.archive_url, [one.url for one in fund.vouches]):
        yield keys, f": {keys[0]} {fault}", _REMEDY
    if fund.active_until and fund.active_until < today:
        what = f": its campaign ended on {fund.active_until}"
        yield ("active_until",), what, "remove the fund, or correct active_until"
    if fund.active_from and fund.active_until and fund.active_until < fund.active_from:
        yield ("active_until",), ": its campaign ends before it begins", "correct active_from or active_until"
    if fund.verified_on and fund.verified_on > today + _ZONES_AHEAD:
        yield ("verified_on",), f": it was checked on a day to come ({fund.verified_on})", "correct verified_on"


def _unsigned(fund: Fund, row: FundRow | None) -> Iterator[Found]:
    """Hold a signature to the hosts it was given for: who changes those and keeps the signature is refused."""
    signed = row.signed if row else None
    if signed is None or not signed.claimed_by(fund):
        return
    for key, link in fund.links().items():
        if (name := urlsplit(link).netloc) not in signed.hosts:
            what = f": {key} leads to {name}, which {signed.by} did not sign on {signed.on}"
            yield (key,), f"{what} ({', '.join(signed.hosts)})", _SIGN_ANEW


def _doubles(fund: Fund, seen: dict[str, str]) -> Iterator[Found]:
    """Two records of one page, or of one organisation's number, are a mistake, or a way to a second button."""
    for key, name in (("url", canonical(fund.url)), ("ein", fund.ein)):
        if name and name in seen:
            yield (key,), f" has the {key} of {seen[name]}", "remove one of them"
        elif name:
            seen[name] = fund.id


def faults(
    links: Mapping[str, str], hosts: Sequence[str], archive_url: str, vouches: Sequence[str]
) -> Iterator[tuple[Keys, str]]:
    """Return what is wrong with each of a record's links and hosts, with the keys to it; `vouches` are addresses."""
    known = set(hosts)
    looked: list[tuple[Keys, str]] = [((key,), link_rules.fault_of_link(link, known)) for key, link in links.items()]
    looked += [(("hosts", number), link_rules.fault_of_host(name)) for number, name in enumerate(hosts)]
    looked.append((("archive_url",), link_rules.fault_of_address(archive_url) if archive_url else ""))
    for number, url in enumerate(vouches):
        # A voucher's page is held to the same rules, but for http, on which it may still be.
        fault = link_rules.fault_of_address(url.replace("http://", "https://", 1)) if url else ""
        looked.append((("vouches", number, "url"), fault and f"{url}: {fault}"))
    return (pair for pair in looked if pair[1])


def _faults_as_written(row: Mapping[str, Any]) -> Iterator[tuple[Keys, str]]:
    """Return what is wrong with the links and hosts of a record that has other problems: those hide nothing."""
    links = {key: row[key] for key in ("url", "give", "get_help") if isinstance(row.get(key), str) and row[key]}
    hosts = row.get("hosts")
    if not isinstance(hosts, list) or not all(isinstance(name, str) for name in hosts) or not hosts:
        return iter(())
    return faults(links, hosts, "", ())


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
    why = _why_no_button(checked, alarm=alarm, fresh=fresh)
    if checked is None:
        told = tuple(one.text for one in row.alarms)
        return replace(_unchecked_view(fund), why=why, alarms=told, alarm_since=row.alarm_since)
    # A record that is a place to ask for help says nothing of where to give.
    is_for_help = fund.get_help == fund.url
    give = fund.give or ("" if is_for_help else fund.url)
    return FundView(
        id=fund.id,
        name=fund.name,
        legal_name=fund.legal_name,
        ein=fund.ein,
        link="" if alarm else fund.url,
        host=host(fund.url),
        give_link=give,
        give_host=host(give) if give else "",
        give_address=_to_be_read(give),
        help_link=fund.get_help,
        help_host=host(fund.get_help) if fund.get_help else "",
        help_address=_to_be_read(fund.get_help),
        pays_for=fund.pays_for,
        evidence=fund.evidence,
        vouches=tuple((one.who, one.url, one.date, one.text) for one in fund.vouches),
        button=fresh and not alarm,
        why=why,
        checked_on=fund.verified_on,
        checked_by=fund.verified_by,
        archive_link=fund.archive_url,
        alarms=tuple(one.text for one in row.alarms),
        alarm_since=row.alarm_since,
    )


def _unchecked_view(fund: Fund) -> FundView:
    """Return a fund of which nobody has signed the links: no address of its record is handed to any page."""
    return FundView(
        id=fund.id,
        name=fund.name,
        legal_name=fund.legal_name,
        ein=fund.ein,
        pays_for=fund.pays_for,
        evidence=fund.evidence,
        vouches=tuple((one.who, "", one.date, one.text) for one in fund.vouches),
        button=False,
        why="unchecked",
    )


def _why_no_button(checked: date | None, *, alarm: bool, fresh: bool) -> WhyNoButton:
    """Return why a fund has no button, by the words that templates know; "" where it has one."""
    if alarm:
        return "alarm"
    if fresh:
        return ""
    return "old" if checked else "unchecked"


def _to_be_read(link: str) -> str:
    return link.removeprefix("https://").rstrip("/")


def _checked(fund: Fund, row: FundRow) -> date | None:
    """Return the day of the fund's check; none where its links are not those that were signed on that day."""
    signed = row.signed
    if signed and signed.claimed_by(fund) and not signed.covers(fund):
        return None
    return fund.verified_on
