"""Lever's Postings API. Source: the README of lever/postings-api.

The answer is a bare list. `createdAt` is when the requisition was made, which is no date of publication, so that none
is given. A board that is not there answers 404.
"""

from typing import ClassVar, Literal

from plugins.listings.board import Board
from plugins.listings.boards import json_fields
from plugins.listings.boards.adapter import BoardError, BoardPage, Request
from plugins.listings.boards.json_fields import Json
from plugins.listings.posting import PayRange, Posting


class Lever:
    """The adapter of Lever."""

    empty: ClassVar[Literal["empty", "unknown"]] = "empty"

    def first(self, board: Board) -> Request:
        """Ask for all postings at once."""
        return Request(f"{board.base}/v0/postings/{board.board}?mode=json")

    def read_page(self, board: Board, request: Request, body: bytes, content_type: str) -> BoardPage:
        """Read the list."""
        answer = json_fields.document(body)
        if not isinstance(answer, list):
            raise BoardError("the answer is no list of postings")
        return json_fields.read_rows(answer, _number, read_posting)

    def read_details(self, board: Board, row: Posting, body: bytes) -> Posting | None:
        """Return the posting: the list has all of it."""
        return row


def _number(posting: Json) -> str:
    return json_fields.number(posting, "id", str)


def read_posting(posting: Json, number: str) -> Posting:
    """Return a posting, of a list or alone."""
    return json_fields.titled(
        Posting(
            number,
            json_fields.line(posting, "text"),
            json_fields.address(posting, "hostedUrl"),
            _text(posting),
            json_fields.line(json_fields.nested(posting, "categories"), "location"),
            _pay(json_fields.nested(posting, "salaryRange")),
        )
    )


def _text(posting: Json) -> str:
    parts = [json_fields.either(posting, "description", "descriptionPlain")]
    for part in json_fields.listed(posting, "lists"):
        parts += [json_fields.line(part, "text"), json_fields.prose(part, "content")]
    parts += [json_fields.either(posting, "additional", "additionalPlain")]
    parts += [json_fields.either(posting, "salaryDescription", "salaryDescriptionPlain")]
    return json_fields.joined(*parts)


def _pay(given: Json) -> tuple[PayRange, ...]:
    interval = json_fields.string(given, "interval")
    period = json_fields.period(interval)
    stated = PayRange(
        json_fields.quote(given, "min", "max", "currency", "interval"),
        json_fields.amount(given, "min"),
        json_fields.amount(given, "max"),
        json_fields.currency(json_fields.string(given, "currency")),
        period,
        period_stated=bool(period),
        basis="base" if interval.endswith("salary") else "unstated",
    )
    return json_fields.pay_ranges([stated])
