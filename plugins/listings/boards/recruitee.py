"""Recruitee's Careers Site API. Source: docs.recruitee.com/reference/offers (the public list of offers).

The list has no pages, and a board that is not there answers 404.
"""

from typing import ClassVar, Literal

from plugins.listings.board import Board
from plugins.listings.boards import fields
from plugins.listings.boards.adapter import BoardPage, Request
from plugins.listings.boards.fields import Json
from plugins.listings.posting import PayRange, Posting


class Recruitee:
    """The adapter of Recruitee."""

    empty: ClassVar[Literal["empty", "unknown"]] = "empty"

    def first(self, board: Board) -> Request:
        """Ask for all offers at once."""
        return Request(f"{board.base}/api/offers/")

    def read_page(self, board: Board, request: Request, body: bytes, content_type: str) -> BoardPage:
        """Read the list."""
        return fields.read_rows(fields.rows_in(fields.document(body), "offers"), _number, _offer)

    def read_details(self, board: Board, row: Posting, body: bytes) -> Posting | None:
        """Return the posting: the list has all of it."""
        return row


def _number(offer: Json) -> str:
    return fields.number(offer, "id", int)


def _offer(offer: Json, number: str) -> Posting:
    place = ", ".join(filter(None, (fields.line(offer, "city"), fields.line(offer, "country"))))
    return fields.titled(
        Posting(
            number,
            fields.line(offer, "title"),
            fields.address(offer, "careers_url"),
            fields.joined(fields.prose(offer, "description"), fields.prose(offer, "requirements")),
            fields.line(offer, "location") or place,
            _pay(fields.nested(offer, "salary")),
            fields.day(offer, "published_at"),
            fields.day(offer, "updated_at"),
            fields.day(offer, "close_at"),
            fields.line(offer, "company_name"),
        )
    )


def _pay(given: Json) -> tuple[PayRange, ...]:
    period = fields.period(fields.string(given, "period"))
    return fields.pay_range(
        PayRange(
            fields.quote(given, "min", "max", "currency", "period"),
            fields.amount(given, "min"),
            fields.amount(given, "max"),
            fields.currency(fields.string(given, "currency")),
            period,
            period_stated=bool(period),
        )
    )
