"""Answers of a board, or pages of its advertisements, that somebody saved as files.

What a JSON file is, a list of one of the providers or a single posting, its keys tell. Of an HTML page, the JobPosting
in its JSON-LD is read (https://schema.org/JobPosting); where it has none, the page's title and text.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar, Literal

from plugins.core.text.charset import decode
from plugins.core.text.plain_text import paragraphs, plain_line
from plugins.core.text.slugs import slug
from plugins.listings.board import Board
from plugins.listings.boards import json_fields
from plugins.listings.boards.adapter import Adapter, BoardError, BoardPage, Request
from plugins.listings.boards.ashby import Ashby
from plugins.listings.boards.eightfold import Eightfold, read_position
from plugins.listings.boards.greenhouse import Greenhouse, read_job
from plugins.listings.boards.json_fields import Json, WrongTypeError
from plugins.listings.boards.lever import Lever, read_posting
from plugins.listings.boards.recruitee import Recruitee
from plugins.listings.boards.smartrecruiters import SmartRecruiters
from plugins.listings.boards.smartrecruiters import read_posting as read_smartrecruiters
from plugins.listings.boards.workable import Workable
from plugins.listings.boards.workday import Workday
from plugins.listings.boards.workday import read_posting as read_workday
from plugins.listings.posting import PayRange, Posting

_LISTS: Mapping[str, Callable[[], Adapter]] = {
    "offers": Recruitee,
    "content": SmartRecruiters,
    "jobPostings": Workday,
    "positions": Eightfold,
}
_SINGLE: tuple[tuple[str, Callable[[Json], Posting]], ...] = (
    ("jobPostingInfo", read_workday),
    ("jobAd", lambda job: read_smartrecruiters(job, json_fields.number(job, "id", str))),
    ("absolute_url", lambda job: read_job(job, json_fields.number(job, "id", int))),
    ("hostedUrl", lambda job: read_posting(job, json_fields.number(job, "id", str))),
    ("job_description", lambda job: read_position(job, json_fields.number(job, "id", int))),
)
"""The key by which a single posting is told, and what reads it."""
_JSON_LD = re.compile(
    r"<script\b[^>]{0,500}type\s*=\s*[\"']?application/ld\+json[\"']?[^>]{0,500}>(.*?)(?:</script|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_TITLE = re.compile(r"<(title|h1)\b[^>]{0,500}>(.{0,2000}?)</\1", re.IGNORECASE | re.DOTALL)
_PARTS = tuple(
    re.compile(rf"<{name}\b.*?(?:</{name}\s*>|\Z)", re.IGNORECASE | re.DOTALL) for name in ("main", "article", "body")
)
"""Where a page's own text is, the narrowest first."""
_CANONICAL = re.compile(r"<link\b[^>]{0,300}rel\s*=\s*[\"']?canonical[\"']?[^>]{0,300}>", re.IGNORECASE)
_HREF = re.compile(r"href\s*=\s*[\"']([^\"']+)", re.IGNORECASE)
_MOST_DEEP = 5


class SavedFile:
    """The adapter of saved files; the request's address is the file's name."""

    empty: ClassVar[Literal["empty", "unknown"]] = "empty"

    def first(self, board: Board) -> Request:
        """Return the file, as if it were asked for."""
        return Request(board.file)

    def read_page(self, board: Board, request: Request, body: bytes, content_type: str) -> BoardPage:
        """Read a file."""
        if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in {b"{", b"["}:
            return _json(board, body)
        return _html(_stem(request.url), decode(body, content_type).text)

    def read_details(self, board: Board, row: Posting, body: bytes) -> Posting | None:
        """Return the posting as it is: what a saved list does not say, nobody can be asked for."""
        return row


def _json(board: Board, body: bytes) -> BoardPage:
    answer = json_fields.document(body.removeprefix(b"\xef\xbb\xbf"))
    adapter = _adapter(answer)
    if adapter:
        page = adapter.read_page(board, adapter.first(board), body.removeprefix(b"\xef\xbb\xbf"), "")
        return replace(page, postings=(*page.postings, *(row.posting for row in page.rows)), rows=(), next=None)
    for key, read in _SINGLE:
        if isinstance(answer, dict) and key in answer:
            try:
                # One posting says nothing of the others.
                return BoardPage((read(answer),), since=date.max)
            except WrongTypeError as error:
                raise BoardError(f"the posting's {error} is not as documented") from error
    raise BoardError("the file is no answer of a provider that is known here")


def _adapter(answer: Any) -> Adapter | None:
    """Return the adapter of the provider whose list an answer is, None where it is no list."""
    if isinstance(answer, list):
        return Lever()
    if not isinstance(answer, dict):
        return None
    for key, adapter in _LISTS.items():
        if isinstance(answer.get(key), list):
            return adapter()
    jobs = answer.get("jobs")
    if not isinstance(jobs, list):
        return None
    keys = set[str]().union(*(job for job in jobs if isinstance(job, dict)))
    if "shortcode" in keys:
        return Workable()
    is_ashby = "jobUrl" in keys or "isListed" in keys or "apiVersion" in answer
    return Ashby() if is_ashby else Greenhouse()


def _stem(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0]


def _html(stem: str, text: str) -> BoardPage:
    found: dict[str, Posting] = {}
    for job in _job_postings(text):
        if posting := _of_json_ld(job, stem):
            found[posting.number] = posting
    if found:
        return BoardPage(tuple(found.values()), since=date.max)  # what a page lacks is not gone from the board
    title = _TITLE.search(text)
    words = paragraphs(_own_part(text))[: json_fields.MOST_TEXT]
    if not title or not words:
        raise BoardError("the page has no title, or no text")
    posting = Posting(slug(stem) or "page", plain_line(title[2]), _canonical(text), words)
    return BoardPage((posting,), since=date.max)


def _own_part(text: str) -> str:
    for pattern in _PARTS:
        if part := pattern.search(text):
            return part[0]
    return text


def _canonical(text: str) -> str:
    """Return the address that a page says it has; "" where it says none."""
    link = _CANONICAL.search(text)
    href = link and _HREF.search(link[0])
    return json_fields.address({"url": href[1]}, "url") if href else ""


def _job_postings(text: str) -> Iterator[Json]:
    for script in _JSON_LD.finditer(text):
        try:
            document = json.loads(script[1])
        except (ValueError, RecursionError):
            continue
        yield from _of_type(document, _MOST_DEEP)


def _of_type(value: Any, deep: int) -> Iterator[Json]:
    if isinstance(value, list) and deep:
        for one in value:
            yield from _of_type(one, deep - 1)
    elif isinstance(value, dict):
        kind = value.get("@type")
        if kind == "JobPosting" or (isinstance(kind, list) and "JobPosting" in kind):
            yield value
        elif deep:
            yield from _of_type(value.get("@graph"), deep - 1)


def _of_json_ld(job: Json, stem: str) -> Posting | None:
    """Return what a page's JSON-LD says of its job; None where that is not as schema.org has it."""
    try:
        name = job.get("identifier")
        if isinstance(name, dict):  # a PropertyValue
            name = name.get("value")
        number = slug(stem) or "page"
        if isinstance(name, str | int) and name:
            number = json_fields.number_of_name(str(name).strip())
        hiring, company = job.get("hiringOrganization"), ""
        if isinstance(hiring, dict):
            company = json_fields.line(hiring, "name")
        return json_fields.titled(
            Posting(
                number,
                json_fields.line(job, "title"),
                json_fields.address(job, "url"),
                json_fields.prose(job, "description", escaped="&lt;" in json_fields.string(job, "description")),
                _place(job.get("jobLocation")),
                _pay(job),
                json_fields.day(job, "datePosted"),
                closes=json_fields.day(job, "validThrough"),
                company=company,
            )
        )
    except WrongTypeError:
        return None


def _place(value: Any) -> str:
    places = value if isinstance(value, list) else [value]
    found: list[str] = []
    for place in places:
        if isinstance(place, dict):
            address = json_fields.nested(place, "address")
            parts = map(address.get, ("addressLocality", "addressRegion", "addressCountry"))
            found.append(", ".join(plain_line(part) for part in parts if isinstance(part, str) and part))
    return json_fields.listing_of(found)


def _pay(job: Json) -> tuple[PayRange, ...]:
    """Return the pay of `baseSalary`, a MonetaryAmount (https://schema.org/baseSalary)."""
    salary = job.get("baseSalary")
    if not isinstance(salary, dict) or not isinstance(salary.get("value"), dict):
        return ()
    value = salary["value"]
    period = json_fields.period(json_fields.string(value, "unitText"))
    exact = json_fields.amount(value, "value")
    quotes = (json_fields.quote(salary, "currency"), json_fields.quote(value, *_PAY_KEYS))
    stated = PayRange(
        ", ".join(filter(None, quotes)),
        json_fields.amount(value, "minValue") or exact,
        json_fields.amount(value, "maxValue") or exact,
        json_fields.currency(json_fields.string(salary, "currency")),
        period,
        period_stated=bool(period),
        basis="base",
    )
    return json_fields.pay_ranges([stated])


_PAY_KEYS = ("value", "minValue", "maxValue", "unitText")
