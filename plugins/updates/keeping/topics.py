"""Topics: an editor's rules, compiled once from checked values into terms that can be looked for quickly.

A term is a word, a phrase (it has a space), a prefix (it ends with `*`) or a /regular expression/. Case, accents and
the shapes of hyphens and apostrophes do not count, in any language. Nothing here reads files or judges an item.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast, get_args

from plugins.updates.keeping.factors import factors
from plugins.updates.keeping.patterns import LONGEST_TEXT, compile_pattern
from plugins.updates.models import Field

FIELDS: tuple[Field, ...] = get_args(Field)
DEFAULT_FIELDS: tuple[Field, ...] = ("title", "summary", "tags")

# Letters that no normal form takes apart, and that people leave out or write plainly. Turkish ı: an uppercase I is
# its capital as well as that of i, so only folding both to i finds a headline set in capitals.
_LETTERS = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "æ": "ae", "œ": "oe", "þ": "th"}
_SHAPES = dict.fromkeys("’‘‛ʼʻʹ′", "'") | dict.fromkeys("‐‑‒–—―−", "-")
# Accents are dropped only where they are accents: general combining marks, and Hebrew and Arabic pointing. Marks of
# other scripts are vowels (Devanagari, Thai) or make another sound (Japanese), so they stay.
_ACCENTS = ((0x300, 0x36F), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE20, 0xFE2F))
_POINTS = (
    (0x591, 0x5BD),
    (0x5BF, 0x5BF),
    (0x5C1, 0x5C2),
    (0x5C4, 0x5C5),
    (0x640, 0x640),
    (0x64B, 0x65F),
    (0x670, 0x670),
)
_UNSEEN = ((0xAD, 0xAD), (0x200B, 0x200F), (0x2060, 0x2064), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF))
_DROPPED = {code: None for low, high in (*_ACCENTS, *_POINTS, *_UNSEEN) for code in range(low, high + 1)}
_FOLDING = str.maketrans(_LETTERS | _SHAPES) | _DROPPED
# Scripts written without spaces between words: there a word has no edge to ask for.
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af]"
)

_RUN = re.compile("[a-z0-9]+")
# A pattern of plain letters without capitals, nor a flag within, which could mean another letter by one of these.
_ALL_LOWER = re.compile(r"(?:[^\\A-Z\x80-\U0010ffff(]|\\[wWdDsSbB.\-/'\[\]()*+?|^$]|\((?!\?)|\(\?[:=!])*")


def fold(text: str) -> str:
    """Return text as terms and fields are compared: no case, no accents, one space where there was any white space."""
    if text.isascii():
        return " ".join(text.lower().split())
    # The acute accent standing alone is an apostrophe; its compatible form would be a space.
    plain = unicodedata.normalize("NFKD", text.replace("\u00b4", "'")).casefold()
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", plain).translate(_FOLDING)).split())


def runs(folded: str) -> frozenset[str]:
    """Return the runs of plain letters and digits in a folded text: its words, in the languages that have no others."""
    return frozenset(_RUN.findall(folded))


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase to be found whole, or from its beginning where it was `written` with a closing `*`."""

    written: str
    folded: str
    prefix: bool

    @property
    def run(self) -> str:
        """Return the first of the word's runs, as `runs` finds it in every text that has the word; "" if unknown."""
        first = _RUN.search(self.folded)
        return first[0] if first and (first.end() < len(self.folded) or not self.prefix) else ""

    def likely_in(self, folded: str) -> bool:
        """Tell, quickly, whether the word may be in a text that folds to this."""
        return self.folded in folded

    def found_in(self, folded: str, _plain: str) -> bool:
        """Tell whether the folded text has the word, with a word's edge on either side; takes linear time."""
        at = folded.find(self.folded)
        while at >= 0:
            end = at + len(self.folded)
            if _edge(folded, at) and (self.prefix or _edge(folded, end)):
                return True
            at = folded.find(self.folded, at + 1)
        return False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression, `written` between slashes; a text without one of each group of `factors` lacks it."""

    written: str
    pattern: re.Pattern[str]
    factors: tuple[tuple[str, ...], ...] = ()
    in_folded: re.Pattern[str] | None = None
    """The same for folded text, which has no capitals, where that is quicker."""

    def likely_in(self, folded: str) -> bool:
        """Tell, quickly, whether the pattern may be in a text, or in what folds to it."""
        for group in self.factors:
            for factor in group:
                if factor in folded:
                    break
            else:
                return False
        return True

    def found_in(self, folded: str, plain: str) -> bool:
        """Tell whether the pattern is in a text's first LONGEST_TEXT characters, as it stands or folded.

        Both, because /grève/ and /greve/ should find the same headline.
        """
        if (self.in_folded or self.pattern).search(folded, 0, LONGEST_TEXT):
            return True
        return plain != folded and bool(self.pattern.search(plain, 0, LONGEST_TEXT))


Term = Word | Pattern


class Finder:
    """Terms by the plain letters that a text has to have for them, so that few of them need a look."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self._terms = terms
        self._by_run: defaultdict[str, list[int]] = defaultdict(list)
        self._others: list[int] = []
        for place, term in enumerate(terms):
            run = term.run if isinstance(term, Word) else ""
            (self._by_run[run] if run else self._others).append(place)
        self._runs = frozenset(self._by_run)

    def likely_in(self, folded: str, runs: frozenset[str]) -> list[Term]:
        """Return those that may be in a folded text, whose `runs` are given too, in their order: the quick answer."""
        places = [place for run in self._runs & runs for place in self._by_run[run]]
        likely = (self._terms[place] for place in sorted(places + self._others))
        return [term for term in likely if term.likely_in(folded)]


@dataclass(frozen=True, slots=True)
class Topic:
    """A rule: about it is what has every term of `all`, one of `any` (where there are some), and none of `none`.

    `wanted` finds the terms of `any`, `refused` those of `none`.
    """

    id: str
    title: str
    any: tuple[Term, ...]
    all: tuple[Term, ...]
    none: tuple[Term, ...]
    fields: tuple[Field, ...]
    wanted: Finder = field(init=False, repr=False, compare=False)
    refused: Finder = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Make the finders."""
        object.__setattr__(self, "wanted", Finder(self.any))
        object.__setattr__(self, "refused", Finder(self.none))


def compile_topic(
    id: str,
    title: str,
    any: Sequence[str] = (),
    all: Sequence[str] = (),
    none: Sequence[str] = (),
    fields: Sequence[str] = (),
) -> Topic:
    """Return a topic ready to judge by; without `fields`, its terms are looked for in DEFAULT_FIELDS.

    Raises ValueError, worded *what is wrong (what was found); what to do*, at the first rule that cannot work.
    """
    for name in fields:
        if name not in FIELDS:
            raise ValueError(f"there is no field to search of that name (“{name}”); use {', '.join(FIELDS)}")
    if not any and not all:
        raise ValueError("nothing to look for; give the topic terms under any or all")
    chosen = cast("tuple[Field, ...]", tuple(dict.fromkeys(fields))) or DEFAULT_FIELDS
    topic = Topic(id, title or id, _terms(any), _terms(all), _terms(none), chosen)
    refused = {_key(term) for term in topic.none}
    wanted = (*topic.any, *topic.all)
    for term in wanted:
        if _key(term) in refused:
            raise ValueError(
                f"a term is both wanted and refused (“{term.written}”); take it out of none, or of the others"
            )
    return topic


def faults(table: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, int, str]]:
    """Return (key, its number, what is wrong and what to do) for each term that cannot work.

    `table` has the terms as they are written, under any, all and none. Where it says nothing, `compile_topic` raises
    only for what is wrong with the topic as a whole.
    """
    for key, written in table.items():
        for number, term in enumerate(written):
            try:
                _term(term)
            except ValueError as error:
                yield key, number, str(error)


def _terms(written: Sequence[str]) -> tuple[Term, ...]:
    """Compile terms, each once however often it was written."""
    return tuple({_key(term): term for term in map(_term, reversed(written))}.values())[::-1]


def _key(term: Term) -> tuple[str, bool]:
    return (term.folded, term.prefix) if isinstance(term, Word) else (term.written, False)


def _term(written: str) -> Term:
    bare = written.strip()
    if bare.startswith("/"):
        return _pattern(bare)
    if len(bare) > 1 and bare[0] in '"“' and bare[-1] in '"”':
        bare = bare[1:-1].strip()
    prefix = bare.endswith("*")
    folded = fold(bare.removesuffix("*"))
    if not folded:
        raise ValueError(f"a term has nothing to look for (“{written}”); write a word, or take it out")
    if "*" in folded:
        raise ValueError(f"a * stands elsewhere than at the end (“{written}”); move it there, or write a /regex/")
    return Word(written.strip(), folded, prefix)


def _pattern(written: str) -> Pattern:
    if len(written) < len("/x/") or not written.endswith("/"):
        raise ValueError(f"a regular expression is not closed (“{written}”); end it with a / and nothing after")
    try:
        compiled = compile_pattern(written[1:-1])
    except ValueError as error:
        raise ValueError(f"a regular expression {str(error).replace(';', f' (“{written}”);', 1)}") from error
    lower = re.compile(compiled.pattern) if _ALL_LOWER.fullmatch(compiled.pattern) else None
    return Pattern(written, compiled, factors(compiled.pattern), lower)


def _edge(text: str, at: int) -> bool:
    """Tell whether no word runs on across a position: a hyphen, apostrophe or underscore ends a word."""
    return at in (0, len(text)) or not (_in_word(text[at - 1]) and _in_word(text[at]))


def _in_word(letter: str) -> bool:
    return (letter.isalnum() or unicodedata.category(letter)[0] == "M") and not _UNSPACED.match(letter)
