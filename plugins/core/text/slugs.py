"""Names made of words: for a file, an address, an id.

Pelican's rule, so that a name is the same whoever makes it: Unidecode spells other scripts; what becomes of signs is
said in `SLUG_REGEX_SUBSTITUTIONS`.
"""

import re
import unicodedata
from collections.abc import Container, Mapping
from typing import Any

from unidecode import unidecode

_LONG = 60
_PLAIN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
"""A name that is as it should be, as most are: the rules change nothing of it."""
_SIGNS = ((r"[^\w\s-]", ""), (r"(?u)\A\s*", ""), (r"(?u)\s*\Z", ""), (r"[-\s]+", "-"))
"""Pelican's own `SLUG_REGEX_SUBSTITUTIONS`, for a site whose settings have none."""


def slug(words: str, most: int = _LONG) -> str:
    """Return a name in small letters, digits and single hyphens, cut at a word; "" where no letter has a sound.

    As Pelican's name for the same words, but that dots, slashes and underscores part words: hosts become names too.
    """
    name = re.sub(r"[^a-z0-9]+", "-", in_address(re.sub(r"[._/]", " ", words), {})).strip("-")
    if len(name) <= most:
        return name
    return name[: most + 1].rpartition("-")[0] or name[:most]


def in_address(words: str, settings: Mapping[str, Any], kind: str = "SLUG") -> str:
    """Return words as Pelican writes them in an address; "" where no letter or digit is left of them.

    `kind` is SLUG for a text, TAG, CATEGORY or AUTHOR, which may have substitutions of their own. Pelican's own
    function, `pelican.utils.slugify`, is not to be had without the whole of Pelican, which takes a second to load.
    """
    rules = settings.get(f"{kind}_REGEX_SUBSTITUTIONS", settings.get("SLUG_REGEX_SUBSTITUTIONS"))
    if rules is None and _PLAIN.fullmatch(words):
        return words
    text = unicodedata.normalize("NFKC", words)
    if not settings.get("SLUGIFY_USE_UNICODE"):
        # Half a surrogate pair is a byte of a file's name that is no text; unidecode warns of it, and leaves it out.
        text = unidecode(text.encode("utf-8", "ignore").decode())
    if rules is None:
        rules = _SIGNS
    for pattern, instead in rules:
        text = re.sub(pattern, instead, text, flags=re.IGNORECASE)
    if not settings.get("SLUGIFY_PRESERVE_CASE"):
        text = text.lower()
    return text.strip()


def free(name: str, taken: Container[str]) -> str:
    """Return a name that is not taken: itself, or itself with a number, from 2 on."""
    one, number = name, 1
    while one in taken:
        number += 1
        one = f"{name}-{number}"
    return one
