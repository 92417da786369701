"""Tables as CSV (RFC 4180, UTF-8) that a spreadsheet opens without taking anybody's words for a formula.

Source: https://owasp.org/www-community/attacks/CSV_Injection
"""

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet would reckon out; white space before it changes nothing."""


def csv_text(columns: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """Return a table with its columns' names on the first line; None is an empty cell."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)  # its lines end in CRLF, as the RFC has it
    writer.writerow(map(harmless, columns))
    for row in rows:
        writer.writerow(map(harmless, row))
    return written.getvalue()


def harmless(value: object) -> object:
    """Return a cell's value; a text that might be a formula has an apostrophe before it, and is one no more."""
    if not isinstance(value, str):
        return value
    if value.startswith(_FORMULA) or value.strip().startswith(_FORMULA):
        return f"'{value}"
    return value
