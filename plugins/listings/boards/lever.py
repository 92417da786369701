"""Lever's Postings API. Source: the README of lever/postings-api.

The answer is a bare list. `createdAt` is when the requisition was made, which is no date of publication, so that none
is given. A board that is not there answers 404.
"""

from typing import ClassVar, Literal

from plugins.listings.board import Board
from plugins.listings.boards import fields
from plugins.listings.boards.adapter import BoardError, BoardPage, Request
from plugins.listings.boards.fields import Json
from plugins.listings.posting import PayRange, Posting


class Lever:
    """The adapter of Lever."""

    empty: ClassVar[Literal["empty", "unknown"]] = "empty"

    def first(self, board: Board) -> Request:
        """Ask for all postings at once."""
        return Request(f"{board.base}/v0/postings/{board.board}?mode=json")

    def read_page(self, board: Board, request: Request, body: bytes, content_type: str) -> BoardPage:
        """Read the list."""
        answer = fields.document(body)
        if not isinstance(answer, list):
            raise BoardError("the answer is no list of postings")
        return fields.read_rows(answer, _number, read_posting)

    def read_details(self, board: Board, row: Posting, body: bytes) -> Posting | None:
        """Return the posting: the list has all of it."""
        return row


def _number(posting: Json) -> str:
    return fields.number(posting, "id", str)


def read_posting(posting: Json, number: str) -> Posting:
    """Return a posting, of a list or alone."""
    return fields.titled(
        Posting(
            number,
            fields.line(posting, "text"),
            fields.address(posting, "hostedUrl"),
            _text(posting),
            fields.line(fields.nested(posting, "categories"), "location"),
            _pay(fields.nested(posting, "salaryRange")),
        )
    )


def _text(posting: Json) -> str:
    parts = [fields.either(posting, "description", "descriptionPlain")]
    for part in fields.listed(posting, "lists"):
        parts += [fields.line(part, "text"), fields.prose(part, "content")]
    parts += [fields.either(posting, "additional", "additionalPlain")]
    parts += [fields.either(posting, "salaryDescription", "salaryDescriptionPlain")]
    return fields.joined(*parts)


def _pay(given: Json) -> tuple[PayRange, ...]:
    interval = fields.string(given, "interval")
    period = fields.period(interval)
    return fields.pay_range(
        PayRange(
            fields.quote(given, "min", "max", "currency", "interval"),
            fields.amount(given, "min"),
            fields.amount(given, "max"),
            fields.currency(fields.string(given, "currency")),
            period,
            period_stated=bool(period),
            basis="base" if interval.endswith("salary") else "unstated",
        )
    )
