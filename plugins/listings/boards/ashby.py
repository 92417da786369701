"""Ashby's job postings API. Source: developers.ashbyhq.com/docs/public-job-posting-api.

Pay comes only where it is asked for. A posting that is not listed is meant for those who have its address. Of a name
that Ashby does not know, it is said that it answers 404, and that it answers with an empty list.
"""

from collections.abc import Iterator
from typing import ClassVar, Literal

from plugins.listings.board import Board
from plugins.listings.boards import json_fields
from plugins.listings.boards.adapter import BoardPage, Request
from plugins.listings.boards.json_fields import Json, WrongTypeError
from plugins.listings.posting import PayRange, Posting


class Ashby:
    """The adapter of Ashby."""

    empty: ClassVar[Literal["empty", "unknown"]] = "unknown"

    def first(self, board: Board) -> Request:
        """Ask for all jobs at once, with their pay."""
        return Request(f"{board.base}/posting-api/job-board/{board.board}?includeCompensation=true")

    def read_page(self, board: Board, request: Request, body: bytes, content_type: str) -> BoardPage:
        """Read the list."""
        return json_fields.read_rows(json_fields.rows_in(json_fields.document(body), "jobs"), _number, _job)

    def read_details(self, board: Board, row: Posting, body: bytes) -> Posting | None:
        """Return the posting: the list has all of it."""
        return row


def _number(job: Json) -> str:
    return json_fields.number(job, "id", str)


def _job(job: Json, number: str) -> Posting | None:
    is_listed = job.get("isListed", True)
    if not isinstance(is_listed, bool):
        raise WrongTypeError("isListed")
    if not is_listed:
        return None
    places = [json_fields.line(job, "location")]
    for one in json_fields.listed(job, "secondaryLocations"):
        places.append(json_fields.line(one, "location"))
    return json_fields.titled(
        Posting(
            number,
            json_fields.line(job, "title"),
            json_fields.address(job, "jobUrl"),
            json_fields.either(job, "descriptionHtml", "descriptionPlain"),
            json_fields.listing_of(places),
            json_fields.pay_ranges(_salaries(json_fields.nested(job, "compensation"))),
            json_fields.day(job, "publishedAt"),
        )
    )


def _salaries(compensation: Json) -> Iterator[PayRange]:
    """Yield the ranges of each tier, which is a place or a level; their summary where there is but one, or none.

    What several tiers have in common is nobody's range.
    """
    for given, label in _components(compensation):
        if json_fields.string(given, "compensationType").lower() != "salary":
            continue  # a bonus, a commission or a share of the company is not pay for the work
        period = json_fields.period(json_fields.string(given, "interval"))
        yield PayRange(
            json_fields.quote(given, "compensationType", "interval", "currencyCode", "minValue", "maxValue"),
            json_fields.amount(given, "minValue"),
            json_fields.amount(given, "maxValue"),
            json_fields.currency(json_fields.string(given, "currencyCode")),
            period,
            period_stated=bool(period),
            basis="base",
            label=label,
        )


def _components(compensation: Json) -> Iterator[tuple[Json, str]]:
    tiers = json_fields.listed(compensation, "compensationTiers")
    if len(tiers) <= 1:
        for one in json_fields.listed(compensation, "summaryComponents"):
            yield one, ""
        return
    for tier in tiers:
        for one in json_fields.listed(tier, "components"):
            yield one, json_fields.line(tier, "title")
