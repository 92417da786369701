"""Terms as an editor writes them: read into phrases and patterns that can be looked for, or refused in words. Pure.

A word, a phrase (it has a space), the beginning of words (it ends with `*`), words near each other (`...` between
them), one of a named set of words (`{name}`) among them, or a /regular expression/.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from plugins.updates.filter.factors import factors
from plugins.updates.filter.folding import STOPS, fold, words
from plugins.updates.filter.phrases import Part, Phrase, numbered, part
from plugins.updates.filter.regex import LONGEST_TEXT, compile_pattern
from plugins.updates.filter.term_index import Choice, Vocabulary, Word

Sets = Mapping[str, Sequence[str]]
"""Words by the name that terms call them by."""

_PIECE = re.compile(r"(\{[^{}]*\}|\.{3,})")
_BRACKETS = frozenset("{}")
_TORN = re.compile(r"\w\{|\}\w")
_STRAY_STAR = re.compile(r"\*(?=\w)|(?<!\S)\*")
# A pattern of plain letters without capitals, nor a flag within, which could mean another letter by one of these.
_ALL_LOWER = re.compile(r"(?:[^\\A-Z\x80-\U0010ffff(]|\\[wWdDsSbB.\-/'\[\]()*+?|^$]|\((?!\?)|\(\?[:=!])*")


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


Term = Phrase | Pattern


def read_term(written: str, vocabulary: Vocabulary, sets: Sets | None = None) -> Term:
    """Return a term ready to be looked for among the words of texts that are looked up in the vocabulary.

    Raises ValueError, worded *what is wrong (what was found); what to do*.
    """
    bare = written.strip()
    if bare.startswith("/"):
        return _pattern(bare)
    parts = tuple(_parts(_pieces(bare), written, sets or {}))
    if not parts:
        raise ValueError(f"a term has nothing to look for (“{written}”); write a word, or take it out")
    return numbered(bare, parts, vocabulary)


@lru_cache(maxsize=1_000)
def read_set(written: tuple[str, ...]) -> tuple[Choice, ...]:
    """Return the words and phrases of a named set, which many terms share; raises ValueError as `read_term` does."""
    return tuple(dict.fromkeys(map(read_word, written)))


def read_word(written: str) -> tuple[Word, ...]:
    """Return a word or phrase of a named set; raises ValueError as `read_term` does."""
    bare = written.strip()
    if bare.startswith("/") or "..." in bare.replace("…", "...") or _BRACKETS & set(bare):
        raise ValueError(f"a named set holds words and phrases only (“{written}”); write the rest into the topics")
    if row := _row(bare, written):
        return row
    raise ValueError(f"a term has nothing to look for (“{written}”); write a word, or take it out")


def _pieces(written: str) -> list[str]:
    """Return the sets' names, the gaps and the words between them."""
    quoted = len(written) > 1 and written[0] in '"“' and written[-1] in '"”'
    bare = (written[1:-1] if quoted else written).replace("…", "...")
    pieces = [piece.strip() for piece in _PIECE.split(bare) if piece.strip()]
    if _TORN.search(bare) or any(_BRACKETS & set(piece) for piece in pieces if not _PIECE.fullmatch(piece)):
        raise ValueError(f"a brace stands within a word, or alone (“{written}”); write a set's name as {{name}}")
    return pieces


def _parts(pieces: list[str], written: str, sets: Sets) -> Iterator[Part]:
    apart, beside = False, False
    for piece in pieces:
        if piece.startswith("..."):
            if not beside:
                raise ValueError(f"a ... has no word before it (“{written}”); write one there, or take it out")
            apart, beside = True, False
        elif choices := _choices(piece, written, sets):
            yield part(choices, apart=apart)
            apart, beside = False, True
    if apart:
        raise ValueError(f"a ... has no word behind it (“{written}”); write one there, or take it out")


def _choices(piece: str, written: str, sets: Sets) -> tuple[tuple[Word, ...], ...]:
    """Return the rows of words a piece of a term stands for; none where it has only what joins words."""
    if piece[0] != "{":
        row = _row(piece, written)
        return (row,) if row else ()
    name = piece[1:-1].strip()
    if name not in sets:
        near = get_close_matches(name, sets, n=1)
        remedy = f"did you mean {{{near[0]}}}?" if near else "give it its words under [words]"
        raise ValueError(f"there is no set of words of that name (“{written}”); {remedy}")
    return read_set(tuple(sets[name]))


def _row(text: str, written: str) -> tuple[Word, ...]:
    """Return the words of a plain piece of a term; a full stop at its end is only a text's punctuation."""
    folded = fold(text)
    if folded.strip("* ") and _STRAY_STAR.search(folded):
        raise ValueError(
            f"a * stands elsewhere than at the end of a word (“{written}”); move it there, or write a /regex/"
        )
    row: list[Word] = []
    for word in words(folded):
        if word != "*":
            row.append(Word(word))
        elif row:
            row[-1] = Word(row[-1].text, prefix=True)
    while len(row) > 1 and row[-1].text in STOPS:
        row.pop()
    return tuple(row)


def _pattern(written: str) -> Pattern:
    if len(written) < len("/x/") or not written.endswith("/"):
        raise ValueError(f"a regular expression is not closed (“{written}”); end it with a / and nothing after")
    try:
        compiled = compile_pattern(written[1:-1])
    except ValueError as error:
        raise ValueError(f"a regular expression {str(error).replace(';', f' (“{written}”);', 1)}") from error
    lower = re.compile(compiled.pattern) if _ALL_LOWER.fullmatch(compiled.pattern) else None
    return Pattern(written, compiled, factors(compiled.pattern), lower)
