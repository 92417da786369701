"""The time of a build notes what it is asked."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from plugins.sections.moment import Moment, until

ZONE = ZoneInfo("America/Los_Angeles")
NOW = datetime(2026, 3, 1, 12, tzinfo=ZONE)
LATER = datetime(2026, 3, 2, 9, tzinfo=UTC)
MIDNIGHT = datetime(2026, 3, 2, tzinfo=ZONE)
TICK = timedelta(microseconds=1)
ASKED: list[tuple[Callable[[datetime], object], datetime | None]] = [
    (lambda now: now.tzinfo, None),
    (lambda now: now > NOW - TICK, None),
    (lambda now: now < LATER, LATER),
    (lambda now: now <= LATER, LATER),
    (lambda now: max(now, LATER), LATER),
    (lambda now: now >= NOW, NOW + TICK),
    (lambda now: now.date(), MIDNIGHT),
    (lambda now: now.year, MIDNIGHT),
    (lambda now: f"{now.astimezone(UTC):%Y-%m}", datetime(2026, 3, 2, tzinfo=UTC)),
    (lambda now: f"{now:%H}", NOW),
    (lambda now: now.isoformat(), NOW),
    (str, NOW),
    (lambda now: now - LATER, NOW),
    (lambda now: LATER - now, NOW),
    (lambda now: now.replace(hour=1), NOW),
    (lambda now: now.hour, NOW),
]


@pytest.mark.parametrize(("ask", "moment"), ASKED)
def test_an_answer_holds_until_the_first_moment_that_would_give_another(
    ask: Callable[[datetime], object], moment: datetime | None
) -> None:
    """A comparison until the other moment, a day until midnight in its zone; what is asked more finely, not at all."""
    asked = Moment.of(NOW)
    assert str(ask(asked)) == str(ask(NOW))
    assert until(asked) == (moment.timestamp() if moment else None)
