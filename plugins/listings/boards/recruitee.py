"""Recruitee's Careers Site API. Source: docs.recruitee.com/reference/offers (the public list of offers).

The list has no pages, and a board that is not there answers 404.
"""

from typing import ClassVar, Literal

from plugins.listings.board import Board
from plugins.listings.boards import json_fields
from plugins.listings.boards.adapter import BoardPage, Request
from plugins.listings.boards.json_fields import Json
from plugins.listings.posting import PayRange, Posting


class Recruitee:
    """The adapter of Recruitee."""

    empty: ClassVar[Literal["empty", "unknown"]] = "empty"

    def first(self, board: Board) -> Request:
        """Ask for all offers at once."""
        return Request(f"{board.base}/api/offers/")

    def read_page(self, board: Board, request: Request, body: bytes, content_type: str) -> BoardPage:
        """Read the list."""
        return json_fields.read_rows(json_fields.rows_in(json_fields.document(body), "offers"), _number, _offer)

    def read_details(self, board: Board, row: Posting, body: bytes) -> Posting | None:
        """Return the posting: the list has all of it."""
        return row


def _number(offer: Json) -> str:
    return json_fields.number(offer, "id", int)


def _offer(offer: Json, number: str) -> Posting:
    place = ", ".join(filter(None, (json_fields.line(offer, "city"), json_fields.line(offer, "country"))))
    return json_fields.titled(
        Posting(
            number,
            json_fields.line(offer, "title"),
            json_fields.address(offer, "careers_url"),
            json_fields.joined(json_fields.prose(offer, "description"), json_fields.prose(offer, "requirements")),
            json_fields.line(offer, "location") or place,
            _pay(json_fields.nested(offer, "salary")),
            json_fields.day(offer, "published_at"),
            json_fields.day(offer, "updated_at"),
            json_fields.day(offer, "close_at"),
            json_fields.line(offer, "company_name"),
        )
    )


def _pay(given: Json) -> tuple[PayRange, ...]:
    period = json_fields.period(json_fields.string(given, "period"))
    stated = PayRange(
        json_fields.quote(given, "min", "max", "currency", "period"),
        json_fields.amount(given, "min"),
        json_fields.amount(given, "max"),
        json_fields.currency(json_fields.string(given, "currency")),
        period,
        period_stated=bool(period),
    )
    return json_fields.pay_ranges([stated])
