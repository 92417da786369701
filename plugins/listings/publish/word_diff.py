"""Two versions of a text, word by word: what was removed, what was added, and how much stayed the same. Pure.

RapidFuzz finds the longest common sequence, first of lines, then of words within the lines that differ. It is exact and
its time and memory are known beforehand (one bit for each pair), so that texts too long for it are told by their
lengths: no clock decides, and the same texts always give the same diff. Source: https://rapidfuzz.github.io/RapidFuzz/
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

MOST_PAIRS = 100_000_000
"""Pairs of words, or of lines, that are compared: 10,000 by 10,000 words take 0.1 s and 12 MB."""
ALIKE = 0.3
"""The share of words in common below which a passage was not reworded, but replaced."""
_KEPT_BETWEEN = 2
"""Words that stayed between two changes and are read with them: single words in common are mostly chance."""
_AROUND = 1
"""Unchanged lines that are shown before and after a change."""

# Signs of scripts that part no words by spaces are words of their own.
_UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff"
_LETTER = rf"[^\W{_UNSPACED}]"
_WORD = re.compile(rf"[$€£¥]?{_LETTER}(?:[^\s{_UNSPACED}]*{_LETTER})?|\S")
"""A word with the signs within it, as in 401(k) or $90,000; a sign before or behind it is a word of its own."""
_LINE_END = "\n"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that follow each other and have one fate; `spaced` is true where a space follows them."""

    kind: Literal["same", "removed", "added"]
    text: str
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class DiffPart:
    """A line of the comparison, or, where `skipped` is not 0, so many lines that did not change and are left out."""

    runs: tuple[Run, ...] = ()
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class _DiffToken:
    """A word, or the end of a line, and whether a space follows it."""

    word: str
    spaced: bool = True

    @property
    def spelt(self) -> str:
        """Return the word with what follows it; a line's end is a space."""
        if self.word == _LINE_END:
            return " "
        return self.word + " " * self.spaced


@dataclass(frozen=True, slots=True)
class _Step:
    """What became of the old words from `a` to `b`: they stayed, or the new ones from `c` to `d` are in their place."""

    stayed: bool
    a: int
    b: int
    c: int
    d: int

    @property
    def size(self) -> int:
        return self.b - self.a + self.d - self.c


def is_reworded(before: str, after: str) -> bool:
    """Tell whether two texts differ in more than white space."""
    return before.split() != after.split()


def compare(before: str, after: str) -> tuple[DiffPart, ...]:
    """Return the lines of the later text with what was removed from and added to the earlier one."""
    old, new = _lines(before), _lines(after)
    return tuple(_shortened(list(_compared(old, new))))


def _lines(text: str) -> list[str]:
    lines: list[str] = []
    for line in text.splitlines():
        if words := line.split():
            lines.append(" ".join(words))
    return lines


def _compared(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Run, ...]]:
    for step in _steps(old, new):
        if step.stayed:
            yield from _whole_lines("same", old[step.a : step.b])
        elif step.b - step.a == step.d - step.c:  # as many lines as before: each was reworded by itself
            for number in range(step.b - step.a):
                yield from _reworded(old[step.a + number : step.a + number + 1], [new[step.c + number]])
        else:
            yield from _reworded(old[step.a : step.b], new[step.c : step.d])


def _whole_lines(kind: Literal["same", "removed", "added"], lines: Iterable[str]) -> Iterator[tuple[Run, ...]]:
    for line in lines:
        yield (Run(kind, line),)


def _steps(old: Sequence[str], new: Sequence[str]) -> list[_Step]:
    """Return what became of words or lines, in order; what went and what came beside it is one step."""
    from rapidfuzz.distance import LCSseq  # noqa: PLC0415 - takes 0.1 s to load, and a check compares nothing

    if len(old) * len(new) > MOST_PAIRS:
        return [_Step(False, 0, len(old), 0, len(new))]
    steps = (
        _Step(step.tag == "equal", step.src_start, step.src_end, step.dest_start, step.dest_end)
        for step in LCSseq.opcodes(old, new)
    )
    return _merged(steps)


def _merged(steps: Iterable[_Step]) -> list[_Step]:
    """Return the steps with changes that follow each other as one."""
    found: list[_Step] = []
    for step in steps:
        if found and not step.stayed and not found[-1].stayed:
            before = found.pop()
            found.append(_Step(False, before.a, step.b, before.c, step.d))
        else:
            found.append(step)
    return found


def _reworded(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Run, ...]]:
    """Yield the lines of a passage that differs: word by word where it was reworded, else what went and what came."""
    before, after = _tokens(old), _tokens(new)
    steps = _steps([one.word for one in before], [one.word for one in after])
    kept = sum(step.b - step.a for step in steps if step.stayed)
    if not old or not new or 2 * kept < ALIKE * (len(before) + len(after)):
        yield from _whole_lines("removed", old)
        yield from _whole_lines("added", new)
        return
    runs: list[Run] = []
    for step in _joined(steps):
        if step.stayed:
            yield from _broken(runs, "same", _both(before[step.a : step.b], after[step.c : step.d]))
        else:
            came = after[step.c : step.d]
            if removed := _spelt(before[step.a : step.b]):
                runs.append(Run("removed", removed, before[step.b - 1].spaced or bool(came)))
            yield from _broken(runs, "added", came)
    if runs:
        yield tuple(runs)


def _tokens(lines: Sequence[str]) -> list[_DiffToken]:
    tokens: list[_DiffToken] = []
    for line in lines:
        if tokens:
            tokens.append(_DiffToken(_LINE_END))
        for found in _WORD.finditer(line):
            tokens.append(_DiffToken(found[0], line[found.end() : found.end() + 1] == " "))
    return tokens


def _joined(steps: Sequence[_Step]) -> list[_Step]:
    """Return the steps with a word or two that stayed between larger changes counted to these."""
    found: list[_Step] = []
    for number, step in enumerate(steps):
        is_between = step.stayed and 0 < number < len(steps) - 1
        is_short = is_between and step.b - step.a <= _KEPT_BETWEEN
        if is_short and steps[number - 1].size + steps[number + 1].size > step.size:
            found.append(replace(step, stayed=False))
        else:
            found.append(step)
    return _merged(found)


def _broken(runs: list[Run], kind: Literal["same", "added"], tokens: Sequence[_DiffToken]) -> Iterator[tuple[Run, ...]]:
    """Add words to the line of `runs`, and yield each line that ends among them."""
    line: list[_DiffToken] = []
    for token in [*tokens, None]:  # None: the words end, and the line they are on may go on with other ones
        if token is not None and token.word != _LINE_END:
            line.append(token)
            continue
        if line:
            runs.append(Run(kind, _spelt(line), line[-1].spaced))
        line = []
        if token is not None and runs:
            yield tuple(runs)
            runs.clear()


def _both(old: Sequence[_DiffToken], new: Sequence[_DiffToken]) -> list[_DiffToken]:
    """Return words that stayed, each followed by a space where it was in one of the texts."""
    return [_DiffToken(one.word, one.spaced or other.spaced) for one, other in zip(old, new, strict=True)]


def _spelt(tokens: Sequence[_DiffToken]) -> str:
    return "".join(token.spelt for token in tokens).strip()


def _shortened(lines: Sequence[tuple[Run, ...]]) -> Iterator[DiffPart]:
    """Yield the changed lines and those around them; the others are counted."""
    shown: set[int] = set()
    for number, runs in enumerate(lines):
        if any(run.kind != "same" for run in runs):
            shown.update(range(number - _AROUND, number + _AROUND + 1))
    skipped = 0
    for number, runs in enumerate(lines):
        if number not in shown:
            skipped += 1
            continue
        if skipped:
            yield DiffPart(skipped=skipped)
            skipped = 0
        yield DiffPart(runs)
    if skipped:
        yield DiffPart(skipped=skipped)
