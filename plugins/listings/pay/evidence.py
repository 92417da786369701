"""Whether a sum is pay, by the words around it.

The nearest word decides. In doubt a sum is left alone: a claim that is none does more harm than one that is missing.
"""

from dataclasses import dataclass

from plugins.listings.model import Period
from plugins.listings.pay import words
from plugins.listings.pay.context import REACH, Context, Said
from plugins.listings.pay.ranges import Candidate
from plugins.listings.pay.statements import HARD, LEAST_ASSUMED_YEAR, MOST_HOUR, period_after, period_before

HEADING = 12
"""The most tokens of a line that is taken for a heading."""
NEAR = 6
"""Within so many tokens after a word of pay a range is pay whatever its size, such as that of two weeks."""
LEAST: dict[Period, int] = {"month": 200, "week": 50, "day": 20}
"""The least pay for a period in a currency of HARD."""
_MARKS = {"|", "•", "·", "-", ""}
"""What parts a sum that stands for itself from what is before it."""
ALIKE = 5
"""Sums of one list differ in size by less than so many times."""
MILLION, BILLION = 1e6, 1e9
LEAST_YEAR, MOST_YEAR = 5_000, 5_000_000


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a candidate is pay; `heading` is the first token of the lines that said so besides its sentence."""

    is_pay: bool
    heading: int | None = None


def judge(context: Context, number: int, accepted: int | None) -> Verdict:
    """Say whether a candidate is pay. `accepted` is the last candidate before it that was."""
    candidate = context.found[number]
    if not _may_be_pay(context, candidate):
        return Verdict(False)
    if not candidate.currency and not candidate.is_grouped and not _direct_period(context, number):
        return Verdict(False)
    if candidate.is_yearly:
        return Verdict(True)  # nothing but pay is given in lakh per annum
    before, distance = _before(context, number)
    after = _after(context, number, before)
    if "not" in (before, after) or (accepted is not None and after != "pay" and _is_added(context, number, accepted)):
        return Verdict(False)
    if not candidate.currency:
        return _judge_bare(context, number, after)
    if any(part.scale >= MILLION for part in candidate.parts) and (before != "pay" or distance > HEADING):
        is_soft = candidate.currency in ("IDR", "VND", "KRW", "JPY", "¥", "COP", "CLP")
        return Verdict(is_soft and (before == "pay" or bool(period_after(context, number))))
    if before == "pay" and (candidate.is_range or distance <= 2 * HEADING):
        return Verdict(_has_size(context, number) or _is_near(candidate, distance))
    if after == "pay":
        return Verdict(_has_size(context, number))
    if before == "benefit" or after == "benefit":
        return Verdict(False)
    return _judge_by_its_place(context, number, accepted, before)


def _is_added(context: Context, number: int, accepted: int) -> bool:
    """Tell whether a sum is named beside pay in its sentence, as an addition: £34k + £8k overtime."""
    for index in context.before(number):
        if index <= context.found[accepted].last or context.word(index) in ("|", ";", ".", ":", "("):
            return False
        if context.word(index) in ("+", "plus", "zzgl"):
            return True
    return False


def _is_near(candidate: Candidate, distance: int) -> bool:
    """Tell whether a range stands so near a word of pay that its size says nothing against it."""
    return candidate.is_range and distance <= NEAR and candidate.parts[0].scale < MILLION


def _may_be_pay(context: Context, candidate: Candidate) -> bool:
    """Tell whether numbers can be sums of pay at all."""
    first, last = context.tokens[candidate.first], context.tokens[candidate.last]
    if any(part.scale >= BILLION for part in candidate.parts):
        return False
    if not candidate.currency and context.word(candidate.parts[0].digits) in words.PENSIONS:
        return False
    previous = context.tokens[candidate.first - 1] if candidate.first else None
    if previous and previous.end == first.start and previous.text in ("#", "@", "_"):
        return False
    after = context.word(candidate.last + 1)
    if after in (":", "-", "/") and context.tokens[candidate.last + 1].start == last.end:
        following = context.tokens[candidate.last + 2] if candidate.last + 2 < len(context.tokens) else None
        if following and following.kind == "number" and following.start == context.tokens[candidate.last + 1].end:
            return bool(candidate.currency)
    are_years = all(1900 <= part.value <= 2100 and not part.is_grouped for part in candidate.parts)
    return bool(candidate.currency) or not are_years


def _before(context: Context, number: int) -> tuple[Said, int]:
    """Return what the nearest word before a candidate says that says anything, and how many tokens lie between."""
    first, passed, weaker, is_beside = context.found[number].first, False, "", False
    others = {other.last for other in context.found[max(0, number - 3) : number]}
    is_single, unknown = not context.found[number].is_range, 0
    is_apart = is_single and context.word(first - 1) == ","  # fair pay, 40 € for lunch
    for index in context.before(number):
        passed = passed or index in others
        said, word = context.says(index), context.word(index)
        unknown += not said and context.tokens[index].kind == "word" and word not in words.LINK
        is_apart = is_apart or (is_single and unknown > 0 and word in _PARTING)
        if is_apart and said == "pay":
            continue
        if said == "not":
            if not _is_beside_pay(context, index):
                return "not", first - index
            is_beside = True
        if said == "pay" and weaker == "benefit" and not context.found[number].is_range:
            return "benefit", first - index
        if said == "pay" and not (passed and not context.found[number].is_range and not _is_continued(context, number)):
            return "pay", first - index
        if said in ("range", "benefit") and not weaker and not (said == "benefit" and _is_beside_pay(context, index)):
            weaker = said
    return "not" if is_beside else weaker, first  # type: ignore[return-value]  # one of Said


_PARTING = {",", "(", "+", "plus", "&", ";"}
"""What parts a sum that something unknown is said of from a word of pay: salary, a car (list price up to 45.000 €)."""


def _is_continued(context: Context, number: int) -> bool:
    """Tell whether a sum after another in one sentence has a label, a period or a basis of its own."""
    candidate = context.found[number]
    return context.word(candidate.first - 1) in (":", "(", "-", "/", "or") or bool(period_after(context, number))


def _is_beside_pay(context: Context, index: int) -> bool:
    """Tell whether a word that is not pay is only named beside it: excluding bonus, base + equity, salary and bonus."""
    following = context.word(index + 1)
    if following in words.HOLDS or (following == ":" and context.word(index - 1) == ","):
        return False
    if following in ("eligible", "eligibility"):
        return True
    return context.word(index - 1) == "," or bool({context.word(index - 1), context.word(index - 2)} & words.EXCLUDING)


def _after(context: Context, number: int, before: Said) -> Said:
    """Return what the words after a candidate say of it, up to where they begin to say something else."""
    weaker: Said = ""
    for index in context.after(number):
        word = context.word(index)
        if word in words.AFTER_STOPS or (word == "(" and index > context.found[number].last + 1):
            break
        said = context.says(index)
        if word in words.PIECES and context.word(index - 1) in ("per", "a", "an", "/"):
            return "not"
        if context.word(index + 1) in (":", "eligible", "eligibility"):
            break
        if said == "pay":
            return weaker or "pay"
        if said == "not" and (word in words.BESIDE or before != "pay"):
            return "not"
        if said == "benefit" and not weaker and before != "pay":
            weaker = "benefit"
    return weaker


def _judge_bare(context: Context, number: int, after: Said) -> Verdict:
    """Judge numbers without a currency: a word of pay must lead to them, by words that say nothing else, or follow."""
    candidate = context.found[number]
    if after == "pay" and candidate.is_range and any(part.scale > 1 for part in candidate.parts):
        return Verdict(True)  # 120k-150k base
    start = context.sentence_start(number)
    for index in range(candidate.first - 1, max(start, candidate.first - 12) - 1, -1):
        said = context.says(index)
        if said == "pay":
            return Verdict(True)
        if said in ("not", "benefit") or (not said and context.word(index) not in words.LINK):
            return Verdict(False)
    if start == context.line_start(candidate.first) and (heading := heading_of(context, number)) is not None:
        return Verdict(candidate.is_range, heading)
    return Verdict(False)


def _direct_period(context: Context, number: int) -> bool:
    return bool(period_after(context, number)) or context.found[number].is_yearly


def _judge_by_its_place(context: Context, number: int, accepted: int | None, before: Said) -> Verdict:
    """Judge a candidate with a currency of which its sentence says nothing: by headings, its period, its line."""
    candidate = context.found[number]
    if not _has_size(context, number):
        return Verdict(False)
    start, end = context.line_start(candidate.first), context.line_end(candidate.last)
    is_short = end - start - (candidate.last - candidate.first) <= 2 * HEADING
    heading = heading_of(context, number) if candidate.is_range else _heading_above(context, number)
    if heading is not None and (candidate.is_range or is_short):
        return Verdict(True, heading)
    if accepted is not None and _is_listed(context, accepted, number):
        return Verdict(True, context.found[accepted].first)
    if candidate.is_range:
        is_large = (candidate.low or 0) >= LEAST_ASSUMED_YEAR or candidate.currency not in HARD
        if before == "range" and is_short:
            return Verdict(True)
        is_timed = bool(period_after(context, number) or period_before(context, number, None))
        stands_alone = context.word(candidate.first - 1) in _MARKS or start == candidate.first
        return Verdict((is_large and (is_short or before == "range" or stands_alone)) or is_timed)
    if not candidate.first and len(context.tokens) <= HEADING:
        is_large = (candidate.low or 0) >= LEAST_ASSUMED_YEAR
        return Verdict(is_large or bool(period_after(context, number)))  # a text that is nothing but £35,000 + bonus
    by = period_after(context, number)[:1]
    begins = context.sentence_start(number) == candidate.first or context.word(candidate.first - 1) in _MARKS
    return Verdict((begins and by in (("hour",), ("year",))) or (is_short and bool(by)))


def _is_listed(context: Context, accepted: int, number: int) -> bool:
    """Tell whether a candidate follows one that is pay, in a list of places or levels with nothing else between.

    Its sums are of the other's size, and a single one has a label of its own, so that it is no sum in passing.
    """
    one, other = context.found[number], context.found[accepted]
    between = range(other.last + 1, one.first)
    if len(between) > HEADING or any(context.says(index) in ("not", "benefit") for index in between):
        return False
    sizes = sorted(each.high or each.low or 0 for each in (one, other))
    is_labelled = (
        context.word(one.first - 1) in (":", "|", "(", "-", "or") or context.tokens[one.first - 1].kind == "line"
    )
    return sizes[1] <= ALIKE * sizes[0] and (one.is_range or is_labelled)


def _heading_above(context: Context, number: int) -> int | None:
    """Return where the heading of pay is that stands right above the line of a single sum, if one does."""
    line = context.line_start(context.found[number].first)
    if line < 2:
        return None
    above = context.line_start(line - 1)
    says = [context.says(index) for index in range(above, line - 1)]
    has_number = any(context.tokens[index].kind == "number" for index in range(above, line - 1))
    is_heading = len(says) <= HEADING and "pay" in says and "not" not in says and not has_number
    return above if is_heading else None


def heading_of(context: Context, number: int) -> int | None:
    """Return where the heading of pay above a candidate begins: a short line, or the sentence before in its line."""
    line = context.line_start(context.found[number].first)
    start = context.sentence_start(number)
    if start > line:
        said = {context.says(index) for index in range(max(line, start - REACH), start)}
        if "pay" in said:
            return line
    for _ in range(3):
        if line < 2:
            return None
        end = line - 1
        line = context.line_start(end)
        says = [context.says(index) for index in range(line, end)]
        if "pay" in says and end - line <= 2 * HEADING:
            return None if "not" in says and says.index("not") < says.index("pay") else line
        if {"not", "benefit"} & set(says) or end - line > HEADING:
            return None
    return None


def _has_size(context: Context, number: int) -> bool:
    """Tell whether sums in a currency whose sizes are known can be pay for their period."""
    candidate = context.found[number]
    low, high = candidate.low or candidate.high or 0, candidate.high or candidate.low or 0
    if candidate.currency not in HARD or any(context.word(index) in words.FORTNIGHT for index in context.after(number)):
        return True
    period = period_after(context, number)[:1]
    named = period[0] if period else period_before(context, number, None)
    if named == "year":
        return LEAST_YEAR <= high <= MOST_YEAR
    if named == "hour":
        return low >= 1 and high <= 5_000
    if named:
        return high >= LEAST[named]
    return (
        LEAST_ASSUMED_YEAR <= high <= MOST_YEAR
        or 7 <= low <= MOST_HOUR
        or (candidate.currency == "EUR" and high >= 400)
    )
