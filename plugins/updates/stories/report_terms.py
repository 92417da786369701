"""Turn an update's headline and excerpt into the terms that likeness is judged by.

Works on text alone: it counts nothing, compares nothing, and knows no time.
"""

import re
from dataclasses import dataclass

from plugins.core.text.plain_text import plain
from plugins.updates.stories.genres import explains, stands_alone
from plugins.updates.stories.proper_names import names as read_names
from plugins.updates.stories.stems import STEPS, WEEKDAYS
from plugins.updates.stories.stems import terms as read_terms
from plugins.updates.stories.tokens import run_together

SUMMARY_WORDS = 30
"""Words of the excerpt that are read: later ones are background, the same in every step of a dispute."""
_SUMMARY_WEIGHT = 1.0
_LONGEST_NAME = 4  # words, of an outlet
# Characters looked at, so that a whole article in a feed costs no more than an excerpt.
_LONGEST_TITLE = 400
_LONGEST_SUMMARY = 4000
_LONGEST_EXCERPT = 1000

# "PORT SALLOW (WSO) — ", "TARN BRIDGE, May 2 (WSO) - ": place, date and agency before a wire's first sentence.
_DATELINE = re.compile(r"^(?:(?:[A-ZÀ-Þ][\w.'’-]*|\d{1,2}),?\s+){1,6}\([A-Z][\w.]{1,20}\)\s*[-–—]+\s*")
# What blog software adds below an excerpt.
_TRAILER = re.compile(
    r"(?:\bThe post\b.{0,300}\bappeared first on\b|\b(?:Continue reading|Read more)\b).*|\[?(?:…|\.\.\.)\]?$",
    re.IGNORECASE | re.DOTALL,
)
_SIGNS_OF_TRAILER = ("appeared first on", "continue reading", "read more", "…", "...")
_TAIL = re.compile(r"\s[|\-–—·•]\s")
_BEHIND_HEADLINE = re.compile(r"^(?P<headline>.*\S)\s+(?P<mark>[|\-–—·•])\s+(?P<name>[^|–—]{2,50})$")


_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wording:
    """What tells an update's text from others, as sets of its terms.

    `title` are the headline's terms, `shares` its percentages, `title_steps` its kinds of action; `alone` and
    `explains` are as in `genres`. The others are of headline and excerpt together.
    """

    title: frozenset[str]
    title_steps: frozenset[str]
    steps: frozenset[str]
    figures: frozenset[str]
    shares: frozenset[str]
    day_counts: frozenset[str]
    weekdays: frozenset[str]
    names: frozenset[str]
    alone: bool
    explains: bool


def wording(
    title: str, summary: str, language: str = "", outlet: frozenset[str] = frozenset()
) -> tuple[dict[str, float], Wording]:
    """Read a headline (text) and an excerpt (HTML); return its terms with how much it says them, and their kinds.

    `outlet` are names of the outlet, run together as `run_together` does; a headline's tail that is one of them,
    or that stands behind a bar, is not read.
    """
    # A language that is not told is read as English: its suffix rules do other languages no harm.
    english = not language or language.casefold().startswith("en")
    own_title = headline(title[:_LONGEST_TITLE], outlet)
    lede = _DATELINE.sub("", _text(summary[:_LONGEST_SUMMARY])).split()[:SUMMARY_WORDS]
    said_first, said_then = read_terms(own_title, english), read_terms(" ".join(lede), english)
    terms = dict.fromkeys(said_first, 1.0)
    for term in dict.fromkeys(said_then):
        terms[term] = terms.get(term, 0.0) + _SUMMARY_WEIGHT
    title_terms = frozenset(said_first)
    counts = [term for term in terms if term[0].isdigit() or " " in term]
    weekdays = WEEKDAYS & terms.keys()
    for day in weekdays:
        del terms[day]
    return terms, Wording(
        title=title_terms,
        title_steps=(title_terms & STEPS) or _NONE,
        steps=(STEPS & terms.keys()) or _NONE,
        figures=frozenset(term for term in counts if term[0].isdigit()) if counts else _NONE,
        shares=frozenset(term for term in counts if term[-1] == "%" and term in title_terms) if counts else _NONE,
        day_counts=frozenset(term for term in counts if " " in term) if counts else _NONE,
        weekdays=weekdays or _NONE,
        names=(read_names(own_title, lede, english) & terms.keys()) or _NONE,
        alone=stands_alone(title[:_LONGEST_TITLE]),
        explains=explains(own_title),
    )


def has_tail(title: str) -> bool:
    """Say whether something stands behind a headline that may be its outlet's name."""
    return bool(_TAIL.search(title))


def headline(title: str, outlet: frozenset[str]) -> str:
    """Return a headline without the outlet's name behind it: its own, or as in a feed that gathers many's."""
    found = _BEHIND_HEADLINE.match(title)
    if not found:
        return title
    named = found["mark"] == "|" or _is_ours(found["name"], outlet) or _may_be_outlet(found["name"])
    return found["headline"] if named else title


def other_outlet(title: str, outlet: frozenset[str]) -> str:
    """Return what may be another outlet's name behind a headline, run together; or ""."""
    found = _BEHIND_HEADLINE.match(title)
    if not found or _is_ours(found["name"], outlet) or not _may_be_outlet(found["name"]):
        return ""
    return run_together(found["name"])


def _may_be_outlet(name: str) -> bool:
    words = name.split()
    return len(words) <= _LONGEST_NAME and all(word[0].isupper() for word in words)


def _is_ours(name: str, outlet: frozenset[str]) -> bool:
    together = run_together(name)
    return len(together) > 1 and any(together in known or (known and known in together) for known in outlet)


def _text(summary: str) -> str:
    text = plain(summary)
    # A whole article is read no further than its beginning, and has no trailer there.
    if len(text) > _LONGEST_EXCERPT:
        return text
    low = text.casefold()
    return _TRAILER.sub("", text.strip()) if any(sign in low for sign in _SIGNS_OF_TRAILER) else text
