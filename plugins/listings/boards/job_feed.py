"""A feed of jobs, RSS, Atom or JSON Feed, by the reader that the wire has.

A feed need not have every job of a board: most have the latest. So what is absent from it counts as gone only where an
older one is still there.
"""

from datetime import date
from typing import ClassVar, Literal

from plugins.core.syndication.read.dates import read_date
from plugins.core.syndication.read.raw_feed import Limits, RawEntry, RawText
from plugins.core.syndication.read.reader import BrokenFeedError, NotAFeedError, read_feed
from plugins.core.text.plain_text import paragraphs, plain_line
from plugins.core.text.urls import is_web
from plugins.listings.board import Board
from plugins.listings.boards import json_fields
from plugins.listings.boards.adapter import BoardError, BoardPage, Request
from plugins.listings.posting import Posting

_ACCEPT = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.1"
_LIMITS = Limits(entries=5_000, characters=json_fields.MOST_TEXT)


class JobFeed:
    """The adapter of feeds."""

    empty: ClassVar[Literal["empty", "unknown"]] = "empty"

    def first(self, board: Board) -> Request:
        """Ask for the feed."""
        return Request(board.feed, accept=_ACCEPT)

    def read_page(self, board: Board, request: Request, body: bytes, content_type: str) -> BoardPage:
        """Read the feed."""
        try:
            feed = read_feed(body, content_type, request.url, _LIMITS)
        except NotAFeedError as error:
            raise BoardError(f"the answer is no feed ({error})", "not a feed") from error
        except BrokenFeedError as error:
            raise BoardError(str(error)) from error
        except Exception as error:  # feedparser's parsers raise what they happen upon
            raise BoardError(f"the feed cannot be read ({type(error).__name__}: {error})") from error
        entries = [entry for entry in feed.entries if not entry.is_draft]
        read: dict[str, Posting] = {}
        is_cut = len(entries) >= _LIMITS.entries
        for entry in entries:
            is_cut = is_cut or not entry.ended
            if posting := _posting(entry):
                read[posting.number] = posting
        days = [posting.posted for posting in read.values() if posting.posted]
        whole = len(read) == len(entries) and not is_cut
        return BoardPage(tuple(read.values()), whole=whole, since=min(days, default=date.max))

    def read_details(self, board: Board, row: Posting, body: bytes) -> Posting | None:
        """Return the posting: the feed has all of it."""
        return row


def _posting(entry: RawEntry) -> Posting | None:
    title = plain_line(entry.title.value, literal=entry.title.literal)
    url = next((link for link in entry.links if is_web(link) and link.isprintable()), "")
    name = entry.guid or url
    if not title or not name:
        return None
    return Posting(
        json_fields.number_of_name(name),
        title,
        url,
        _text(entry.content) or _text(entry.summary),
        posted=_day(entry.published),
        updated=_day(entry.updated),
    )


def _day(text: str) -> date | None:
    moment = read_date(text, "UTC")
    return moment.date() if moment else None


def _text(raw: RawText) -> str:
    if raw.literal:
        return raw.value.strip()
    return paragraphs(raw.value)[: json_fields.MOST_TEXT]
