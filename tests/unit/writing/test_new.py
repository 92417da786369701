"""New entries: asked for, checked, in the right place, nothing overwritten; and every field of a form is sound."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from plugins.core.config import checked, frontmatter
from plugins.core.errors import SiteError
from plugins.demands.forms import ASKED, DEMAND, OFFERED, PREFACE
from plugins.demands.model import PARTS, Demand, Outcome, Preface, Statement
from plugins.funds.forms import FUND
from plugins.funds.model import Fund
from plugins.listings.model import ListingMatter
from plugins.posts.model import PostMatter
from plugins.sections import questions
from plugins.sections.model import Newsroom
from plugins.strikes.forms import STRIKE
from plugins.strikes.model import Strike
from plugins.updates.config.sources_file import HandMatter
from plugins.writing import new
from tests.conftest import NOW

FORMS = questions.forms(
    [f"plugins.{name}.plugin" for name in ("posts", "updates", "listings", "funds", "strikes", "demands", "events")]
)
SOURCES = '# Ours.\n[[source]]\nid = "union"\ntitle = "U"\nsite = "https://www.union.example.org/"\nkind = "guild"\n'
STRIKES = """# Two strikes.
[[strike]]
id = "dock"  # the docks
union = "Dockers"
employers = "Harbour Works"
start = 2026-01-05
status = "running"

[[strike.milestone]]
date = 2026-01-05
text = "They walk out."
source = "The union"

# The mill's.
[[strike]]
id = "mill"
union = "Weavers"
employers = "The Mill"
start = 2026-02-01
status = "running"
"""


@pytest.fixture
def newsroom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newsroom:
    """Return a newsroom with a source and two strikes."""
    monkeypatch.chdir(tmp_path)
    content = tmp_path / "content"
    (content / "updates").mkdir(parents=True)
    (content / "updates/sources.toml").write_text(SOURCES, "utf-8")
    (content / "strikes.toml").write_text(STRIKES, "utf-8")
    zone = ZoneInfo("America/Los_Angeles")
    return Newsroom(content, NOW.astimezone(zone), zone, "en", "https://example.org")


def begin(newsroom: Newsroom, kind: str, /, **given: str) -> str:
    """Write a new entry without anybody to ask, and return its file's text."""
    return new.new(FORMS[kind], newsroom, given)[-1].read_text("utf-8")


def refusal(newsroom: Newsroom, kind: str, /, **given: str) -> str:
    """Return why an entry is refused, having made sure that nothing was written."""
    before = {path: path.read_bytes() for path in newsroom.content.rglob("*") if path.is_file()}
    with pytest.raises(SiteError) as raised:
        new.new(FORMS[kind], newsroom, given)
    assert {path: path.read_bytes() for path in newsroom.content.rglob("*") if path.is_file()} == before
    return "\n".join(map(str, raised.value.problems))


def front(text: str, *, filled: bool = False) -> frontmatter.FrontMatter:
    """Return a text's front matter as it is, or with every field set."""
    uncommented = re.sub(r"^#(?! )|^#(?=  )", "", text, flags=re.MULTILINE)
    read, problems = frontmatter.split(uncommented if filled else text, "f")
    assert problems == []
    return read


@pytest.mark.parametrize("filled", [False, True])
@pytest.mark.parametrize(
    ("kind", "given", "model"),
    [
        ("post", {"title": 'Day "one": at the gate'}, PostMatter),
        ("listing", {"employer": "A: studio", "role": "# Driver", "pay": "$9 {an hour}", "url": ""}, ListingMatter),
    ],
)
def test_a_draft_has_every_field(
    kind: str, given: dict[str, str], model: type[checked.Checked], filled: bool, newsroom: Newsroom
) -> None:
    """As written it can be checked; with every comment taken off, every field is set to something that can be."""
    read = front(begin(newsroom, kind, **given), filled=filled)
    value, problems = checked.check(model, read.data, "f", read.line_of)
    assert problems == []
    assert value is not None
    assert read.data["status"] == "draft"
    if filled:
        assert set(read.data) == set(model.model_fields)


def test_a_new_post_is_named_by_its_title(newsroom: Newsroom) -> None:
    """The file's name is an address; titles of other scripts have one too."""
    assert new.new(FORMS["post"], newsroom, {"title": "Día uno: ¡a la huelga!"})[0].name == "dia-uno-a-la-huelga.md"
    assert re.fullmatch(r"[a-z0-9-]+\.md", new.new(FORMS["post"], newsroom, {"title": "파업"})[0].name)


def test_nothing_is_overwritten(newsroom: Newsroom) -> None:
    """A second file of the name is refused, and the first is as it was."""
    begin(newsroom, "post", title="One")
    assert "is there already" in refusal(newsroom, "post", title="One")


def test_a_source_is_written_below_the_others(newsroom: Newsroom) -> None:
    """Comments stay; what is not said follows from what is; what the check would refuse is refused by its option."""
    text = begin(newsroom, "source", title="The Outlet", feed="https://outlet.example.org/feed.xml")
    assert (
        text
        == f"""{SOURCES}
[[source]]
id = "the-outlet"
title = "The Outlet"
feed = "https://outlet.example.org/feed.xml"
site = "https://outlet.example.org/"
kind = "press"
"""
    )
    again = refusal(newsroom, "source", title="Again", feed="https://outlet.example.org/feed.xml")
    assert "--feed: again has the feed of the-outlet" in again
    assert "--site is missing" in refusal(newsroom, "source", title="No place")
    assert "--feed is no address of the web" in refusal(newsroom, "source", title="X", feed="javascript:alert(1)")
    wrong = refusal(newsroom, "source", title="X", site="https://x.example/", kind="pres")
    assert "--kind: must be one of union, guild" in wrong
    assert "did you mean press?" in wrong
    second = begin(newsroom, "source", title="The Outlet", site="https://outlet.example.net/", kind="blog")
    assert 'id = "the-outlet-2"' in second


def test_a_milestone_is_put_below_its_own_strike(newsroom: Newsroom) -> None:
    """Not at the file's end, where it would be the next strike's; every comment stays where it was."""
    given = {"text": "Talks.", "date": "2026-02-03", "source": "The paper", "time": "06:30"}
    written = begin(newsroom, "milestone", strike="dock", **given)
    entry = '[[strike.milestone]]\ndate = 2026-02-03\ntext = "Talks."\nsource = "The paper"\ntime = "06:30"\n'
    assert written == STRIKES.replace("# The mill's.", f"{entry}\n# The mill's.")
    assert begin(newsroom, "milestone", strike="mill", **given) == f"{written}\n{entry}"
    assert "--strike does not say which strike; one of dock, mill" in refusal(newsroom, "milestone", **given)
    assert "--strike doc is none" in refusal(newsroom, "milestone", strike="doc", **given)
    wrong = refusal(newsroom, "milestone", strike="mill", **{**given, "date": "2026-02-30", "time": "6:30"})
    assert "--date: there is no such day" in wrong
    assert "--time: must be a time, written 06:30, from 00:00 to 23:59 (got 6:30)" in wrong


def test_a_yardstick_and_a_strike_are_finished(newsroom: Newsroom) -> None:
    """They need no more to be published."""
    given = {"currency": "USD", "period": "month", "text": "A flat.", "source": "The tenants", "title": "Rent, 2026"}
    assert 'id = "rent-2026"' in begin(newsroom, "yardstick", amount="2400.5", **given)
    assert "--amount: must be a number" in refusal(newsroom, "yardstick", amount="2,400", **given)
    text = begin(newsroom, "strike", union="Drivers", employers="The Line", start="2026-03-01")
    assert text.startswith(STRIKES)
    assert 'id = "drivers-2026"' in text


def test_a_fund_has_only_hosts_that_somebody_saw(newsroom: Newsroom) -> None:
    """A link that a program has copied is not enough: a person names the host, and the two are held together."""
    page = {"name": "Hardship", "url": "https://fund.example.org/"}
    assert "--hosts is missing" in refusal(newsroom, "fund", **page)
    assert "--url: " in refusal(newsroom, "fund", **page, hosts="other.example.org")
    assert "verified" not in begin(
        newsroom, "fund", **page, hosts="fund.example.org, give.example.org", ein="12-3456789"
    )
    assert "--url: hardship-2 has the url of hardship" in refusal(newsroom, "fund", **page, hosts="fund.example.org")


def test_an_update_is_finished_and_finds_its_source_or_adds_one(newsroom: Newsroom) -> None:
    """An address on a source's site is that source's; another outlet becomes a source, once; a page is told of once."""
    given = {"title": 'They "vote"', "date": "2026-03-01 06:00"}
    page = "https://news.union.example.org/2026/a-vote.html"
    text = begin(newsroom, "update", url=page, text="They vote on Friday.", **given)
    assert (
        text
        == f"""---
title: "They \\"vote\\""
source: union
date: 2026-03-01 06:00
url: "{page}"
---

They vote on Friday.
"""
    )
    sources = newsroom.content / "updates/sources.toml"
    assert sources.read_text("utf-8") == SOURCES
    for number in ("first", "second"):
        told = begin(newsroom, "update", url=f"https://other.example/{number}-story", **given)
        assert front(told).data["source"] == "other-example"
    assert sources.read_text("utf-8").startswith(SOURCES)
    assert sources.read_text("utf-8").count("[[source]]") == 2
    assert "is an update already" in refusal(newsroom, "update", url=page, **given)
    assert "--date: must be a date" in refusal(newsroom, "update", url="https://a.example/b", title="T", date="soon")
    assert HandMatter(**front(text).data).title == 'They "vote"'


@pytest.mark.parametrize("url", ["example.org/x", "javascript:alert(1)", "https://example.org/a b"])
def test_an_update_needs_a_web_address(url: str, newsroom: Newsroom) -> None:
    """Nothing else becomes a link on the wire."""
    assert "needs a web address" in refusal(newsroom, "update", url=url, title="T", date="2026-03-01")


@pytest.mark.parametrize("name", ["Crane Driver", "../x", "a--b"])
def test_a_listing_needs_an_id(name: str, newsroom: Newsroom) -> None:
    """What cannot be an address is refused, with one that can."""
    assert "id is its address" in refusal(newsroom, "listing", id=name, employer="E", role="R")


def test_a_demand_and_its_answers_are_written(newsroom: Newsroom) -> None:
    """A demand goes to the file's end, an answer below its own demand, behind those that there are."""
    asked = {"text": "10%", "date": "2026-01-05", "source": "The union"}
    begin(newsroom, "demand", topic="Pay", strike="dock", **asked)
    written = begin(newsroom, "demand", topic="Rest", strike="mill", url="https://union.example.org/", **asked)
    assert written == (
        "# What was asked, offered and won, topic by topic.\n\n"
        '[[demand]]\nid = "dock-pay"\nstrike = "dock"\ntopic = "Pay"\n\n'
        '[[demand.asked]]\ntext = "10%"\ndate = 2026-01-05\nsource = "The union"\n\n'
        '[[demand]]\nid = "mill-rest"\nstrike = "mill"\ntopic = "Rest"\n\n'
        '[[demand.asked]]\ntext = "10%"\ndate = 2026-01-05\nsource = "The union"\nurl = "https://union.example.org/"\n'
    )
    answer = {"text": "4%", "date": "2026-02", "source": "The paper", "part": "offered"}
    entry = '[[demand.offered]]\ntext = "4%"\ndate = "2026-02"\nsource = "The paper"\n\n'
    second = '[[demand]]\nid = "mill-rest"'
    answered = begin(newsroom, "answer", demand="dock-pay", **answer)
    assert answered == written.replace(second, entry + second)
    won = begin(newsroom, "answer", demand="mill-rest", **{**answer, "part": "won", "date": "unknown"})
    assert won == f'{answered}\n[[demand.won]]\ntext = "4%"\ndate = "unknown"\nsource = "The paper"\n'


def test_an_event_is_written_with_the_hour_it_was_announced(newsroom: Newsroom) -> None:
    """It goes to the end; a time that is not there, and a strike that is not, are refused and nothing written."""
    given = {"strike": "dock", "start": "2026-03-09 06:00", "end": "2026-03-09 10:00", "place": "Gate 4"}
    written = begin(newsroom, "event", title="Picket", **given)
    assert written.endswith(
        '[[event]]\nid = "picket"\nstrike = "dock"\ntitle = "Picket"\nstart = "2026-03-09 06:00"\n'
        'end = "2026-03-09 10:00"\nplace = "Gate 4"\nannounced = "2026-03-01 04:00"\n'
    )
    assert 'id = "picket-2"' in begin(newsroom, "event", title="Picket", repeats="weekdays", **given)
    night = {**given, "start": "2026-03-08 02:30"}
    assert "does not exist in America/Los_Angeles" in refusal(newsroom, "event", title="Night", **night)
    assert "did you mean dock?" in refusal(newsroom, "event", title="X", **{**given, "strike": "dok"})


def test_what_is_wrong_in_an_answer_is_told_by_its_option(newsroom: Newsroom) -> None:
    """Which demand, which part, a day that is none, one before the demand: nothing of it is written."""
    asked = {"text": "10%", "date": "2026-01-05", "source": "The union"}
    answer = {"text": "4%", "date": "2026-02-01", "source": "The paper", "part": "offered"}
    assert "write one first: ./inv new demand" in refusal(newsroom, "answer", **answer)
    assert "--strike does not say which strike; one of dock, mill" in refusal(newsroom, "demand", topic="Pay", **asked)
    begin(newsroom, "demand", topic="Pay", strike="dock", **asked)
    assert "--part is neither offered nor won" in refusal(newsroom, "answer", **{**answer, "part": "lost"})
    assert "--demand x is none that there is; one of dock-pay" in refusal(newsroom, "answer", demand="x", **answer)
    assert "did you mean dock-pay?" in refusal(newsroom, "answer", demand="dok-pay", **answer)
    assert "--date: must be a day that exists" in refusal(newsroom, "answer", **{**answer, "date": "yesterday"})
    assert "before anything was asked" in refusal(newsroom, "answer", **{**answer, "date": "2025-12-31"})


def test_what_is_not_given_is_asked_for_and_asked_again_where_it_is_wrong(
    newsroom: Newsroom, capsys: pytest.CaptureFixture[str]
) -> None:
    """Somebody at a terminal types one answer after another; a slip costs one answer, and Enter leaves out the rest."""
    answers = iter(["2026-02-31", "The union", "", "", "2026-02-28"])
    asked: list[str] = []

    def answer(words: str) -> str:
        asked.append(words.split(",", maxsplit=1)[0])
        return next(answers)

    written = new.new(FORMS["milestone"], newsroom, {"text": "Talks.", "strike": "dock"}, answer)
    assert "date = 2026-02-28" in written[0].read_text("utf-8")
    assert (asked[0], asked[1], asked[4:]) == ("Its day", "Who says so: ", ["Its day"])
    assert "--date: " in capsys.readouterr().out


def test_what_cannot_be_put_right_by_an_answer_ends_the_questions(newsroom: Newsroom) -> None:
    """A fault of the file that is there already is told at its line, and nobody is asked for ever."""
    (newsroom.content / "strikes.toml").write_text(STRIKES.replace('"running"', '"runing"', 1), "utf-8")
    given = {"text": "Talks.", "date": "2026-02-03", "source": "The paper", "strike": "dock"}
    with pytest.raises(SiteError, match="did you mean running"):
        new.new(FORMS["milestone"], newsroom, given, lambda _: "")


def test_the_tables_of_the_forms_have_every_key() -> None:
    """What the examples explain is all that the models know, but for what is set in other ways."""
    assert {one.key for one in FUND.fields} == {field.alias or name for name, field in Fund.model_fields.items()}
    assert {one.key for one in STRIKE.fields} == set(Strike.model_fields) - {"milestone"}
    assert {one.key for one in DEMAND.fields} == set(Demand.model_fields) - set(PARTS)
    assert {one.key for one in PREFACE.fields} == set(Preface.model_fields)
    for table in (ASKED, OFFERED):
        assert {one.key for one in table.fields} == set(Statement.model_fields)
    assert set(Outcome.model_fields) == {*Statement.model_fields, "nothing"}


def test_a_file_that_is_no_toml_is_not_written_to(newsroom: Newsroom) -> None:
    """What is wrong already is told at its line, and put right first."""
    path = newsroom.content / "strikes.toml"
    path.write_text(STRIKES + "\nwhat\n", "utf-8")
    given = {"text": "Talks.", "date": "2026-02-03", "source": "The paper", "strike": "dock"}
    assert "is not TOML" in refusal(newsroom, "milestone", **given)
