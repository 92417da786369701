"""The time of a run, and the day it is on, as the watch counts them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """The time at which a run reads the boards: aware, in UTC, to the second, as the archive writes it."""

    now: datetime

    @property
    def today(self) -> date:
        """Return the day, in UTC."""
        return self.now.date()


def clock_at(time: datetime) -> Clock:
    """Return the clock of a run at an aware time."""
    return Clock(time.astimezone(UTC).replace(microsecond=0))
