"""Who leads a story: the page's own source, whatever others say of the page, of the time, and of themselves."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

import pytest

from plugins.updates.model import Kind, SafeHtml, Story, Update
from plugins.updates.page_owners import PageOwners
from plugins.updates.stories.stories import group
from tests.unit.updates.stories.test_stories import NOON, update

SITES = {
    "guild": "https://guild.example.org/",
    "studios": "https://www.studios.example.org/news/",
    "post": "https://post.example.org/",
    "wire": "https://wire.example.org/",
    "blog": "https://blogs.example.org/@guild",
    "impostor": "https://blogs.example.org/@impostor/",
}
KINDS: dict[str, Kind] = {"guild": "guild", "studios": "employer", "post": "press", "wire": "press", "blog": "guild"}
PAGE = "https://guild.example.org/2031/strike-goes-on"
BUY = "Strike over: BUY NOW"


def told(source: str, title: str = BUY, url: str = "", *, seen: float = 0, dated: float = 0, **more: object) -> Update:
    """Return an update of a source, seen some hours after noon and dated so many hours before it was seen."""
    at = NOON + timedelta(hours=seen)
    url = url or f"{SITES[source]}{title.split(maxsplit=1)[0].lower()}"
    one = replace(update(f"{source}-{title[:6]}", title), source=source, url=url, first_seen=at, **more)  # type: ignore[arg-type]
    return replace(one, published=at - timedelta(hours=dated))


def leads(updates: Iterable[Update], **tables: object) -> list[str]:
    """Return the sources of the one story's updates, in its order."""
    (story,) = group(updates, kinds=KINDS, sites=SITES, **tables)  # type: ignore[arg-type]
    return [one.source for one in story.updates]


GUILD = told("guild", "The strike goes on", PAGE, seen=1)


@pytest.mark.parametrize("attacker", ["studios", "post", "impostor"])
@pytest.mark.parametrize("seen", [0.0, 2.0], ids=["seen first", "seen last"])
@pytest.mark.parametrize(
    "claim",
    [
        {"url": PAGE},
        {"url": "HTTP://www.Guild.example.org/2031/strike-goes-on/?utm_source=rss#top"},
        {"via": (PAGE,)},
    ],
    ids=["its link", "its link otherwise written", "its source"],
)
def test_a_pages_own_source_leads(attacker: str, seen: float, claim: dict[str, object]) -> None:
    """Whoever links to the guild's page, or names it as its source, and is dated before it, stands below the guild."""
    forged = told(attacker, seen=seen, dated=20, **claim)  # type: ignore[arg-type]
    assert leads([GUILD, forged]) == ["guild", attacker]


@pytest.mark.parametrize("kind", ["press", "guild"])
def test_of_a_papers_page_the_paper_speaks(kind: Kind) -> None:
    """The rule is the same for all: no kind of source takes over another's page, not even a guild's."""
    page = "https://post.example.org/dig"
    own, forged = told("post", "A long dig", page, seen=3), told("wire", url=page, seen=1, dated=9)
    (story,) = group([own, forged], kinds={"post": "press", "wire": kind}, sites=SITES)
    assert [one.source for one in story.updates] == ["post", "wire"]
    assert story.secondhand == {forged.id}


def test_a_guild_leads_though_its_employer_spoke_first() -> None:
    """A guild stands above its employer; of the employer's own page it speaks second, and before the press still."""
    page = "https://studios.example.org/news/offer"
    offer = told("studios", "Our last and best offer to the crews", page)
    answer = told("guild", "Their last and best offer to the crews", seen=1)
    press = told("post", "A last and best offer", via=(page,), seen=0.5)
    assert leads([offer, answer, press]) == ["guild", "studios", "post"]
    assert leads([offer, replace(answer, via=(page,)), press]) == ["studios", "guild", "post"]


def test_an_employer_stands_below_a_guild_that_stands_below_a_paper() -> None:
    """Of a paper's page the paper speaks, and below it still the guild before the employer."""
    page = "https://post.example.org/dig"
    dig, guild = told("post", "A long dig", page, seen=1), told("guild", "Read it", via=(page,), seen=2)
    studios = told("studios", "We see it otherwise", seen=0, via=("https://else.example.org/1", page))
    assert leads([dig, guild, studios]) == ["post", "guild", "studios"]
    assert leads([dig, guild, replace(studios, via=())], joins=[{dig.id, studios.id}]) == ["post", "guild", "studios"]


def test_what_an_editor_entered_by_hand_is_the_editors_word() -> None:
    """Whose statement a page of somebody else has, is known to who read it."""
    page = "https://post.example.org/dig"
    own, by_hand = told("post", "A long dig", page), told("guild", "We walk out", page, seen=1)
    assert leads([own, replace(by_hand, by_hand=True)]) == ["guild", "post"]
    assert leads([own, by_hand]) == ["post", "guild"]


def test_a_chain_of_links_is_followed_and_a_circle_is_no_trap() -> None:
    """Each stands after the page it speaks of, which may speak of another; of a circle the first to arrive leads."""
    first, second = "https://guild.example.org/1", "https://post.example.org/2"
    chain = [
        told("wire", url=second, dated=9),
        told("post", "Second", second, via=(first,), seen=1),
        told("guild", "First", first, seen=2),
    ]
    assert leads(chain, joins=[{one.id for one in chain}]) == ["guild", "post", "wire"]
    third = "https://wire.example.org/3"
    circle = [told("post", "Second", second, via=(third,), seen=1), told("wire", "Third", third, via=(second,))]
    assert leads(circle) == ["wire", "post"]


def test_first_sight_counts_where_a_date_precedes_what_was_archived_earlier() -> None:
    """A report fetched today and dated forty days back leads no story of then, and makes none begin earlier."""
    page = "https://else.example.org/report"
    old = told("post", "Crews walk out", page, seen=-960)
    late = told("wire", "Crews walk out", page, seen=0, dated=961)
    (story,) = group([old, late], kinds=KINDS, sites=SITES)
    assert [one.source for one in story.updates] == ["post", "wire"]
    assert story.times == (old.published, late.first_seen)
    forged = told("wire", url=PAGE, seen=0, dated=960)
    early = Story("x", (GUILD, forged), secondhand=frozenset({forged.id}))
    assert min(early.times) == forged.first_seen


def test_in_one_run_the_earlier_date_leads() -> None:
    """What is seen at once stands by the time it happened, as on the first day of a wire."""
    page = "https://else.example.org/report"
    late, early = told("post", "Crews walk out", page), told("wire", "Crews walk out", page, dated=2)
    assert leads([late, early]) == ["wire", "post"]
    (story,) = group([late, early])
    assert sorted(story.times) == [early.published, late.published]


def test_whose_page_it_is() -> None:
    """Host and path say it, and no spelling of them hides it; on a host that several share, the nearest site does."""
    owners = PageOwners({**SITES, "paper": "https://post.example.org/labor/", "umlaut": "https://zunft-köln.example/"})
    cases = {
        "https://guild.example.org/": "guild",
        "http://m.guild.example.org:8080/a": "guild",
        "https://press.guild.example.org/a": "guild",
        "https://guild.example.org.evil.example/a": "",
        "https://evilguild.example.org/a": "",
        "https://post.example.org/labor/1": "paper",
        "https://post.example.org/laborer": "post",
        "https://blogs.example.org/%40Guild/./x": "blog",
        "https://blogs.example.org/@guild;v=1/x": "blog",
        "https://blogs.example.org/@impostor/../@guild/x": "blog",
        "https://blogs.example.org/@impostor": "impostor",
        "https://evil.blogs.example.org/@guild": "",
        "https://blogs.example.org/@guildhall": "blog impostor",
        "https://studios.example.org/statement": "studios",
        "https://xn--zunft-kln-67a.example/a": "umlaut",
        "https://[": "",
        "": "",
    }
    assert {url: " ".join(sorted(owners.of(url))) for url in cases} == cases


def test_who_links_in_its_words_to_the_page_of_another_stands_after_it() -> None:
    """A copy that links to the original, seen in one run with it and dated before, does not lead, however it links."""
    page = "https://wire.example.org/dockers"
    original = told("wire", "Dockers of Sallow vote to go on with their strike", page)
    more = "".join(f'<a href="https://{name}.example.net/page">x</a>' for name in "abcd")
    for words in ("", more):
        summary = SafeHtml(f'<p>Read <a href="{page}?utm_source=x">more</a> {words}</p>')
        copy = told("post", original.title, "https://post.example.org/copy", dated=3, summary=summary)
        assert leads([original, copy]) == ["wire", "post"]


def test_a_guild_that_links_to_its_employers_page_still_leads() -> None:
    """An answer links to what it answers."""
    offer = told("studios", "Studios offer writers of Sallow more pay", "https://studios.example.org/news/offer")
    summary = SafeHtml('<p>On <a href="https://studios.example.org/news/offer">their offer</a></p>')
    answer = told("guild", "Studios offer writers of Sallow more pay", PAGE, seen=1, summary=summary)
    assert leads([offer, answer]) == ["guild", "studios"]
