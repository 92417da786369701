"""What in a text about an event may be somebody's own: a phone number, a mail address, a home, a name. Pure.

Phone numbers are found by libphonenumber (https://github.com/daviddrysdale/python-phonenumbers), which knows how each
country writes them and takes neither dates, nor years, nor postal codes for one. For homes and names there are rules of
our own; they warn an editor and decide nothing.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

MASK = "[…]"
"""What is shown in place of a phone number or a mail address in other people's texts."""

_CALLED = re.compile(
    r"\b(?:tel|telephone|phone|mobile|cell|call|text|sms|whats ?app|signal)\b[^\d\n]{0,12}(\+?\d[\d ().-]{4,16}\d)",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_OWN_MAIL = re.compile(
    r"[\w.+-]+@(?:gmail|googlemail|hotmail|outlook|live|yahoo|icloud|me|aol|gmx|web|proton|protonmail|pm|posteo)\.\w+",
    re.IGNORECASE,
)
_HOME = re.compile(
    r"\b(?:apt|apartment|flat)\.? ?#?(?:\d+\w?|(?-i:[A-Z]))\b(?! (?:building|gate))"
    r"|\b(?:my|our|his|her|their) (?:house|home|flat|apartment|place|garden|back ?yard|living room|garage)\b"
    r"|\b(?!(?:people|worker|miner|seafarer|teacher|student|child|children|women|men)['’])"
    r"\w+['’]s (?:house|home|flat|apartment|back ?yard|garden|living room|kitchen|garage)\b"
    r"|\b(?:private|family) (?:house|home|residence)\b",
    re.IGNORECASE,
)
_KINDS_OF_STREET = (
    "street|st|avenue|ave|road|rd|lane|ln|drive|dr|court|ct|way|terrace|crescent|close|boulevard|blvd|circle|gardens?"
)
_STREET_ALONE = re.compile(
    rf"\d{{1,5}}[a-z]?(?:-\d+)?,? (?:[\w'’.-]+ ){{1,4}}(?:{_KINDS_OF_STREET})\.?(?:,.*)?"
    r"|(?:[\w'’.-]+ ){0,3}[\w'’.-]*(?:stra(?:ß|ss)e|str\.|weg|gasse|allee) \d{1,4}[a-z]?(?:,.*)?"
    r"|(?:calle|rue|via|rua|avenida) [\w'’. -]+,? \d{1,4}[a-z]?(?:,.*)?",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<![\w’'])(?:[A-ZÀ-Þ][a-zà-ÿ’'-]+|[A-Z]\.)(?: (?:[A-ZÀ-Þ][a-zà-ÿ’'-]+|[A-Z]\.)){1,2}(?![\w’'])")
_OFFICE = re.compile(
    "captains?|chair|committee|co-?ordinator|council|crew|delegates?|desk|dispatch|gate|guild|hall|help|helpline|hotline"
    "|info|kitchen|lead|leader|line|local|lot|marshals?|medic|office|officer|organi[sz]ers?|picket|press|representative"
    "|reps?|secretary|shop|site|stewards?|strike|support|table|team|tent|treasurer|union|volunteers?|welfare"
)


def phone_numbers(text: str, zone: str) -> list[str]:
    """Return what in a text is a phone number, as it is written; `zone` tells in which country it would be dialled."""
    if sum(map(str.isdigit, text)) < 6:  # noqa: PLR2004 - no phone number is shorter
        return []
    from phonenumbers import Leniency, PhoneNumberMatcher  # noqa: PLC0415 - most texts have no digits to look at

    found = [one.raw_string for one in PhoneNumberMatcher(text, _country(zone), leniency=Leniency.POSSIBLE)]
    for called in _CALLED.finditer(text):
        number = called[1]
        if not any(number in known or known in number for known in found):
            found.append(number)
    return found


def masked(text: str, zone: str) -> str:
    """Return somebody else's text without the phone numbers and mail addresses in it."""
    text = _MAIL.sub(MASK, text)
    for number in phone_numbers(text, zone):
        text = text.replace(number, MASK)
    return text


def warnings(text: str, zone: str) -> Iterator[tuple[str, str]]:
    """Yield what may be private in a text of an event, and what to do."""
    for number in phone_numbers(text, zone):
        yield f"has what looks like a phone number ({number})", "take it out, unless it is an office’s or a hotline’s"
    for found in _OWN_MAIL.finditer(text):
        yield f"has what looks like somebody’s own mail address ({found[0]})", "give an office’s address, or none"
    for found in _HOME.finditer(text):
        yield f"looks like somebody’s home ({found[0]})", "name a public place, or say the place to members only"


def is_street_alone(place: str) -> bool:
    """Say whether a place is a street and a number, and nothing that would name whose it is."""
    return bool(_STREET_ALONE.fullmatch(place.strip()))


def names(contact: str) -> Sequence[str]:
    """Return what in a contact looks like a person's name: two capitalised words, none of which is an office."""
    found = []
    for name in _NAME.finditer(contact):
        words = re.split(r"[\s’'-]+", name[0].lower())
        if not any(map(_OFFICE.fullmatch, words)):
            found.append(name[0])
    return found


@cache
def _country(zone: str) -> str | None:
    """Return the country a zone is in, as two letters; None where it is in none, as UTC."""
    from babel.core import get_global  # noqa: PLC0415 - most texts have no digits to look at

    country: str | None = get_global("zone_territories").get(zone)
    if country and country.isalpha():  # "001" is the whole world
        return country
    return None
