"""Which story is the step before another."""

from collections.abc import Sequence

from plugins.updates.model import Story
from plugins.updates.stories.steps import steps
from tests.unit.updates.stories.test_stories import update

OFFER = ("Halden offers Sallow dockers more pay", "Sallow dockers get new offer from Halden")
VOTE = ("Sallow dockers vote on Halden offer", "Sallow dockers cast votes on offer by Halden")
RATIFIED = ("Sallow dockers ratify Halden offer", "Halden offer is ratified by Sallow dockers")
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
