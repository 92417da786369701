"""What a headline says was done in a labour dispute, and by whom."""

import pytest

from plugins.updates.stories.frames import read_frame


def agree(one: str, other: str) -> bool:
    """Say whether two headlines have frames, and may be of one event."""
    mine, theirs = read_frame(one), read_frame(other)
    assert mine is not None
    assert theirs is not None
    assert mine.agrees(theirs) == theirs.agrees(mine)
    return mine.agrees(theirs)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Dockers walk out in three ports", "Harbour grinds to a halt as dockworkers strike over rosters"),
        ("Nurses go on strike at midnight", "Nurses’ union board votes to call strike"),
        ("Teachers join drivers on strike", "First-ever teachers' strike begins"),
        ("Pilots vote overwhelmingly to strike", "Pilots authorise walkout by 94 per cent"),
        ("Miners clinch pay deal", "Tentative agreement ends talks for miners"),
        (
            "Miners' strike ends as union and mine owners reach agreement",
            "Owners announce tentative accord with miners",
        ),
        ("Bus drivers' strike called off", "Bus drivers return to work"),
        ("Journalists ratify three-year contract", "Reporters vote to accept deal"),
        ("Cleaners turn down final offer", "Cleaners reject employers' proposal"),
        ("Bakers set to walk out on Friday", "Bakers' strike expected"),
        ("Walkout begins", "Rail workers go on strike"),
    ],
)
def test_one_action_in_other_words(one: str, other: str) -> None:
    """Headlines that share few words tell one action, of workers whom one of them need not name."""
    assert agree(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nurses go on strike", "Nurses vote to strike"),
        ("Nurses go on strike", "Nurses poised to go on strike"),
        ("Nurses go on strike", "Doctors go on strike"),
        ("Bus drivers go on strike", "Train drivers go on strike"),
        ("Hotel workers walk out", "Rail workers walk out"),
        ("ABCU miners reach tentative deal", "XYZU and miners reach tentative deal"),
        ("Director reaches deal with orchestra", "Actor reaches deal with publisher"),
        ("Nurses reach tentative deal", "Nurses accept deal"),
        ("Nurses accept deal", "Nurses reject deal"),
        ("Strike begins", "Walkout begins"),
    ],
)
def test_another_action_or_others_action(one: str, other: str) -> None:
    """Another step, what is only expected, other workers, and workers that none of the two names are no one event."""
    assert not agree(one, other)


@pytest.mark.parametrize(
    "headline",
    [
        "Could nurses go on strike?",
        "Nurses may go on strike",
        "Nurses will strike if talks fail, minister predicts",
        "Minister slams nurses as they walk out",
        "Mayor hails teachers' tentative deal",
        "Hospital cancels operations as nurses go on strike",
        "‘Nobody wanted this in winter’: nurses go on strike",
        "Minister calls nurses' strike plan irresponsible",
        "Teachers' strike over pay enters third week",
        "Dockers fail to reach deal",
        "Mediator flies in to end dockers' strike",
        "Guests walk out of premiere",
        "Nurses strike a chord",
        "New hospital opens",
        "",
    ],
)
def test_what_tells_no_action(headline: str) -> None:
    """A question, a wish, a comment, what somebody does meanwhile, and other news have no frame."""
    assert read_frame(headline) is None
