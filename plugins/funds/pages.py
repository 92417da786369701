"""Funds as pages show them, and what is wrong with their records. Today is an argument."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from operator import attrgetter
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
_NOT_SIGNED = {"unsigned": "nobody has signed them", "changed": "they are not those that were signed"}
_SIGN_ANEW = "look where it leads, then sign the record anew with ./inv verify --sign NAME"

Keys = tuple[str | int, ...]
Found = tuple[Keys, str, str]
"""A fault: the keys to where it stands in the record, what is wrong, what to do."""


def problems(tables: Tables, today: date, rows: Mapping[str, FundRow] | None = None) -> list[Problem]:
    """Return every fault of every fund: untrustworthy links, doubles, a campaign that is over, a record tampered with.

    `rows` are what the archive remembers, by fund; a link to a host that was not among those signed is a fault.
    """
    found: list[Problem] = []
    seen: dict[str, str] = {}  # whose each page, number and account is
    for number, fund in enumerate(tables.rows["fund"]):
        remembered = (rows or {}).get(fund.id, FundRow(fund=fund.id))
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
        signed_later = filter(attrgetter("verified_on"), funds[number + 1 :])
        for key, what in resemblances(fund, [*funds[:number], *signed_later]):
            line = tables.line_of(["fund", number, key])
            found.append(Problem(tables.where, line, f"{fund.id}: {key}: {what}", _TAKEN_FOR_ANOTHER))
    return found


def resemblances(fund: Fund, known: Sequence[Fund]) -> Iterator[tuple[str, str]]:
    """Yield how a fund could be taken for one of those `known`: the key that does it, then how and for whom."""
    names: set[str] = set()
    hosts: set[str] = set()
    pages: list[str] = []
    for one in known:
        names.update(one.names())
        hosts.update(one.hosts)
        pages += one.links().values()
    pages += [f"https://{name}/" for name in hosts]
    if how := name_likeness(fund.name, names, STRICT):
        yield "name", f"{how}, a fund on record"
    for key, link in fund.links().items():
        if how := page_likeness(link, pages, STRICT):
            yield key, f"{how}, on the record of another fund"
    linked = fund.link_hosts()
    for name in fund.hosts:
        if name not in linked and (how := host_likeness(name, hosts, STRICT)):
            yield "hosts", f"{how}, on the record of another fund"
    # One organisation may have several funds on a host of its own: there the name in law says nothing.
    if fund.legal_name and hosts.isdisjoint(fund.hosts) and (how := name_likeness(fund.legal_name, names, STRICT)):
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


def _unsigned(fund: Fund, row: FundRow) -> Iterator[Found]:
    """Hold a signature to the hosts it was given for: who changes those and keeps the signature is refused."""
    signed = row.signed
    if signed is None or not signed.claimed_by(fund):
        return
    for key, link in fund.links().items():
        name = urlsplit(link).netloc
        if name not in signed.hosts:
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
    """Yield what is wrong with each of a record's links and hosts, with the keys to it.

    `cited` are addresses of those who vouch for it, and of sources.
    """
    known = set(hosts)
    for key, link in links.items():
        if fault := link_rules.fault_of_link(link, known):
            yield (key,), fault
    for number, name in enumerate(hosts):
        if fault := link_rules.fault_of_host(name):
            yield ("hosts", number), fault
    if archive_url and (fault := link_rules.fault_of_address(archive_url)):
        yield ("archive_url",), fault
    for keys, url in cited.items():
        # Such a page is held to the same rules, but for http, on which it may still be.
        if url and (fault := link_rules.fault_of_address(url.replace("http://", "https://", 1))):
            yield keys, f"{url}: {fault}"


def _faults_as_written(row: Mapping[str, Any]) -> Iterator[tuple[Keys, str]]:
    """Yield what is wrong with the links and hosts of a record that has other problems: those hide nothing."""
    links = {}
    for key in ("url", "give", "get_help"):
        link = row.get(key)
        if link and isinstance(link, str):
            links[key] = link
    hosts = row.get("hosts")
    if hosts and isinstance(hosts, list) and all(isinstance(name, str) for name in hosts):
        yield from faults(links, hosts, "", {})


def views(
    funds: Iterable[Fund], today: date, check_days: int, rows: Mapping[str, FundRow] | None = None
) -> tuple[FundView, ...]:
    """Return the funds that are open today, those with a fresh check first; a check lasts `check_days`."""
    oldest = today - timedelta(days=check_days)
    shown = []
    for fund in funds:
        if not fund.active_from or fund.active_from <= today:
            row = (rows or {}).get(fund.id, FundRow(fund=fund.id))
            shown.append(_view(fund, today, oldest, row))
    # Those with a button first, then those that lack a check, then those under an alarm; last what takes nothing more.
    return tuple(sorted(shown, key=lambda view: (view.why == "closed", not view.button, view.why == "alarm")))


def notices(tables: Tables, today: date, shown: Iterable[FundView]) -> Iterator[Problem]:
    """Yield what an editor should know of, and what stops nothing: payees nobody has signed, goods nobody takes now."""
    why = {view.id: view.why_no_account for view in shown}
    for number, fund in enumerate(tables.rows["fund"]):
        if because := _NOT_SIGNED.get(why.get(fund.id, "")):
            line = tables.line_of(["fund", number, "bank" if fund.bank else "cheque"])
            what = f"{fund.id}: its accounts and payees are not shown: {because}"
            remedy = "hold each letter against the fund’s own word, then ./inv verify --sign NAME"
            yield Problem(tables.where, line, what, remedy)
        for place, goods in enumerate(fund.goods):
            if not goods.open_on(today):
                line = tables.line_of(["fund", number, "goods", place, "until"])
                what = f"{fund.id}: its goods were taken until {goods.until}, and are not shown"
                yield Problem(tables.where, line, what, "take them out, or correct until")


def _view(fund: Fund, today: date, oldest: date, row: FundRow) -> FundView:
    why = _why_no_button(fund, row, today, oldest)
    no_giving, no_help = fund.closed_to("giving", today), fund.closed_to("help", today)
    why_no_account = _why_no_account(fund, row, why, oldest, no_giving=no_giving)
    shown = fund if _signed(fund, row) else _without_addresses(fund)
    # A record that is a place to ask for help says nothing of where to give.
    is_for_help = fund.get_help == fund.url
    give, get_help = shown.give, shown.get_help
    if not give and not is_for_help:
        give = shown.url
    if no_giving:
        give = ""
    if no_help:
        get_help = ""
    view = FundView(
        id=fund.id,
        name=fund.name,
        legal_name=fund.legal_name,
        ein=fund.ein,
        host=host(shown.url),
        give_link=give,
        give_host=host(give),
        give_address=_to_be_read(give),
        help_link=get_help,
        help_host=host(get_help),
        help_address=_to_be_read(get_help),
        pays_for=fund.pays_for,
        evidence=fund.evidence,
        vouches=tuple((one.who, one.url, one.date, one.text) for one in shown.vouches),
        button=not why,
        why=why,
        checked_on=shown.verified_on,
        checked_by=shown.verified_by,
        archive_link=shown.archive_url,
        alarms=row.alarm_texts,
        alarm_since=row.alarm_since,
        raised=shown.raised,
        paid_out=shown.paid_out,
        helped=shown.helped,
        who_may_ask=shown.who_may_ask,
        how_to_ask=shown.how_to_ask,
        how_long=shown.how_long,
        why_no_account=why_no_account,
        closed=shown.closed,
        closed_to_givers=no_giving,
        closed_to_askers=no_help,
        gives=not is_for_help or bool(fund.give or fund.payees()),
        helps=bool(fund.get_help or fund.who_may_ask or fund.how_to_ask),
    )
    # What a reader could give to is none of the view's own: it is added here, each on its own condition.
    if why != "alarm":
        view = replace(view, link=shown.url)
    if why != "alarm" and not no_giving:
        view = replace(view, goods=tuple(goods for goods in shown.goods if goods.open_on(today)))
    if not why_no_account:
        view = replace(view, bank=shown.bank, cheque=shown.cheque)
    return view


def _without_addresses(fund: Fund) -> Fund:
    """Return a record of which nobody has signed the links, with no check and no address: none reaches any page."""
    kept: dict[str, Any] = {"closed": fund.closed and fund.closed.model_copy(update={"url": ""})}
    for key in ("vouches", *FACTS):
        kept[key] = tuple(one.model_copy(update={"url": ""}) for one in getattr(fund, key))
    links = {"url": "", "give": "", "get_help": "", "archive_url": ""}
    accounts: dict[str, tuple[()]] = {"bank": (), "cheque": (), "goods": ()}
    return fund.model_copy(update={**kept, **links, **accounts, "verified_on": None, "verified_by": ""})


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


def _why_no_account(fund: Fund, row: FundRow, why: WhyNoButton, oldest: date, *, no_giving: bool) -> WhyNoAccount:
    """Return why a fund's accounts and payees are not shown, "" where they are, or where there are none.

    `why` is why it has no button; it may have one and yet take no gifts (`no_giving`), as a place to ask for help.
    No machine can look at an account, so that a person's signature on it, not older than `oldest`, is all there is: a
    check that was written by hand, of which no record says what was looked at, shows none.
    """
    if not fund.payees():
        return ""
    if no_giving and not why:
        why = "closed"
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
