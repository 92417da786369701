"""Demands as pages show them: by strike, answers in the order of their dates, gaps as they are."""

from plugins.demands import views
from plugins.demands.model import Demand, Preface, StrikeDemands


def demand(name: str = "pay", **values: object) -> Demand:
    """Return a demand of the dockers' strike."""
    return Demand.model_validate({"id": name, "strike": "dock", "topic": name.title(), **values})


def said(text: str, date: str = "unknown", **values: object) -> dict[str, object]:
    """Return a statement."""
    return {"text": text, "date": date, "source": "The union", **values}


def shown(*demands: Demand) -> StrikeDemands:
    """Return the only strike's demands."""
    (strike,) = views.by_strike(demands, [])
    return strike


def test_answers_come_in_the_order_of_their_dates() -> None:
    """However they stand in the file; a month comes before its days, and what has no date comes last."""
    answers = [said("c"), said("b", "2026-02-03"), said("a2", "2026-02"), said("a1", "2026-01-31")]
    (view,) = shown(demand(offered=answers)).demands
    assert [one.text for one in view.offered.statements] == ["a1", "a2", "b", "c"]
    assert [one.date.iso if one.date else "" for one in view.offered.statements] == [
        "2026-01-31",
        "2026-02",
        "2026-02-03",
        "",
    ]


def test_a_gap_is_unknown_unless_an_editor_says_that_it_is_open() -> None:
    """Nobody's silence becomes a statement: what is left out is not known, and not nothing."""
    (view,) = shown(demand(asked=said("10%"), open=["won"])).demands
    assert [part.state for part in view.parts] == ["stated", "unknown", "open"]


def test_counts_and_lines_of_the_timeline() -> None:
    """What was asked, answered and won is counted by demand; one day's demands are one line for each part."""
    strike = shown(
        demand("pay", asked=said("10%", "2026-01-05"), offered=[said("1%", "2026-02-01"), said("2%", "2026-02-01")]),
        demand("rest", asked=said("8 hours", "2026-01-05"), won=said("9 hours", "2026-03")),
        demand("tea", won=said("Tea"), open=[]),
        demand("hours", asked=said("Six", "2026-01-05"), open=["won"]),
    )
    assert (strike.asked, strike.offered, strike.won, strike.open) == (3, 1, 2, 1)
    assert [(one.id, [view.id for view in one.demands]) for one in strike.changes] == [
        ("dock-asked-2026-01-05", ["pay", "rest", "hours"]),
        ("dock-offered-2026-02-01", ["pay"]),
        ("dock-won-2026-03", ["rest"]),
    ]


def test_an_answer_of_a_month_stands_behind_a_demand_of_a_day_in_it() -> None:
    """Nobody reads on the timeline that something was answered before it was asked."""
    strike = shown(demand(asked=said("10%", "2026-01-05"), offered=said("4%", "2026-01"), won=said("5%", "2026-01-31")))
    assert [(one.kind, str(one.date)) for one in strike.changes] == [
        ("asked", "2026-01-05"),
        ("offered", "2026-01-31"),
        ("won", "2026-01-31"),
    ]
    early = shown(demand(asked=said("10%", "2026-01"), offered=said("4%", "2026-01-05")))
    assert [one.kind for one in early.changes] == ["asked", "offered"]


def test_what_was_not_won_is_not_counted_as_won() -> None:
    """A demand that was given up is told as such, and stands on a line of its own on the timeline."""
    given_up = said("Given up", "2026-03-01", nothing=True)
    strike = shown(demand("pay", won=given_up), demand("tea", won=[said("Tea", "2026-03-01"), given_up]))
    assert strike.won == 1
    assert [view.won.state for view in strike.demands] == ["nothing", "stated"]
    assert [(one.id, len(one.demands)) for one in strike.changes] == [
        ("dock-won-2026-03-01", 1),
        ("dock-lost-2026-03-01", 2),
    ]


def test_each_statement_has_a_name_of_its_own_that_another_does_not_move() -> None:
    """A feed knows an answer by its demand, part and day; a day's second ends in -2."""
    before = shown(demand(offered=[said("1%", "2026-02-01"), said("2%", "2026-02-01")]))
    after = shown(demand(offered=[said("0%", "2026-01-01"), said("1%", "2026-02-01"), said("2%", "2026-02-01")]))
    names = [one.name for one in before.demands[0].offered.statements]
    assert names == ["pay-offered-2026-02-01", "pay-offered-2026-02-01-2"]
    assert [one.name for one in after.demands[0].offered.statements][1:] == names


def test_sources_are_named_once_and_only_addresses_of_the_web_are_links() -> None:
    """Who says so leads to where; an address alone is shown by its host, twice the same address once."""
    page, other = "https://www.union.example.org/a", "https://paper.example.org/b"
    values = [
        said("a", url=page, sources=[page, other]),
        said("b", source=page),
        said("c", source="javascript:alert(1)"),
        said("d", source="", url=other),
    ]
    (view,) = shown(demand(offered=values)).demands
    assert [[(one.title, one.link) for one in said.sources] for said in view.offered.statements] == [
        [("The union", page), ("paper.example.org", other)],
        [("union.example.org", page)],
        [("javascript:alert(1)", "")],
        [("paper.example.org", other)],
    ]


def test_strikes_come_as_the_file_has_them_with_their_prefaces() -> None:
    """A strike's demands are together, however they are mixed in the file."""
    rows = [demand("a", strike="mill"), demand("b"), demand("c", strike="mill")]
    prefaces = [Preface(strike="mill", text="One."), Preface(strike="mill", text="Two.")]
    mill, dock = views.by_strike(rows, prefaces)
    assert ([one.id for one in mill.demands], mill.prefaces) == (["a", "c"], ("One.", "Two."))
    assert (dock.url, dock.demands[0].url, dock.prefaces) == ("demands/dock/", "demands/dock/#b", ())
