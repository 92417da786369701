"""Workable's widget API. Source: help.workable.com, "The Workable widget".

The list has no pages, and names the account's company. After some twenty requests its host answers 429.
"""

from dataclasses import replace
from typing import ClassVar, Literal

from plugins.listings.board import Board
from plugins.listings.boards import json_fields
from plugins.listings.boards.adapter import BoardError, BoardPage, Request
from plugins.listings.boards.json_fields import Json, WrongTypeError
from plugins.listings.posting import Posting


class Workable:
    """The adapter of Workable."""

    empty: ClassVar[Literal["empty", "unknown"]] = "empty"

    def first(self, board: Board) -> Request:
        """Ask for all jobs at once, with their texts."""
        return Request(f"{board.base}/api/v1/widget/accounts/{board.board}?details=true")

    def read_page(self, board: Board, request: Request, body: bytes, content_type: str) -> BoardPage:
        """Read the list."""
        answer = json_fields.document(body)
        page = json_fields.read_rows(json_fields.rows_in(answer, "jobs"), _number, _job)
        try:
            company = json_fields.line(answer, "name")
        except WrongTypeError as error:
            raise BoardError("the answer's name is no text") from error
        postings = tuple(replace(posting, company=company) for posting in page.postings)
        return replace(page, postings=postings, company=company)

    def read_details(self, board: Board, row: Posting, body: bytes) -> Posting | None:
        """Return the posting: the list has all of it."""
        return row


def _number(job: Json) -> str:
    return json_fields.number(job, "shortcode", str)


def _job(job: Json, number: str) -> Posting:
    places = [json_fields.line(job, key) for key in ("city", "state", "country")]
    return json_fields.titled(
        Posting(
            number,
            json_fields.line(job, "title"),
            json_fields.address(job, "url") or json_fields.address(job, "shortlink"),
            json_fields.prose(job, "description"),
            json_fields.listing_of(places, ", "),
            posted=json_fields.day(job, "published_on"),
        )
    )
