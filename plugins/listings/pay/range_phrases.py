"""What may stand between the two ends of a range, and before or after an end that is open: expressions.

Each is matched against a piece of text of bounded length, in small letters, and never against a whole advertisement.
"""

import re


def _any(*expressions: str) -> str:
    return f"(?:{'|'.join(expressions)})"


def _word(*expressions: str) -> str:
    """Return the expression of whole words."""
    return rf"(?:\b{_any(*expressions)}\b)"


_UNIT = _any(
    *("hours?", "hourly", "hrs?", "h", "days?", "daily", "weeks?", "weekly", "wk", "months?", "monthly", "mo", "mth"),
    *("years?", "yearly", "yrs?", "y", "annum", "annual", "annually", r"p\.?\s?a\.?", r"p\.?\s?m\.?", r"p\.?\s?h\.?"),
    *("jahr", "jährlich", "monat", "monatlich", "stunde", "std", "jaar", "maand", "uur", "an", "mois", "heure"),
    *("anno", "mese", "ora", "año", "mes", "hora", "ano", "mês", r"god[zź]\.?", "miesi[aą]c", r"mies\.?", "rok"),
    *("månad", "timme", "måned", "time", "år"),
)
_PER = _word(
    *("per", "an?", "each", "pro", "par", "por", "al", "all", "la", "le", "je", "im", "om", "na", "za", "i", "p")
)
_PERIOD = rf"(?:[/\s(]*{_PER}?[\s/.']*{_UNIT}\b[)\s]*)"
_GROSS = _any(
    *("brutto", "gross", "bruts?", "brutos?", "bruta", "netto", "net", "lordi", "base", "salary", "ote", "eur", "usd"),
    *("minimum", r"min\.?"),
)
_GOING = _any(
    *("go(?:es)?", "going", "run(?:s|ning)?", "extend(?:s|ing)?", "rang(?:es|ing)", "(?:with )?(?:raises|increases)"),
    *("rises", "grows", "increasing", "rising", "progressing"),
)
_TO = _any(
    *("-{1,3}", "_{1,3}", "~", r"\.{2,3}", "…", "→", ">{1,2}", "から", "至", "到"),
    _word(
        *("to", "through", "thru", "until", "till?", "bis(?: zu)?", "à", "a", "ao?", "até", "hasta", "tot", "do"),
        *("ad", "il"),
    ),
    _word("až(?: do)?", "fino a", "jusqu'à", "(?:rising|increasing|progressing|growing|moving|on) to"),
    rf"{_any(',', _word('and'), _word('but'))}?\s*{_any('can ', 'may ', 'will ')}?(?:{_GOING} )?up to\b",
    rf"{_any(',', _word('and'))}?\s*(?:with )?"
    + _word("ends? (?:at|with)", "tops? out at", "caps? at", "(?:to |up to )?a max(?:imum)? of"),
)
_AND = _any("&", _word("and", "et", "und", "y", "e", "ed", "en", "och", "og", "i", "a", "ja"))
_LEAD = _any(
    r"\s*\bas (?:high|much) as\b",
    r"\s*"
    + _word(
        *("about", "approximately", "around", r"approx\.?", r"ca\.?", r"max(?:imum)?\.?", "at (?:the )?(?:most|max)"),
        "an?",
    ),
)
_BEFORE_JOINT = rf"\.?[\s(]*(?:{_GROSS}\b)?{_PERIOD}?\.?(?:{_GROSS}\b)?(?:\s*to start\b)?"

DASH_OR_TO = re.compile(rf"{_BEFORE_JOINT}[\s)+*,]*?{_TO}{_LEAD}?[\s(]*")
"""Between two ends: a dash, to, up to, bis; the first end's period and gross or net may come before it."""
AND = re.compile(rf"{_BEFORE_JOINT}[\s),]*{_AND}{_LEAD}?[\s(]*")
"""Between two ends after between, from or range: and, et, und."""
ASIDE = re.compile(
    rf"{_BEFORE_JOINT}(?:\s*\([^()\d]{{1,45}}\)|,?\s+(?:in|for|at|within)\s[^\d.;:()\n$€£|]{{1,45}}?)"
    rf"\s*,?\s*(?:{_AND}|up to|to|and up to|through)\s+(?:as much as\s+)?"
)
"""Between two ends after between, from or range, the first with its place or level: in our lowest market."""
UP_TO_ASIDE = re.compile(
    rf"{_BEFORE_JOINT}(?:\s*\([^()\d]{{1,45}}\)\s*(?:to|up to|through|-{{1,2}})"
    rf"|,?\s+(?:in|for|at|within)\s[^\d.;:()\n$€£|]{{1,60}}?\s(?:and|to)\s(?:{_GOING}) (?:up )?to)\s*"
)
"""Between two ends with such a place or level, after any word: (trainee) to; for beginners and goes up to."""

_OF_RANGES = _any(
    *("annual", "annually", "yearly", "hourly", "monthly", "per", "hour", "year", "base", "salary", "salaries", "pay"),
    *("compensation", "wage", "rate", "range", "hiring", "of", "the", "is", "end", "point", "and", "for", "amount"),
    *("ctc", "gross", "or"),
)
MAXIMUM = re.compile(
    rf"[\s(]*{_PERIOD}?[\s),;|/.•·*+-]*(?:{_AND}\s+)?(?:{_OF_RANGES}\b[\s:(]*){{0,3}}"
    r"\(?(?:max(?:imum)?|high(?:est)?|top|upper|bis|maximal|maximaal|máximo|massimo|maxi)\b\.?\)?[\s:|=(-]*"
    rf"(?:{_OF_RANGES}\b[\s:|=-]*){{0,4}}[\s:|=(]*"
)
"""Between two ends of which the first was named the minimum: Salary Maximum:."""
_PARTED = r"\.?\)?[\s,;/|-]*(?:\b(?:and|to)\b\s*)?"
NAMED_MINIMUM = re.compile(rf"\s*\(?min(?:imum)?{_PARTED}")
NAMED_MIDDLE = re.compile(r"\s*\(?mid(?:point|-point|dle)?\b")
NAMED_MAXIMUM = re.compile(r"\s*\(?max(?:imum)?\b(?!:)")
"""After the ends of a range, and its middle, that are named after them: $74,800 min, $93,500 mid, $112,200 max."""
MIDDLE = re.compile(rf"{_PERIOD}?[\s|,;/•-]*(?:mid(?:dle|point|-point)?|median|average)\b[\s:|=-]*")
"""Between a minimum and the figure in the middle."""
CELL = re.compile(r"\s*\|\s*(?:\|\s*)*|\t+|\s{2,}|\s*\n\s*")
"""Between two cells of a table that was made into text."""

_SALARY = r"(?:annual |base |hourly |starting )?(?:salary|pay|wage|rate|compensation)(?: (?:is|of))?:?"
_START = r"start(?:ing)? (?:pay|salary|rate|wages?|base|hourly (?:rate|pay|wage)|base salary)"
_UP_TO = _any(
    *("up ?to", "no more than", "as (?:much|high) as", "at most", "bis(?: zu)?", "jusqu'à", "à concurrence de"),
    *(
        "hasta",
        "até",
        "fino a",
        "tot",
        "do",
        "upp till",
        "opptil",
        "op til",
        "maximal",
        r"max(?:imum)?\.?(?: of)?",
        "highest",
    ),
    rf"max(?:imum)?\.? {_SALARY}",
)
_FROM = _any(
    *("from", "start(?:s|ing)? (?:at|from)", "begin(?:s|ning)? (?:at|from)", "at least", "n(?:ot|o) less than", "over"),
    *("more than", "in excess of", "above", "upwards of", "as low as", "lowest", "ab", "mindestens", "minstens"),
    *("[àa] partir de", "à partir du", "dès", "desde", "vanaf", "od", "från", "fra", "a partire da", "da"),
    r"mindest(?:gehalt|entgelt|lohn)(?: (?:von|beträgt))?",
    r"(?:kv-)?(?:minimum|mindestgehalt|mindestentgelt) (?:laut|lt\.?|gemäß|nach) [^\d:;]{1,40}",
    *(r"min(?:imum)?\.?(?: of)?", rf"min(?:imum)?\.? {_SALARY}"),
    rf"{_START}(?: (?:is|of|at|from|for this (?:role|position) is))?",
)
_THEN_THE_SUM = r":?\s*(?:an?|around|approximately|about)?\s*:?\s*\(?$"
BEFORE_HIGHEST = re.compile(rf"(?:^|[\s(:,;|•*-]){_UP_TO}{_THEN_THE_SUM}", re.IGNORECASE)
"""Before a sum that has nothing below it: up to."""
BEFORE_LOWEST = re.compile(rf"(?:^|[\s(:,;|•*-]){_FROM}{_THEN_THE_SUM}", re.IGNORECASE)
"""Before a sum that has nothing above it: from, starting at."""
AFTER_LOWEST = re.compile(
    rf"(?:\s*{_PERIOD}(?<!\s))?\+(?![\w$€£])|\s*{_PERIOD}?\s*"
    + _any(
        _word("and (?:up|above|over|upwards?|higher)", "or (?:more|above|higher)", "minimum", "i więcej", "et plus"),
        *("以上", "이상", r"\by más\b"),
    ),
    re.IGNORECASE,
)
"""After a sum that has nothing above it: +, and up."""
