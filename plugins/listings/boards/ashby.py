"""Ashby's job postings API. Source: developers.ashbyhq.com/docs/public-job-posting-api.

Pay comes only where it is asked for. A posting that is not listed is meant for those who have its address. Of a name
that Ashby does not know, it is said that it answers 404, and that it answers with an empty list.
"""

from typing import ClassVar, Literal

from plugins.listings.board import Board
from plugins.listings.boards import fields
from plugins.listings.boards.adapter import BoardPage, Request
from plugins.listings.boards.fields import Json, WrongTypeError
from plugins.listings.posting import PayRange, Posting


class Ashby:
    """The adapter of Ashby."""

    empty: ClassVar[Literal["empty", "unknown"]] = "unknown"

    def first(self, board: Board) -> Request:
        """Ask for all jobs at once, with their pay."""
        return Request(f"{board.base}/posting-api/job-board/{board.board}?includeCompensation=true")

    def read_page(self, board: Board, request: Request, body: bytes, content_type: str) -> BoardPage:
        """Read the list."""
        return fields.read_rows(fields.rows_in(fields.document(body), "jobs"), _number, _job)

    def read_details(self, board: Board, row: Posting, body: bytes) -> Posting | None:
        """Return the posting: the list has all of it."""
        return row


def _number(job: Json) -> str:
    return fields.number(job, "id", str)


def _job(job: Json, number: str) -> Posting | None:
    is_listed = job.get("isListed", True)
    if not isinstance(is_listed, bool):
        raise WrongTypeError("isListed")
    if not is_listed:
        return None
    places = [fields.line(job, "location")]
    places += [fields.line(one, "location") for one in fields.listed(job, "secondaryLocations")]
    return fields.titled(
        Posting(
            number,
            fields.line(job, "title"),
            fields.address(job, "jobUrl"),
            fields.either(job, "descriptionHtml", "descriptionPlain"),
            "; ".join(dict.fromkeys(filter(None, places))),
            _pay(fields.nested(job, "compensation")),
            fields.day(job, "publishedAt"),
        )
    )


def _pay(compensation: Json) -> tuple[PayRange, ...]:
    """Return the ranges of each tier, which is a place or a level; their summary where there is but one, or none.

    What several tiers have in common is nobody's range.
    """
    tiers = fields.listed(compensation, "compensationTiers")
    if len(tiers) > 1:
        found = ((one, fields.line(tier, "title")) for tier in tiers for one in fields.listed(tier, "components"))
    else:
        found = ((one, "") for one in fields.listed(compensation, "summaryComponents"))
    return tuple(made for one, label in found for made in _component(one, label))


def _component(given: Json, label: str) -> tuple[PayRange, ...]:
    if fields.string(given, "compensationType").lower() != "salary":
        return ()  # a bonus, a commission or a share of the company is not pay for the work
    period = fields.period(fields.string(given, "interval"))
    return fields.pay_range(
        PayRange(
            fields.quote(given, "compensationType", "interval", "currencyCode", "minValue", "maxValue"),
            fields.amount(given, "minValue"),
            fields.amount(given, "maxValue"),
            fields.currency(fields.string(given, "currencyCode")),
            period,
            period_stated=bool(period),
            basis="base",
            label=label,
        )
    )
