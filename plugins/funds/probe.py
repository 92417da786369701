"""Ask what there is to know of a fund: where its links lead, how old its domains are, whose number it has.

The network is handed in as `get`. What an answer means, `evidence` decides; what cannot be asked becomes a note.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from plugins.core.net.http import Get, NetworkError, Response
from plugins.core.net.link_check import judge
from plugins.funds import registers
from plugins.funds.evidence import Looks
from plugins.funds.model import Fund

_OK = 200
_NO_SUCH_NAME = frozenset({400, 404, 422})
"""How RDAP servers answer about a name that is not a registered domain (RFC 9082, section 5.1; some say 400)."""


@dataclass(frozen=True, slots=True)
class Providers:
    """Public registers: addresses with `{domain}` and `{ein}`; "" asks none."""

    rdap: str = ""
    register: str = ""


async def look(fund: Fund, get: Get, providers: Providers) -> Looks:
    """Return everything that could be found out about one fund; each of its addresses is asked once."""
    links = list(dict.fromkeys(fund.links().values()))
    hosts = fund.link_hosts()
    answers = await asyncio.gather(*map(partial(_answer, get), links))
    domains = await asyncio.gather(*map(partial(_registration, get, providers.rdap), hosts))
    name, name_note = await _name(get, providers.register, fund.ein)
    registered: dict[str, date] = {}
    notes: list[str] = []
    for host, (day, note) in zip(hosts, domains, strict=True):
        notes.append(note)
        if day:
            registered[host] = day
    notes.append(name_note)
    findings = dict(zip(links, map(judge, links, answers), strict=True))
    return Looks(findings, registered, name, tuple(filter(None, notes)))


async def _answer(get: Get, url: str, headers: Mapping[str, str] | None = None) -> Response | NetworkError:
    try:
        return await get(url, headers)
    except NetworkError as error:
        return error


async def _registration(get: Get, template: str, host: str) -> tuple[date | None, str]:
    """Return since when a host's domain is registered, and what kept us from knowing."""
    if not template:
        return None, ""
    for url in registers.domain_questions(template, host):
        answer = await _answer(get, url, {"Accept": "application/rdap+json"})
        if isinstance(answer, NetworkError):
            return None, f"RDAP did not answer about {host} ({answer.detail})"
        if answer.status == _OK:
            if day := registers.registered_on(answer.body):
                return day, ""
            return None, f"RDAP does not say since when the domain of {host} is registered"
        if answer.status not in _NO_SUCH_NAME:
            return None, f"RDAP did not answer about {host} ({answer.status})"
    return None, f"RDAP knows no domain of {host}"


async def _name(get: Get, template: str, ein: str) -> tuple[str | None, str]:
    """Return the name in the register, as `Looks.name` has it, and what kept us from knowing."""
    if not (template and ein):
        return None, ""
    answer = await _answer(get, registers.number_question(template, ein))
    if isinstance(answer, NetworkError):
        return None, f"the register did not answer ({answer.detail})"
    if answer.status == _OK:
        return registers.registered_name(answer.body, ein), ""
    if answer.status in _NO_SUCH_NAME:
        return "", ""
    return None, f"the register did not answer ({answer.status})"
