"""content/updates/desk.toml: loaded and checked, and edited with every comment kept. `desk` says what orders mean."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from pydantic import Field

from plugins.core import files
from plugins.core.config import checked, toml
from plugins.core.config.fields import Day, Link, NameOrLink, Text
from plugins.core.errors import Problem, SiteError
from plugins.updates.desk.order import Order, Verb

NAME = "desk.toml"
_HEADER = re.compile(r"^[ \t]*\[", re.MULTILINE)
BEGUN = """\
# The editor's desk: what is decided by hand about single updates. It outlasts every fetch.
# `./inv desk` lists what is new and writes these lines; an update is named by its id. To hide it or take it down, its
# address will do: that holds for all that have it, now and later. In other orders anybody could claim the address.
#
#   [[pin]]       update                 on top of the wire
#   [[hide]]      update                 off the site and its feeds; the archive keeps it
#   [[retitle]]   update, to             a headline of ours; readers are shown the outlet's too
#   [[note]]      update, text           our sentence under it
#   [[join]]      updates = [..., ...]   these tell one story
#   [[split]]     update                 this one tells a story of its own
#   [[takedown]]  update                 its text leaves site and archive, and never comes back
#
# Each may have a `why`, for those who edit here; it is never published.
"""


class About(checked.Checked):
    """An order about one update, by its id; of some by its address too. `why` is for the editors alone."""

    update: NameOrLink
    why: str = ""


class Retitle(About):
    """`[[retitle]]`: a headline of ours."""

    to: Text


class Note(About):
    """`[[note]]`: an editor's sentence."""

    text: Text


class Join(checked.Checked):
    """`[[join]]`: updates that tell one story."""

    updates: tuple[NameOrLink, ...] = Field(min_length=2)
    why: str = ""


class Takedown(About):
    """`[[takedown]]`: an update by its id may be named by its address as well, should the feed give it a new id."""

    url: Link | None = None
    on: Day | None = None


_TABLES: Mapping[Verb, type[checked.Checked]] = {
    "pin": About,
    "hide": About,
    "retitle": Retitle,
    "note": Note,
    "join": Join,
    "split": About,
    "takedown": Takedown,
}


@dataclass(frozen=True, slots=True)
class DeskFile:
    """The file's orders, in its order verb by verb, and what is wrong with it. No file: no orders."""

    where: str
    text: str = ""
    orders: tuple[Order, ...] = ()
    problems: tuple[Problem, ...] = ()
    document: toml.ParsedToml = field(default_factory=lambda: toml.ParsedToml({}))

    def locate(self, order: Order, place: int = 0) -> tuple[str, int]:
        """Return the file, and the line on which an order's name stands, that of the `place`th (from 0) of several."""
        key: list[str | int] = ["updates", place] if order.verb == "join" else ["update"]
        return self.where, self.document.line_of([order.verb, order.number, *key])


def read_desk(folder: Path) -> DeskFile:
    """Return the desk's orders in a folder such as content/updates."""
    path = folder / NAME
    where = files.display_path(path)
    if not path.exists():
        return DeskFile(where)
    try:
        text = files.read_text(path)
    except SiteError as error:
        return DeskFile(where, problems=error.problems)
    return parse_desk(text, where)


def parse_desk(text: str, where: str) -> DeskFile:
    """Return the orders of a file's text; `where` is the file as problems name it."""
    document = toml.read(text, where)
    problems = [*document.problems, *checked.unknown_keys(document.data, list(_TABLES), where, document.line_of)]
    orders: list[Order] = []
    for verb, model in _TABLES.items():
        rows = document.data.get(verb, [])
        values, found = checked.check_all(model, rows, verb, where, document.line_of, document.unparsable)
        problems += found
        for number, row in values.items():
            orders.append(_order(verb, row, number))
    return DeskFile(where, text, tuple(orders), tuple(problems), document)


def _span(text: str, verb: str, number: int) -> tuple[int, int] | None:
    """Return where the `number`th table of a verb begins and the next table's header stands."""
    header = re.compile(rf"^[ \t]*\[\[?[ \t]*{re.escape(verb)}[ \t]*\]", re.MULTILINE)
    begun = next(islice(header.finditer(text), number, None), None)
    if begun is None:
        return None
    following = _HEADER.search(text, begun.end())
    return begun.start(), following.start() if following else len(text)


def without_orders(text: str, orders: Iterable[Order]) -> str:
    """Return the file's text without some of its orders; comments above and below them stay."""
    spans = [_span(text, order.verb, order.number) for order in orders]
    for start, end in sorted(filter(None, spans), reverse=True):
        lines = text[start:end].splitlines(keepends=True)
        # Blank lines and comments at its end are those above the next table.
        while lines and (not lines[-1].strip() or lines[-1].lstrip().startswith("#")):
            lines.pop()
        rest = text[start + len("".join(lines)) :]
        text = text[:start] + rest.removeprefix("\n")
    return text


def with_orders(text: str, orders: Iterable[Order], comment: Callable[[str], str]) -> str:
    """Return the file's text with orders added at its end; `comment` gives the comment for a name, "" for none."""
    parts = [text.rstrip("\n") if text.strip() else BEGUN.rstrip("\n")]
    parts += [_table(order, comment).strip("\n") for order in orders]
    return "\n\n".join(parts) + "\n"


def _table(order: Order, comment: Callable[[str], str]) -> str:
    import tomlkit  # noqa: PLC0415 - only for what is written here: reading has no need of it

    table = tomlkit.table()
    if order.verb == "join":
        names = tomlkit.array()
        names.multiline(True)
        for name in order.names:
            names.add_line(name, comment=comment(name) or None)
        names.add_line()
        table["updates"] = names
    else:
        table["update"] = tomlkit.item(order.names[0])
        if text := comment(order.names[0]):
            table["update"].comment(text)
        for name in order.names[1:]:
            table["url"] = name
    if order.words:
        table[{"retitle": "to", "note": "text"}[order.verb]] = order.words
    document = tomlkit.document()
    every = tomlkit.aot()
    every.append(table)
    document[order.verb] = every
    return tomlkit.dumps(document)


def _order(verb: Verb, row: checked.Checked, number: int) -> Order:
    values = row.model_dump()
    names = values.get("updates") or tuple(filter(None, (values["update"], values.get("url"))))
    return Order(verb, names, values.get("to") or values.get("text") or "", number)
