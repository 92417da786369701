"""Write a person's check into funds.toml, and leave every comment and every other byte as it is."""

from collections.abc import Set as AbstractSet
from datetime import date

import tomlkit
from tomlkit.items import AoT, Table


def signed(text: str, ids: AbstractSet[str], day: date, name: str) -> str:
    """Return the document with `verified_on` and `verified_by` of the named funds set.

    They are added at the end of a fund that has neither, before the comments and blank lines that lead to the next.
    """
    document = tomlkit.parse(text)
    for fund in document.get("fund", []):
        if fund.get("id") in ids:
            _set(fund, "verified_on", day)
            _set(fund, "verified_by", name)
    return tomlkit.dumps(document)


def _set(fund: Table, key: str, value: date | str) -> None:
    if key in fund:
        old = fund[key]
        new = tomlkit.item(value)
        new.trivia.indent, new.trivia.comment_ws = old.trivia.indent, old.trivia.comment_ws
        new.trivia.comment, new.trivia.trail = old.trivia.comment, old.trivia.trail
        fund[key] = new
        return
    last = ""
    for name in fund:
        if not isinstance(fund[name], (Table, AoT)):  # what follows a table would belong to that
            last = name
    # Table.add would put it below the comments that lead to the next fund; there is no public way to say where.
    fund.value._insert_after(last, key, value)
