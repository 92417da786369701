"""Read fields of a provider's JSON strictly: what is missing or null is nothing, and what has a wrong type is refused.

A text that comes as a number one day must not become an empty text, for that would be an advertisement reworded.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from html import escape, unescape
from typing import Any

from plugins.core.text.plain_text import paragraphs, plain_line
from plugins.core.text.urls import is_web
from plugins.listings.boards.adapter import BoardError, BoardPage, BoardRow
from plugins.listings.model import Period
from plugins.listings.posting import PayRange, Posting

Json = Mapping[str, Any]

MOST_TEXT = 200_000
"""Characters of an advertisement's text that are kept; the longest real ones have a tenth."""
MOST_NUMBER = 100
_MOST_SECONDS = 4_102_444_800  # the year 2100
_PERIODS: tuple[tuple[str, Period], ...] = (
    ("hour", "hour"),
    ("day", "day"),
    ("week", "week"),
    ("month", "month"),
    ("year", "year"),
    ("annual", "year"),
)
_TWICE = re.compile(r"bi-?|semi-?|half|quarter|[02-9]|1\d", re.IGNORECASE)
_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)
_AMOUNT = re.compile(r"\d{1,12}(?:\.\d{1,4})?")


class WrongTypeError(ValueError):
    """A field that is not of the type its provider documents."""


def document(body: bytes) -> Any:
    """Return an answer's JSON. Raises BoardError."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise BoardError(f"the answer is not JSON ({str(error)[:100]})") from error


def rows_in(answer: Any, key: str) -> Sequence[Any]:
    """Return the list under a key of an answer. Raises BoardError where there is none."""
    if not isinstance(answer, dict) or not isinstance(answer.get(key), list):
        raise BoardError(f"the answer has no list of {key}")
    rows: list[Any] = answer[key]
    return rows


def whole_number(row: Json, key: str) -> int | None:
    """Return a count; raises WrongTypeError."""
    value = row.get(key)
    if value is None:
        return None
    if type(value) is not int or value < 0:  # isinstance would take True
        raise WrongTypeError(key)
    return value


def count_in(answer: Json, key: str) -> int | None:
    """Return a count of an answer; raises BoardError where it is none."""
    try:
        return whole_number(answer, key)
    except WrongTypeError as error:
        raise BoardError(f"the answer's {key} is no number") from error


def string(row: Json, key: str) -> str:
    """Return a text as it is; raises WrongTypeError."""
    value = row.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise WrongTypeError(key)
    return value


def line(row: Json, key: str) -> str:
    """Return a text on one line, cleaned."""
    return plain_line(string(row, key))


def lines(row: Json, key: str) -> list[str]:
    """Return a list of texts, each on one line, cleaned; an empty one where it is missing; raises WrongTypeError."""
    value = row.get(key) or []
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise WrongTypeError(key)
    return list(map(plain_line, value))


def listing_of(texts: Iterable[str], mark: str = "; ") -> str:
    """Return the texts that are not empty, each once, in one line."""
    return mark.join(dict.fromkeys(filter(None, texts)))


def prose(row: Json, key: str, *, escaped: bool = False) -> str:
    """Return HTML as plain text, its blocks parted by empty lines; `escaped`: the HTML was escaped once more."""
    html = string(row, key)
    if escaped:
        html = unescape(html)
    return paragraphs(html)[:MOST_TEXT]


def either(row: Json, html: str, plain: str) -> str:
    """Return HTML as text, or where there is none plain text, whose line ends part it as HTML's blocks would."""
    text = string(row, plain)
    return prose(row, html) or paragraphs(escape(text, quote=False).replace("\n", "<br>"))[:MOST_TEXT]


def joined(*texts: str) -> str:
    """Return the parts of an advertisement as one text."""
    return "\n\n".join(filter(None, texts))[:MOST_TEXT]


def address(row: Json, key: str) -> str:
    """Return a web address, "" for any other text."""
    value = string(row, key).strip()
    return value if is_web(value) and value.isprintable() and " " not in value else ""


def nested(row: Json, key: str) -> Json:
    """Return an object within an object; an empty one where it is missing."""
    value = row.get(key)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise WrongTypeError(key)
    return value


def listed(row: Json, key: str) -> list[Json]:
    """Return a list of objects within an object; an empty one where it is missing."""
    value = row.get(key)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise WrongTypeError(key)
    return value


def day(row: Json, key: str) -> date | None:
    """Return the day of a date as the employer writes it, in the employer's zone; None where it cannot be read."""
    text = string(row, key).strip()
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def day_of_seconds(row: Json, key: str) -> date | None:
    """Return the day (UTC) of a Unix time in seconds."""
    seconds = whole_number(row, key)
    if not seconds or seconds >= _MOST_SECONDS:
        return None
    return datetime.fromtimestamp(seconds, UTC).date()


def amount(row: Json, key: str) -> float | None:
    """Return a sum of money, which some boards write as a text; None for nothing, and for 0, which means the same."""
    value = row.get(key)
    if isinstance(value, str):
        value = value.strip() or None
        if value and not _AMOUNT.fullmatch(value):
            raise WrongTypeError(key)
        value = value and float(value)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 10**12:  # NaN is refused too
        raise WrongTypeError(key)
    return float(value) or None


def period(text: str) -> Period:
    """Return for how long a sum is, from words such as "per-year-salary" or "1 HOUR"; "" where that is none we have."""
    if _TWICE.search(text):
        return ""
    for word, found in _PERIODS:
        if word in text.lower():
            return found
    return ""


def currency(text: str) -> str:
    """Return a currency's three letters, "" for any other text."""
    plain = text.strip().upper()
    return plain if re.fullmatch("[A-Z]{3}", plain) else ""


def quote(row: Json, *keys: str) -> str:
    """Return fields as they are, as what a range of pay is quoted from."""
    given: list[str] = []
    for key in keys:
        value = row.get(key)
        if isinstance(value, str | int | float) and value != "":
            given.append(f"{key}: {value}")
    return ", ".join(given)


def pay_ranges(made: Iterable[PayRange]) -> tuple[PayRange, ...]:
    """Return the ranges that say something: no sum, or a low above a high, is no range."""
    stated: list[PayRange] = []
    for one in made:
        is_sum = one.low is not None or one.high is not None
        is_upside_down = one.low and one.high and one.low > one.high
        if is_sum and not is_upside_down:
            stated.append(one)
    return tuple(stated)


def number(row: Json, key: str, kind: type[int] | type[str]) -> str:
    """Return a posting's number on its board, which is of one `kind` at each provider. Raises WrongTypeError.

    It becomes a part of addresses and files' names, so that letters, digits, dots and dashes are all it may have.
    """
    value = row.get(key)
    if type(value) is not kind:  # isinstance would take True for an int
        raise WrongTypeError(key)
    text = str(value).strip()
    if not _NUMBER.fullmatch(text) or len(text) > MOST_NUMBER:
        raise WrongTypeError(key)
    return text


def number_of_name(name: str) -> str:
    """Return a number for what is known by any text: the text itself, or a digest of one that cannot be a number."""
    if _NUMBER.fullmatch(name) and len(name) <= MOST_NUMBER:
        return name
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:16]


def titled(posting: Posting) -> Posting:
    """Return a posting; raises WrongTypeError where it has no title, without which it is none."""
    if not posting.title:
        raise WrongTypeError("title")
    return posting


def read_rows(
    rows: Iterable[Any], number_of: Callable[[Json], str], read: Callable[[Json, str], Posting | BoardRow | None]
) -> BoardPage:
    """Return the page that some rows make; `read` gives a row's posting, or None where it is not to be shown."""
    postings: list[Posting] = []
    listed_rows: list[BoardRow] = []
    unread: list[str] = []
    company = ""
    whole = True
    for row in rows:
        found = _number(row, number_of)
        if not found:
            whole = False
            continue
        try:
            read_row = read(row, found)
        except WrongTypeError:
            unread.append(found)
            continue
        if isinstance(read_row, BoardRow):
            listed_rows.append(read_row)
            company = company or read_row.posting.company
        elif read_row:
            postings.append(read_row)
            company = company or read_row.company
    return BoardPage(tuple(postings), tuple(listed_rows), tuple(unread), company=company, whole=whole)


def _number(row: Any, number_of: Callable[[Json], str]) -> str:
    if not isinstance(row, dict):
        return ""
    try:
        return number_of(row)
    except WrongTypeError:
        return ""


def is_name(text: str) -> bool:
    """Tell whether a text can stand in an address as it is."""
    return bool(re.fullmatch(r"[A-Za-z0-9._-]+", text))
