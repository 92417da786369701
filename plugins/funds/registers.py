"""What public registers say: a domain's registration by RDAP, an organisation by its number. Nothing is asked here.

Sources: RFC 9082 (queries), RFC 9083, section 4.5 (events);
https://projects.propublica.org/nonprofits/api (version 2, organizations/EIN.json).
"""

import json
import re
from datetime import UTC, date, datetime
from typing import Any

_NEW_OWNER = frozenset({"registration", "reregistration"})
_LEGAL_FORMS = frozenset({"inc", "incorporated", "the", "of", "and", "fund", "foundation", "corp", "corporation", "co"})


def domain_questions(template: str, host: str) -> list[str]:
    """Return the addresses to ask about a host's domain in turn, the longest name first, until a register knows one.

    So no list of public suffixes is needed: `fund.example.co.uk`, then `example.co.uk`; never a name without a dot.
    """
    questions = []
    while "." in host:
        questions.append(template.replace("{domain}", host))
        _, _, host = host.partition(".")
    return questions


def registered_on(body: bytes) -> date | None:
    """Return the day, in UTC, since when a domain's present owner has it; none where the register does not say."""
    events = _object(body).get("events")
    if not isinstance(events, list):
        return None
    days = []
    for event in events:
        if isinstance(event, dict) and str(event.get("eventAction")) in _NEW_OWNER:
            days.append(_day(event.get("eventDate")))
    return max(filter(None, days), default=None)


def number_question(template: str, ein: str) -> str:
    """Return the address to ask about an organisation's number."""
    return template.replace("{ein}", ein.replace("-", ""))


def registered_name(body: bytes, ein: str) -> str:
    """Return the organisation's name; "" where the answer is about none, or about another number."""
    told = _object(body).get("organization")
    # The register gives numbers as numbers, without the zeros that an EIN may begin with.
    if not isinstance(told, dict) or str(told.get("ein", "")).zfill(9) != ein.replace("-", ""):
        return ""
    name = told.get("name")
    if not isinstance(name, str):
        return ""
    name = " ".join(name.split())
    if name.lower() == "unknown organization":  # the register's words, not a name
        return ""
    return name


def same_name(left: str, right: str) -> bool:
    """Say whether two spellings name one organisation: case, punctuation and legal form make no difference."""
    first, second = _words(left), _words(right)
    return bool(first) and (first <= second or second <= first)


def _words(name: str) -> set[str]:
    words = set(re.findall(r"[^\W_]+", name.lower().replace("'", "").replace("’", "")))
    return words - _LEGAL_FORMS or words


def _day(text: Any) -> date | None:
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC).date()
    except (TypeError, ValueError, OverflowError):  # no date, or one that is in no year in UTC
        return None


def _object(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
