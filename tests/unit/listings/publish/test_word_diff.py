"""Two versions of an advertisement, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.listings.publish import word_diff
from plugins.listings.publish.word_diff import DiffPart


def told(before: str, after: str) -> list[str]:
    """Return the comparison as lines: -removed-, +added+, and how many were left out."""
    signs = {"same": "", "removed": "-", "added": "+"}
    lines = []
    for part in word_diff.compare(before, after):
        words = (f"{signs[run.kind]}{run.text}{signs[run.kind]}{' ' * run.spaced}" for run in part.runs)
        lines.append("".join(words) if part.runs else f"({part.skipped})")
    return lines


@pytest.mark.parametrize(
    ("before", "after", "lines"),
    [
        ("You are flexible.", "You are calm.", ["You are -flexible- +calm+."]),
        (
            "One.\n\nTwo.\n\nThree.\n\nFour.\n\nFive.",
            "One.\nTwo.\nThree.\nFour.\nSix.",
            ["(3)", "Four.", "-Five- +Six+."],
        ),
        ("A.\nThe gym is free.", "A.\nThe gym is free.\nPay is low.", ["(1)", "The gym is free.", "+Pay is low.+"]),
        ("Plan the work of automated cranes", "Plan the work of cranes", ["Plan the work of -automated- cranes"]),
        (
            "we ask a lot and give a little more",
            "we ask much of you and offer a smile",
            ["we ask -a lot and give a little more- +much of you and offer a smile+"],
        ),
        ("One line of many words.", "One line\nof many words.", ["(2)"]),
        ("計画を立てる", "計画を変える", ["計画を-立て- +変え+る"]),
        ("A car and a gym.", "A car.", ["A car -and a gym-."]),
        ("Pay is $90,000 (base).", "Pay is $95,000 (base).", ["Pay is -$90,000- +$95,000+ (base)."]),
        (
            "So it is smaller.\nLicense it.",
            "So it is faster.\nKeep it.",
            ["So it is -smaller- +faster+.", "-License- +Keep+ it."],
        ),
        ("", "New.", ["+New.+"]),
        ("Old.", "", ["-Old.-"]),
    ],
    ids=[
        "a word",
        "far from it",
        "a line more",
        "a word less",
        "chance words",
        "a line parted",
        "no spaces",
        "up to the dot",
        "a sum",
        "line by line",
        "new",
        "gone",
    ],
)
def test_what_changed_is_seen_among_what_did_not(before: str, after: str, lines: list[str]) -> None:
    """A reader sees the words that went and came in their sentences, and how much is as before."""
    assert told(before, after) == lines


def test_a_passage_that_was_replaced_is_not_mingled_with_the_new_one() -> None:
    """Two sentences with nothing but small words in common stand one after the other."""
    before = "You will join the team of the quay and plan its day."
    after = "Benefits: the gym, a car, lunch, and holidays when there are any to be had."
    assert told(before, after) == [f"-{before}-", f"+{after}+"]


def test_white_space_alone_is_no_rewording() -> None:
    """A board that breaks its lines anew has changed nothing."""
    assert not word_diff.is_reworded("One  two\n\nthree", "One two three")
    assert word_diff.is_reworded("One two", "One, two")


def text_of(parts: tuple[DiffPart, ...], *kinds: str) -> list[str]:
    """Return the words of those kinds."""
    return [word for part in parts for run in part.runs if run.kind in kinds for word in run.text.split()]


WORDS = st.lists(st.sampled_from(["a", "b", "c", "the", "gym,", "pay", "计", "́x", "\u202e", "\n"]), max_size=30).map(
    " ".join
)


@given(WORDS, WORDS)
def test_nothing_is_invented_and_nothing_lost(before: str, after: str) -> None:
    """What stayed and was removed is all of the old text, what stayed and was added all of the new one."""
    shown = word_diff.compare(f"{before}\n= end", f"{after}\n+ end")
    if not any(part.skipped for part in shown):
        assert "".join(text_of(shown, "same", "removed")) == "".join(f"{before} = end".split())
        assert "".join(text_of(shown, "same", "added")) == "".join(f"{after} + end".split())


def test_a_text_too_long_to_be_compared_is_told_by_its_ends() -> None:
    """Of 200 kB that were all replaced, what went and what came is shown, and no pairs of words are tried."""
    before = " ".join(f"w{number}" for number in range(30_000))
    after = " ".join(f"w{number}" for number in range(0, 90_000, 3))
    assert [[run.kind for run in part.runs] for part in word_diff.compare(before, after)] == [["removed"], ["added"]]
