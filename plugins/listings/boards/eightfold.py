"""Eightfold's career sites (such as Netflix's), by the interface their own pages use.

The list has pages of 10, whatever is asked for, and no texts; each posting has its own address. Times are Unix seconds.
"""

from typing import ClassVar, Literal

from plugins.listings.board import Board
from plugins.listings.boards import json_fields
from plugins.listings.boards.adapter import BoardError, BoardPage, BoardRow, Request
from plugins.listings.boards.json_fields import Json, WrongTypeError
from plugins.listings.boards.paging import with_next
from plugins.listings.posting import Posting

_LIMIT = 10


class Eightfold:
    """The adapter of Eightfold."""

    empty: ClassVar[Literal["empty", "unknown"]] = "unknown"

    def first(self, board: Board) -> Request:
        """Ask for the first page."""
        return _page(board, 0)

    def read_page(self, board: Board, request: Request, body: bytes, content_type: str) -> BoardPage:
        """Read a page of the list."""
        answer = json_fields.document(body)
        rows = json_fields.rows_in(answer, "positions")
        page = json_fields.read_rows(rows, _number, lambda row, number: _row(board, row, number))
        total = json_fields.count_in(answer, "count")
        return with_next(page, request, "start", len(rows), total, lambda start: _page(board, start))

    def read_details(self, board: Board, row: Posting, body: bytes) -> Posting | None:
        """Read a posting's own answer."""
        answer = json_fields.document(body)
        if not isinstance(answer, dict):
            raise BoardError("the answer is no position")
        try:
            if _number(answer) != row.number:
                raise BoardError(f"the answer is another position ({_number(answer)})")
            return read_position(answer, row.number)
        except WrongTypeError as error:
            raise BoardError(f"the position's {error} is not as documented") from error


def _page(board: Board, start: int) -> Request:
    return Request(f"{board.base}/api/apply/v2/jobs?domain={board.domain}&start={start}&num={_LIMIT}")


def _number(position: Json) -> str:
    return json_fields.number(position, "id", int)


def _row(board: Board, position: Json, number: str) -> BoardRow:
    details = Request(f"{board.base}/api/apply/v2/jobs/{number}?domain={board.domain}")
    return BoardRow(read_position(position, number), details, str(position.get("t_update") or ""))


def read_position(position: Json, number: str) -> Posting:
    """Return a position, of a list or alone."""
    places = json_fields.lines(position, "locations") or [json_fields.line(position, "location")]
    return json_fields.titled(
        Posting(
            number,
            json_fields.line(position, "name"),
            json_fields.address(position, "canonicalPositionUrl"),
            json_fields.prose(position, "job_description"),
            json_fields.listing_of(places),
            posted=json_fields.day_of_seconds(position, "t_create"),
            updated=json_fields.day_of_seconds(position, "t_update"),
        )
    )
