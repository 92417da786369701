"""Which story is the step before another."""

from collections.abc import Sequence

import pytest

from plugins.updates.model import Story
from plugins.updates.stories.steps import steps
from tests.unit.updates.stories.test_stories import update

OFFER = ("Halden offers Sallow dockers more pay", "Sallow dockers get new offer from Halden")
VOTE = ("Sallow dockers vote on Halden offer", "Sallow dockers cast votes on offer by Halden")
RATIFIED = ("Sallow dockers ratify Halden offer", "Halden offer is ratified by Sallow dockers")
AGREED = ("Nurses reach tentative agreement with Halden Health", "Nurses' union and hospitals strike a deal")
TERMS = (
    "What is in the nurses' deal",
    "Details of the nurses' tentative agreement released",
    "Nurses see deal's details",
)
BOARD = ("Nurses' union board approves deal", "Union leaders endorse nurses' contract")
ACCEPTED = ("Nurses ratify contract with 91 percent", "Nurses vote to approve three-year contract")
ELSEWHERE = ("Nurses at Tarn Bridge get a new pay offer", "Tarn Bridge nurses look at new pay offer")


def story(id_: str, titles: Sequence[str], day: float) -> Story:
    """Return a story told by as many outlets as there are headlines, a number of days after the first."""
    return Story(id_, tuple(update(f"{id_}{number}", title, hours=24 * day) for number, title in enumerate(titles)))


def links(*stories: Story) -> dict[str, tuple[str, str]]:
    """Return the ids of the stories before and after each that has any, "" for none."""
    found = steps(stories)
    return {
        id_: (near.before.id if near.before else "", near.after.id if near.after else "") for id_, near in found.items()
    }


def test_steps_of_one_matter_lead_to_one_another() -> None:
    """From the offer the reader comes to the vote, from the vote to the contract, and back; from no other dispute."""
    elsewhere = [
        story(f"x{number}", (f"Mill{number} burns{number}", f"Fire{number} at mill{number}"), number)
        for number in range(20)
    ]
    found = links(
        story("offer", OFFER, 0),
        story("other", ELSEWHERE, 2),
        story("vote", VOTE, 4),
        story("done", RATIFIED, 9),
        *elsewhere,
    )
    assert found == {"offer": ("", "vote"), "vote": ("offer", "done"), "done": ("vote", "")}


def test_of_two_steps_before_that_began_at_once_each_build_leads_to_the_same() -> None:
    """Days without a time all begin at midnight: a story may be a step after one of its workers, and one of its union.

    In which order a set has these two is another thing in each run of Python, and for each pair of them.
    """
    for workers, union in zip(
        ("nurses", "teachers", "dockers", "pilots", "miners", "bakers", "guards", "cooks", "tutors", "welders"),
        ("RCN", "NEU", "ILA", "ALPA", "NUM", "BCTGM", "GMB", "UNITE", "UCU", "USW"),
        strict=True,
    ):
        first = story("a", (f"{workers.title()} reach tentative agreement", f"{workers.title()} announce a deal"), 0)
        second = story("b", (f"{union} reaches tentative agreement", f"{union} announces a tentative deal"), 0)
        vote = story(
            "vote", (f"{union} {workers} ratify contract", f"{workers.title()} of {union} approve contract"), 4
        )
        assert links(first, second, vote) == {"b": ("", "vote"), "vote": ("b", "")}, workers


def test_a_report_by_one_outlet_has_no_page_to_lead_to() -> None:
    """Only stories with a page are linked."""
    assert links(story("offer", OFFER[:1], 0), story("vote", VOTE, 4)) == {}


def test_a_matter_that_rested_for_long_is_another() -> None:
    """What comes two months later may be the next dispute of the same two."""
    assert links(story("offer", OFFER, 0), story("vote", VOTE, 60)) == {}


def test_what_all_speak_of_is_no_matter() -> None:
    """Words that many stories have link nothing, whatever number of them is shared."""
    many = [
        story(
            f"s{number:02}",
            (f"Dockers strike in Sallow, site{number}", f"Sallow dockers strike at site{number}"),
            number,
        )
        for number in range(12)
    ]
    assert links(*many) == {}


def test_the_stages_of_a_dispute_lead_to_one_another() -> None:
    """From an agreement to its terms, the board's consent and the vote: its words are common, and no matter's own."""
    noise = [
        story(
            f"x{number:02}",
            (f"Nurses' deal, contract, vote {number}", f"Agreement of nurses at ward{number}"),
            number / 2,
        )
        for number in range(20)
    ]
    found = links(
        story("deal", AGREED, 0),
        story("terms", TERMS, 2),
        story("board", BOARD, 3),
        story("vote", ACCEPTED, 15),
        *noise,
    )
    told = {id_: near for id_, near in found.items() if not id_.startswith("x")}
    assert told == {
        "deal": ("", "terms"),
        "terms": ("deal", "board"),
        "board": ("terms", "vote"),
        "vote": ("board", ""),
    }


@pytest.mark.parametrize(
    "vote",
    [
        ("Teachers ratify contract with 91 percent", "Teachers vote to approve three-year contract"),
        ("Vote by nurses at Tarn Bridge: they ratify contract", "In Tarn Bridge, nurses approve the contract"),
        ("RCN members vote to ratify deal", "Nurses of RCN ratify their contract"),
        ("Nurses could reject contract", "Will nurses ratify the contract?"),
    ],
    ids=("other workers", "another place", "another union", "no report"),
)
def test_a_vote_elsewhere_is_no_step(vote: Sequence[str]) -> None:
    """Other workers, a place or a union never named beside the deal's: somebody else's vote, or none yet."""
    deal = (
        "Nurses at Halden reach agreement",
        "Deal struck for UNB nurses at Halden",
        "UNB nurses in Halden clinch deal",
    )
    assert links(story("deal", deal, 0), story("vote", vote, 15)) == {}
