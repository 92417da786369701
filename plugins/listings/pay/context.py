"""The tokens of a text as evidence: their sentences and lines, and what each word says of a sum near it.

All of it is worked out once for a token, so that asking takes the same time wherever a sum stands.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from plugins.listings.pay import pay_words
from plugins.listings.pay.currencies import is_code
from plugins.listings.pay.ranges import Candidate
from plugins.listings.pay.tokens import Token, is_ideographic, token_at

REACH = 40
"""How many tokens before a sum are looked at."""
AFTER = 9
"""How many after it."""
_ENDS = {";", "•", "·", "!", "?"}

Said = Literal["pay", "range", "not", "benefit", ""]
"""What a word says of a sum near it: that it is pay; a range of something; something else; for a benefit; nothing."""


@dataclass(frozen=True, slots=True)
class Context:
    """The tokens of a text, its candidates, and for each token the first of its sentence and of its line."""

    text: str
    tokens: Sequence[Token]
    found: Sequence[Candidate]
    sentences: Sequence[int]
    lines: Sequence[int]
    said: list[Said | None]
    """What tokens say, as far as one was asked: in a long advertisement few stand near a sum."""

    @classmethod
    def of(cls, text: str, tokens: Sequence[Token], found: Sequence[Candidate]) -> "Context":
        """Return the context of the candidates of a text."""
        sentences, lines, sentence, line = [], [], 0, 0
        for index, token in enumerate(tokens):
            sentences.append(sentence)
            lines.append(line)
            if token.kind == "line":
                sentence = line = index + 1
            elif token.text in _ENDS or _is_full_stop(tokens, index):
                sentence = index + 1
        return cls(text, tokens, found, sentences, lines, [None] * len(tokens))

    def says(self, index: int) -> Said:
        """Return what a token says of a sum near it."""
        said = self.said[index]
        if said is None:
            said = self.said[index] = _says(self.tokens, index)
        return said

    def word(self, index: int) -> str:
        """Return a token's word; empty beyond the text's ends."""
        return token_at(self.tokens, index).word

    def has_word(self, indices: Iterable[int], words: Collection[str]) -> bool:
        """Tell whether one of these tokens is one of the words."""
        return any(self.word(index) in words for index in indices)

    def is_said(self, indices: Iterable[int], *what: Said) -> bool:
        """Tell whether one of these tokens says this of a sum near it."""
        return any(self.says(index) in what for index in indices)

    def end_before(self, number: int) -> int:
        """Return the last token of the candidate before another; -1 before the first."""
        return self.found[number - 1].last if number else -1

    def sentence_start(self, number: int) -> int:
        """Return the first token that is looked at of the sentence, within its line, that a candidate stands in."""
        first = self.found[number].first
        return max(self.sentences[first], first - REACH)

    def line_start(self, index: int) -> int:
        """Return the first token that is looked at of the line that a token stands in."""
        return max(self.lines[index], index - REACH)

    def line_end(self, index: int) -> int:
        """Return the last token that is looked at of the line that a token stands in."""
        end = index
        while end + 1 < len(self.tokens) and end - index < REACH and self.tokens[end + 1].kind != "line":
            end += 1
        return end

    def before(self, number: int) -> Sequence[int]:
        """Return the tokens before a candidate in its sentence, the nearest first."""
        return range(self.found[number].first - 1, self.sentence_start(number) - 1, -1)

    def after(self, number: int) -> Sequence[int]:
        """Return the tokens after a candidate, in its sentence and before the next, the nearest first."""
        last = self.found[number].last
        limit = min(len(self.tokens), last + 1 + AFTER)
        if number + 1 < len(self.found):
            limit = min(limit, self.found[number + 1].first)
        end = last + 1
        while end < limit and self.tokens[end].kind != "line" and self.sentences[end] <= last:
            end += 1
        return range(last + 1, end)


def _is_full_stop(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a stop ends a sentence: a space and no small letter follow, and no abbreviation stands before it."""
    token = tokens[index]
    if token.text != ".":
        return False
    if index + 1 == len(tokens):
        return True
    following = tokens[index + 1]
    if following.start == token.end or (index and tokens[index - 1].word in pay_words.ABBREVIATIONS):
        return False
    return not following.text[0].islower()


def _says(tokens: Sequence[Token], index: int) -> Said:
    """Return what a token says of a sum near it."""
    token, following = tokens[index], token_at(tokens, index + 1)
    word = token.word
    if token.kind == "number":
        return "not" if word in pay_words.PENSIONS and following.word in ("(", "k", "b") else ""
    if token.kind != "word":
        return ""
    if is_ideographic(word):
        return _ideographs_say(word)
    if word in pay_words.PAY or word.endswith(pay_words.PAY_ENDINGS) or _is_german_range(word):
        return _word_of_pay_says(tokens, index)
    if (said := _word_beside_sum_says(tokens, index)) is not None:
        return said
    if word in pay_words.NOT_PAY and word not in pay_words.BESIDE and following.word in pay_words.TITLES:
        return ""  # an account manager, a loan officer
    if word == "contract" and following.word not in pay_words.CONTRACT_SUM:
        return ""  # a 6-month contract, which is the job
    return _list_says(word)


def _word_of_pay_says(tokens: Sequence[Token], index: int) -> Said:
    """Return what a word of pay says beside its neighbours: salary, not 60% of it, no salary sacrifice."""
    word, previous, following = tokens[index].word, token_at(tokens, index - 1), token_at(tokens, index + 1)
    if _is_a_share(tokens, index) or following.word in pay_words.NO_PAY_AFTER:
        return "not"
    if word == "pay" and previous.word in pay_words.OTHER_PAY:
        return "not"
    if word == "wage" and previous.word == "minimum" and following.kind == "word":
        return "pay" if following.word in pay_words.LINK else "not"  # the law's, as in a minimum wage campaign
    if word == "rates" and previous.word not in pay_words.RATES_OF:
        return "pay" if following.text == ":" else ""
    if word == "paid" and not (following.kind in ("sign", "number") or following.word in pay_words.PAID_HOW):
        return ""
    return "not" if word in pay_words.VERBS and _is_of_others(tokens, index) else "pay"


def _word_beside_sum_says(tokens: Sequence[Token], index: int) -> Said | None:
    """Return what cash, base and scale say, which are of pay beside some words or a sum; None for other words."""
    word = tokens[index].word
    if word == "cash":
        return "pay" if token_at(tokens, index - 1).word in ("total", "target") else "benefit"
    if word in pay_words.OF_THE_BASE:
        return "pay" if _is_beside_sum(tokens, index) else ""
    if word == "scale" and _is_beside_sum(tokens, index):
        before = {token.word for token in tokens[max(0, index - 4) : index]}
        return "" if before.isdisjoint(pay_words.SCALE_OF) else "pay"
    return None


def _is_german_range(word: str) -> bool:
    return word.startswith(pay_words.PAY_BEGINNINGS) and word.endswith(pay_words.PAY_RANGES)


def _list_says(word: str) -> Said:
    """Return what a word says by the lists, or by its last part: a sign-on-bonus."""
    singular = word[:-1] if len(word) > 4 and word[-1] == "s" else word  # gas and plus are no plurals
    if word in pay_words.NOT_PAY or singular in pay_words.NOT_PAY or word.endswith(pay_words.NOT_PAY_ENDINGS):
        return "not"
    if word in pay_words.BENEFIT or singular in pay_words.BENEFIT:
        return "benefit"
    if word in pay_words.RANGE or singular in pay_words.RANGE:
        return "range"
    first, _, last = word.rpartition("-")
    if first and last in pay_words.PAY and last not in ("paid", "paying"):
        return "pay"
    return "not" if first and last in pay_words.BESIDE else ""


def _is_beside_sum(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether base stands for base pay: Base: $90,000; $90,000 base; not a customer base of 200."""
    previous, following = token_at(tokens, index - 1), token_at(tokens, index + 1)
    if following.text == ":" or following.kind == "sign":
        return True
    return previous.kind in ("number", "sign") or previous.word == "k" or is_code(previous.text)


def _ideographs_say(word: str) -> Said:
    if any(part in word for part in pay_words.CJK_PAY):
        return "pay"
    return "not" if any(part in word for part in pay_words.CJK_NOT_PAY) else ""


def _is_a_share(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a share or a multiple of pay is spoken of: 60% of pay, 2x salary."""
    place = index - 1
    while index - place <= 4 and token_at(tokens, place).word in pay_words.SHARE_OF:
        place -= 1
    return token_at(tokens, place).text in ("%", "x", "×", "times", "percent")


def _is_of_others(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether pay, earn or rate is not the job's: customers pay, interest rate, pay creators, paid out."""
    previous, following = token_at(tokens, index - 1).word, token_at(tokens, index + 1).word
    if following in pay_words.PAID_BY_US or (following == "for" and previous in ("we", "also")):
        return tokens[index].word in ("pay", "pays", "paying")  # we pay your licence, we also pay for parking
    if tokens[index].word == "earning" and previous in pay_words.STAFF:
        return True
    place = index - 1
    while index - place <= 5 and token_at(tokens, place).kind == "word":
        if token_at(tokens, place).word in pay_words.WHO_PAYS and token_at(tokens, place - 1).word != "job":
            return True
        place -= 1
    if previous in pay_words.NOT_RATES:
        return True
    if tokens[index].word == "paid" and following == "by":
        return token_at(tokens, index + 3).word not in pay_words.PERIODS  # paid by the employer; paid by the hour
    return tokens[index].word in ("pay", "paid", "paying") and (following in pay_words.WHO_PAYS or following == "out")
