"""The next pickets and meetings, as one section tells them to every template and to the others.

A template finds them as `upcoming`, the soonest first, and by strike as `upcoming_by_strike`; a site without events has
neither. What was cancelled or moved in a period is news (`NewsItem.change` is "cancelled" or "moved").
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

EventKind = Literal["picket", "rally", "march", "meeting", "vote", "training", "food", "fundraiser", "online", "other"]


@dataclass(frozen=True, slots=True)
class Upcoming:
    """One event that is to come, or goes on, and is not cancelled.

    `start` and `end` are aware and in the zone of the place, whose name at that time is `zone`, as in PST; both are
    midnights where `all_day` is set, and the end is then the first day after it. `end` is None where nobody says it.
    `over_after` is from when on it counts as over. `earlier_start` is when it was to begin before it was moved. `url`
    is its page below the site's root. Texts are plain, and may be anybody's.
    """

    id: str
    title: str
    kind: EventKind
    strike: str
    start: datetime
    end: datetime | None
    over_after: datetime
    zone: str
    all_day: bool
    place: str
    address: str
    url: str
    earlier_start: datetime | None = None
