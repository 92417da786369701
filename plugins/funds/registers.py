"""What public registers say: a domain's registration by RDAP, an organisation by its number. Nothing is asked here.

Sources: RFC 9082 (queries), RFC 9083, section 4.5 (events);
https://projects.propublica.org/nonprofits/api (version 2, organizations/EIN.json).
"""

import json
import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

_NEW_OWNER = frozenset({"registration", "reregistration"})
_LEGAL_FORMS = frozenset({"inc", "incorporated", "the", "of", "and", "fund", "foundation", "corp", "corporation", "co"})


def domain_questions(template: str, host: str) -> list[str]:
    """Return the addresses to ask about a host's domain in turn, the longest name first, until a register knows one.

    So no list of public suffixes is needed: `fund.example.co.uk`, then `example.co.uk`; never a name without a dot.
    """
    labels = host.split(".")
    names = (".".join(labels[start:]) for start in range(len(labels) - 1))
    return [template.replace("{domain}", name) for name in names]


def registered_on(body: bytes) -> date | None:
    """Return the day, in UTC, since when a domain's present owner has it; none where the register does not say."""
    events = _object(body).get("events")
    days = [_day(one.get("eventDate")) for one in _objects(events) if str(one.get("eventAction")) in _NEW_OWNER]
    return max((day for day in days if day), default=None)


def number_question(template: str, ein: str) -> str:
    """Return the address to ask about an organisation's number."""
    return template.replace("{ein}", ein.replace("-", ""))


def registered_name(body: bytes, ein: str) -> str:
    """Return the organisation's name; "" where the answer is about none, or about another number."""
    told = _object(body).get("organization")
    if not isinstance(told, dict) or str(told.get("ein", "")).zfill(9) != ein.replace("-", ""):
        return ""
    name = told.get("name")
    plain = " ".join(name.split()) if isinstance(name, str) else ""
    return "" if plain.lower() == "unknown organization" else plain


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
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).date()
    except (TypeError, ValueError, OverflowError):  # no date, or one that is in no year in UTC
        return None


def _object(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _objects(value: Any) -> Iterable[dict[str, Any]]:
    if isinstance(value, list):
        return [one for one in value if isinstance(one, dict)]
    return []
