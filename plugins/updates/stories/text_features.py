"""What an update's headline and excerpt say, as `similarity` compares it: terms, names, figures, and the kind of text.

Everything is read from the text alone; nothing is counted or compared here, and no time is known.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import filterfalse, pairwise

from plugins.core.text.plain_text import plain
from plugins.updates.stories.frames import Frame, read_frame
from plugins.updates.stories.stemming import STEPS, WEEKDAYS, run_together
from plugins.updates.stories.stemming import terms as read_terms
from plugins.updates.stories.thresholds import SUMMARY_WORDS

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
# What a headline says it stands above, where that is no report: a comment, an explainer, a list of events.
_LISTS = 2  # semicolons, in a headline of several events
_LABELS = (
    # What somebody thinks, or looks like, or is asked.
    "opinion|editorial|leader|comment|commentary|column|op-?ed|essay|letters?|view|viewpoint|interview|profile|sketch",
    "review|portrait|podcast|quiz|cartoon|diary|obituar(?:y|ies)",
    # What is reported once more, or explained.
    "analysis|explainer|explained|fact[- ]?check|fact ?box|q ?(?:&|and) ?a|faq|timeline|guide|background|feature",
    "long read|in depth|in (?:brief|pictures|photos|numbers|charts)|recap|newsletter|what we know",
    "(?:(?:morning|midday|evening|daily|weekly|weekend) )?(?:briefing|headlines|round-?up|digest)|the week",
    "live(?:[- ]?blog| updates?| coverage)?|as it happened",
    # The same, in neighbours' words.
    "opinión|editoriales|tribuna|columna|análisis|entrevista|perfil|cronología|claves|en directo",
    "opinião|coluna|análise|cronologia|ao vivo|opinione|commento|analisi|intervista|in diretta",
    "éditorial|édito|tribune|chronique|analyse|entretien|décryptage|en direct",
    "meinung|kommentar|leitartikel|kolumne|gastbeitrag|hintergrund|porträt|überblick|im überblick|liveticker",
)
_LABEL = f"(?:{'|'.join(_LABELS)})"
# Headlines are folded before these are looked for: that takes a third of the time of expressions that fold.
_LABEL_BEFORE = re.compile(rf"[\[(]?{_LABEL}[\])]?\s?[:|–—]|{_LABEL}\s-\s|\[{_LABEL}\]")
_LABEL_BEHIND = re.compile(rf"\s[|–—-]\s{_LABEL}(?:\s[|–—-]\s|$)")
_OF_MANY = re.compile(r"\b(?:round-?up|live[- ]?blog|live updates)\b")
_EXPLAINS = re.compile(
    r"^(?:who|what|why|how|where|when|which)(?:[’']s)?\b|\bhere(?:[’']s| is) (?:how|what|when|where|why)\b"
    r"|\b(?:explained|what (?:we know|to (?:know|do|expect)|it means|happens next|(?:comes )?next)|things to know"
    r"|your (?:rights|questions)|everything (?:we|you)|who[’']s who|key (?:dates|moments|facts))\b"
)
# What is expected, and may not happen: in reports of a matter's next step.
_EXPECTS = re.compile(
    r"\b(?:expect(?:s|ed)?|set (?:to|for|the stage)|poised|brac(?:e|es|ing)|loom(?:s|ing)?|likely|if|could|may|might"
    r"|near(?:s|ing)?|prepar(?:e|es|ing)|ready|plan(?:s|ning)?|threat(?:s|en|ens|ened)?|hope(?:s|ful)?|recommend(?:s|ed)?"
    r"|consider(?:s|ing)?|weigh(?:s|ing)?|brink|verge|deadline|fear(?:s|ing)?|potential(?:ly)?|possible|soon"
    r"|predict(?:s|ed)?)\b"
)
# Names are capitalised where no sentence begins. In German all nouns are found so, in scripts without capitals nothing.
_LONG = 4  # letters: shorter words are small even in a headline with capitals throughout
_CAPITALS_THROUGHOUT = 0.7  # share of a headline's long words
_ACRONYM = 5  # letters: a longer word in capitals only shouts
_BEGINS_SENTENCE = frozenset(".!?:…|–—-\"“”‘'(")

_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TextFeatures:
    """What tells an update's text from others, most of it as sets of its terms.

    Of the headline: `title` are all its terms, `title_steps` the actions it names; `alone`, `explains` and `expects`
    are what the functions of these names say of it; `frame` is what it tells of a labour dispute, where it is a report
    and there is no excerpt. Of headline and excerpt together: `steps` (actions), `figures`, `day_counts` ("day 12")
    and `names` (of persons, firms, places). `bare`: there is no excerpt.
    """

    title: frozenset[str]
    title_steps: frozenset[str]
    steps: frozenset[str]
    figures: frozenset[str]
    day_counts: frozenset[str]
    names: frozenset[str]
    alone: bool
    explains: bool
    expects: bool
    bare: bool
    frame: Frame | None


def read_text(
    title: str, summary: str, language: str = "", outlet: frozenset[str] = frozenset()
) -> tuple[dict[str, float], TextFeatures]:
    """Read a headline (text) and an excerpt (HTML); return the weight of each term before its rarity, and the features.

    `outlet` are names of the outlet, as `run_together` makes them; the end of a headline that is one of them, or that
    stands behind a bar, is not read.
    """
    # A text without a language is read as English: its suffix rules do other languages no harm.
    english = not language or language.casefold().startswith("en")
    own_title = headline(title[:_LONGEST_TITLE], outlet)
    lede = _DATELINE.sub("", _plain(summary[:_LONGEST_SUMMARY])).split()[:SUMMARY_WORDS]
    title_terms, lede_terms = read_terms(own_title, english), read_terms(" ".join(lede), english)
    in_title = frozenset(title_terms)
    terms = dict.fromkeys([*title_terms, *lede_terms], 1.0)
    for term in in_title.intersection(lede_terms):
        terms[term] = 2.0
    figures, day_counts = set(), set()
    for term in filterfalse(str.isalpha, terms):  # few are left
        if term[0].isdigit():
            figures.add(term)
        elif " " in term:  # "day 12", the only term of two words
            day_counts.add(term)
    for day in WEEKDAYS.intersection(terms):
        del terms[day]
    alone, explaining = stands_alone(title[:_LONGEST_TITLE]), explains(own_title)
    frame = None
    if not (lede or alone or explaining):
        frame = read_frame(own_title)
    return terms, TextFeatures(
        title=in_title,
        title_steps=(in_title & STEPS) or _NONE,
        steps=STEPS.intersection(terms) or _NONE,
        figures=frozenset(figures) or _NONE,
        day_counts=frozenset(day_counts) or _NONE,
        names=(names(own_title, lede, english) & terms.keys()) or _NONE,
        alone=alone,
        explains=explaining,
        expects=expects(own_title),
        bare=not lede,
        frame=frame,
    )


def has_tail(title: str) -> bool:
    """Say whether something stands behind a headline that may be its outlet's name."""
    return bool(_TAIL.search(title))


def headline(title: str, outlet: frozenset[str]) -> str:
    """Return a headline without the outlet's name behind it: its own, or as in a feed that gathers many's."""
    found = _BEHIND_HEADLINE.match(title)
    if not found:
        return title
    if found["mark"] == "|" or _is_ours(found["name"], outlet) or _may_be_outlet(found["name"]):
        return found["headline"]
    return title


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


def _plain(summary: str) -> str:
    text = plain(summary)
    # A whole article is read no further than its beginning, and has no trailer there.
    if len(text) > _LONGEST_EXCERPT:
        return text
    low = text.casefold()
    if any(sign in low for sign in _SIGNS_OF_TRAILER):
        return _TRAILER.sub("", text.strip())
    return text


def stands_alone(headline: str) -> bool:
    """Say whether a headline is of no report of one event, by its own label or for what it lists."""
    if headline.count(";") >= _LISTS:
        return True
    folded = headline.casefold()
    return bool(_LABEL_BEFORE.match(folded) or _LABEL_BEHIND.search(folded) or _OF_MANY.search(folded))


def explains(headline: str) -> bool:
    """Say whether a headline promises to explain or to advise; most of these are no reports, though some are."""
    return bool(_EXPLAINS.search(headline.casefold()))


def expects(headline: str) -> bool:
    """Say whether a headline is of what may come, by its words."""
    return bool(_EXPECTS.search(headline.casefold()))


def names(headline: str, lede: Sequence[str] = (), english: bool = True) -> frozenset[str]:
    """Return the terms of names in a headline and in an excerpt's words; none of a headline all in capitals."""
    words = headline.split()
    long = capitals = 0
    for word in words:
        if len(word) >= _LONG:
            long += 1
            capitals += word[0].isupper()
    found: list[str] = []
    if capitals < _CAPITALS_THROUGHOUT * long:
        found += _written_as_names(words)
    found += _written_as_names(lede)
    if not found:
        return _NONE
    return frozenset(read_terms(" ".join(found), english)) - STEPS - WEEKDAYS


def _written_as_names(words: Sequence[str]) -> Iterator[str]:
    for before, word in pairwise(words):
        if word[0].isupper() and before[-1] not in _BEGINS_SENTENCE and not (word.isupper() and len(word) > _ACRONYM):
            yield word
