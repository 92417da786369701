"""`./inv verify`: ask about every fund, show the evidence, remember it, and sign where a person says so.

It changes funds.toml only to sign, and then only the two keys of a check.
"""

import asyncio
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from plugins.core import console, files
from plugins.core.config import toml_tables
from plugins.core.config.settings_file import Settings
from plugins.core.errors import MisuseError, Problem, SiteError, UncheckedError, annotation
from plugins.core.locks import run_lock
from plugins.core.net.http import Get, user_agent
from plugins.core.net.link_check import Finding
from plugins.core.net.page_probe import Looker
from plugins.funds import pages, probe, report, signing
from plugins.funds.evidence import FundEvidence, Looks, remembered, weigh
from plugins.funds.history_file import HISTORY
from plugins.funds.model import Fund, FundRow
from plugins.funds.probe import Providers
from plugins.funds.settings import FundsSettings
from plugins.sections.newsroom import newsroom

Confirm = Callable[[Fund], bool]


@dataclass(frozen=True, slots=True)
class FundCheckOptions:
    """What a run is asked for: who signs ("" for nobody), only these funds (none: all), private hosts to allow."""

    sign: str = ""
    only: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FundCheckResult:
    """What a run did: alarms that stand, funds signed, why others were not, and whether the archive changed."""

    alarms: tuple[Problem, ...]
    signed: tuple[str, ...]
    refused: tuple[Problem, ...]
    changed: bool

    @property
    def code(self) -> int:
        """Return the exit code: 1 where an editor has to look."""
        return 1 if self.alarms or self.refused else 0


def verify(settings: Settings, options: FundCheckOptions) -> int:
    """Verify the funds over the network, and return the exit code. Raises SiteError where funds.toml is wrong."""
    room, own = newsroom(settings), settings.of(FundsSettings)
    providers = Providers(own.rdap, own.register_)
    name = user_agent(room.siteurl, room.site.contact)
    try:
        looker = Looker(user_agent=name, allow=options.allow)
    except ValueError as error:
        raise MisuseError([Problem("", 0, str(error), "correct --allow-private-host")]) from error

    async def run() -> FundCheckResult:
        async with looker:
            return await verified(room.content, providers, options, room.now, looker.get, _confirm)

    with run_lock(room.content.resolve().parent / ".cache" / "verify.lock"):
        return asyncio.run(run()).code


async def verified(
    content: Path, providers: Providers, options: FundCheckOptions, now: datetime, get: Get, confirm: Confirm
) -> FundCheckResult:
    """Look at the funds with `get`, show what was found, and keep it; `confirm` is asked before each signature.

    Raises SiteError where funds.toml or the archive is wrong, or where nothing at all could be reached.
    """
    out = console.open_console()
    read, before = _read(content, options, now)
    funds: list[Fund] = []
    rows: dict[str, FundRow] = {}
    for fund in read.rows["fund"]:
        rows[fund.id] = before.get(fund.id, FundRow(fund=fund.id))  # of all, for all are written again
        if not options.only or fund.id in options.only:
            funds.append(fund)
    if not funds:
        console.print_line(out, f"No funds to look at: {read.where} names none.")
    looks = await asyncio.gather(*(probe.look(fund, get, providers) for fund in funds))
    _require_network(read.where, looks)
    evidence = []
    for fund, look in zip(funds, looks, strict=True):
        evidence.append(weigh(fund, look, rows[fund.id], now))
        for word, text in report.lines(evidence[-1], rows[fund.id]):
            console.print_line(out, text, word)
        console.print_line(out, "")
    for problem in pages.resembling(read):  # no alarm: whoever signs such a fund says that it is one of its own
        console.print_line(out, f"{problem.where}:{problem.line}: {problem.what}", "resembles")
    chosen: list[str] = []
    refused: list[Problem] = []
    if options.sign:
        chosen, refused = _ask(read, evidence, confirm)
    for one in evidence:
        signer = options.sign if one.fund.id in chosen else ""
        rows[one.fund.id] = remembered(one, rows[one.fund.id], now.date(), signed_by=signer)
    if chosen:
        path = content / "funds.toml"
        text = path.read_bytes().decode("utf-8-sig")  # with its own line ends, which signing keeps
        files.replace(path, signing.signed(text, set(chosen), now.date(), options.sign).encode())
    changed = HISTORY.write(content, rows.values())
    alarms = _alarms(read, funds, rows)
    _tell(alarms, refused, chosen, options.sign)
    return FundCheckResult(tuple(alarms), tuple(chosen), tuple(refused), changed)


def _read(content: Path, options: FundCheckOptions, now: datetime) -> tuple[toml_tables.Tables, Mapping[str, FundRow]]:
    read = toml_tables.read(content / "funds.toml", {"fund": Fund})
    before = HISTORY.read(content)
    # Not held against what was signed: a record changed since then is just what is to be looked at and signed anew.
    problems = [*read.problems, *before.problems, *pages.problems(read, now.date()), *_unknown(options.only, read)]
    if problems:
        raise SiteError(problems)
    return read, before.rows


def _unknown(only: Sequence[str], read: toml_tables.Tables) -> list[Problem]:
    known = [fund.id for fund in read.rows["fund"]]
    problems = []
    for name in only:
        if name not in known:
            problems.append(Problem(read.where, 0, f"there is no fund {name!r}", "use the id of one"))
    return problems


def _require_network(where: str, looks: Sequence[Looks]) -> None:
    """Refuse to call every fund dead where it is we who are cut off."""
    findings: list[Finding] = []
    urls: set[str] = set()
    for look in looks:
        findings += look.findings.values()
        urls |= look.findings.keys()
    if any(finding.reached for finding in findings):
        return
    if len(urls) > 1:  # one page alone may well be down
        what = f"none of {len(findings)} links could be reached ({findings[0].why})"
        raise UncheckedError([Problem(where, 0, what, "see to the network, then run again; nothing was remembered")])


def _ask(
    read: toml_tables.Tables, evidence: Sequence[FundEvidence], confirm: Confirm
) -> tuple[list[str], list[Problem]]:
    """Return the ids of the funds that a person confirmed, and why others, of which none is asked, cannot be signed."""
    remedy = "correct the record, or wait until it can be looked at; it was not signed"
    chosen, refused = [], []
    for one in evidence:
        if one.refusal:
            line = _line(read, one.fund, "url")
            refused.append(Problem(read.where, line, f"{one.fund.id}: {one.refusal}", remedy))
        elif confirm(one.fund):
            chosen.append(one.fund.id)
    return chosen, refused


def _alarms(read: toml_tables.Tables, funds: Sequence[Fund], rows: Mapping[str, FundRow]) -> list[Problem]:
    """Return the alarms that stand, of this look and of earlier ones, each at the link that it names."""
    remedy = "look yourself where it leads; then correct its hosts or verified_on, or sign it: ./inv verify --sign NAME"
    problems = []
    for fund in funds:
        for text in dict.fromkeys(rows[fund.id].alarm_texts):
            key, _, _ = text.partition(" ")  # an alarm of a link begins with the link's key
            line = _line(read, fund, key if key in fund.links() else "url")
            problems.append(Problem(read.where, line, f"{fund.id}: {text}", remedy))
    return problems


def _line(read: toml_tables.Tables, fund: Fund, key: str) -> int:
    return read.line_of(["fund", list(read.rows["fund"]).index(fund), key])


def _tell(alarms: Sequence[Problem], refused: Sequence[Problem], chosen: Sequence[str], name: str) -> None:
    out = console.open_console()
    for problem in alarms:
        console.print_line(out, str(problem), "alarm")
    for problem in refused:
        console.print_line(out, str(problem), "not signed")
    if chosen:
        console.print_line(out, f"{', '.join(chosen)}, by {name}", "signed")
    if os.environ.get("GITHUB_ACTIONS") == "true":
        # Not through the console: a workflow command has to stand at the line's start as it is.
        for problem in (*alarms, *refused):
            print(annotation("error", problem), flush=True)


def _confirm(fund: Fund) -> bool:
    """Ask the person at the terminal; elsewhere `--sign` is the answer."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return True
    payees = "".join(f"\n  {payee}" for payee in fund.payees())
    return input(f"Sign {fund.id} ({fund.name})?{payees} [y/N] ").strip().lower() in {"y", "yes"}
