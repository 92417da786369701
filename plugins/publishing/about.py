"""What a fight is about, as its people say it, and the topics a new site begins with.

The topics are those of `topics.toml` beside this module: four that fit any strike, those the answer names, and one of
its own for each answer that is none of them.
"""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from plugins.core.config.fields import quoted
from plugins.core.text import slugs

ANY_STRIKE = ("strike", "talks", "pay", "help")
"""The topics that every new site has."""

_ALSO: Mapping[str, tuple[str, ...]] = {
    "strike": ("strikes", "the strike", "pickets", "walkouts"),
    "talks": ("contract", "a contract", "contract talks", "bargaining", "negotiations", "votes"),
    "pay": ("wages", "money", "salaries", "wage", "pay rise", "better pay", "fair pay"),
    "help": ("relief", "hardship", "solidarity", "funds", "strike fund"),
    "hours": ("working hours", "working time", "shifts", "rotas", "rosters", "overtime", "time off"),
    "safety": ("health and safety", "health & safety", "health", "safe work", "safety at work"),
    "staffing": ("workload", "workloads", "staff", "safe staffing", "class sizes", "understaffing"),
    "jobs": ("job cuts", "layoffs", "redundancies", "closures", "job security", "job losses"),
    "outsourcing": ("privatisation", "privatization", "subcontracting", "insourcing"),
    "contracts": ("insecure work", "zero hours", "zero-hours", "permanent contracts", "casual work", "temporary work"),
    "recognition": ("union recognition", "a union", "organising", "organizing", "union rights", "union busting"),
    "pensions": ("pension", "benefits", "health insurance", "retirement", "sick leave"),
    "equality": ("equal pay", "discrimination", "racism", "sexism", "the pay gap", "pay gap"),
    "ai": ("a.i", "artificial intelligence", "automation", "robots", "algorithms", "surveillance"),
}
"""What else people call a topic; its id and its title are known too."""

_LONGEST_ANSWER = 5  # words: nothing longer stands in a headline as it was asked for
_TABLE = re.compile(r"(?m)^(?=\[)")
_AND = re.compile(r"\band\b|&|\+", re.IGNORECASE)


def read_about(answer: str, text: str) -> tuple[str, ...]:
    """Return what an answer such as "pay, safety and the night bus" names: ids of the topics in `text`, else words.

    Each is named once, in the answer's order. Raises ValueError where a part of it is nothing a topic could look for.
    """
    known = _known(text)
    found: dict[str, None] = {}
    for part in filter(None, map(_plain, re.split(r"[,;\n]", answer))):
        for piece in _pieces(part, known):
            found[known.get(_folded(piece)) or _own_words(piece)] = None
    return tuple(found)


def _pieces(part: str, known: Mapping[str, str]) -> list[str]:
    """Return the two things of "pay and the night bus"; "bread and roses", where neither is a topic, are one."""
    pieces = list(filter(None, map(_plain, _AND.split(part))))
    if _folded(part) not in known and any(_folded(piece) in known for piece in pieces):
        return pieces
    return [part]


def topics(head: str, text: str, about: Iterable[str], sides: Iterable[str]) -> str:
    """Return a topics.toml: `head`, the words and topics of `text` that `about` wants, and its own words as topics.

    `sides` are the names of those who strike and of those they strike against; their names tell of the fight too.
    """
    tables = {_name(table): table for table in _TABLE.split(text)[1:]}
    taken = {name.removeprefix("topic.") for name in tables}
    shipped, own = [], []
    for wanted in dict.fromkeys((*ANY_STRIKE, *about)):
        if table := tables.get(f"topic.{wanted}"):
            shipped.append(table)
        else:
            name = slugs.free(slugs.slug(wanted) or "demand", taken)
            taken.add(name)
            own.append(_own_topic(name, wanted))
    parts = (_with_names(tables["words"], sides), *shipped, *own)
    return f"{head}\n" + "\n\n".join(map(str.strip, parts)) + "\n"


def _own_words(words: str) -> str:
    """Return words a topic can look for. Raises ValueError where they are none."""
    if not any(map(str.isalnum, words)):
        raise ValueError(f"has a part without a letter (found {words!r})")
    without_marks = "".join(letter for letter in words if not _is_mark(letter))
    if re.search(r"[^\w\s'’.&-]|\.\.", without_marks):
        raise ValueError(f"has a sign that is no part of a word (found {words!r})")
    if len(words.split()) > _LONGEST_ANSWER:
        raise ValueError(f"has a part of more than {_LONGEST_ANSWER} words (found {words!r})")
    return words


def _own_topic(name: str, words: str) -> str:
    return (
        f"[topic.{name}]\n"
        f"title = {quoted(words[:1].upper() + words[1:])}\n"
        'all = ["{work}"]\n'
        "# Your own words: add others that headlines use for the same.\n"
        f"any = [{quoted(words)}]"
    )


def _with_names(table: str, sides: Iterable[str]) -> str:
    """Return the table of words with the two sides' names, and what they are called for short, among them."""
    names = dict.fromkeys(chain.from_iterable(map(_names, sides)))
    if not names:
        return table
    line = f"    {', '.join(map(quoted, names))},  # the two sides of this strike\n"
    return table.replace("work = [\n", f"work = [\n{line}", 1)


def _names(side: str) -> Iterator[str]:
    """Return a side's names: what stands before brackets and in them, without signs that mean something in a term."""
    for part in re.split(r"[()\[\]/]", side):
        plain = "".join(map(_of_a_name, part))
        name = " ".join(re.sub(r"\.{2,}", " ", plain).split())
        if any(map(str.isalnum, name)):
            yield name


def _of_a_name(letter: str) -> str:
    """Return a letter as it stands in a name: a sign that no name has is a blank."""
    return letter if letter.isalnum() or letter in "'’.&-" or _is_mark(letter) else " "


def _is_mark(letter: str) -> bool:
    """Say whether it is a mark on the letter before it, as in many scripts that have no other vowels."""
    return unicodedata.category(letter).startswith("M")


def _known(text: str) -> dict[str, str]:
    """Return topic ids by all that people call them."""
    rows: Mapping[str, Mapping[str, Any]] = tomllib.loads(text)["topic"]
    known = {}
    for name, row in rows.items():
        for called in (name, str(row["title"]), *_ALSO.get(name, ())):
            known[_folded(called)] = name
    return known


def _name(table: str) -> str:
    return table.partition("]")[0].removeprefix("[")


def _plain(words: str) -> str:
    return " ".join(words.split()).strip(' .!?"“”')


def _folded(words: str) -> str:
    return words.casefold().removeprefix("the ").replace("’", "'")
