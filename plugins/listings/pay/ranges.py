"""Two sums of money joined to a range, or one with an open end: what stands beside them decides (`range_phrases`).

Whether a range is pay is not asked here (`pay_evidence`).
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from plugins.listings.pay import range_phrases
from plugins.listings.pay.amounts import YEARLY, Amount
from plugins.listings.pay.currencies import is_ambiguous
from plugins.listings.pay.pay_words import word_set
from plugins.listings.pay.tokens import Token

REACH = 12
"""The most tokens between the heads of a table's columns."""
TABLE = 600
"""The most tokens of a table."""
GAP = 90
"""The most characters between two ends of a range."""
WIDEST = 40
"""How many times the low end the high end may be; beyond, a dash parts two things."""

_BETWEEN = word_set(
    "between range ranges ranging spans from entre compris comprise comprendida zwischen tussen mellan mellem mellom "
    "tra fra między pomiędzy mezi"
)
"""Words before two sums that and joins to a range."""
_MINIMUM = word_set("min minimum minimal minimaal mínimo low lowest lower starting bottom from entry mindestens")
"""Words before two sums of which the second is named the maximum."""
_MINIMUM_HEADS = word_set("min minimum low lower lowest from")
_MIDDLE_HEADS = word_set("mid midpoint mid-point middle median")
_MAXIMUM_HEADS = word_set("max maximum high upper highest to")
"""Heads of a table's columns."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be pay: `low` and `high`, None for an open end, and its tokens from `first` to `last`, both inclusive.

    `currency` is a code, a shared sign or empty. `parts` are the sums it was made of.
    """

    low: float | None
    high: float | None
    currency: str
    first: int
    last: int
    parts: tuple[Amount, ...]
    is_range: bool

    @property
    def is_grouped(self) -> bool:
        """Tell whether a sum of it parts its thousands, or is scaled, so that it cannot be a year or a count."""
        return self.scale > 1 or any(part.is_grouped for part in self.parts)

    @property
    def scale(self) -> float:
        """Return the largest scale of its sums, such as 1,000 for K; 1 where none is scaled."""
        return max(part.scale for part in self.parts)

    @property
    def is_yearly(self) -> bool:
        """Tell whether its scale says that it is by the year."""
        return any(part.scale_word in YEARLY for part in self.parts)


def candidates(text: str, tokens: Sequence[Token], sums: Sequence[Amount]) -> list[Candidate]:
    """Return ranges and single sums of a text, in order; no sum is in two of them."""
    found, index, headers = [], 0, _headers(tokens)
    while index < len(sums):
        joined = _joined(text, tokens, sums, index) or _row(text, tokens, sums, index, headers)
        if joined is None:
            joined = _single(sums[index])
        found.append(joined)
        index += len(joined.parts)
    return found


def _joined(text: str, tokens: Sequence[Token], sums: Sequence[Amount], index: int) -> Candidate | None:
    """Return the range that begins with a sum, where it is one."""
    if index + 1 == len(sums):
        return None
    first, second = sums[index], sums[index + 1]
    gap = _gap(text, tokens, first, second)
    if not gap or gap.isspace():
        return None
    if gap == "/" and first.scale == 1 < second.scale:
        return _range(first, second)  # 60/70K€
    if _is_joint(text, tokens, first, gap):
        return _range(first, second)
    if range_phrases.NAMED_MINIMUM.fullmatch(gap) and (made := _named_after(text, tokens, sums, index)):
        return made
    third = sums[index + 2] if index + 2 < len(sums) else None
    if third and range_phrases.MIDDLE.fullmatch(gap):
        further = _gap(text, tokens, second, third)
        if further is not None and range_phrases.MAXIMUM.fullmatch(further) and (made := _range(first, third)):
            return replace(made, parts=(first, second, third))
    return None


def _named_after(text: str, tokens: Sequence[Token], sums: Sequence[Amount], index: int) -> Candidate | None:
    """Return the range whose ends are named after them, $74,800 min, $93,500 mid, $112,200 max; None where none is."""
    for last in sums[index + 1 : index + 3]:
        end = tokens[last.last].end
        after = text[end : end + GAP].lower()
        if range_phrases.NAMED_MAXIMUM.match(after):
            made = _range(sums[index], last)
            return made and replace(made, parts=tuple(sums[index : sums.index(last, index) + 1]))
        if not range_phrases.NAMED_MIDDLE.match(after):
            return None
    return None


def _headers(tokens: Sequence[Token]) -> list[tuple[int, bool]]:
    """Return where the headers of tables with a column for each end are, and whether there is one for the middle."""
    headers, latest = [], {"low": -REACH, "middle": -REACH}
    for index, token in enumerate(tokens):
        if token.word in _MINIMUM_HEADS:
            latest["low"] = index
        elif token.word in _MIDDLE_HEADS:
            latest["middle"] = index
        elif token.word in _MAXIMUM_HEADS and index - latest["low"] <= REACH:
            headers.append((index, latest["middle"] > latest["low"]))
        elif token.kind in ("number", "sign"):
            latest["low"] = -REACH
    return headers


def _row(
    text: str, tokens: Sequence[Token], sums: Sequence[Amount], index: int, headers: list[tuple[int, bool]]
) -> Candidate | None:
    """Return the range of a table's row below a header: $142,000 | $185,000, the middle between where it has one."""
    place = bisect_left(headers, (sums[index].first, False)) - 1
    if place < 0 or sums[index].first - headers[place][0] > TABLE:
        return None
    _, has_middle = headers[place]
    cells = sums[index : index + 2 + has_middle]
    if len(cells) == 1:
        return None
    for one, other in pairwise(cells):
        gap = _gap(text, tokens, one, other)
        if not gap or not range_phrases.CELL.fullmatch(gap):
            return None
    made = _range(cells[0], cells[-1])
    return made and replace(made, parts=tuple(cells))


def _gap(text: str, tokens: Sequence[Token], first: Amount, second: Amount) -> str | None:
    """Return what stands between two sums, in small letters; None where it is too much."""
    start, end = tokens[first.last].end, tokens[second.first].start
    return text[start:end].lower() if 0 <= end - start <= GAP else None


def _is_joint(text: str, tokens: Sequence[Token], first: Amount, gap: str) -> bool:
    """Tell whether what stands between two sums makes them the ends of a range."""
    if range_phrases.DASH_OR_TO.fullmatch(gap) or range_phrases.UP_TO_ASIDE.fullmatch(gap):
        return True
    before = [token.word for token in tokens[max(0, first.first - 8) : first.first]]
    if range_phrases.AND.fullmatch(gap):
        return not _BETWEEN.isdisjoint(before)
    if range_phrases.ASIDE.fullmatch(gap):
        if "(" not in gap:
            before = before[-2:]
        return not _BETWEEN.isdisjoint(before)
    return bool(range_phrases.MAXIMUM.fullmatch(gap)) and not _MINIMUM.isdisjoint(before)


def _range(first: Amount, second: Amount) -> Candidate | None:
    """Return two sums as a range, each with the scale and the currency that only the other states; else None."""
    if _differ(first.currency, second.currency):
        return None
    low, high = _scaled(first, second)
    if not 0 < low <= high or high > WIDEST * low:
        return None
    currency = first.currency
    if is_ambiguous(currency):
        currency = second.currency or currency
    return Candidate(low, high, currency, first.first, second.last, (first, second), is_range=True)


def _differ(one: str, other: str) -> bool:
    return bool(one and other and one != other and not is_ambiguous(one) and not is_ambiguous(other))


def _scaled(first: Amount, second: Amount) -> tuple[float, float]:
    """Return both ends' sums; a scale on one end only is the other's too, as in $120 - 150K and £25-30,000."""
    low, high = first.value, second.value
    if first.scale == 1 and second.scale > 1 and first.number < 1000 and first.number * second.scale <= high:
        low = round(first.number * second.scale, 2)  # $120 - 150K
    elif second.scale == 1 and first.scale > 1 and second.number < 1000:
        high = round(second.number * first.scale, 2)  # 120K - 150
    elif first.scale == second.scale == 1 and first.number < 1000 <= second.number:
        thousands = first.number * 1000
        if second.is_grouped and first.number >= 10 and thousands <= high <= 4 * thousands:
            low = thousands  # £25-30,000
    return low, high


def _single(amount: Amount) -> Candidate:
    value = amount.value
    return Candidate(value, value, amount.currency, amount.first, amount.last, (amount,), is_range=False)


def with_open_end(text: str, tokens: Sequence[Token], candidate: Candidate) -> Candidate:
    """Return a single sum with the end open that the words before or after it leave open; a range as it is."""
    if candidate.is_range:
        return candidate
    start, end = tokens[candidate.first].start, tokens[candidate.last].end
    before, after = text[max(0, start - 60) : start], text[end : end + 40]
    if range_phrases.BEFORE_HIGHEST.search(before):
        return replace(candidate, low=None)
    if range_phrases.AFTER_LOWEST.match(after) or range_phrases.BEFORE_LOWEST.search(before):
        return replace(candidate, high=None)
    return candidate
