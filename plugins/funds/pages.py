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
from plugins.funds.model import FACTS, Fund, FundRow, FundView, WhyNoAccount, WhyNoButton

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
    for keys, fault in faults(fund.links(), fund.hosts, fund.archive_url, dict(fund.cited())):
        yield keys, f": {keys[0]} {fault}", _REMEDY
    for keys, one in fund.sourced():
        if one.date.first > today + _ZONES_AHEAD:
            what = f": {keys[0]} is of a day to come ({one.date.iso})"
            yield (*keys, "date"), what, "give the day on which its source said so"
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
    """Two records of a page, an organisation's number or an account are a mistake, or a way to a second button."""
    for number, account in enumerate(fund.bank):
        owner = seen.setdefault(account.number, fund.id)
        if owner != fund.id:
            yield ("bank", number), f" has the account of {owner}", "remove one of them"
    for key, name in (("url", canonical(fund.url)), ("ein", fund.ein)):
        if name and name in seen:
            yield (key,), f" has the {key} of {seen[name]}", "remove one of them"
        elif name:
            seen[name] = fund.id


def faults(
    links: Mapping[str, str], hosts: Sequence[str], archive_url: str, cited: Mapping[Keys, str]
) -> Iterator[tuple[Keys, str]]:
    """Return what is wrong with each of a record's links and hosts, with the keys to it.

    `cited` are addresses of those who vouch for it, and of sources.
    """
    known = set(hosts)
    looked: list[tuple[Keys, str]] = [((key,), link_rules.fault_of_link(link, known)) for key, link in links.items()]
    looked += [(("hosts", number), link_rules.fault_of_host(name)) for number, name in enumerate(hosts)]
    looked.append((("archive_url",), link_rules.fault_of_address(archive_url) if archive_url else ""))
    for keys, url in cited.items():
        # Such a page is held to the same rules, but for http, on which it may still be.
        fault = link_rules.fault_of_address(url.replace("http://", "https://", 1)) if url else ""
        looked.append((keys, fault and f"{url}: {fault}"))
    return (pair for pair in looked if pair[1])


def _faults_as_written(row: Mapping[str, Any]) -> Iterator[tuple[Keys, str]]:
    """Return what is wrong with the links and hosts of a record that has other problems: those hide nothing."""
    links = {key: row[key] for key in ("url", "give", "get_help") if isinstance(row.get(key), str) and row[key]}
    hosts = row.get("hosts")
    if not isinstance(hosts, list) or not all(isinstance(name, str) for name in hosts) or not hosts:
        return iter(())
    return faults(links, hosts, "", {})


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
    return tuple(sorted(shown, key=lambda view: (view.why == "closed", not view.button, view.why == "alarm")))


def notices(tables: Tables, today: date, shown: Iterable[FundView]) -> Iterator[Problem]:
    """Yield what an editor should know of, and what stops nothing: payees nobody has signed, goods nobody takes now."""
    why = {view.id: view.why_no_account for view in shown}
    for number, fund in enumerate(tables.rows["fund"]):
        if why.get(fund.id) in {"unsigned", "changed"}:
            line = tables.line_of(["fund", number, "bank" if fund.bank else "cheque"])
            nobody = "they are not those that were signed" if why[fund.id] == "changed" else "nobody has signed them"
            what = f"{fund.id}: its accounts and payees are not shown: {nobody}"
            remedy = "hold each letter against the fund’s own word, then ./inv verify --sign NAME"
            yield Problem(tables.where, line, what, remedy)
        for place, goods in enumerate(fund.goods):
            if not goods.open_on(today):
                line = tables.line_of(["fund", number, "goods", place, "until"])
                what = f"{fund.id}: its goods were taken until {goods.until}, and are not shown"
                yield Problem(tables.where, line, what, "take them out, or correct until")


def _view(fund: Fund, today: date, check_days: int, row: FundRow) -> FundView:
    oldest = today - timedelta(days=check_days)
    why = _why_no_button(fund, row, today, oldest)
    no_giving, no_help = fund.closed_to("giving", today), fund.closed_to("help", today)
    why_no_account = _why_no_account(fund, row, "closed" if no_giving and not why else why, oldest)
    alarm = why == "alarm"
    # A record that is a place to ask for help says nothing of where to give.
    is_for_help = fund.get_help == fund.url
    give = "" if no_giving else fund.give or ("" if is_for_help else fund.url)
    get_help = "" if no_help else fund.get_help
    goods = tuple(one for one in fund.goods if one.open_on(today))
    view = FundView(
        id=fund.id,
        name=fund.name,
        legal_name=fund.legal_name,
        ein=fund.ein,
        link="" if alarm else fund.url,
        host=host(fund.url),
        give_link=give,
        give_host=host(give) if give else "",
        give_address=_to_be_read(give),
        help_link=get_help,
        help_host=host(get_help) if get_help else "",
        help_address=_to_be_read(get_help),
        pays_for=fund.pays_for,
        evidence=fund.evidence,
        vouches=tuple((one.who, one.url, one.date, one.text) for one in fund.vouches),
        button=not why,
        why=why,
        checked_on=fund.verified_on,
        checked_by=fund.verified_by,
        archive_link=fund.archive_url,
        alarms=tuple(one.text for one in row.alarms),
        alarm_since=row.alarm_since,
        **{key: fund.facts(key) for key in FACTS},
        bank=() if why_no_account else fund.bank,
        cheque=() if why_no_account else fund.cheque,
        why_no_account=why_no_account,
        goods=() if alarm or no_giving else goods,
        closed=fund.closed,
        closed_to_givers=no_giving,
        closed_to_askers=no_help,
        gives=not is_for_help or bool(fund.give or fund.payees()),
        helps=bool(fund.get_help or fund.who_may_ask or fund.how_to_ask),
    )
    return view if _signed(fund, row) else _without_addresses(view)


def _without_addresses(view: FundView) -> FundView:
    """Return a fund of which nobody has signed the links: no address of its record is handed to any page."""
    facts: dict[str, Any] = {
        key: tuple(one.model_copy(update={"url": ""}) for one in getattr(view, key)) for key in FACTS
    }
    return replace(
        view,
        link="",
        host="",
        give_link="",
        give_host="",
        give_address="",
        help_link="",
        help_host="",
        help_address="",
        archive_link="",
        checked_on=None,
        checked_by="",
        vouches=tuple((who, "", day, text) for who, _, day, text in view.vouches),
        closed=view.closed.model_copy(update={"url": ""}) if view.closed else None,
        bank=(),
        cheque=(),
        goods=(),
        **facts,
    )


def _why_no_button(fund: Fund, row: FundRow, today: date, oldest: date) -> WhyNoButton:
    """Return why a fund has no button, by the words that templates know; "" where it has one.

    A check that is older than `oldest` carries none.
    """
    if row.alarms:
        return "alarm"
    if fund.closed_to("giving", today) and (fund.closed_to("help", today) or not fund.get_help):
        return "closed"
    if fund.verified_on is None or not _signed(fund, row):
        return "unchecked"
    return "old" if fund.verified_on < oldest else ""


def _why_no_account(fund: Fund, row: FundRow, why: WhyNoButton, oldest: date) -> WhyNoAccount:
    """Return why a fund's accounts and payees are not shown; `why` is why it has no button.

    No machine can look at an account, so that a person's signature on it, not older than `oldest`, is all there is: a
    check that was written by hand, of which no record says what was looked at, shows none.
    """
    if not fund.payees():
        return ""
    if why and why != "unchecked":
        return why
    signed = row.signed
    if signed is None or not signed.payees:
        return "unsigned"
    if not signed.covers_payees(fund):
        return "changed"
    if why:
        return "unsigned"
    return "old" if signed.on < oldest else ""


def _signed(fund: Fund, row: FundRow) -> bool:
    """Say whether somebody has checked the fund, and its links and payees are those that were signed on that day."""
    signed = row.signed
    return fund.verified_on is not None and not (signed and signed.claimed_by(fund) and not signed.covers(fund))


def _to_be_read(link: str) -> str:
    return link.removeprefix("https://").rstrip("/")
