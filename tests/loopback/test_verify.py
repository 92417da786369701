"""Funds verified against sites that move, lapse, imitate, wall off and die, over real connections on loopback."""

import asyncio
import json as jsonlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from plugins.core.errors import Problem, SiteError
from plugins.funds.model import FundView
from plugins.funds.probe import Providers
from plugins.funds.section import edition
from plugins.funds.verify import FundCheckOptions, FundCheckResult, verified
from plugins.sections.model import Newsroom
from tests.loopback.faulty import Handler, Seen, answer, head
from tests.loopback.stage import NOT_THERE, Stage, json, moved, page

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
PROVIDERS = Providers("https://rdap.example/domain/{domain}", "https://register.example/{ein}.json")
URL = "https://fund.example.org/"
GIVE = "https://fund.example.org/give"
RECORD = """\
# Whom we trust.

[[fund]]
id = "relief"
name = "Relief Fund"  # as on its door
legal_name = "Relief Fund, Inc."
ein = "13-1635251"
url = "https://fund.example.org/"
give = "https://fund.example.org/give"
hosts = ["fund.example.org"]
verified_on = 2026-02-01
verified_by = "A. Editor"

# The end.
"""
REGISTERED = '{"events": [{"eventAction": "registration", "eventDate": "%sT00:00:00Z"}]}'
WELL = {
    URL: page("The Relief Fund"),
    GIVE: page("Give to the Relief Fund"),
    "https://rdap.example/domain/fund.example.org": answer(404, b""),
    "https://rdap.example/domain/example.org": json(REGISTERED % "1998-05-05"),
    "https://register.example/131635251.json": json('{"organization": {"ein": 131635251, "name": "RELIEF FUND INC"}}'),
}


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a content folder with one fund that a person has checked."""
    (tmp_path / "funds.toml").write_text(RECORD, "utf-8")
    return tmp_path


def run(
    content: Path, *plays: dict[str, Handler], sign: str = "", days: int = 0, confirm: bool = True
) -> tuple[FundCheckResult, Stage]:
    """Verify once for each play, a play changing what it names; return the last outcome."""

    async def act() -> tuple[FundCheckResult, Stage]:
        async with Stage(WELL) as stage:
            for play in plays or ({},):
                stage.set(play)
                now = NOW + timedelta(days=days)
                outcome = await verified(content, PROVIDERS, FundCheckOptions(sign), now, stage.get, lambda _: confirm)
            return outcome, stage

    return asyncio.run(act())


def shown(content: Path, newsroom: Newsroom) -> tuple[FundView, tuple[Problem, ...]]:
    """Return the fund as pages show it, and what would stop the build."""
    made = edition(replace(newsroom, content=content))
    funds = made.context["funds"]
    assert isinstance(funds, list | tuple)
    (view,) = funds
    assert isinstance(view, FundView)
    return view, made.problems


def row(content: Path) -> dict[str, Any]:
    """Return what the archive remembers of the fund."""
    remembered: dict[str, Any] = jsonlib.loads((content / "archive" / "funds.jsonl").read_text("utf-8"))
    return remembered


def test_a_fund_in_order_keeps_its_button_and_the_evidence_is_shown(
    content: Path, newsroom: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both links alive, the domain old, the register agreeing: no alarm, exit code 0, everything printed."""
    outcome, stage = run(content)
    assert (outcome.alarms, outcome.code, outcome.changed) == ((), 0, True)
    view, problems = shown(content, newsroom)
    assert (view.button, view.why, problems) == (True, "", ())
    told = capsys.readouterr().out
    for words in (
        "alive: url: https://fund.example.org/ (200",
        "The Relief Fund",
        "registered on 1998-05-05",
        "RELIEF",
    ):
        assert words in told
    assert "notice" not in told and "alarm" not in told
    assert stage.asked.count(URL) == 1


def test_a_run_without_news_changes_no_byte(content: Path) -> None:
    """A week later, all as it was: the archive keeps its bytes."""
    run(content)
    before = (content / "archive" / "funds.jsonl").read_bytes()
    assert not run(content, days=7)[0].changed
    assert (content / "archive" / "funds.jsonl").read_bytes() == before
    assert (content / "funds.toml").read_text("utf-8") == RECORD


def test_a_move_to_a_new_host_is_an_alarm_at_once_and_is_never_accepted(
    content: Path, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One look is enough to take the button away and tell the editor at the line; funds.toml is left as it was.

    The alarm stays when the redirect is gone again: a person has to look.
    """
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    there = "https://relief.example.net/now"
    outcome, _ = run(content, {GIVE: moved(there), there: page("Give to the Relief Fund")})
    assert outcome.code == 1
    (problem,) = outcome.alarms
    assert problem.line == 9 and "give leads to relief.example.net, which is not on the record" in problem.what
    told = capsys.readouterr().out
    assert "→ 302 https://relief.example.net/now" in told
    assert f"\n::error file={problem.where.replace(':', '%3A')},line=9::relief: give leads to" in told
    view, _ = shown(content, newsroom)
    assert (view.button, view.why, view.link) == (False, "alarm", "")
    assert (content / "funds.toml").read_text("utf-8") == RECORD
    assert run(content, {GIVE: page("Give to the Relief Fund")}, days=7)[0].code == 1
    assert shown(content, newsroom)[0].why == "alarm"


@pytest.mark.parametrize(
    ("there", "how"),
    [
        ("https://xn--fun-40d.example.org/", "looks like fund.example.org written with letters of another alphabet"),
        ("https://fumd.example.org/", "looks like fund.example.org with a letter or two changed"),
        ("https://fu-nd.example.org/", "looks like fund.example.org with a hyphen or a letter changed"),
        ("https://fund.example.com/", "looks like fund.example.org under .com instead of .org"),
        ("https://fund.example.org.evil.example/", "looks like fund.example.org put in front of another domain"),
        ("https://fund.example.org:8443/", "leads to fund.example.org:8443"),
    ],
)
def test_a_look_alike_is_an_alarm_that_says_what_it_imitates(content: Path, there: str, how: str) -> None:
    """A Cyrillic letter, an extra hyphen, another top-level domain, another port: none is taken for the fund."""
    outcome, _ = run(content, {URL: moved(there), there: page("The Relief Fund")})
    assert outcome.code == 1 and how in outcome.alarms[0].what


def test_a_lapsed_domain_is_an_alarm(content: Path, newsroom: Newsroom) -> None:
    """Same host, other title, registered after our check: someone else has it now."""
    run(content, sign="B. Editor")
    later = json(REGISTERED % "2026-03-05")
    play = {URL: page("Win big"), GIVE: page("Win big"), "https://rdap.example/domain/example.org": later}
    outcome, _ = run(content, play, days=7)
    assert (
        "registered on 2026-03-05, after our check of 2026-03-01; its page has another title" in outcome.alarms[0].what
    )
    assert shown(content, newsroom)[0].why == "alarm"
    again, _ = run(content, play, days=14, sign="B. Editor")
    assert again.signed == () and "an alarm stands" in again.refused[0].what


def test_another_title_alone_is_a_notice(content: Path, newsroom: Newsroom, capsys: pytest.CaptureFixture[str]) -> None:
    """A new title on the same host under an old registration stops nothing, and the editor reads of it."""
    run(content, sign="B. Editor")
    capsys.readouterr()
    assert run(content, {URL: page("The Relief Fund, in a new coat")}, days=7)[0].code == 0
    assert "notice: url: cannot tell whether it is the same page" in capsys.readouterr().out
    assert shown(content, newsroom)[0].button


@pytest.mark.parametrize(
    "wall",
    [
        answer(403, b"", cf_mitigated="challenge"),
        answer(403, b""),
        answer(429, b""),
        answer(503, b""),
        page("Just a moment..."),
    ],
)
def test_a_wall_against_robots_is_not_death(
    content: Path, newsroom: Newsroom, wall: Handler, capsys: pytest.CaptureFixture[str]
) -> None:
    """However often it is met, it raises no alarm; nor can anything be signed on its word."""
    outcome, _ = run(content, *[{GIVE: wall}] * 4)
    assert outcome.code == 0 and shown(content, newsroom)[0].button
    assert "cannot tell" in capsys.readouterr().out
    assert "give is not alive: cannot tell" in run(content, {GIVE: wall}, sign="B.")[0].refused[0].what


@pytest.mark.parametrize("death", [{GIVE: answer(404, b"")}, {GIVE: answer(410, b"")}, {GIVE: answer(500, b"")}])
def test_dead_once_is_no_alarm_and_dead_twice_is(content: Path, newsroom: Newsroom, death: dict[str, Handler]) -> None:
    """Two failures in a row are an alarm; a look that tells nothing in between does not count, life wipes it out."""
    alive, unclear = {GIVE: page("Give to the Relief Fund")}, {GIVE: answer(503, b"")}
    assert run(content, death)[0].code == 0
    assert shown(content, newsroom)[0].button
    assert run(content, alive, death, unclear)[0].code == 0
    outcome, _ = run(content, death)
    assert outcome.code == 1 and "give is dead" in outcome.alarms[0].what
    assert shown(content, newsroom)[0].why == "alarm"
    before = (content / "archive" / "funds.jsonl").read_bytes()
    run(content, death, days=7)
    assert (content / "archive" / "funds.jsonl").read_bytes() == before
    assert run(content, alive)[0].code == 0 and shown(content, newsroom)[0].button


def test_a_redirect_over_http_is_an_alarm_though_it_ends_well(content: Path) -> None:
    """One unencrypted hop is enough for anyone on the way to send a giver elsewhere."""
    play = {GIVE: moved("http://fund.example.org/g"), "http://fund.example.org/g": moved("https://fund.example.org/g2")}
    outcome, _ = run(content, {**play, "https://fund.example.org/g2": page("Give to the Relief Fund")})
    assert "give passes http://fund.example.org/g without encryption" in outcome.alarms[0].what


def test_signing_writes_two_keys_and_keeps_all_else(content: Path, newsroom: Newsroom) -> None:
    """The day and the name are written, the comments stay, and what was seen is remembered."""
    outcome, _ = run(content, sign="B. Editor")
    assert outcome.signed == ("relief",)
    changed = RECORD.replace("2026-02-01", "2026-03-01").replace("A. Editor", "B. Editor")
    assert (content / "funds.toml").read_text("utf-8") == changed
    signed = row(content)["signed"]
    assert (signed["by"], signed["hosts"]) == ("B. Editor", ["fund.example.org"])
    assert signed["titles"][GIVE] == "Give to the Relief Fund"
    assert shown(content, newsroom)[0].checked_by == "B. Editor"


def test_nothing_is_signed_that_is_not_alive_or_not_confirmed(content: Path) -> None:
    """A refusal changes nothing in funds.toml and makes the run fail; to say no is no failure."""
    outcome, _ = run(content, {GIVE: answer(404, b"")}, sign="B. Editor")
    assert (outcome.signed, outcome.code) == ((), 1) and "give is not alive: dead" in outcome.refused[0].what
    outcome, _ = run(content, {GIVE: page("Give to the Relief Fund")}, sign="B. Editor", confirm=False)
    assert (outcome.signed, outcome.code) == ((), 0)
    assert (content / "funds.toml").read_text("utf-8") == RECORD


def test_an_alarm_ends_when_a_person_has_looked(content: Path, newsroom: Newsroom) -> None:
    """The editor writes the new host down, looks, and signs: only then the button returns."""
    there = "https://relief.example.net/now"
    play = {GIVE: moved(there), there: page("Give to the Relief Fund")}
    run(content, play)
    text = RECORD.replace('hosts = ["', 'hosts = ["relief.example.net", "')
    (content / "funds.toml").write_text(text, "utf-8")
    assert run(content, play)[0].code == 1
    assert shown(content, newsroom)[0].why == "alarm"
    assert run(content, play, sign="B. Editor")[0].code == 0
    assert shown(content, newsroom)[0].button


def test_another_page_of_the_same_host_is_not_what_was_signed(content: Path, newsroom: Newsroom) -> None:
    """A host may be many people's: a link that nobody looked at has no button, though its host is on the record."""
    run(content, sign="B. Editor")
    path = content / "funds.toml"
    path.write_text(path.read_text("utf-8").replace("org/give", "org/f/another-campaign"), "utf-8")
    view, problems = shown(content, newsroom)
    assert (view.button, view.why, problems) == (False, "unchecked", ())


def test_an_account_is_signed_with_the_links_and_no_other_after_it(content: Path, newsroom: Newsroom) -> None:
    """A check by hand shows none; signed, it is shown; a digit changed takes it and the button away, and is told of."""
    path = content / "funds.toml"
    account = '\n[[fund.bank]]\nholder = "R"\niban = "GB82 WEST 1234 5698 7654 32"\nsource = "It"\ndate = 2026-01-12\n'
    path.write_text(RECORD + account, "utf-8")
    assert (shown(content, newsroom)[0].button, shown(content, newsroom)[0].bank) == (True, ())
    assert run(content, sign="B. Editor")[0].signed == ("relief",)
    assert path.read_text("utf-8").endswith(account)
    assert shown(content, newsroom)[0].bank[0].iban_in_fours == "GB82 WEST 1234 5698 7654 32"
    path.write_text(path.read_text("utf-8").replace("GB82", "GB62").replace("7654 32", "7654 04"), "utf-8")
    run(content)
    view, problems = shown(content, newsroom)
    assert (view.button, view.bank, view.why_no_account, problems) == (False, (), "changed", ())


def test_a_move_to_a_silent_server_is_a_move(content: Path) -> None:
    """A redirect counts though nobody answers at its end: the alarm is at once, not after a second failure."""

    async def silent(_seen: Seen, out: asyncio.StreamWriter) -> None:
        out.transport.abort()

    play = {GIVE: moved("https://relief.example.net/"), "https://relief.example.net/": silent}
    assert "give leads to relief.example.net" in run(content, play)[0].alarms[0].what


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('give = "https://fund.example.org/give"', 'give = "https://evil.example/give"'),
        ('hosts = ["fund.example.org"]', 'hosts = ["evil.example"]'),
        ("fund.example.org", "evil.example"),
    ],
)
def test_tampering_with_the_record_stops_the_build(content: Path, newsroom: Newsroom, old: str, new: str) -> None:
    """A link to a host that is not recorded is refused, and so is one whose record was changed under a signature."""
    run(content, sign="B. Editor")
    path = content / "funds.toml"
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    _, problems = shown(content, newsroom)
    assert problems and all(problem.line for problem in problems)


def test_the_register_knowing_another_name_is_a_notice(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An editor compares; names differ for honest reasons."""
    other = json('{"organization": {"ein": 131635251, "name": "SOMEBODY ELSE"}}')
    assert run(content, {"https://register.example/131635251.json": other})[0].code == 0
    assert "the register gives 13-1635251 to “SOMEBODY ELSE”" in capsys.readouterr().out


def test_registers_that_do_not_answer_leave_the_rest_as_it_is(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """RDAP and the register are help, not conditions."""
    broken = {url: answer(500, b"") for url in WELL if "rdap" in url or "register" in url}
    outcome, _ = run(content, broken, sign="B. Editor")
    assert outcome.signed == ("relief",)
    assert "RDAP did not answer" in capsys.readouterr().out


def test_without_a_network_nothing_is_called_dead(content: Path) -> None:
    """Where no server at all answers, it is we who are cut off: nothing is remembered."""
    path = content / "funds.toml"
    path.write_text(RECORD.replace("fund.example.org", NOT_THERE), "utf-8")
    with pytest.raises(SiteError, match="none of 2 links could be reached"):
        run(content)
    assert not (content / "archive").exists()


def test_a_page_without_end_is_looked_at_all_the_same(content: Path) -> None:
    """Only the opening is read."""

    async def endless(_seen: Seen, out: asyncio.StreamWriter) -> None:
        head(out, 200, content_type="text/html")
        out.write(b"<title>Give to the Relief Fund</title>")
        while True:
            out.write(bytes(65536))
            await out.drain()

    outcome, _ = run(content, {GIVE: endless}, sign="B. Editor")
    assert outcome.signed == ("relief",)
