"""The door for `./inv desk`: what is new and undecided as a table, and orders written to desk.toml.

Every order is checked against the updates there are before a byte is written. Nothing is fetched.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from plugins.core import console, files
from plugins.core.errors import MisuseError, Problem, SiteError
from plugins.core.text.urls import canonical
from plugins.updates.config import desk_file
from plugins.updates.config.desk_file import DeskFile
from plugins.updates.config.load import Written, read_archive, read_content
from plugins.updates.desk.order import Desk, Order
from plugins.updates.desk.orders import displaced, settle
from plugins.updates.model import Source, Update
from plugins.updates.publish import story_list

# Between names, not inside an address that has a comma of its own.
_BETWEEN = re.compile(r"\s*,\s*(?=https?://|[a-z0-9-]+\s*(?:,|$))")


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for on the command line: updates by id or address, `join` several of them split by commas.

    `note` is about `item`, or else about the update that another wish names.
    """

    pin: str = ""
    hide: str = ""
    retitle: str = ""
    to: str = ""
    note: str = ""
    item: str = ""
    join: str = ""
    split: str = ""
    takedown: str = ""
    undo: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """What is there to decide about: the content, the desk as it is, and every update, newest first."""

    written: Written
    file: DeskFile
    desk: Desk
    updates: tuple[Update, ...]
    zone: ZoneInfo


def desk(content: Path, zone: ZoneInfo, wish: Wish, most: int = 20) -> None:
    """List the newest `most` undecided updates; or, where something is wished for, write it to desk.toml.

    Raises SiteError where the content is wrong, the wish is incomplete, or an update is not there.
    """
    folder = content / "updates"
    room = _open(folder, content / "archive" / "updates", zone)
    if wish == Wish():
        _show(room, most)
        return
    text, said = changed(room, wish)
    files.write_if_changed(folder / desk_file.NAME, text.encode())
    print(*said, sep="\n")


def orders_of(wish: Wish) -> list[Order]:
    """Return a wish as orders. Raises SiteError where it is incomplete."""
    if bool(wish.retitle) != bool(wish.to):
        raise _wrong("a headline needs an update and words", 'write --retitle ID --to "…"')
    item = wish.item or wish.pin or wish.retitle or wish.split
    if wish.note and not item:
        raise _wrong("a note needs an update", 'write --item ID --note "…"')
    if wish.item and not wish.note:
        raise _wrong("--item says what a note is about, and there is none", 'write --item ID --note "…"')
    joined = tuple(dict.fromkeys(filter(None, _BETWEEN.split(wish.join.strip()))))
    if len(joined) == 1:
        raise _wrong(f"only one update to join (got {wish.join})", "write --join ID,ID")
    orders = [
        Order("pin", (wish.pin,)),
        Order("hide", (wish.hide,)),
        Order("retitle", (wish.retitle,), wish.to),
        Order("note", (item if wish.note else "",), wish.note),
        Order("join", joined),
        Order("split", (wish.split,)),
        Order("takedown", (wish.takedown,)),
    ]
    return [order for order in orders if any(order.names)]


def changed(room: Room, wish: Wish) -> tuple[str, list[str]]:
    """Return desk.toml's text with what was wished for, and what to tell the editor. Raises SiteError."""
    new = [_whole(order, room) for order in orders_of(wish)]
    _, faults = settle(new, room.updates)
    if faults:
        raise MisuseError(Problem("", 0, fault.what, fault.remedy) for fault in faults)
    undone = [order for order in room.file.orders if wish.undo and _is_about(order, wish.undo, room)]
    if wish.undo and not undone:
        raise _wrong(f"the desk says nothing about {wish.undo}", "look at desk.toml")
    out = {order for one in new for order in displaced(room.file.orders, one, room.updates)}.union(undone)
    text = desk_file.removed(room.file.text, out)
    if new:
        text = desk_file.added(text, new, _remark(new, room))
    _verify(text, [*(order for order in room.file.orders if order not in out), *new], room.file.where)
    said = [f"removed: {_spoken(order)}" for order in room.file.orders if order in out]
    said += [f"written: {_spoken(order)}" for order in new]
    return text, [*said, *(line for order in new for line in _advice(order, room))]


def _verify(text: str, wanted: Iterable[Order], where: str) -> None:
    """Make sure that a text says what it should: a file may be laid out in ways that are not foreseen here."""
    read = desk_file.parsed(text, where)
    if read.problems or _sense(read.orders) != _sense(wanted):
        remedy = "write each order as a table such as [[pin]], or make this change by hand"
        raise SiteError([Problem(where, 0, "it is laid out in a way that cannot be written to", remedy)])


def _sense(orders: Iterable[Order]) -> list[tuple[str, tuple[str, ...], str]]:
    return sorted((order.verb, order.names, order.words) for order in orders)


def _open(folder: Path, archive: Path, zone: ZoneInfo) -> Room:
    written, file = read_content(folder, zone), desk_file.read_desk(folder)
    problems = (*written.problems, *file.problems)
    if problems:
        raise SiteError(problems)
    stored = read_archive(archive).updates
    updates = story_list.newest_first((*stored.values(), *(entry.update for entry in written.by_hand)))
    # Orders about updates that are no more do not keep the editor from his desk: `./inv check` names them.
    settled, _ = settle(file.orders, updates)
    return Room(written, file, settled, updates, zone)


def _show(room: Room, most: int) -> None:
    rows = list(_undecided(room.updates, room.desk, room.written.sources, room.zone))
    out = console.open_console()
    if not out.is_terminal:
        # Straight, for another program to read: rich makes spaces of tabs.
        for row in rows[:most]:
            print("\t".join("".join(filter(str.isprintable, cell)) for cell in row))
        return
    console.print_table(out, ("id", "when", "source", "headline"), rows[:most])
    console.print_line(
        out, f"{min(most, len(rows))} of {len(rows)} undecided; `./inv --help desk` says what can be done."
    )


def _undecided(
    updates: Iterable[Update], desk: Desk, sources: Mapping[str, Source], zone: ZoneInfo
) -> Iterator[tuple[str, str, str, str]]:
    for update in updates:
        if update.id not in desk.named and update.source in sources:
            when = f"{update.sorted_by.astimezone(zone):%Y-%m-%d %H:%M}"
            yield update.id, when, sources[update.source].title, update.title


def _whole(order: Order, room: Room) -> Order:
    """Return a takedown by id with the update's address added, where no other update has it: ids can be made anew."""
    if order.verb != "takedown":
        return order
    urls = [update.url for update in room.updates if update.id == order.names[0] and update.url]
    pages = [canonical(update.url) for update in room.updates]
    return Order("takedown", (*order.names, *(url for url in urls if pages.count(canonical(url)) == 1)))


def _is_about(order: Order, name: str, room: Room) -> bool:
    single, _ = settle([Order("note", (name,))], room.updates)
    theirs, _ = settle([order], room.updates)
    return name in order.names or bool(single.named & theirs.named)


def _remark(new: Iterable[Order], room: Room) -> Callable[[str], str]:
    """Return what says, in a comment, which update a name is; of one taken down no word may stay."""
    down = {name for order in new if order.verb == "takedown" for name in order.names}
    titles = {update.id: f"{update.source}: {update.title}" for update in room.updates}
    titles |= {update.url: titles[update.id] for update in room.updates if update.url}
    titles = {name: "".join(filter(str.isprintable, title)) for name, title in titles.items()}
    return lambda name: "" if name in down else titles.get(name, "")


def _spoken(order: Order) -> str:
    return " ".join([order.verb, ", ".join(order.names), *([f"“{order.words}”"] if order.words else [])])


def _advice(order: Order, room: Room) -> Iterator[str]:
    if order.verb != "takedown":
        return
    yield "The next build leaves it out, and the next fetch takes its text out of the archive. Git's history keeps it"
    yield "until that is rewritten (git filter-repo), and so do copies that others have made."
    gone = settle([order], room.updates)[0].gone
    yield from (f"Delete {entry.where} too." for entry in room.written.by_hand if entry.update.id in gone)


def _wrong(what: str, remedy: str) -> SiteError:
    return MisuseError([Problem("", 0, what, remedy)])
