"""SmartRecruiters' Posting API. Source: developers.smartrecruiters.com/docs/posting-api.

The list has pages of at most 100 and no texts; each posting has its own address. Names are case-sensitive, and one that
is not known answers as an employer without postings does. Rows name who made them (`creator`), which is not read.
"""

from dataclasses import replace
from typing import ClassVar, Literal

from plugins.listings.board import Board
from plugins.listings.boards import json_fields
from plugins.listings.boards.adapter import BoardError, BoardPage, BoardRow, Request
from plugins.listings.boards.json_fields import Json, WrongTypeError
from plugins.listings.boards.paging import with_next
from plugins.listings.posting import Posting

_LIMIT = 100
_SECTIONS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")


class SmartRecruiters:
    """The adapter of SmartRecruiters."""

    empty: ClassVar[Literal["empty", "unknown"]] = "unknown"

    def first(self, board: Board) -> Request:
        """Ask for the first page."""
        return _page(board, 0)

    def read_page(self, board: Board, request: Request, body: bytes, content_type: str) -> BoardPage:
        """Read a page of the list."""
        answer = json_fields.document(body)
        rows = json_fields.rows_in(answer, "content")
        page = json_fields.read_rows(rows, _number, lambda row, number: _row(board, row, number))
        total = json_fields.count_in(answer, "totalFound")
        if total is None:
            raise BoardError("the answer does not say how many postings there are (totalFound)")
        return with_next(page, request, "offset", len(rows), total, lambda offset: _page(board, offset))

    def read_details(self, board: Board, row: Posting, body: bytes) -> Posting | None:
        """Read a posting's own answer."""
        answer = json_fields.document(body)
        if not isinstance(answer, dict):
            raise BoardError("the answer is no posting")
        try:
            return read_posting(answer, row.number)
        except WrongTypeError as error:
            raise BoardError(f"the posting's {error} is not as documented") from error


def _page(board: Board, offset: int) -> Request:
    return Request(f"{board.base}/v1/companies/{board.board}/postings?limit={_LIMIT}&offset={offset}")


def _number(row: Json) -> str:
    return json_fields.number(row, "id", str)


def _row(board: Board, row: Json, number: str) -> BoardRow:
    details = Request(f"{board.base}/v1/companies/{board.board}/postings/{number}")
    return BoardRow(read_posting(row, number), details)


def read_posting(row: Json, number: str) -> Posting:
    """Return a posting, of a list or alone."""
    sections = json_fields.nested(json_fields.nested(row, "jobAd"), "sections")
    parts: list[str] = []
    for name in _SECTIONS:
        section = json_fields.nested(sections, name)
        if section.get("text"):
            parts += [json_fields.line(section, "title"), json_fields.prose(section, "text")]
    where = json_fields.nested(row, "location")
    places = [json_fields.line(where, key) for key in ("city", "region", "country")]
    company = json_fields.nested(row, "company")
    identifier = json_fields.string(company, "identifier")
    posting = json_fields.titled(
        Posting(
            number,
            json_fields.line(row, "name"),
            json_fields.address(row, "postingUrl"),
            json_fields.joined(*parts),
            json_fields.line(where, "fullLocation") or ", ".join(filter(None, places)),
            posted=json_fields.day(row, "releasedDate"),
            company=json_fields.line(company, "name"),
        )
    )
    if posting.url or not json_fields.is_name(identifier):
        return posting
    return replace(posting, url=f"https://jobs.smartrecruiters.com/{identifier}/{number}")
