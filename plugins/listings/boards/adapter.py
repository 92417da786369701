"""What an adapter is: which requests a board takes, and what their answers say. Values only.

An adapter never guesses. What it cannot read for certain it says: a row whose number is legible and whose rest is not
is `unread`, and its listing stays as it was; where not even the number is, the page is not `whole`, and nothing that is
absent from it counts as gone. An answer that is no answer of this provider at all raises BoardError.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol

from plugins.core.polling.outcomes import FailureKind
from plugins.listings.board import Board
from plugins.listings.posting import Posting


@dataclass(frozen=True, slots=True)
class Request:
    """A request: a GET, or a POST of `body`, which is JSON; `accept` is what its answer should be."""

    url: str
    body: bytes = b""
    accept: str = "application/json"


@dataclass(frozen=True, slots=True)
class BoardRow:
    """A posting as a list has it, without its text, which is at `details`; `stamp` is the employer's mark of a change.

    Where a list gives no such mark, `stamp` is "", and only its details tell whether a posting has changed.
    """

    posting: Posting
    details: Request
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class BoardPage:
    """What one answer of a board says.

    `postings` are complete, `rows` need their details. `unread` are numbers of listings that are on the board and
    cannot be read. `total` is how many the board says to have in all (None: it does not say), `next` the request for
    the next page. `company` is the name the board gives to whoever is hiring. `whole` is False where a row's very
    number cannot be read. `since`: what was posted before that day may have left this list without having left the
    board; `date.max` where nothing can be told from absence.
    """

    postings: tuple[Posting, ...] = ()
    rows: tuple[BoardRow, ...] = ()
    unread: tuple[str, ...] = ()
    total: int | None = None
    next: Request | None = None
    company: str = ""
    whole: bool = True
    since: date | None = None


class BoardError(Exception):
    """An answer that is none of this provider's; `kind` as outcomes have it, `what` in words for the editor."""

    def __init__(self, what: str, kind: FailureKind = "parse error") -> None:
        super().__init__(what)
        self.what = what
        self.kind = kind


class Adapter(Protocol):
    """One provider. Every method is pure; those that read an answer raise BoardError, and nothing else."""

    @property
    def empty(self) -> Literal["empty", "unknown"]:
        """Say what a list without postings is: an empty board, or as likely a name that the provider does not know."""

    def first(self, board: Board) -> Request:
        """Return the request for a board's list, or its first page."""

    def read_page(self, board: Board, request: Request, body: bytes, content_type: str) -> BoardPage:
        """Return what an answer to `first` or to a page's `next` says."""

    def read_details(self, board: Board, row: Posting, body: bytes) -> Posting | None:
        """Return a row's posting with its text; None where the details say that there is no such posting any more."""
