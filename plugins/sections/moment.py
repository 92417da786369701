"""The time of a build, which notes what it is asked: so it is known until when the site stays as it was built.

A scheduled text compares its date with the time, a banner counts days, a feed closes months. Each asks in its own way,
and none has to say so besides.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any, Self

_TICK = timedelta(microseconds=1)
_OF_THE_DAY = frozenset("Ymd")
_PLAIN = frozenset({"tzinfo", "utcoffset", "tzname", "dst"})


@dataclass
class Questions:
    """What one build asked of its time: the first moment to come that would give another answer, if any."""

    until: datetime | None = None

    def note(self, moment: datetime) -> None:
        """Take in a moment at which an answer changes."""
        if self.until is None or moment < self.until:
            self.until = moment


class Moment(datetime):
    """A datetime whose questions are noted. What is not understood makes the moment itself the last it holds for."""

    questions: Questions
    plain: datetime

    @classmethod
    def of(cls, plain: datetime, questions: Questions | None = None) -> Self:
        """Return an aware datetime as one that notes its questions."""
        found = cls.combine(plain.date(), plain.timetz())
        object.__setattr__(found, "questions", questions or Questions())
        object.__setattr__(found, "plain", plain)
        return found

    def __getattribute__(self, name: str) -> Any:
        """Note what is asked by name: a day's number holds until midnight, anything finer for this moment only."""
        if name in ("year", "month", "day"):
            _note_midnight(self)
        elif name in _FINE:
            _questions(self).note(_plain(self))
        return super().__getattribute__(name)

    def date(self) -> date:
        """Return the day, which holds until midnight in the time's own zone."""
        _note_midnight(self)
        return _plain(self).date()

    def astimezone(self, tz: tzinfo | None = None) -> Self:
        """Return the same moment in another zone; its questions are noted with those of this one."""
        return type(self).of(_plain(self).astimezone(tz), _questions(self))

    def replace(self, *args: Any, **kwargs: Any) -> datetime:  # type: ignore[override]  # what is made of it is plain
        """Return another time, made of this one."""
        _questions(self).note(_plain(self))
        return _plain(self).replace(*args, **kwargs)

    def __format__(self, spec: str) -> str:
        """Return the time in words."""
        asked = {part[:1] for part in spec.split("%")[1:]}
        if asked and asked <= _OF_THE_DAY:
            _note_midnight(self)
        else:
            _questions(self).note(_plain(self))
        return format(_plain(self), spec)

    def __lt__(self, other: datetime) -> bool:  # type: ignore[override]  # no day is compared with it
        return _compared(self, other) < other

    def __le__(self, other: datetime) -> bool:  # type: ignore[override]  # no day is compared with it
        return _compared(self, other) <= other

    def __gt__(self, other: datetime) -> bool:  # type: ignore[override]  # no day is compared with it
        return _compared(self, other) > other

    def __ge__(self, other: datetime) -> bool:  # type: ignore[override]  # no day is compared with it
        return _compared(self, other) >= other

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, datetime):
            return _plain(self) == other
        return _compared(self, other) == other

    def __hash__(self) -> int:
        _questions(self).note(_plain(self))
        return hash(_plain(self))

    def __add__(self, other: timedelta) -> datetime:  # type: ignore[override]  # what is reckoned with it is plain
        _questions(self).note(_plain(self))
        return _plain(self) + other

    def __sub__(self, other: Any) -> Any:
        _questions(self).note(_plain(self))
        return _plain(self) - other

    def __rsub__(self, other: Any) -> Any:
        _questions(self).note(_plain(self))
        return other - _plain(self)

    def __str__(self) -> str:
        _questions(self).note(_plain(self))
        return str(_plain(self))

    def __repr__(self) -> str:
        _questions(self).note(_plain(self))
        return repr(_plain(self))

    def __reduce_ex__(self, protocol: Any) -> Any:
        _questions(self).note(_plain(self))
        return _plain(self).__reduce_ex__(protocol)


_FINE = frozenset(name for name in dir(datetime) if not name.startswith("_")) - {
    *vars(Moment), *_PLAIN, "year", "month", "day", "combine",
}  # fmt: skip


def _questions(moment: Moment) -> Questions:
    found: Questions = object.__getattribute__(moment, "questions")
    return found


def _plain(moment: Moment) -> datetime:
    found: datetime = object.__getattribute__(moment, "plain")
    return found


def _note_midnight(moment: Moment) -> None:
    plain = _plain(moment)
    next_day = datetime.combine(plain.date() + timedelta(days=1), datetime.min.time(), plain.tzinfo)
    _questions(moment).note(next_day)


def _compared(moment: Moment, other: datetime) -> datetime:
    """Return the plain time, having noted that the comparison changes when the other moment comes, and after it."""
    plain = _plain(moment)
    if isinstance(other, Moment):
        other = _plain(other)  # what this asks of it, it notes when the two are compared
    if other.tzinfo is not None:
        if other > plain:
            _questions(moment).note(other)
        elif other == plain:
            _questions(moment).note(plain + _TICK)
    return plain


def until(moment: datetime) -> float | None:
    """Return up to when (seconds since 1970) what was built at a moment stays as it is; none: for ever."""
    if not isinstance(moment, Moment):
        return moment.timestamp()
    found = _questions(moment).until
    return found.timestamp() if found else None
