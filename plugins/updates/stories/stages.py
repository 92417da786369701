"""Which stage of a labour dispute a story's headlines tell, and of whose: a deal, its terms, then the vote on it."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from plugins.updates.stories.frames import Action, read_frame, read_parties

_ORDER: dict[Action, int] = {"authorise": 0, "begin": 1, "deal": 2, "end": 3, "ratify": 4, "reject": 4}
_AFTER_A_DEAL = 3
"""The place of what follows a deal before the vote on it, in any order: its terms, its leaders' consent, an end."""
_DEAL = r"(?:deal|agreement|accord|pact|settlement|contract)s?\b"
_DETAILS = r"(?:breakdown|details?|fine print|gains|highlights?|summary|terms)\b"
_TERMS = re.compile(
    rf"\b{_DETAILS} (?:[\w.,'-]+ ){{0,5}}?{_DEAL}|\b{_DEAL}'?s? {_DETAILS}"
    rf"|\b(?:in|inside) the (?:[\w.,'-]+ ){{0,4}}?{_DEAL}"
    rf"|\b{_DEAL} (?:[\w.,'-]+ ){{0,4}}?(?:contains|includes|gives|would give)\b"
)
_LEADERS = re.compile(r"\b(?:board|committee|council|leaders|leadership)\b")
_SHARE = 1 / 3
"""Share of a story's headlines, 0 to 1, that tell its stage; at least two of them do."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The place of a stage among those of a dispute, from 0, and who is in it: occupations, unions' acronyms."""

    place: int
    workers: frozenset[str]
    acronyms: frozenset[str]

    @property
    def parties(self) -> frozenset[str]:
        """Return all who are named."""
        return self.workers | self.acronyms

    def follows(self, other: "Stage") -> bool:
        """Say whether this is a later stage than another, or another that comes after a deal, of the same workers.

        Acronyms that differ, or occupations, are other disputes.
        """
        if other.place > self.place or (other.place == self.place and self.place != _AFTER_A_DEAL):
            return False
        if self.workers and other.workers and self.workers.isdisjoint(other.workers):
            return False
        return not (self.acronyms and other.acronyms and self.acronyms.isdisjoint(other.acronyms))


def read_stage(headlines: Sequence[str]) -> Stage | None:
    """Return the stage that most of those headlines tell which tell one; None where they are few, or name nobody."""
    places = Counter[int]()
    for headline in headlines:
        told = _place(headline)
        if told is not None:
            places[told] += 1
    if not places:
        return None
    enough = max(2.0, _SHARE * len(headlines))
    place = min(places, key=lambda place: (-places[place], place))
    if places[place] < enough:
        return None
    workers = Counter[str]()
    acronyms = Counter[str]()
    for headline in headlines:
        named, letters = read_parties(headline)
        if named:
            workers[named] += 1
        acronyms.update(letters)
    stage = Stage(place, frozenset(dict(workers.most_common(1))), at_least(enough, acronyms))
    return stage if stage.parties else None


def at_least(enough: float, counts: Counter[str]) -> frozenset[str]:
    """Return what was counted so often."""
    return frozenset(name for name, count in counts.items() if count >= enough)


def _place(headline: str) -> int | None:
    """Return the place of the stage that a headline tells, from 0; None where it tells none, or what may come."""
    text = headline.replace("’", "'").casefold()
    if _TERMS.search(text) and "?" not in text:
        return _AFTER_A_DEAL
    frame = read_frame(headline)
    if frame is None or frame.expected:
        return None
    if "ratify" in frame.actions and _LEADERS.search(text):
        return _AFTER_A_DEAL  # a board's consent comes before the members' vote
    return min(map(_ORDER.__getitem__, frame.actions))
