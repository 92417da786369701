"""Say what a name or a host resembles without being it: other letters, a hyphen, another ending, a name put in front.

It words a refusal or an alarm, and allows nothing: what resembles nothing is not thereby trusted. Nothing is looked up.
Sources: Unicode Technical Standard 39, section 4 (confusables, in the data of confusable-homoglyphs); the public suffix
list, in the data of tld; rapidfuzz for distances (optimal string alignment).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from plugins.core.text.sites import owner, suffix

SHORTEST = 5
"""Letters from which on one of them changed is a resemblance: of four, two outlets may well share three."""
STRICT = 3
"""The same where money is at stake."""
_LONG = 8
"""Letters from which on a name is known again under another ending with a letter changed, or with words added."""
_WHOLE = 16
"""Letters of a name that is known again among other words: a shorter one, such as Hardship Fund, is in many."""
_SHORTEST_PART = 4
"""Letters from which on a name that stands in front of another domain, or beside other words, is known again."""
_ASCII = str.maketrans("0134578i|!$@", "oleastblllsa")
"""Signs of ASCII that pass for a letter; i and l are one, as in many a typeface."""
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_RESERVED = frozenset({"example", "test", "invalid", "localhost"})
"""Names of nobody (RFC 2606): whose hosts are below them are told by what stands in front."""
_COMMON = frozenset(
    """
    aid association blog donate donation donations foundation fund funds give giving help home info local members
    news official online page press relief-fund secure shop site store strike strikes support union unions web www
    """.split()  # noqa: SIM905 - a list of words
)
"""What stands in many a host, and says nothing of whose it is."""
_NEEDS = frozenset("care cares emergency hardship kitchen meals relief rent solidarity welfare workers".split())  # noqa: SIM905
"""Words of many a fund's name, which beside others with a hyphen name another fund."""
_FILLERS = """
    a account an and at co com corp corporation donate donation donations for genuine give giving inc incorporated in
    limited llc ltd net new of official on online org original our page real site team the to verified website www
"""
"""What may stand beside a name or not, and the name is the same to a hurried eye."""
_MARKS = dict.fromkeys(map(ord, "™®©℠"), " ")
_BLANKS = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters by their kind that nobody sees."""
_LATIN = re.compile(r"LATIN (?:SMALL |CAPITAL )?LETTER (?:SMALL CAPITAL )?([A-Z])(?: WITH .+)?")
"""The name of a letter that is one of ASCII in another dress, such as a stroke or small capitals."""
_PARTED = re.compile(r"[.-]")
_WORD = re.compile(r"[^\W_]+(?:[|!$@][^\W_]+)*")
_NUMBERS = (re.compile(r"\d+"), re.compile(r"\b[^\W\d_]\b"))


@dataclass(frozen=True, slots=True)
class _Host:
    """A host in parts: `labels` before its public suffix, `own` by which its owner is known, and the `suffix`."""

    text: str
    labels: tuple[str, ...]
    own: str
    suffix: str


def host_likeness(host: str, known: Iterable[str], shortest: int = SHORTEST) -> str:
    """Return how a host resembles a known one, as in "it looks like a-fund.org under .com instead of .org"; "" if not.

    The known hosts themselves, and what lies below one, resemble none of them. Of names of less than `shortest`
    letters, one changed is no resemblance.
    """
    seen = _host(host)
    others = [_host(one) for one in sorted(set(known)) if one]
    if any(seen.text == one.text or seen.text.endswith(f".{one.text}") for one in others):
        return ""
    for one in others:
        if how := _how(seen, one, shortest):
            return f"it looks like {one.text} {how}"
    return ""


def name_likeness(name: str, known: Iterable[str], shortest: int = SHORTEST) -> str:
    """Return how a name resembles a known one, as in "it has the name of The Fund"; "" where it does not."""
    mine = _words(name)
    for one in sorted(set(known)):
        if name.split() == one.split():
            return f"it has the name of {one}"
        theirs = _words(one)
        if mine and mine == theirs:
            return f"it looks like {one} in other letters, signs or small words"
        if min(len(mine), len(theirs)) >= _WHOLE and (mine in theirs or theirs in mine):
            return f"it looks like {one} with words added or left out"
        if _numbered_alike(name, one) and _near(mine, theirs, shortest):
            return f"it looks like {one} with a letter changed"
    return ""


def page_likeness(url: str, known: Iterable[str], shortest: int = SHORTEST) -> str:
    """Return how an address's host, or its place on a host that many share, resembles that of a known address."""
    place, places = owner(url), sorted({owner(one) for one in known})
    host, _, path = place.partition("/")
    hosts = []
    for one in places:
        known_host, is_shared, known_path = one.partition("/")
        hosts.append(known_host)
        if path and place not in places and is_shared and known_host == host:
            mine, theirs = _squeezed(path), _squeezed(known_path)
            if mine == theirs or (_numbered_alike(path, known_path) and _near(mine, theirs, shortest)):
                return f"it looks like {one} with a sign or a letter changed"
    return host_likeness(host, hosts, shortest)


def _words(name: str) -> str:
    """Return what a hurried eye makes of a name's words, without those that change nothing."""
    words = list(_folded_words(name))
    return "".join(word for word in words if word not in _fillers()) or "".join(words)


@lru_cache(maxsize=1)
def _fillers() -> frozenset[str]:
    return frozenset(_folded_words(_FILLERS))


def _folded_words(text: str) -> Iterator[str]:
    for word in _WORD.findall(_latin(text)):
        if word.isdecimal():  # a number is one, as in Local 12
            yield word
        else:
            yield _folded(word)


def _folded(word: str) -> str:
    folded = word.translate(_ASCII)
    for pair, one in _PAIRS:
        folded = folded.replace(pair, one)
    return folded


def _latin(text: str) -> str:
    """Return a text in small letters, those of other alphabets that pass for Latin ones as those, without accents."""
    bare = text.translate(_MARKS)
    return "".join(map(_plain, unicodedata.normalize("NFKD", bare))).lower()


@lru_cache(maxsize=4096)
def _plain(letter: str) -> str:
    """Return the ASCII letter that one passes for, the letter itself where it passes for none, "" for one unseen."""
    if letter.isascii():
        return letter
    if unicodedata.category(letter) in {"Mn", "Me", "Cf"} or letter in _BLANKS:
        return ""
    if base := _LATIN.fullmatch(unicodedata.name(letter, "")):
        return base[1]
    from confusable_homoglyphs import confusables  # noqa: PLC0415 - half a megabyte, and most letters are ASCII

    for one in (letter, letter.lower(), letter.upper()):
        for like in confusables.confusables_data.get(one, ()):
            if len(like["c"]) == 1 and like["c"].isascii() and like["c"].isalnum():
                return str(like["c"])
    return letter


def _squeezed(name: str) -> str:
    """Return a host's name, or a part of an address, without what parts it; digits pass for letters throughout."""
    return _folded(re.sub(r"[\W_]", "", _latin(name)))


def _near(left: str, right: str, shortest: int, most: int = 1) -> bool:
    """Say whether `most` letters added, taken or changed make one the other; in a short one, doubled or moved ones."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - 20 ms, and seldom needed

    if left == right or not left or not right:
        return False
    if min(len(left), len(right)) < shortest:
        is_moved = len(left) > 1 and sorted(left) == sorted(right) and OSA.distance(left, right) == 1
        return is_moved or _undoubled(left) == _undoubled(right)
    return OSA.distance(left, right, score_cutoff=most) <= most


def _numbered_alike(left: str, right: str) -> bool:
    """Say whether names could be one's: Local 12 is not Local 13, and Fund A is not Fund B."""
    left, right = _latin(left), _latin(right)
    for kind in _NUMBERS:
        mine, theirs = kind.findall(left), kind.findall(right)
        if mine and theirs and mine != theirs:
            return False
    return True


def _undoubled(text: str) -> str:
    return re.sub(r"(.)\1+", r"\1", text)


@lru_cache(maxsize=1024)
def _host(text: str) -> _Host:
    name = _readable(text).removeprefix("www.").rstrip(".")
    ending = suffix(name)
    labels: tuple[str, ...] = ()
    own = name
    if name != ending:
        labels = tuple(name.removesuffix(ending).rstrip(".").split("."))
        own = labels[-1]
    if own in _RESERVED and len(labels) > 1:
        ending = f"{own}.{ending}"
        own = ".".join(labels[:-1])
    elif name in _RESERVED or ending in _RESERVED:
        own = name.removesuffix(f".{ending}")
    return _Host(name, labels, own, ending)


def _how(host: _Host, known: _Host, shortest: int) -> str:
    whole, known_whole = ".".join(host.labels), ".".join(known.labels)
    same_name = _squeezed(whole) == _squeezed(known_whole) or _squeezed(host.own) == _squeezed(known.own)
    if same_name and not host.text.isascii():
        return "written with letters of another alphabet"
    if host.own == known.own and host.suffix != known.suffix:
        mine, theirs = suffix(host.text), suffix(known.text)
        if mine == theirs:
            mine, theirs = host.suffix, known.suffix
        return f"under .{mine} instead of .{theirs}"
    if same_name and host.own != known.own:
        return "with a hyphen or a letter changed"
    if _in_front(host, known):
        return "put in front of another domain"
    if _with_words_added(host, known):
        return "with words added"
    return "with a letter or two changed" if _with_a_letter_changed(host, known, shortest) else ""


def _in_front(host: _Host, known: _Host) -> bool:
    """Say whether the known host, its domain or its own name stands before another domain, with dots or hyphens."""
    if f".{known.text}." in f".{host.text}." or f"{known.text}-" in host.text:
        return True
    domain = known.text
    if known.labels:
        domain = f"{known.labels[-1]}.{known.suffix.rpartition('.')[2]}"
    if f".{domain}." in f".{host.text}"[: -len(host.suffix)]:
        return True
    if host.own == known.own and host.suffix == known.suffix:  # another host of the same domain
        return False
    wanted = {_squeezed(known.text)}
    if known.labels:  # none are left of a host that is a public suffix, such as github.io
        wanted.add(_squeezed(".".join(known.labels)))
    if len(known.own) >= _SHORTEST_PART and known.own not in _COMMON:
        own = _squeezed(known.own)
        if own and own in map(_squeezed, host.labels):
            return True
        if own and known.own not in _NEEDS:
            wanted.add(own)
    parts = [_squeezed(one) for one in _PARTED.split(".".join(host.labels))]
    return any("".join(parts[first:end]) in wanted for first, end in combinations(range(len(parts) + 1), 2))


def _with_words_added(host: _Host, known: _Host) -> bool:
    own, known_own = _squeezed(host.own), _squeezed(known.own)
    if len(known_own) < _LONG - 1 or known.own in _COMMON or own == known_own:
        return False
    return own.startswith(known_own) or own.endswith(known_own)


def _with_a_letter_changed(host: _Host, known: _Host, shortest: int) -> bool:
    own, known_own = _squeezed(host.own), _squeezed(known.own)
    is_long = min(len(own), len(known_own)) >= _LONG
    if host.own == known.own or not (host.suffix == known.suffix or is_long):
        return False
    most = 1 if host.text.isascii() else 2  # letters of other alphabets stand in a host's name for a reason
    return _numbered_alike(host.own, known.own) and _near(own, known_own, shortest, most)


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
