"""The funds as data for other programs, donate/funds.json; docs/giving.md explains every key.

It has what the pages show and no more: no link after an alarm, no account that nobody has signed. No time of the build
is in it, so that a build without changes changes no byte.
"""

import json
from collections.abc import Iterable
from typing import Any

from plugins.funds.giving_ways import Bank, Cheque, Goods, Sourced
from plugins.funds.model import FundView

PATH = "donate/funds.json"


def as_json(funds: Iterable[FundView], siteurl: str) -> str:
    """Return every fund as it is shown, with absolute addresses; what is not known or not shown is left out."""
    document = {"version": 1, "funds": [_fund(fund, siteurl) for fund in funds]}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _fund(fund: FundView, siteurl: str) -> dict[str, Any]:
    give, get_help = fund.give_link, fund.help_link
    if fund.why == "alarm":  # a page shows these links then, to be read; a program would follow them
        give = get_help = ""
    values: dict[str, Any] = {
        "id": fund.id,
        "url": f"{siteurl}/donate/#{fund.id}",
        "name": fund.name,
        "legal_name": fund.legal_name,
        "ein": fund.ein,
        "site": fund.link,
        "give": give,
        "get_help": get_help,
        "button": fund.button,
        "why_no_button": fund.why,
        "checked_on": fund.checked_on and fund.checked_on.isoformat(),
        "checked_by": fund.checked_by,
        "pays_for": fund.pays_for,
        "vouches": [],
    }
    for who, url, date, _ in fund.vouches:
        values["vouches"].append(_kept(who=who, url=url, date=date and date.isoformat()))
    for key, fact in fund.facts():
        values.setdefault(key, []).append(_kept(text=fact.text, **_said(fact)))
    values["bank"] = list(map(_bank, fund.bank))
    values["cheque"] = list(map(_cheque, fund.cheque))
    values["goods"] = list(map(_goods, fund.goods))
    if fund.closed:
        closed = fund.closed
        values["closed"] = _kept(
            date=closed.date.isoformat(), what=closed.what, text=closed.text, source=closed.source, url=closed.url
        )
    return _kept(**values)


def _kept(**values: Any) -> dict[str, Any]:
    """Return the values that say something; `false` does."""
    return {key: value for key, value in values.items() if value or value is False}


def _said(one: Sourced) -> dict[str, Any]:
    return {"source": one.source, "url": one.url, "date": one.date.iso}


def _bank(one: Bank) -> dict[str, Any]:
    number = {"iban": one.iban, "bic": one.bic, "routing": one.routing, "sort_code": one.sort_code, "bsb": one.bsb}
    rest = {"account": one.account, "bank": one.bank, "reference": one.reference}
    return _kept(holder=one.holder, **number, **rest, **_said(one))


def _cheque(one: Cheque) -> dict[str, Any]:
    return _kept(payable_to=one.payable_to, address=one.address, note=one.note, **_said(one))


def _goods(one: Goods) -> dict[str, Any]:
    return _kept(what=one.what, where=one.where, until=one.until and one.until.isoformat(), **_said(one))
