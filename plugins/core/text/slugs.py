"""Names made of words: for a file, an address, an id. Pure.

Unidecode has the words of other scripts; the rules for signs are those of Pelican's `SLUG_REGEX_SUBSTITUTIONS`.
"""

import re
from collections.abc import Container
from itertools import count

from unidecode import unidecode

_LONG = 60


def slug(words: str) -> str:
    """Return a name in small letters, digits and single hyphens, cut at a word; "" where no letter has a sound."""
    spoken = unidecode(re.sub(r"[^\w\s-]", "", re.sub(r"[._/]", " ", words)))
    plain = re.sub(r"[^a-z0-9]+", "-", re.sub(r"[^\w\s-]", "", spoken).lower()).strip("-")
    return plain if len(plain) <= _LONG else plain[: _LONG + 1].rpartition("-")[0] or plain[:_LONG]


def free(name: str, taken: Container[str]) -> str:
    """Return a name that is not taken: itself, or itself with a number."""
    return next(one for number in count(1) if (one := name if number == 1 else f"{name}-{number}") not in taken)
