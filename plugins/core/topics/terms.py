"""Terms as an editor writes them: parsed into phrases that can be looked for, or refused with what to write instead.

A term is a word, a phrase (it has a space), the beginning of words (it ends with `*`), or words near each other (`...`
between them); any word of a term may be one of a named set (`{name}`).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import lru_cache

from plugins.core.topics.folding import STOPS, fold, words
from plugins.core.topics.phrases import Phrase, PhrasePart, numbered
from plugins.core.topics.term_index import Choice, Vocabulary, Word

Sets = Mapping[str, Sequence[str]]
"""Named sets: the words and phrases of each, as they are written, by its name."""

_PIECE = re.compile(r"(\{[^{}]*\}|\.{3,})")
_BRACKETS = frozenset("{}")
_BRACE_IN_WORD = re.compile(r"\w\{|\}\w")
_STRAY_STAR = re.compile(r"\*(?=\w)|(?<!\S)\*")


def read_term(written: str, vocabulary: Vocabulary, sets: Sets | None = None) -> Phrase:
    """Return a term as a phrase that can be looked for in texts whose words are looked up in the same vocabulary.

    Raises ValueError, worded *what is wrong (what was found); what to do*.
    """
    bare = written.strip()
    if bare.startswith("/"):
        raise ValueError(
            f"a regular expression is no term (“{written}”); write a word, a “phrase”, the beginning of words as in "
            "strik*, words near each other as in union ... vote, or name a {set} of words"
        )
    parts = tuple(_parts(_pieces(bare), written, sets or {}))
    if not parts:
        raise ValueError(f"a term has nothing to look for (“{written}”); write a word, or take it out")
    return numbered(bare, parts, vocabulary)


@lru_cache(maxsize=1_000)
def read_set(written: tuple[str, ...]) -> tuple[Choice, ...]:
    """Return a named set's words and phrases; raises ValueError as `read_term` does.

    Cached, as many terms name the same set.
    """
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
    """Cut a term into its pieces: each is a set's name in braces, a `...`, or the words between these."""
    bare = written.replace("…", "...")
    if len(bare) > 1 and bare[0] in '"“' and bare[-1] in '"”':
        bare = bare[1:-1]
    if _BRACE_IN_WORD.search(bare) or not _BRACKETS.isdisjoint(_PIECE.sub("", bare)):
        raise ValueError(f"a brace stands within a word, or alone (“{written}”); write a set's name as {{name}}")
    return list(filter(None, map(str.strip, _PIECE.split(bare))))


def _parts(pieces: list[str], written: str, sets: Sets) -> Iterator[PhrasePart]:
    """Yield the parts of a phrase; one is `apart` where a `...` stands before it. Raises ValueError."""
    apart, beside = False, False
    for piece in pieces:
        if piece.startswith("..."):
            if not beside:
                raise ValueError(f"a ... has no word before it (“{written}”); write one there, or take it out")
            apart, beside = True, False
        elif choices := _choices(piece, written, sets):
            yield PhrasePart(choices, apart)
            apart, beside = False, True
    if apart:
        raise ValueError(f"a ... has no word behind it (“{written}”); write one there, or take it out")


def _choices(piece: str, written: str, sets: Sets) -> tuple[tuple[Word, ...], ...]:
    """Return the rows of words a piece of a term stands for; none where it has only what joins words."""
    if piece[0] != "{":
        row = _row(piece, written)
        if not row:
            return ()
        return (row,)
    name = piece[1:-1].strip()
    if name not in sets:
        remedy = "give it its words under [words]"
        if near := get_close_matches(name, sets, n=1):
            remedy = f"did you mean {{{near[0]}}}?"
        raise ValueError(f"there is no set of words of that name (“{written}”); {remedy}")
    return read_set(tuple(sets[name]))


def _row(text: str, written: str) -> tuple[Word, ...]:
    """Return the words of a plain piece of a term; a full stop at its end is only a text's punctuation."""
    folded = fold(text)
    if folded.strip("* ") and _STRAY_STAR.search(folded):
        raise ValueError(
            f"a * stands elsewhere than at the end of a word (“{written}”); move it there, or leave it out"
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
