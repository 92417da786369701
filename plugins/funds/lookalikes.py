"""Say when a host looks like one on the record without being it. It words an alarm, and allows nothing.

Source: Unicode Technical Standard 39, section 4 (confusable letters); only those that pass for Latin ones are listed.
"""

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

_PASSING = str.maketrans(dict(zip("аеорсухіјѕԁһкмтвԛԝοαρνκιτıɡ0135", "aeopcyxijsdhkmtbqwoapvkitigoles", strict=True)))
_NEAR = 0.85


def likeness(host: str, recorded: Iterable[str]) -> str:
    """Return how a host resembles a recorded one, as in "looks like fund.example.org with other letters"; "" if not."""
    plain = _readable(host)
    for one in sorted(recorded):
        if how := _how(plain, one):
            return f"it looks like {one} {how}"
    return ""


def _how(host: str, recorded: str) -> str:
    name, _, ending = host.removeprefix("www.").rpartition(".")
    known, _, known_ending = recorded.removeprefix("www.").rpartition(".")
    if not name.isascii() and _letters(name) == _letters(known):
        return "written with letters of another alphabet"
    if name == known and ending != known_ending:
        return f"under .{ending} instead of .{known_ending}"
    if _letters(name).replace("-", "") == _letters(known).replace("-", ""):
        return "with a hyphen or a letter changed"
    if known in name.split(".") or f"{known}.{known_ending}" in f"{host}.":
        return "put in front of another domain"
    near = SequenceMatcher(None, _letters(name), _letters(known), autojunk=False).ratio()
    return "with a letter or two changed" if near >= _NEAR else ""


def _readable(host: str) -> str:
    """Return a host's letters as a browser's address bar might show them (RFC 3492)."""
    return ".".join(map(_label, host.lower().split(".")))


def _label(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label


def _letters(name: str) -> str:
    """Return what a hurried eye makes of a name."""
    folded = unicodedata.normalize("NFKD", name.lower()).translate(_PASSING)
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.sub("vv", "w", re.sub("rn", "m", bare))
