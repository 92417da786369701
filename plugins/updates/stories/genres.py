"""Tell what a headline says it stands above, where that is no report: a comment, an explainer, a list of events.

Works on the headline alone. What outlets put before or behind a headline is much the same everywhere.
"""

import re

_LISTS = 2  # semicolons, in a headline of several events
_LABELS = (
    # What somebody thinks, or looks like, or is asked.
    "opinion|editorial|leader|comment|commentary|column|op-?ed|essay|letters?|view|viewpoint|interview|profile|sketch",
    "review|portrait|podcast|quiz|cartoon|diary|obituar(?:y|ies)",
    # What is told again, or explained.
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
_LABELLED = re.compile(
    rf"^[\[(]?{_LABEL}[\])]?\s?[:|–—]|^{_LABEL}\s-\s|^\[{_LABEL}\]|\s[|–—-]\s{_LABEL}(?:\s[|–—-]\s|$)", re.I
)
_OF_MANY = re.compile(r"\b(?:round-?up|live[- ]?blog|live updates)\b", re.IGNORECASE)
_EXPLAINS = re.compile(
    r"^(?:who|what|why|how|where|when|which)(?:[’']s)?\b"
    r"|\b(?:explained|what (?:we know|to (?:know|do|expect)|it means|happens next|(?:comes )?next)|things to know"
    r"|your (?:rights|questions)|everything (?:we|you)|who[’']s who|key (?:dates|moments|facts))\b",
    re.IGNORECASE,
)


def stands_alone(headline: str) -> bool:
    """Say whether a headline is of no report of one event, by its own label or for what it lists."""
    return headline.count(";") >= _LISTS or bool(_LABELLED.search(headline) or _OF_MANY.search(headline))


def explains(headline: str) -> bool:
    """Say whether a headline promises to explain or to advise; most of these are no reports, though some are."""
    return bool(_EXPLAINS.search(headline))
