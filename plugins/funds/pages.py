"""Funds as pages show them, and what is wrong with their records. Pure; today is handed in."""

from collections.abc import Iterable
from datetime import date, timedelta

from plugins.core.errors import Problem
from plugins.core.tables import Tables
from plugins.core.urls import host
from plugins.funds import guards
from plugins.funds.models import Fund, FundView

_REMEDY = "give the fund's own https address, and name its host in hosts only after checking whose it is"


def problems(tables: Tables, today: date) -> list[Problem]:
    """Return every fault of every fund: untrustworthy links, doubles, a campaign that is over."""
    found: list[Problem] = []
    seen: dict[str, str] = {}
    for number, fund in enumerate(tables.rows["fund"]):
        for key, fault in faults(fund).items():
            line = tables.line_of(["fund", number, key])
            found.append(Problem(tables.where, line, f"{fund.id}: {key} {fault}", _REMEDY))
        if fund.url in seen:
            line = tables.line_of(["fund", number, "url"])
            found.append(
                Problem(tables.where, line, f"{fund.id} has the url of {seen[fund.url]}", "remove one of them")
            )
        seen.setdefault(fund.url, fund.id)
        if fund.active_until and fund.active_until < today:
            line = tables.line_of(["fund", number, "active_until"])
            what = f"{fund.id}: its campaign ended on {fund.active_until}"
            found.append(Problem(tables.where, line, what, "remove the fund, or correct active_until"))
    return found


def faults(fund: Fund) -> dict[str, str]:
    """Return what is wrong with each of a fund's links and hosts, by key."""
    hosts = set(fund.hosts)
    found = {key: guards.fault_of_link(link, hosts) for key, link in fund.links().items()}
    found["hosts"] = next((fault for name in fund.hosts if (fault := guards.fault_of_host(name))), "")
    return {key: fault for key, fault in found.items() if fault}


def views(funds: Iterable[Fund], today: date, check_days: int) -> tuple[FundView, ...]:
    """Return the funds that are open today, those with a fresh check first; a check lasts `check_days`."""
    shown = [_view(fund, today, check_days) for fund in funds if not fund.active_from or fund.active_from <= today]
    return tuple(sorted(shown, key=lambda view: not view.button))


def _view(fund: Fund, today: date, check_days: int) -> FundView:
    fresh = fund.verified_on is not None and today - fund.verified_on <= timedelta(days=check_days)
    give = fund.give or fund.url
    return FundView(
        id=fund.id,
        name=fund.name,
        legal_name=fund.legal_name,
        ein=fund.ein,
        link=fund.url,
        host=host(fund.url),
        give_link=give,
        give_host=host(give),
        help_link=fund.get_help,
        help_host=host(fund.get_help) if fund.get_help else "",
        pays_for=fund.pays_for,
        evidence=fund.evidence,
        vouches=tuple((one.who, one.url, one.date, one.text) for one in fund.vouches),
        button=fresh,
        why="" if fresh else "old" if fund.verified_on else "unchecked",
        checked_on=fund.verified_on,
        checked_by=fund.verified_by,
        archive_link=fund.archive_url,
    )
