"""Workday's career sites, by the interface their own pages use; Workday documents none.

The list is asked for by POST, in pages of 20, and only the first says how many there are. `postedOn` is relative
("Posted 3 Days Ago") and begins anew when a posting is renewed, so that it is not read; the details have `startDate`.
What a posting is called in its address ends in its number.
"""

import json
import re
from dataclasses import replace
from typing import ClassVar, Literal
from urllib.parse import quote

from plugins.listings.board import Board
from plugins.listings.boards import json_fields
from plugins.listings.boards.adapter import BoardError, BoardPage, BoardRow, Request
from plugins.listings.boards.json_fields import Json, WrongTypeError
from plugins.listings.boards.paging import with_next
from plugins.listings.posting import Posting

_LIMIT = 20
_PATH = re.compile(r"/job/(?:[^\s/?#]+/){0,3}[^\s/?#]+")


class Workday:
    """The adapter of Workday."""

    empty: ClassVar[Literal["empty", "unknown"]] = "empty"

    def first(self, board: Board) -> Request:
        """Ask for the first page."""
        return _page(board, 0)

    def read_page(self, board: Board, request: Request, body: bytes, content_type: str) -> BoardPage:
        """Read a page of the list."""
        answer = json_fields.document(body)
        rows = json_fields.rows_in(answer, "jobPostings")
        page = json_fields.read_rows(rows, _number, lambda row, number: _row(board, row, number))
        total = known = None
        if request == self.first(board):
            total = known = json_fields.count_in(answer, "total")
            if total is None:
                raise BoardError("the answer does not say how many postings there are (total)")
            if total and not rows:
                raise BoardError(f"the answer says that there are {total} postings, and has none")
        elif len(rows) != _LIMIT:
            known = 0  # a page that is not full is the last: the later ones do not say how many there are
        page = with_next(page, request, "offset", len(rows), known, lambda offset: _page(board, offset))
        return replace(page, total=total)

    def read_details(self, board: Board, row: Posting, body: bytes) -> Posting | None:
        """Read a posting's own answer."""
        answer = json_fields.document(body)
        try:
            if not isinstance(answer, dict) or not json_fields.nested(answer, "jobPostingInfo"):
                raise BoardError("the answer is no posting (it has no jobPostingInfo)")
            return read_posting(answer, row)
        except WrongTypeError as error:
            raise BoardError(f"the posting's {error} is not as documented") from error


def _page(board: Board, offset: int) -> Request:
    body = {"appliedFacets": {}, "limit": _LIMIT, "offset": offset, "searchText": ""}
    return Request(f"{board.base}/wday/cxs/{board.tenant}/{board.board}/jobs", json.dumps(body).encode())


def _path(row: Json) -> str:
    path = json_fields.string(row, "externalPath").strip()
    if not _PATH.fullmatch(path) or "/../" in path:
        raise WrongTypeError("externalPath")
    return quote(path, safe="/%~!$&'()*+,;=:@-._")


def _number(row: Json) -> str:
    name = _path(row).rpartition("/")[2]
    return json_fields.number_of_name(name.rpartition("_")[2] or name)


def _row(board: Board, row: Json, number: str) -> BoardRow:
    path = _path(row)
    posting = json_fields.titled(
        Posting(
            number,
            json_fields.line(row, "title"),
            f"{board.base}/{board.board}{path}",
            location=json_fields.line(row, "locationsText"),
        )
    )
    return BoardRow(posting, Request(f"{board.base}/wday/cxs/{board.tenant}/{board.board}{path}"))


def read_posting(answer: Json, row: Posting | None = None) -> Posting:
    """Return a posting of its own answer; `row` is what the list says of it, None where no list was read."""
    info = json_fields.nested(answer, "jobPostingInfo")
    place, more = json_fields.line(info, "location"), json_fields.lines(info, "additionalLocations")
    if row is None:
        row = Posting(json_fields.number(info, "jobReqId", str), "", "")
    return json_fields.titled(
        Posting(
            row.number,
            json_fields.line(info, "title") or row.title,
            json_fields.address(info, "externalUrl") or row.url,
            json_fields.prose(info, "jobDescription"),
            json_fields.listing_of([place or row.location, *more]),
            posted=json_fields.day(info, "startDate"),
            closes=json_fields.day(info, "endDate"),
            company=json_fields.line(json_fields.nested(answer, "hiringOrganization"), "name"),
        )
    )
