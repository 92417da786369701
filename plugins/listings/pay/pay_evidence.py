"""Whether a sum is pay, by the words around it.

The nearest word decides; where no word does, the sum's place (`layout`). In doubt a sum is left alone: a claim that is
none does more harm than one that is missing.
"""

import re

from plugins.listings.pay import pay_words
from plugins.listings.pay.context import Context, Said
from plugins.listings.pay.layout import HEADING, Verdict, has_size, heading_of, judge_by_layout
from plugins.listings.pay.ranges import Candidate
from plugins.listings.pay.statements import period_after
from plugins.listings.pay.tokens import token_at

NEAR = 6
"""Within so many tokens after a word of pay a range is pay whatever its size, such as that of two weeks."""
PART = 4
"""A sum is added to pay of so many times its size for the same period: nights are $1/hr more."""
MILLION, BILLION = 1e6, 1e9
_CENTS = re.compile(r"[.,]\d\d$")


def judge(context: Context, number: int, accepted: int | None) -> Verdict:
    """Say whether a candidate is pay. `accepted` is the last candidate before it that was."""
    candidate = context.found[number]
    if not _may_be_pay(context, candidate) or _is_plain(context, number):
        return Verdict(False)
    if context.word(candidate.first - 1) in ("below", "under") or _is_a_part(context, number, accepted):
        return Verdict(False)
    if candidate.is_yearly:
        return Verdict(context.says(candidate.first - 1) != "not")  # nothing but pay is given in lakh per annum
    before, distance = _before(context, number)
    after = _after(context, number, before)
    if "not" in (before, after) or (accepted is not None and after != "pay" and _is_added(context, number, accepted)):
        return Verdict(False)
    if not candidate.currency:
        return _judge_bare(context, number, after)
    if candidate.scale >= MILLION and (before != "pay" or distance > HEADING):
        is_soft = candidate.currency in ("IDR", "VND", "KRW", "JPY", "¥", "COP", "CLP")
        return Verdict(is_soft and (before == "pay" or bool(period_after(context, number))))
    if before == "pay" and (candidate.is_range or distance <= 2 * HEADING):  # a single sum far off is in passing
        return Verdict(has_size(context, number) or _is_near(candidate, distance))
    if after == "pay":
        return Verdict(has_size(context, number))
    if before == "benefit" or after == "benefit":
        return Verdict(False)
    return judge_by_layout(context, number, accepted, before)


def _is_plain(context: Context, number: int) -> bool:
    """Tell whether a candidate has neither a currency, nor thousands, cents or a period: numbers of anything."""
    candidate = context.found[number]
    if candidate.currency or candidate.is_grouped or _has_cents(context, candidate):
        return False
    return not _direct_period(context, number)


def _has_cents(context: Context, candidate: Candidate) -> bool:
    """Tell whether both ends of a range have cents, so that they are no years and no counts: 21.10 to 31.65."""
    if not candidate.is_range:
        return False
    return all(_CENTS.search(context.tokens[part.digits].text) for part in candidate.parts)


def _is_added(context: Context, number: int, accepted: int) -> bool:
    """Tell whether a sum is named beside pay in its sentence, as an addition: £34k + £8k overtime."""
    depth = 0
    for index in context.before(number):
        depth += (context.word(index) == ")") - (context.word(index) == "(")
        if index <= context.found[accepted].last or context.word(index) in ("|", ";", ".", ":") or depth < 0:
            return False
        if depth:
            continue  # target pay (base + bonus) is $211K
        if context.word(index) in ("+", "plus", "zzgl"):
            return True
    return False


def _is_a_part(context: Context, number: int, accepted: int | None) -> bool:
    """Tell whether a single sum is so small beside pay for the same period that it can only be added to it."""
    if accepted is None or context.found[number].is_range or not (period := period_after(context, number)):
        return False
    one, other = context.found[number], context.found[accepted]
    least, most = other.low or other.high or 0, one.high or one.low or 0
    return period == period_after(context, accepted) and PART * most <= least


def _is_near(candidate: Candidate, distance: int) -> bool:
    """Tell whether a range stands so near a word of pay that its size says nothing against it."""
    return candidate.is_range and distance <= NEAR and candidate.parts[0].scale < MILLION


def _may_be_pay(context: Context, candidate: Candidate) -> bool:
    """Tell whether numbers can be sums of pay at all."""
    first, last = context.tokens[candidate.first], context.tokens[candidate.last]
    if candidate.scale >= BILLION:
        return False
    if not candidate.currency and context.word(candidate.parts[0].digits) in pay_words.PENSIONS:
        return False
    previous = token_at(context.tokens, candidate.first - 1)
    if previous.end == first.start and previous.text in ("#", "@", "_"):
        return False
    mark, following = token_at(context.tokens, candidate.last + 1), token_at(context.tokens, candidate.last + 2)
    is_parted = mark.word in (":", "-", "/") and mark.start == last.end
    if is_parted and following.kind == "number" and following.start == mark.end:
        return bool(candidate.currency)  # 2:30, 12/31
    are_years = all(1900 <= part.value <= 2100 and not part.is_grouped for part in candidate.parts)
    return bool(candidate.currency) or not are_years


def _before(context: Context, number: int) -> tuple[Said, int]:
    """Return what the nearest word before a candidate says that says anything, and how many tokens lie between."""
    first, is_single = context.found[number].first, not context.found[number].is_range
    sums_before = {other.last for other in context.found[max(0, number - 3) : number]}
    passed = False  # another sum lies between
    unknown = 0  # words that say nothing we know
    is_apart = is_single and context.word(first - 1) == ","  # fair pay, 40 € for lunch
    is_beside = False  # something that is not pay is named beside pay
    weaker: Said = ""  # the nearest of "range" and "benefit": a word of pay farther off may still decide
    for index in context.before(number):
        said, word = context.says(index), context.word(index)
        passed = passed or index in sums_before
        unknown += not said and context.tokens[index].kind == "word" and word not in pay_words.LINK
        is_apart = is_apart or (is_single and unknown > 0 and word in _PARTING)
        if said == "not":
            if not _is_beside_pay(context, index):
                return "not", first - index
            is_beside = True
        elif said == "pay" and not is_apart:
            if is_single and weaker == "benefit":
                return "benefit", first - index
            if not (is_single and passed) or _is_continued(context, number):
                return "pay", first - index
        elif said in ("range", "benefit") and not weaker and not (said == "benefit" and _is_beside_pay(context, index)):
            weaker = said
    if is_beside:
        return "not", first
    return weaker, first


_PARTING = {",", "(", "+", "plus", "&", ";"}
"""What parts a sum that something unknown is said of from a word of pay: salary, a car (list price up to 45.000 €)."""


def _is_continued(context: Context, number: int) -> bool:
    """Tell whether a sum after another in one sentence has a label, a period or a basis of its own."""
    candidate = context.found[number]
    return context.word(candidate.first - 1) in (":", "(", "-", "/", "or") or bool(period_after(context, number))


def _is_beside_pay(context: Context, index: int) -> bool:
    """Tell whether a word that is not pay is only named beside it: excluding bonus, base + equity, salary and bonus."""
    following = context.word(index + 1)
    if context.word(index) in ("worth", "valued"):
        return False  # with bonus, and benefits worth $18,000
    if following in pay_words.HOLDS or (following == ":" and context.word(index - 1) == ","):
        return False
    if following in ("eligible", "eligibility"):
        return True
    return context.word(index - 1) == "," or bool(
        {context.word(index - 1), context.word(index - 2)} & pay_words.EXCLUDING
    )


def _after(context: Context, number: int, before: Said) -> Said:
    """Return what the words after a candidate say of it, up to where they begin to say something else."""
    weaker: Said = ""
    for index in context.after(number):
        word = context.word(index)
        if _depends_on_experience(context, index):
            return weaker or "pay"
        if word in pay_words.AFTER_STOPS or (word == "(" and index > context.found[number].last + 1):
            break
        said = context.says(index)
        if word in ("each", "apiece") and context.word(index + 1) not in pay_words.PERIODS:
            return "not"
        if word in pay_words.PIECES and context.word(index - 1) in ("per", "a", "an", "/"):
            return "not"
        if context.word(index + 1) in (":", "eligible", "eligibility"):
            break
        if said == "pay" and (word != "paid" or context.found[number].is_range):
            return weaker or "pay"
        if said == "not" and (word in pay_words.BESIDE or before != "pay"):
            return "not"
        if said == "benefit" and not weaker and before != "pay":
            weaker = "benefit"
    return weaker


def _depends_on_experience(context: Context, index: int) -> bool:
    """Tell whether a token begins what only pay depends on: DOE, commensurate with experience."""
    if context.word(index) in ("doe", "d.o.e"):
        return True
    if context.word(index) not in pay_words.DEPENDING:
        return False
    return context.has_word(range(index + 1, index + 7), pay_words.EXPERIENCE)


def _judge_bare(context: Context, number: int, after: Said) -> Verdict:
    """Judge numbers without a currency: a word of pay must lead to them, by words that say nothing else, or follow."""
    candidate = context.found[number]
    if after == "pay" and candidate.is_range and candidate.scale > 1:
        return Verdict(True)  # 120k-150k base
    if _is_of_something(context, candidate):
        return Verdict(False)
    start = context.sentence_start(number)
    for index in range(candidate.first - 1, max(start, candidate.first - 12) - 1, -1):
        said = context.says(index)
        if said == "pay":
            return Verdict(True)
        if said in ("not", "benefit") or (not said and context.word(index) not in pay_words.LINK):
            return Verdict(False)
    if start == context.line_start(candidate.first) and (heading := heading_of(context, number)) is not None:
        return Verdict(candidate.is_range, heading)
    return Verdict(False)


def _is_of_something(context: Context, candidate: Candidate) -> bool:
    """Tell whether a number without a currency counts what stands after it: it pays 1.1 million people."""
    following = token_at(context.tokens, candidate.last + 1)
    if candidate.is_range or following.kind != "word":
        return False
    known = pay_words.LINK | pay_words.AFTER_STOPS | pay_words.GROSS | pay_words.PERIODS.keys()
    return following.word not in known and not context.says(candidate.last + 1)


def _direct_period(context: Context, number: int) -> bool:
    return bool(period_after(context, number)) or context.found[number].is_yearly
