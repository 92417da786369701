"""`./inv desk`: list the updates that nobody has decided about, and write orders to desk.toml.

Every order is checked against the updates there are before the file is written. Nothing is fetched.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from operator import attrgetter
from pathlib import Path
from zoneinfo import ZoneInfo

from plugins.core import console, files
from plugins.core.errors import MisuseError, Problem, SiteError
from plugins.core.escapes import for_terminal
from plugins.core.text.same_page import place_of
from plugins.core.text.urls import canonical
from plugins.updates.commands.forget_texts import forget_texts
from plugins.updates.config import desk_file
from plugins.updates.config.desk_file import DeskFile
from plugins.updates.config.load import HandWritten, read_archive, read_content
from plugins.updates.config.paths import Places
from plugins.updates.desk.order import WIDE, Desk, Order
from plugins.updates.desk.resolve import UpdateNames, resolve_orders, superseded
from plugins.updates.desk.takedowns import takedowns
from plugins.updates.model import Source, Update, by_id
from plugins.updates.publish.layout import newest_first

# Between names, not inside an address that has a comma of its own.
_BETWEEN = re.compile(r"\s*,\s*(?=https?://|[a-z0-9-]+\s*(?:,|$))")

_MOST_NEAR = 5
"""Updates named whose page is nearly that of a takedown that holds for none."""


@dataclass(frozen=True, slots=True)
class DeskOptions:
    """The options of the command line: updates by id or address; `join` has several, with commas between them.

    What is written names ids; only of what is hidden or taken down it may be an address. `note` is about `item`, or
    else about the update that `pin`, `retitle` or `split` names. All "": list the updates.
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
class Loaded:
    """The content, desk.toml as it is, the desk its orders add up to, and every update, newest first."""

    written: HandWritten
    file: DeskFile
    desk: Desk
    updates: tuple[Update, ...]
    zone: ZoneInfo


def desk(content: Path, zone: ZoneInfo, options: DeskOptions, most: int = 20) -> None:
    """List the newest `most` undecided updates; or, where something is requested, write it to desk.toml.

    Raises SiteError where the content is wrong, the options are incomplete, or an update does not exist.
    """
    folder = content / "updates"
    loaded = _open(folder, content / "archive" / "updates", zone)
    if options == DeskOptions():
        _show(loaded, most)
        return
    text, lines = changed_desk(loaded, options)
    files.write_if_changed(folder / desk_file.NAME, text.encode())
    if options.takedown:
        orders = desk_file.parse_desk(text, loaded.file.where).orders
        forget_texts(Places(content), orders, takedowns(orders, loaded.updates, loaded.written.sites))
    print(*map(for_terminal, lines), sep="\n")


def orders_of(options: DeskOptions) -> list[Order]:
    """Return the options as orders. Raises MisuseError where they are incomplete."""
    if bool(options.retitle) != bool(options.to):
        raise _wrong("a headline needs an update and words", 'write --retitle ID --to "…"')
    item = options.item or options.pin or options.retitle or options.split
    if options.note and not item:
        raise _wrong("a note needs an update", 'write --item ID --note "…"')
    if options.item and not options.note:
        raise _wrong("--item says what a note is about, and there is none", 'write --item ID --note "…"')
    joined = tuple(dict.fromkeys(filter(None, _BETWEEN.split(options.join.strip()))))
    if len(joined) == 1:
        raise _wrong(f"only one update to join (got {options.join})", "write --join ID,ID")
    orders = [
        Order("pin", (options.pin,)),
        Order("hide", (options.hide,)),
        Order("retitle", (options.retitle,), options.to),
        Order("note", (item if options.note else "",), options.note),
        Order("join", joined),
        Order("split", (options.split,)),
        Order("takedown", (options.takedown,)),
    ]
    return [order for order in orders if any(order.names)]


def changed_desk(loaded: Loaded, options: DeskOptions) -> tuple[str, list[str]]:
    """Return the text that desk.toml gets, and the lines to print. Raises SiteError where the options cannot be met."""
    names = UpdateNames(loaded.updates)  # once: to find the pages of 100,000 updates takes half a second
    new: list[Order] = []
    for order in orders_of(options):
        new.append(_with_address(_with_ids(order, names, loaded), loaded))
    _, problems = resolve_orders(new, loaded.updates)
    if problems:
        raise MisuseError(problems)
    out: set[Order] = set()
    if options.undo:
        out |= {order for order in loaded.file.orders if _is_about(order, options.undo, names)}
        if not out:
            raise _wrong(f"the desk says nothing about {options.undo}", "look at desk.toml")
    replaced, again = _replaced(new, loaded)
    out |= replaced
    new += again
    text = desk_file.without_orders(loaded.file.text, out)
    if new:
        text = desk_file.with_orders(text, new, _comments(new, loaded))
    lines: list[str] = []
    kept: list[Order] = []
    for order in loaded.file.orders:
        if order in out:
            lines.append(f"removed: {_described(order)}")
        else:
            kept.append(order)
    _verify(text, [*kept, *new], loaded.file.where)
    lines += [f"written: {_described(order)}" for order in new]
    for order in new:
        lines += _advice(order, loaded)
    return text, lines


def _replaced(new: Iterable[Order], loaded: Loaded) -> tuple[set[Order], list[Order]]:
    """Return the orders that new ones replace, and those that are written again beside them.

    What was joined or split stays so when it is taken down, so that its story keeps the address that this gave it.
    """
    replaced: set[Order] = set()
    again: list[Order] = []
    for order in new:
        for old in superseded(loaded.file.orders, order, loaded.updates, loaded.written.sites):
            replaced.add(old)
            if order.verb == "takedown" and old.verb in {"join", "split"}:
                again.append(Order(old.verb, old.names))
    return replaced, again


def _verify(text: str, wanted: Iterable[Order], where: str) -> None:
    """Raise SiteError unless a text has exactly the wanted orders: TOML can be laid out in ways that we cannot edit."""
    read = desk_file.parse_desk(text, where)
    if read.problems or _comparable(read.orders) != _comparable(wanted):
        remedy = "write each order as a table such as [[pin]], or make this change by hand"
        raise SiteError([Problem(where, 0, "it is laid out in a way that cannot be written to", remedy)])


def _comparable(orders: Iterable[Order]) -> list[tuple[str, tuple[str, ...], str]]:
    return sorted(map(attrgetter("verb", "names", "words"), orders))


def _open(folder: Path, archive: Path, zone: ZoneInfo) -> Loaded:
    written, file = read_content(folder, zone), desk_file.read_desk(folder)
    problems = (*written.problems, *file.problems)
    if problems:
        raise SiteError(problems)
    stored = read_archive(archive).updates
    updates = newest_first((*stored.values(), *written.updates))
    # Problems with orders already in the file do not stop this command: `./inv check` reports them.
    desk, _ = resolve_orders(file.orders, updates, sites=written.sites)
    return Loaded(written, file, desk, updates, zone)


def _show(loaded: Loaded, most: int) -> None:
    rows = list(_undecided(loaded.updates, loaded.desk, loaded.written.sources, loaded.zone))
    out = console.open_console()
    if not out.is_terminal:
        # Straight, for another program to read: rich makes spaces of tabs.
        for row in rows[:most]:
            print("\t".join(map(for_terminal, row)))
        return
    console.print_table(out, ("id", "when", "source", "headline"), rows[:most])
    console.print_line(
        out, f"{min(most, len(rows))} of {len(rows)} undecided; `./inv --help desk` says what can be done."
    )


def _undecided(
    updates: Iterable[Update], desk: Desk, sources: Mapping[str, Source], zone: ZoneInfo
) -> Iterator[tuple[str, str, str, str]]:
    for update in updates:
        if update.id not in desk.decided and update.source in sources:
            when = f"{update.sorted_by.astimezone(zone):%Y-%m-%d %H:%M}"
            yield update.id, when, sources[update.source].title, update.title


def _with_ids(order: Order, known: UpdateNames, loaded: Loaded) -> Order:
    """Return an order that names ids, unless it is wide: who claims an address later must not get what is ordered now.

    An address that nobody has is left for `resolve_orders` to report. Raises SiteError where several updates have one.
    """
    if order.verb in WIDE:
        return order
    ids: dict[str, None] = {}
    for name in order.names:
        found = known.find(name)
        if len(found) > 1:
            updates = by_id(loaded.updates)
            which = "; ".join(f"{id} ({_title(updates[id])})" for id in found)
            raise _wrong(f"{len(found)} updates have this address (got {name})", f"name one by its id: {which}")
        ids |= dict.fromkeys(found or (name,))
    if order.verb == "join" and len(ids) == 1:
        raise _wrong(f"only one update to join (got {', '.join(order.names)})", "write --join ID,ID")
    return replace(order, names=tuple(ids))


def _with_address(order: Order, loaded: Loaded) -> Order:
    """Add its address to a takedown by id, unless other updates of the source have it too: the id may be lost."""
    if order.verb != "takedown":
        return order
    names = list(order.names)
    updates_on = Counter(map(_page, loaded.updates))
    for update in loaded.updates:
        if update.id == order.names[0] and update.url and updates_on[_page(update)] == 1:
            names.append(update.url)
    return Order("takedown", tuple(names))


def _page(update: Update) -> tuple[str, str]:
    return update.source, canonical(update.url)


def _is_about(order: Order, name: str, known: UpdateNames) -> bool:
    return name in order.names or not set(known.find(name)).isdisjoint(known.named_in(order))


def _comments(new: Iterable[Order], loaded: Loaded) -> Callable[[str], str]:
    """Return the function from a name to the comment that says which update it is; "" for one that is taken down."""
    comments: dict[str, str] = {}
    for update in loaded.updates:
        comments[update.id] = _title(update)
        if update.url:
            comments[update.url] = _title(update)
    for order in new:
        if order.verb == "takedown":
            for name in (*order.names, *_taken_down(order, loaded)):
                comments.pop(name, None)
    return lambda name: comments.get(name, "")


def _taken_down(order: Order, loaded: Loaded) -> frozenset[str]:
    """Return the ids of the updates there are that an order takes down."""
    return resolve_orders([order], loaded.updates, sites=loaded.written.sites)[0].taken_down


def _title(update: Update) -> str:
    """Return an update's source and headline, on one line."""
    return "".join(filter(str.isprintable, f"{update.source}: {update.title}"))


def _described(order: Order) -> str:
    parts = [order.verb, ", ".join(order.names)]
    if order.words:
        parts.append(f"“{order.words}”")
    return " ".join(parts)


def _advice(order: Order, loaded: Loaded) -> Iterator[str]:
    if order.verb != "takedown":
        return
    yield "The next build leaves it out, and the next fetch takes its text out of the archive. Git's history keeps it"
    yield "until that is rewritten (git filter-repo), and so do copies that others have made."
    taken_down = _taken_down(order, loaded)
    if taken_down:
        names = ", ".join(sorted(taken_down))
        yield f"It holds for {names}, and for what comes with the same page or id, or title and text."
    else:
        yield "No update has it now; it is kept out when it comes."
        place = place_of(order.names[0])[0]
        left = _MOST_NEAR
        for update in loaded.updates:
            if left and place and update.url and place_of(update.url)[0] == place:
                left -= 1
                yield f"{update.id} has nearly the same page, and stays: {update.url}"
    for entry in loaded.written.by_hand:
        if entry.update.id in taken_down:
            yield f"Delete {entry.where} too."


def _wrong(what: str, remedy: str) -> SiteError:
    return MisuseError([Problem("", 0, what, remedy)])
