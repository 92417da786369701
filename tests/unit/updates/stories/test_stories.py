"""Grouping updates into stories."""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from plugins.updates.model import DateFrom, EarlierTitle, Kind, SafeHtml, Story, Update
from plugins.updates.stories.stories import group

NOON = datetime(2031, 5, 5, 12, tzinfo=UTC)
LABELLED = Path(__file__).parents[3] / "labelled" / "stories"

REJECTED = "Ferry crews vote down Calder's 9.5% offer"
REJECTED_TOO = "Crews at Calder ferries reject 9.5 percent offer in vote"
REJECTED_WHY = "Members of the mariners' union turned down the offer by 58 to 42 percent, results showed on Sunday."


def update(id_: str, title: str, summary: str = "", *, hours: float = 0, **others: object) -> Update:
    """Return an update by a source of its own, published `hours` after noon and seen at once."""
    at = NOON + timedelta(hours=hours)
    plain = Update(
        id=id_,
        source=f"source-{id_}",
        url=f"https://{id_}.example.org/news/{id_}",
        title=title,
        summary=SafeHtml(summary),
        authors=(),
        published=at,
        date_from="published",
        first_seen=at,
    )
    return replace(plain, **others)  # type: ignore[arg-type]


def ids(stories: Iterable[Story]) -> set[frozenset[str]]:
    """Return which updates stand together."""
    return {frozenset(one.id for one in story.updates) for story in stories}


def together(*updates: Update, **tables: object) -> bool:
    """Say whether the updates end up in one story."""
    return len(group(updates, **tables)) == 1  # type: ignore[arg-type]


def test_same_event_in_other_words() -> None:
    """Two outlets' reports of one vote are one story, whose id is the first's."""
    stories = group(
        [update("b", REJECTED_TOO, REJECTED_WHY, hours=2), update("a", REJECTED, REJECTED_WHY)],
    )
    assert [(story.id, [one.id for one in story.updates]) for story in stories] == [("a", ["a", "b"])]


def test_steps_of_one_dispute_stay_apart() -> None:
    """An appeal and the stay that follows it share every name and are two stories."""
    appeal = update(
        "a", "Union appeals order to end ferry strike", "The Inland Mariners filed an appeal on Saturday at Calder."
    )
    stay = update("b", "Court suspends order to end ferry strike", "The order was put on hold on Sunday.", hours=20)
    assert not together(appeal, stay)


def test_recurring_headline_with_another_day_count_stays_apart() -> None:
    """Day 12 and day 13 of a strike are not one event."""
    said = "Pickets walk at all six Calder terminals."
    day = update("a", "Calder ferry strike, day 12", said)
    assert not together(day, update("b", "Calder ferry strike, day 13", said, hours=24))
    assert together(day, update("b", "On 12th day of strike, pickets walk at Calder ferry terminals", said, hours=4))


def test_same_kind_of_event_elsewhere_is_another() -> None:
    """Two companies' results are told in much the same words, each naming a company; an unnamed one may be either."""
    first = update("a", "Profit falls at phone maker Halden", "Fewer handsets were sold abroad.")
    grocers = "Food prices rose by a tenth."
    assert not together(first, update("b", "Quarterly profit down at phone maker Larder", grocers, hours=1))
    assert together(first, update("b", "Quarterly profit down at phone maker", grocers, hours=1))


def test_names_that_stood_together_are_no_strangers() -> None:
    """Reports that name a company and its brand are of one event once a third has named both, days before."""
    maker = update("a", "Profit falls at phone maker Halden", "Fewer handsets were sold abroad.")
    brand = update("b", "Quarterly profit down at phone maker Larder", "Food prices rose by a tenth.", hours=1)
    both = update("k", "A picnic for the heirs of Halden and Larder", hours=-90)
    assert not together(maker, brand)
    assert frozenset("ab") in ids(group([both, maker, brand]))


def test_one_outlet_tells_an_event_once() -> None:
    """Likeness that joins two outlets' reports leaves one outlet's apart, but for a report that it sends again."""
    first = update("a", "Profit falls at phone maker Halden", "Fewer handsets were sold abroad.")
    other = update("b", "Quarterly profit down at phone maker", "Food prices rose by a tenth.", hours=1)
    assert together(first, other)
    url = "https://a.example.org/news/2"
    assert not together(first, replace(other, source=first.source, url=url))
    assert together(first, replace(first, id="b", url=url))


@pytest.mark.parametrize("tail", [" - Corvane Argus", ""])
def test_feed_that_gathers_many_outlets(tail: str) -> None:
    """In one feed and on one host, reports of different outlets join as those of different feeds do."""
    first = update("a", "Profit falls at phone maker Halden - Quay Street Ledger", "Fewer handsets were sold abroad.")
    other = update("b", "Quarterly profit down at phone maker" + tail, "Food prices rose by a tenth.", hours=1)
    first = replace(first, source="search", url="https://search.example.org/rss/1")
    other = replace(other, source="search", url="https://search.example.org/rss/2")
    assert together(first, other)


def test_headline_of_several_events_is_of_none() -> None:
    """A round-up that names an event among others joins no report of it, nor is it joined."""
    listed = "Crews reject Calder's 9.5% offer; bridge shut; cup final tonight"
    assert not together(update("a", listed, REJECTED_WHY), update("b", REJECTED_TOO, REJECTED_WHY, hours=1))
    assert not together(update("a", REJECTED_TOO, REJECTED_WHY), update("b", listed, REJECTED_WHY, hours=1))


@pytest.mark.parametrize(
    "label",
    ["Editorial: {}", "{} | Opinion", "Explainer: {} - Harbour Post", "{} – live", "{}: a round-up", "Análisis: {}"],
)
def test_what_is_labelled_as_no_report_stands_alone(label: str) -> None:
    """A comment says nothing of whether an event happened, so it is no outlet more that reports it."""
    first, second = update("a", REJECTED, REJECTED_WHY), update("b", REJECTED_TOO, REJECTED_WHY, hours=1)
    assert together(first, second)
    assert not together(first, replace(second, title=label.format(REJECTED_TOO)))


def test_a_word_that_could_be_a_label_is_none_within_a_headline() -> None:
    """Review boards, live animals and leaders of unions are in the news as well."""
    said = "Live oysters and a review: union leader says crews reject Calder's 9.5% offer"
    assert together(update("a", REJECTED, REJECTED_WHY), update("b", said, REJECTED_WHY, hours=1))


def test_likeness_fades() -> None:
    """Texts that join within the hour do not the next day, nor by a date that has no time of day."""
    first = update("a", "Profit falls at phone maker Halden", "Fewer handsets were sold abroad.")
    words = "Profit down at Halden", "Costs rose by a tenth while sales at home were flat and a plant opened."
    assert together(first, update("b", *words, hours=1))
    assert not together(first, update("b", *words, hours=20))
    midnight = NOON - timedelta(hours=12)
    assert not together(replace(first, published=midnight), replace(update("b", *words), published=midnight))


def test_crowd_asks_for_more() -> None:
    """Where much is reported at once, the likeness that joins in a quiet time is not enough."""
    first = update("a", "Profit falls at phone maker Halden", "Fewer handsets were sold abroad.")
    pair = first, update("b", "Profit down at Halden", "Costs rose by a tenth while sales at home were flat.", hours=3)
    crowd = [update(f"c{number}", f"Cup{number} won{number}", hours=-1) for number in range(40)]
    assert frozenset("ab") in ids(group(pair))
    assert frozenset("ab") not in ids(group([*pair, *crowd]))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ferry crews at Calder go on strike", "Calder ferries stop as crews join the dockers in strike over pay"),
        ("Calder ferry crews reach a deal", "Deal struck for crews of the Calder ferry"),
    ],
)
def test_headlines_alone_of_one_event_meet_within_hours(one: str, other: str) -> None:
    """Common words say who does what, and where there is no excerpt to go by, a few of them are enough."""
    assert together(update("a", one), update("b", other, hours=2))


def test_what_is_expected_is_another_event_than_what_happened() -> None:
    """A headline of a strike that may come does not vouch for one that began."""
    first = update("a", "Calder ferry crews start strike over pay")
    assert together(first, update("b", "Crews begin strike at Calder port", hours=55))
    assert not together(first, update("b", "Crews may begin strike at Calder port", hours=55))


def test_one_action_of_a_dispute_is_one_event_for_a_day_and_a_half() -> None:
    """Headlines alone of a strike that begins share hardly a word; two days later it is news of something else."""
    first = update("a", "Dockers walk out in three ports")
    told = "Harbour grinds to a halt as dockworkers strike over rosters"
    assert together(first, update("b", told, hours=30))
    assert not together(first, update("b", told, hours=40))
    assert not together(first, update("b", told, "Cranes stood still at dawn as crews held a vote.", hours=20))
    assert not together(first, update("b", "Nurses at two hospitals go on strike", hours=1))


def test_one_stray_report_does_not_close_a_story() -> None:
    """What came in by its words is not alike to all that tells the action later; that still meets the others."""
    stray = update("b", "Dockers walk out: cafe near the port gives them soup", hours=1, source="other")
    burst = [
        update("a", "Dockers walk out in three ports"),
        stray,
        update("c", "Dock workers' strike begins", hours=2),
        update("d", "Dockers down tools", hours=3),
        update("e", "Harbour grinds to a halt as dockworkers strike over rosters", hours=4),
    ]
    assert frozenset("ade") <= next(story for story in ids(group(burst)) if "a" in story)


def test_window_is_hard() -> None:
    """The same words four days later are another event."""
    first = update("a", REJECTED, REJECTED_WHY)
    assert together(first, update("b", REJECTED, REJECTED_WHY, hours=20))
    assert not together(first, update("b", REJECTED, REJECTED_WHY, hours=96))


def test_never_joined_through_a_third() -> None:
    """What is like one update of a story but not like another stays out."""
    vote = update("a", "Crews vote 58 percent against Calder offer", "Ballots were counted at Quay Street hall.")
    both = update(
        "b", "Crews vote against Calder offer, shares of Northmere slump", "Quay Street hall ballots.", hours=1
    )
    slump = update("c", "Northmere shares slump on Harlow exchange", "Investors sold Northmere shares.", hours=2)
    assert together(vote, both)
    assert together(both, slump)
    assert ids(group([vote, both, slump])) == {frozenset("ab"), frozenset("c")}


@pytest.mark.parametrize("known", [True, False])
def test_same_page_is_one_story(known: bool) -> None:
    """Two sources with one page, spelt with and without a tracker, tell one story, even where one has no date."""
    one = update("a", "Crews reject the deal", url="https://www.example.org/2031/vote?utm_source=rss")
    other = update(
        "b", "Must read", url="http://example.org/2031/vote/", date_from="published" if known else "first-seen"
    )
    assert together(one, other)


def test_home_page_is_no_page() -> None:
    """Items that all link to their site's front are not one story."""
    one = update("a", "Crews reject the deal", url="https://example.org/?utm_source=rss")
    assert not together(one, update("b", "Judge hears the appeal", url="https://example.org/"))


def test_source_with_one_page_for_all_is_not_one_story() -> None:
    """Where all items of a feed link to one page, the page says nothing from the third headline on."""
    titles = ["Crews walk out at dawn", "Judge hears the appeal", "Chowder feeds pickets", "Mediator named"]
    wire = [
        update(f"u{number}", title, url="https://example.org/strike", source="guild", hours=number)
        for number, title in enumerate(titles)
    ]
    assert len(group(wire)) == len(titles) - 1


def test_live_page_is_new_after_the_window() -> None:
    """A page that keeps changing is not one story for the whole strike."""
    one = update("a", "Live: crews walk out at dawn", url="https://example.org/live")
    two = update("b", "Live: mediator named", url="https://example.org/live", hours=60)
    three = update("c", "Live: boats are back", url="https://example.org/live", hours=120)
    assert ids(group([one, two, three])) == {frozenset("ab"), frozenset("c")}


STATEMENT = "https://guild.example.org/statements/41"


def test_same_linked_source() -> None:
    """Outlets that name or link to one statement tell one story with it, whatever their words."""
    guild = update("a", "Victory in court", url=STATEMENT)
    via = update("b", "Order against strikers thrown out", via=(STATEMENT + "?utm_medium=feed",), hours=1)
    link = update("c", "A good day", f'So <a href="{STATEMENT}">the guild says</a>.', hours=2)
    assert ids(group([guild, via, link])) == {frozenset("abc")}


@pytest.mark.parametrize(
    "link", ["https://guild.example.org/", "https://guild.example.org/en/", "https://guild.example.org/feed.xml"]
)
def test_home_page_and_feed_are_no_linked_source(link: str) -> None:
    """Naming the same site is not telling the same event."""
    assert not together(update("a", "Victory in court", via=(link,)), update("b", "Soup for pickets", via=(link,)))


def test_standing_link_is_no_evidence() -> None:
    """A page that updates have linked to for long, as for donations, joins nothing."""
    fund = ("https://fund.example.org/give",)
    old = update("a", "Hardship fund opens", via=fund)
    assert ids(
        group(
            [
                old,
                update("b", "Judge hears the appeal", via=fund, hours=200),
                update("c", "Chowder feeds pickets", via=fund, hours=201),
            ],
        )
    ) == {frozenset("a"), frozenset("b"), frozenset("c")}


def test_unknown_time() -> None:
    """Without a time, like words are not enough; the same headline in another source is, short ones apart."""
    first = update("a", REJECTED, REJECTED_WHY)
    assert not together(first, update("b", "Crews say no to Calder", REJECTED_WHY, date_from="first-seen"))
    assert together(first, update("b", REJECTED, date_from="first-seen", hours=400))
    assert not together(first, update("b", REJECTED, date_from="first-seen", source=first.source))
    assert not together(update("a", "Strike update"), update("b", "Strike update", date_from="first-seen"))


def test_outlets_name_is_not_read() -> None:
    """An outlet's name behind its headlines does not make them alike, nor unlike another's."""
    outlets = {"source-a": "Sallow Evening Harbor Telegraph", "source-b": "Sallow Evening Harbor Telegraph"}
    tail = " - Sallow Evening Harbor Telegraph"
    assert not together(update("a", "Bridge shut" + tail), update("b", "Cup won" + tail, hours=1), outlets=outlets)
    assert together(
        update("a", REJECTED + tail, REJECTED_WHY), update("b", REJECTED_TOO, REJECTED_WHY, hours=1), outlets=outlets
    )


@pytest.mark.parametrize(
    ("language", "one", "other", "third"),
    [
        (
            "es",
            "Los maquinistas del metro de San Telmo irán a la huelga el martes",
            "Huelga de maquinistas el martes en el metro de San Telmo",
            "El alcalde de San Telmo inaugura una biblioteca",
        ),
        (
            "ja",
            "脚本家組合、製作会社との暫定合意を発表",
            "製作会社と脚本家組合が暫定合意、ストライキ終結へ",
            "東京の美術館で浮世絵の展覧会が始まる",
        ),
        (
            "ru",
            "Профсоюз машинистов объявил забастовку в метро с четверга",
            "Машинисты метро начнут забастовку в четверг, объявил профсоюз",
            "В городе открылась новая библиотека",
        ),
    ],
)
def test_other_languages(language: str, one: str, other: str, third: str) -> None:
    """Headlines of one event in any one language are a story, and another event's is not."""
    first = update("a", one, language=language)
    assert together(first, update("b", other, language=language, hours=1))
    assert not together(first, update("c", third, language=language, hours=1))


@pytest.mark.parametrize("kind", ["union", "guild"])
def test_primary_source_leads_then_the_earliest(kind: Kind) -> None:
    """A union's own page leads though it came last, whatever it calls itself; the others stand by time."""
    stories = group(
        [
            update("b", "Order thrown out", via=(STATEMENT,), hours=1),
            update("a", "Court sides with crews", via=(STATEMENT,)),
            update("g", "Victory in court", url=STATEMENT, hours=3),
        ],
        kinds={"source-a": "press", "source-b": "labor", "source-g": kind},
    )
    assert [(story.id, [one.id for one in story.updates]) for story in stories] == [("a", ["g", "a", "b"])]


@pytest.mark.parametrize(("guild", "employer"), [(3, 2), (2, 3)])
def test_a_guild_stands_above_its_employer(guild: float, employer: float) -> None:
    """The employers' own statement leads before the press; where the guild speaks too, it does, whoever spoke first."""
    (story,) = group(
        [
            update("p", "Talks are over", via=(STATEMENT,)),
            update("g", "They left the table", via=(STATEMENT,), hours=guild),
            update("e", "Our last offer", url=STATEMENT, hours=employer),
        ],
        kinds={"source-p": "press", "source-g": "guild", "source-e": "employer"},
    )
    assert [one.id for one in story.updates] == ["g", "e", "p"]


def test_later_headline_moves_nothing() -> None:
    """An outlet that rewrites its headline stays in the story it was first put in."""
    first = update("a", REJECTED, REJECTED_WHY)
    before = update("b", REJECTED_TOO, REJECTED_WHY, hours=1)
    after = replace(before, title="What now?", earlier_titles=(EarlierTitle(before.title, NOON + timedelta(hours=5)),))
    assert together(first, before)
    assert together(first, after)


def test_desk_splits_and_joins() -> None:
    """The desk takes an update out and nothing else moves; it joins whole stories by any of their updates."""
    first, second = update("a", REJECTED, REJECTED_WHY), update("b", REJECTED_TOO, REJECTED_WHY, hours=1)
    other = update("c", "Church steeple struck by lightning", hours=2)
    three = [first, second, other]
    assert ids(group(three, splits={"b"})) == {frozenset("a"), frozenset("b"), frozenset("c")}
    joined = group(three, joins=[frozenset({"b", "c", "not there"})])
    assert [(story.id, ids([story])) for story in joined] == [("a", {frozenset("abc")})]
    moved = group(three, splits={"a"}, joins=[frozenset("ac")])
    assert ids(moved) == {frozenset("b"), frozenset("ac")}
    assert {story.id for story in moved} == {"a", "b"}


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [
        ("ferry", 0.97, 0.78),
        ("airline", 0.96, 0.8),
        ("october", 0.98, 0.82),
        ("performers", 0.98, 0.8),
        ("teachers", 0.98, 0.85),
        ("merger", 0.98, 0.88),
        ("scattered", 0.98, 0.85),
        ("rail", 0.95, 0.7),
        ("autumn", 0.97, 0.83),
        ("nurses", 0.97, 0.32),
        ("september", 0.96, 0.47),
        ("coverage", 0.98, 0.5),
    ],
)
def test_labelled_headlines(name: str, precision: float, recall: float) -> None:
    """Of the pairs we join at least `precision` are right, and we find at least `recall` of those there are.

    On the sets by which the grouping was tuned, so this keeps what it can, and is no measure of how well it does on
    news it has not seen: `./inv bench stories` judges that, on sets that were held out and that no test reads.
    `coverage` is real, headlines alone of the strikes of 2023 to the end of July, by 122 outlets; the rest is made up.
    """
    updates, labels = _labelled(name)
    _assert_grouped(updates, labels, precision, recall)


def test_labelled_headlines_all_at_once() -> None:
    """In a crowd of unlike news, too, we are right about nearly all the pairs we join: every set begins on one day."""
    updates: list[Update] = []
    labels: dict[str, str] = {}
    for path in sorted(LABELLED.glob("*.jsonl")):
        if path.stem == "coverage":  # of another kind: the other sets are of seven days to two months, with excerpts
            continue
        own, own_labels = _labelled(path.stem)
        labels |= own_labels
        begin = NOON - min(one.first_seen for one in own).replace(hour=12, minute=0, second=0)
        updates += [replace(one, published=one.published + begin, first_seen=one.first_seen + begin) for one in own]
    _assert_grouped(updates, labels, 0.96, 0.5)


def _assert_grouped(updates: list[Update], labels: dict[str, str], precision: float, recall: float) -> None:
    stories = group(updates, outlets={one.source: one.source for one in updates})
    found = {one.id: story.id for story in stories for one in story.updates if one.id in labels}
    both = _pairs((label, found[id_]) for id_, label in labels.items())
    assert both / _pairs(found.values()) >= precision
    assert both / _pairs(labels.values()) >= recall


def _labelled(name: str) -> tuple[list[Update], dict[str, str]]:
    """Return a set's updates, and their stories by id; one without a date is seen when all others have been.

    Rows of a theme, not of one event, have no label: pairs with them are neither right nor wrong.
    """
    updates, labels = [], {}
    for line in (LABELLED / f"{name}.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        at = datetime.fromisoformat(row["published"] or "2040-01-01")
        at = at if at.tzinfo else at.replace(tzinfo=UTC)
        plain = update(f"{name} {row['id']}", row["title"], row["summary"], url=row["url"], source=row["source"])
        by: DateFrom = "published" if row["published"] else "first-seen"
        updates.append(replace(plain, published=at, first_seen=at, date_from=by))
        if not row.get("theme"):
            labels[f"{name} {row['id']}"] = f"{name} {row['story']}"
    return updates, labels


def _pairs(values: Iterable[object]) -> int:
    return sum(count * (count - 1) // 2 for count in Counter(values).values())
