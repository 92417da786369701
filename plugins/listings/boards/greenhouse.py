"""Greenhouse's Job Board API. Source: grnhse/greenhouse-api-docs, source/includes/job-board/_jobs.md.

The list has no pages. `content` is HTML that was escaped once more before it went into JSON. Pay is in cents, without
its period. A board that is not there answers 404, and one without jobs an empty list.
"""

from typing import ClassVar, Literal

from plugins.listings.board import Board
from plugins.listings.boards import json_fields
from plugins.listings.boards.adapter import BoardPage, Request
from plugins.listings.boards.json_fields import Json
from plugins.listings.posting import PayRange, Posting

_HUNDRED = 100


class Greenhouse:
    """The adapter of Greenhouse."""

    empty: ClassVar[Literal["empty", "unknown"]] = "empty"

    def first(self, board: Board) -> Request:
        """Ask for all jobs at once, with their texts and their pay."""
        return Request(f"{board.base}/v1/boards/{board.board}/jobs?content=true&pay_transparency=true")

    def read_page(self, board: Board, request: Request, body: bytes, content_type: str) -> BoardPage:
        """Read the list."""
        return json_fields.read_rows(json_fields.rows_in(json_fields.document(body), "jobs"), _number, read_job)

    def read_details(self, board: Board, row: Posting, body: bytes) -> Posting | None:
        """Return the posting: the list has all of it."""
        return row


def _number(job: Json) -> str:
    return json_fields.number(job, "id", int)


def read_job(job: Json, number: str) -> Posting:
    """Return a job, of a list or alone."""
    return json_fields.titled(
        Posting(
            number,
            json_fields.line(job, "title"),
            json_fields.address(job, "absolute_url"),
            json_fields.prose(job, "content", escaped=True),
            json_fields.line(json_fields.nested(job, "location"), "name"),
            json_fields.pay_ranges(map(_pay, json_fields.listed(job, "pay_input_ranges"))),
            json_fields.day(job, "first_published"),
            json_fields.day(job, "updated_at"),
            json_fields.day(job, "application_deadline"),
            json_fields.line(job, "company_name"),
        )
    )


def _pay(given: Json) -> PayRange:
    return PayRange(
        json_fields.quote(given, "title", "min_cents", "max_cents", "currency_type"),
        _of_cents(given, "min_cents"),
        _of_cents(given, "max_cents"),
        json_fields.currency(json_fields.string(given, "currency_type")),
        label=json_fields.line(given, "title"),
    )


def _of_cents(given: Json, key: str) -> float | None:
    cents = json_fields.amount(given, key)
    return cents / _HUNDRED if cents else None
