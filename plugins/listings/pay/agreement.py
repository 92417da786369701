"""A board's own fields beside an advertisement's prose: fields win, and a disagreement is kept to be shown."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from plugins.listings.posting import PayRange


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A range that the board's fields give, and the ranges of the prose, none of which is the same."""

    field: PayRange
    prose: tuple[PayRange, ...]


@dataclass(frozen=True, slots=True)
class Agreement:
    """What an advertisement pays: `ranges` to show, fields before prose, and where the two `differ`.

    Where the fields give ranges, those of the prose are left out of `ranges`, but for what the fields say nothing of: a
    basis (on-target earnings beside base pay) or a currency that no field has.
    """

    ranges: tuple[PayRange, ...]
    differ: tuple[Disagreement, ...] = ()


def agree(fields: Sequence[PayRange], prose: Sequence[PayRange]) -> Agreement:
    """Return a board's fields and its prose as one.

    A field agrees with the prose where a range there has its sums, in the same currency where both have one. It takes
    from that range what it does not say itself: the period, the basis, the label. It disagrees where the prose has
    ranges of its currency and basis, and not this one; many boards give the whole country's range in the field and
    each place's in the prose, which is no disagreement as long as they lie within it.
    """
    if not fields:
        return Agreement(tuple(prose))
    shown: list[PayRange] = []
    differ: list[Disagreement] = []
    beside = list(prose)
    for field in fields:
        same = [one for one in prose if _is_same(field, one)]
        comparable = tuple(one for one in prose if _is_comparable(field, one))
        if same:
            shown.append(_completed(field, same[0]))
        else:
            shown.append(field)
            if not all(_lies_within(one, field) for one in comparable):
                differ.append(Disagreement(field, comparable))
        beside = [one for one in beside if one not in same and one not in comparable]
    return Agreement((*shown, *beside), tuple(differ))


def _is_same(field: PayRange, one: PayRange) -> bool:
    currencies = {field.currency, one.currency} - {""}
    return (field.low, field.high) == (one.low, one.high) and len(currencies) <= 1


def _is_comparable(field: PayRange, one: PayRange) -> bool:
    """Tell whether both speak of the same: not of dollars and euros, an hour and a year, base pay and the total."""
    for ours, theirs in ((field.currency, one.currency), (field.period, one.period)):
        if ours and theirs and ours != theirs:
            return False
    bases = {field.basis, one.basis} - {"unstated"}
    return len(bases) <= 1 and not (one.basis == "ote" and field.basis == "unstated")


def _lies_within(one: PayRange, field: PayRange) -> bool:
    is_above = field.low is None or (one.low is not None and one.low >= field.low)
    is_below = field.high is None or (one.high is not None and one.high <= field.high)
    return is_above and is_below


def _completed(field: PayRange, prose: PayRange) -> PayRange:
    """Return a field with what only the prose says of the same sums."""
    made = replace(field, currency=field.currency or prose.currency, label=field.label or prose.label)
    if not field.period_stated and field.period in ("", prose.period):
        made = replace(made, period=prose.period or field.period, period_stated=prose.period_stated)
    if field.basis == "unstated":
        made = replace(made, basis=prose.basis)
    return made
