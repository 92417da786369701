"""content/listings/boards.toml: the boards that are watched, loaded and checked."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator

from plugins.core.config import checked, toml_tables
from plugins.core.config.fields import Id, Link, Text, matching
from plugins.core.errors import Problem
from plugins.core.topics.topic import Topic, compile_topic, term_errors
from plugins.listings.board import FIELDS, Board, Provider

FILE = "listings/boards.toml"
_BASES: Mapping[str, str] = {
    "greenhouse": "https://boards-api.greenhouse.io",
    "lever": "https://api.lever.co",
    "ashby": "https://api.ashbyhq.com",
    "smartrecruiters": "https://api.smartrecruiters.com",
    "recruitee": "https://{board}.recruitee.com",
    "workable": "https://apply.workable.com",
}
"""Where a provider's interface is, unless the board says another `base`."""
_NEEDED: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(_BASES, ("board",)),
    "workday": ("tenant", "board", "base"),
    "eightfold": ("domain", "base"),
}
_OWN_KEYS = ("board", "tenant", "domain", "base")
_Name = Annotated[
    str, matching(r"[A-Za-z0-9][A-Za-z0-9._-]*|", "must be the name in the board’s address, such as acme")
]


def _site(value: str) -> str:
    if value and (urlsplit(value).path not in {"", "/"} or urlsplit(value).query):
        raise ValueError("must be a scheme and a host, such as https://acme.wd5.myworkdayjobs.com")
    return value.rstrip("/")


def _terms(value: object) -> object:
    """Take a term, or a list of terms, for a rule that needs any of them."""
    if isinstance(value, str):
        return {"any": [value]}
    return {"any": value} if isinstance(value, list) else value


class JobFilter(checked.Checked):
    """Which of a board's jobs are kept, in the language of topics.toml: a term, a list of them, or a table of rules."""

    any: tuple[Text, ...] = ()
    all: tuple[Text, ...] = ()
    none: tuple[Text, ...] = ()
    ignore: tuple[Text, ...] = ()
    fields: tuple[Literal["title", "location", "text"], ...] = ()


class BoardTable(checked.Checked):
    """`[[board]]` of boards.toml: an employer's job board at a provider, its feed of jobs, or saved answers of it."""

    id: Id
    employer: Text
    provider: Provider | Literal[""] = ""
    match: Annotated[JobFilter | None, BeforeValidator(_terms)] = None
    board: _Name = ""
    tenant: _Name = ""
    domain: _Name = ""
    base: Annotated[Link | Literal[""], AfterValidator(_site)] = ""
    feed: Link | Literal[""] = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Boards:
    """The boards in the file's order, with the lines they begin on by their ids; and all that is wrong with the file.

    `ids` are those of boards with problems too.
    """

    boards: tuple[Board, ...] = ()
    ids: frozenset[str] = frozenset()
    lines: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def by_id(self) -> Mapping[str, Board]:
        """Return the boards by their ids."""
        return {board.id: board for board in self.boards}


def read_boards(content: Path) -> Boards:
    """Return the boards of a content folder; none where it has no boards.toml."""
    read = toml_tables.read(content / FILE, {"board": BoardTable})
    problems = list(read.problems)
    boards: list[Board] = []
    lines: dict[str, int] = {}
    for number, row in enumerate(read.rows["board"]):
        at = partial(_line, read, number)
        wrong = [*_key_problems(row), *_term_problems(row)]
        for path, what, remedy in wrong:
            problems.append(Problem(read.where, at(path), f"board {row.id}: {what}", remedy))
        if not wrong:
            boards.append(_board(row))
            lines[row.id] = at(())
    return Boards(tuple(boards), read.ids["board"], lines, tuple(problems))


_Wrong = tuple[Sequence[str | int], str, str]
"""A problem of a row: the path of the key it is about, what is wrong, and what to do."""


def _line(read: toml_tables.Tables, number: int, path: Sequence[str | int]) -> int:
    return read.line_of(["board", number, *path])


def _key_problems(row: BoardTable) -> Iterator[_Wrong]:
    """Yield what is wrong with the keys a board has: those that say where it is, and no others."""
    given = [key for key in ("provider", "feed", "file") if getattr(row, key)]
    if len(given) != 1:
        found = " and ".join(given) or "none of them"
        known = ", ".join(get_args(Provider))
        yield given[-1:], f"needs one of provider, feed and file (found {found})", f"a provider is one of {known}"
        return
    needed = _NEEDED.get(row.provider, ())  # a feed or a file needs nothing besides
    where = row.provider or given[0]
    for key in needed:
        if not getattr(row, key):
            yield (), f"{key} is missing", f"add it: a board of {where} needs {', '.join(needed)}"
    allowed = {*needed, "base"} if row.provider else set()
    for key in _OWN_KEYS:
        if getattr(row, key) and key not in allowed:
            yield [key], f"{key} says nothing of a board of {where}", "take it out"
    if row.file and (row.file.startswith("/") or ".." in re.split(r"[/\\]", row.file)):
        yield ["file"], f"file must be below content/listings (found {row.file!r})", "move it there"


def _term_problems(row: BoardTable) -> Iterator[_Wrong]:
    if row.match is None:
        return
    rules = row.match.model_dump(include={"any", "all", "none", "ignore"})
    wrong = list(term_errors(rules))
    for key, number, message in wrong:
        what, _, remedy = message.partition("; ")
        yield ["match", key, number], what, remedy
    if not wrong:
        try:
            _topic(row)
        except ValueError as error:
            what, _, remedy = str(error).partition("; ")
            yield ["match"], what, remedy


def _topic(row: BoardTable) -> Topic | None:
    """Return the rule of a board; raises ValueError where it cannot work."""
    if row.match is None:
        return None
    rules: Any = row.match.model_dump()
    return compile_topic(row.id, row.employer, FIELDS, **rules)


def _board(row: BoardTable) -> Board:
    base = row.base or _BASES.get(row.provider, "").format(board=row.board)
    where: Any = row.provider or ("feed" if row.feed else "file")
    return Board(row.id, row.employer, where, row.board, row.tenant, row.domain, base, row.feed, row.file, _topic(row))
