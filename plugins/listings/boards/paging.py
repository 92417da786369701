"""The next page of a list that is asked for by how many rows to pass over."""

import json
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from plugins.listings.boards.adapter import BoardPage, Request


def with_next(
    page: BoardPage, request: Request, key: str, rows: int, total: int | None, ask: Callable[[int], Request]
) -> BoardPage:
    """Return a page with its `total` and the request for the next, none where it is the last.

    `key` is what the request calls the number of rows it passes over, in its query or in its JSON; `rows` is how many
    this page has, of which it may be that not all could be read.
    """
    passed = _offset(request, key) + rows
    if not rows or (total is not None and passed >= total):
        return replace(page, total=total, next=None)
    return replace(page, total=total, next=ask(passed))


def _offset(request: Request, key: str) -> int:
    if request.body:
        return int(json.loads(request.body)[key])
    return int(parse_qs(urlsplit(request.url).query).get(key, ["0"])[0])
