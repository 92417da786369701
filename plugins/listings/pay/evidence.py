"""What the words around a sum say of it: whether it is pay, by which period, on which basis, and for which place.

The nearest word decides. In doubt a sum is left alone: a claim that is none does more harm than one that is missing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from plugins.listings.model import Basis, Period
from plugins.listings.pay import words
from plugins.listings.pay.currencies import is_code
from plugins.listings.pay.ranges import Candidate
from plugins.listings.pay.tokens import Token, is_ideographic

REACH = 40
"""How many tokens before a sum its sentence is looked at."""
AFTER = 9
"""How many after it."""
HEADING = 12
"""The most tokens of a line that is taken for a heading."""
HARD = {"USD", "EUR", "GBP", "CAD", "AUD", "NZD", "CHF", "SGD", "$", "£"}
"""Currencies in which a size tells an hour's pay from a year's."""
LEAST_YEAR, LEAST_ASSUMED_YEAR, MOST_HOUR = 5_000, 10_000, 500
_ENDS = {";", "•", "·", "!", "?"}
_LABEL = re.compile(r"^[\s*•·▪◦\-–|()]*(.{2,80}?)[\s]*[:|\-–—=(]*\s*$")


@dataclass(frozen=True, slots=True)
class Context:
    """The tokens of a text with the places of its candidates: what is looked at for evidence."""

    text: str
    tokens: Sequence[Token]
    found: Sequence[Candidate]

    def sentence_start(self, candidate: int) -> int:
        """Return the first token of the sentence, within its line, that a candidate stands in; at most REACH before."""
        first = self.found[candidate].first
        index = first
        while index > 0 and first - index < REACH:
            token = self.tokens[index - 1]
            if token.kind == "line" or token.text in _ENDS or self._is_full_stop(index - 1):
                break
            index -= 1
        return index

    def _is_full_stop(self, index: int) -> bool:
        """Tell whether a stop ends a sentence: a space and a capital, or the line's end, follow; no abbreviation does."""
        token = self.tokens[index]
        if token.text != ".":
            return False
        if index + 1 == len(self.tokens):
            return True
        following, previous = self.tokens[index + 1], self.tokens[index - 1] if index else token
        if following.start == token.end or following.kind in ("number", "sign"):
            return False
        return following.kind == "line" or (len(previous.text) > 3 or previous.kind != "word")

    def clause_end(self, candidate: int) -> int:
        """Return the token after the last that may say something of a candidate: its sentence, at most AFTER tokens."""
        index = self.found[candidate].last + 1
        limit = min(len(self.tokens), index + AFTER)
        if candidate + 1 < len(self.found):
            limit = min(limit, self.found[candidate + 1].first)
        while index < limit:
            token = self.tokens[index]
            if token.kind == "line" or token.text in _ENDS or self._is_full_stop(index):
                break
            index += 1
        return index

    def line_start(self, index: int) -> int:
        """Return the first token of the line that a token stands in; at most REACH before."""
        start = index
        while start > 0 and index - start < REACH and self.tokens[start - 1].kind != "line":
            start -= 1
        return start

    def sentence_before(self, candidate: int) -> Sequence[int]:
        """Return the tokens before a candidate in its sentence, the nearest first."""
        return range(self.found[candidate].first - 1, self.sentence_start(candidate) - 1, -1)

    def sentence_after(self, candidate: int) -> Sequence[int]:
        """Return the tokens after a candidate that may say something of it, the nearest first."""
        return range(self.found[candidate].last + 1, self.clause_end(candidate))

    def word(self, index: int) -> str:
        """Return a token's word; empty beyond the text's ends."""
        return self.tokens[index].word if 0 <= index < len(self.tokens) else ""


Said = Literal["pay", "range", "not", "benefit", ""]


def said_by(context: Context, index: int) -> Said:
    """Return what a token says of a sum near it."""
    token = context.tokens[index]
    if token.kind == "number":
        return "not" if token.text in ("401", "403", "457") and context.word(index + 1) in ("(", "k", "b") else ""
    if token.kind != "word":
        return ""
    word = token.word
    if is_ideographic(word):
        return _ideographs_say(word)
    if word in words.PAY or word.endswith(("gehalt", "vergütung", "salaris", "gehälter")):
        return _verb_says(context, index) if word in words.VERBS else "pay"
    for known, said in ((words.NOT_PAY, "not"), (words.BENEFIT, "benefit"), (words.RANGE, "range")):
        if word in known:
            return said  # type: ignore[return-value]  # the literals above
    last = word.rpartition("-")[2]
    if last != word and last in words.PAY:
        return "pay"
    return "not" if last in words.BESIDE else ""


def _ideographs_say(word: str) -> Said:
    if any(part in word for part in words.CJK_PAY):
        return "pay"
    return "not" if any(part in word for part in words.NOT_PAY if is_ideographic(part)) else ""


def _verb_says(context: Context, index: int) -> Said:
    """Return what pay, earn or rate says: nothing of the job where customers pay or interest has the rate."""
    before = {context.word(place) for place in range(index - 3, index)}
    if before & words.WHO_PAYS or (context.word(index - 1) in words.NOT_RATES):
        return "not"
    return "pay"


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
    before, distance = _before(context, number)
    after = _after(context, number, before)
    if after == "not" or before == "not":
        return Verdict(False)
    if not candidate.currency:
        return _judge_bare(context, number)
    if candidate.parts[0].scale >= 1e6 and (before != "pay" or distance > HEADING):
        return Verdict(before == "pay" and candidate.currency in ("IDR", "VND", "KRW", "JPY", "COP", "CLP"))
    if before == "pay" and (candidate.is_range or distance <= 2 * HEADING):
        return Verdict(_has_size(context, number))
    if after == "pay":
        return Verdict(_has_size(context, number))
    if before == "benefit" or after == "benefit":
        return Verdict(False)
    return _judge_by_its_place(context, number, accepted, before)


def _may_be_pay(context: Context, candidate: Candidate) -> bool:
    """Tell whether numbers can be sums of pay at all."""
    first, last = context.tokens[candidate.first], context.tokens[candidate.last]
    if any(part.scale >= 1e9 for part in candidate.parts):
        return False
    if not candidate.currency and context.word(candidate.parts[0].digits) in ("401", "403", "457"):
        return False
    previous = context.tokens[candidate.first - 1] if candidate.first else None
    if previous and previous.end == first.start and previous.text in ("#", "@", "_"):
        return False
    after = context.word(candidate.last + 1)
    if after in (":", "-", "/") and context.tokens[candidate.last + 1].start == last.end:
        following = context.tokens[candidate.last + 2] if candidate.last + 2 < len(context.tokens) else None
        if following and following.kind == "number" and following.start == context.tokens[candidate.last + 1].end:
            return bool(candidate.currency)
    return not all(1900 <= part.value <= 2100 and not part.is_grouped for part in candidate.parts) or bool(  # noqa: PLR2004
        candidate.currency
    )


def _before(context: Context, number: int) -> tuple[Said, int]:
    """Return what the nearest word before a candidate says that says anything, and how many tokens lie between."""
    first, passed, weaker = context.found[number].first, False, ""
    others = {index for other in context.found[max(0, number - 3) : number] for index in (other.last,)}
    for index in context.sentence_before(number):
        passed = passed or index in others
        said = said_by(context, index)
        if said == "not" and not _is_beside_pay(context, index):
            return "not", first - index
        if said == "pay" and not (passed and not context.found[number].is_range and not _is_continued(context, number)):
            return "pay", first - index
        if said in ("range", "benefit") and not weaker:
            weaker = said
    return weaker, first  # type: ignore[return-value]  # one of Said


def _is_continued(context: Context, number: int) -> bool:
    """Tell whether a sum after another in one sentence has a label, a period or a basis of its own."""
    candidate = context.found[number]
    return context.word(candidate.first - 1) in (":", "(", "-", "/", "or") or bool(period_after(context, number))


def _is_beside_pay(context: Context, index: int) -> bool:
    """Tell whether a word that is not pay is only named beside it: excluding bonus, base + equity, salary and bonus."""
    following = context.word(index + 1)
    if following in words.HOLDS:
        return False
    if following in ("eligible", "eligibility"):
        return True
    return bool({context.word(index - 1), context.word(index - 2)} & (words.EXCLUDING | {","}))


def _after(context: Context, number: int, before: Said) -> Said:
    """Return what the words after a candidate say of it, up to where they begin to say something else."""
    weaker: Said = ""
    for index in context.sentence_after(number):
        word = context.word(index)
        if word in words.AFTER_STOPS:
            break
        said = said_by(context, index)
        if context.word(index + 1) in (":", "eligible", "eligibility"):
            break
        if said == "pay":
            return weaker or "pay"
        if said == "not":
            if word in words.BESIDE or before != "pay":
                return "not"
        if said == "benefit" and not weaker and before != "pay":
            weaker = "benefit"
    return weaker


def _judge_bare(context: Context, number: int) -> Verdict:
    """Judge numbers without a currency: a word of pay must lead to them, by words that say nothing else."""
    candidate = context.found[number]
    start = context.sentence_start(number)
    for index in range(candidate.first - 1, max(start, candidate.first - 12) - 1, -1):
        said = said_by(context, index)
        if said == "pay":
            return Verdict(True)
        if said in ("not", "benefit") or (not said and context.word(index) not in words.LINK):
            return Verdict(False)
    if start == context.line_start(candidate.first) and (heading := _heading(context, number)) is not None:
        return Verdict(candidate.is_range, heading)
    return Verdict(False)


def _direct_period(context: Context, number: int) -> bool:
    return bool(period_after(context, number)) or context.found[number].is_yearly


def _judge_by_its_place(context: Context, number: int, accepted: int | None, before: Said) -> Verdict:
    """Judge a candidate with a currency of which its sentence says nothing: by headings, its period, its line."""
    candidate = context.found[number]
    if not _has_size(context, number):
        return Verdict(False)
    start, end = context.line_start(candidate.first), _line_end(context, candidate.last)
    is_short = end - start - (candidate.last - candidate.first) <= 2 * HEADING
    if (heading := _heading(context, number)) is not None and (candidate.is_range or is_short):
        return Verdict(True, heading)
    if accepted is not None and _is_listed(context, accepted, number):
        return Verdict(True, context.found[accepted].first)
    if candidate.is_range:
        return Verdict(is_short or before == "range" or bool(period_after(context, number)))
    return Verdict(is_short and bool(period_after(context, number)))


def _line_end(context: Context, index: int) -> int:
    end = index
    while end + 1 < len(context.tokens) and end - index < REACH and context.tokens[end + 1].kind != "line":
        end += 1
    return end


def _is_listed(context: Context, accepted: int, number: int) -> bool:
    """Tell whether a candidate follows one that is pay, in a list of places or levels with nothing else between."""
    between = range(context.found[accepted].last + 1, context.found[number].first)
    return len(between) <= HEADING and not any(said_by(context, index) in ("not", "benefit") for index in between)


def _heading(context: Context, number: int) -> int | None:
    """Return where the heading of pay above a candidate begins: a short line, or the sentence before in its line."""
    line = context.line_start(context.found[number].first)
    start = context.sentence_start(number)
    if start > line:
        said = {said_by(context, index) for index in range(max(line, start - REACH), start)}
        if "pay" in said:
            return line
    for _ in range(3):
        if line < 2:  # noqa: PLR2004 - a line's end, and a token before it
            return None
        end = line - 1
        line = context.line_start(end)
        says = [said_by(context, index) for index in range(line, end)]
        if "pay" in says and end - line <= 2 * HEADING:
            return None if "not" in says and says.index("not") < says.index("pay") else line
        if {"not", "benefit"} & set(says) or end - line > HEADING:
            return None
    return None


def _has_size(context: Context, number: int) -> bool:
    """Tell whether sums in a currency whose sizes are known can be pay for their period."""
    candidate = context.found[number]
    low, high = candidate.low or candidate.high or 0, candidate.high or candidate.low or 0
    if candidate.currency not in HARD:
        return True
    period = period_after(context, number)[:1]
    named = period[0] if period else period_before(context, number, None)
    if named == "year":
        return LEAST_YEAR <= high <= 5e7  # noqa: PLR2004
    if named == "hour":
        return 1 <= low and high <= 5_000  # noqa: PLR2004
    if named:
        return high >= 20  # noqa: PLR2004
    return high >= LEAST_ASSUMED_YEAR or 7 <= low <= MOST_HOUR or (candidate.currency == "EUR" and high >= 400)  # noqa: PLR2004


def period_after(context: Context, number: int) -> tuple[Period, ...]:
    """Return the period that the words in and after a candidate name, if one."""
    candidate = context.found[number]
    if candidate.is_yearly:
        return ("year",)
    for index in context.sentence_after(number):
        word = context.word(index)
        if word in (",", "+", "plus", "|", "•", "with"):
            break
        if period := _names_period(context, index):
            return (period,)
        if said_by(context, index) in ("not", "benefit"):
            break
    for index in range(candidate.first, candidate.last + 1):
        if period := _names_period(context, index):
            return (period,)
    return ()


def period_before(context: Context, number: int, heading: int | None) -> Period:
    """Return the period that the words before a candidate name, the nearest first; "" where they name none."""
    first = context.found[number].first
    start = context.sentence_start(number) if heading is None else heading
    previous = context.found[number - 1].last if number else -1
    for index in range(first - 1, max(start, first - 2 * REACH) - 1, -1):
        if index <= previous and heading is None:
            break
        if period := _names_period(context, index):
            return period
    return ""


def _names_period(context: Context, index: int) -> Period:
    """Return the period a token names: annual salary, per hour, /yr; not an annual bonus, nor 40 hours a week."""
    token = context.tokens[index]
    word = token.word
    if token.kind != "word":
        return ""
    if is_ideographic(word):
        return next((period for part, period in words.CJK_PERIODS.items() if part in word), "")
    if word not in words.PERIODS:
        return ""
    if said_by(context, index + 1) in ("not", "benefit") if index + 1 < len(context.tokens) else False:
        return ""
    if word in words.UNCONDITIONAL:
        return words.PERIODS[word]
    if context.word(index - 1) not in words.PER:
        return ""
    if words.PERIODS.get(context.word(index - 2), "") in ("hour", "day") or context.word(index - 2) in (
        "shifts",
        "times",
    ):
        return ""
    return words.PERIODS[word]


def assumed_period(low: float | None, high: float | None, currency: str) -> Period:
    """Return the period that a sum's size suggests, in a currency where sizes tell; "" where they do not."""
    least, most = low or high or 0, high or low or 0
    if currency not in HARD:
        return ""
    if most <= MOST_HOUR:
        return "hour"
    return "year" if least >= LEAST_ASSUMED_YEAR else ""


def basis(context: Context, number: int) -> Basis:
    """Return what a sum is said to be: base pay, the total, or what is earned where targets are met."""
    candidate = context.found[number]
    near = [index for index in context.sentence_before(number) if candidate.first - index <= 4]  # noqa: PLR2004
    previous = context.found[number - 1].last if number else -1
    for index in near:
        if index > previous and (named := _names_basis(context, index)):
            return named
    for index in context.sentence_after(number):
        if context.word(index) in (",", ";", "|") or context.word(index + 1) == ":":
            break
        if named := _names_basis(context, index):
            return named
    for index in context.sentence_before(number):
        if index <= previous:
            break
        if named := _names_basis(context, index):
            return named
    return "unstated"


def _names_basis(context: Context, index: int) -> Basis | None:
    word = context.word(index)
    if word == "target" and context.word(index - 1) == "on":
        return "ote"
    if word in ("total", "totale") and context.word(index + 1) not in words.TOTALS:
        return None
    return words.BASES.get(word)


def stated_code(context: Context, number: int) -> str:
    """Return the currency's code that stands in a candidate's sentence, apart from the sums; "" where none does."""
    for index in (*context.sentence_after(number), *context.sentence_before(number)):
        if is_code(context.tokens[index].text):
            return context.tokens[index].text
    return ""


def label(context: Context, number: int) -> str:
    """Return the place, zone or level that a candidate is said to be for; "" where none is."""
    candidate = context.found[number]
    start = context.sentence_start(number)
    previous = context.found[number - 1].last + 1 if number else 0
    begins, ends = max(start, previous), candidate.first
    if begins < ends and context.word(ends - 1) in (":", "-", "|", "=", "("):
        words_before = context.text[context.tokens[begins].start : context.tokens[ends - 1].end]
        match = _LABEL.match(words_before)
        return _as_label(match[1]) if match else ""
    if begins == ends and start == context.line_start(candidate.first) and start > 1:
        line = context.line_start(start - 1)
        above = context.text[context.tokens[line].start : context.tokens[start - 1].start] if start - 1 > line else ""
        return _as_label(above)
    return _place(context, begins, ends)


def _as_label(given: str) -> str:
    """Return a label without what only says that it is pay."""
    name = given.strip(" \n\t:|-*•·(,;")
    if len(name) > 60 or any(word.lower().strip(":,.()") in words.PAY for word in name.split()):  # noqa: PLR2004
        return ""
    return name


_IN_PLACE = re.compile(
    r"\b(?:in|for|within)\s+((?:the\s+)?[A-Z][\w.'-]*(?:(?:,?\s+|\s*[&/]\s*)(?:[A-Z][\w.'-]*|and|&|of|the))*)"
)


def _place(context: Context, begins: int, ends: int) -> str:
    """Return the place of “the range for this position in Glendale, CA is …”."""
    if begins >= ends:
        return ""
    before = context.text[context.tokens[begins].start : context.tokens[ends - 1].end]
    places = _IN_PLACE.findall(before)
    name = str(places[-1]).strip(" ,") if places else ""
    return name if name.upper() not in ("USD", "CAD", "EUR", "GBP", "AUD") else ""
