"""Forget in the cache what may repeat a text that was taken down. All of it may be lost, and is made again."""

from collections.abc import Iterable
from hashlib import sha256

from plugins.core import files
from plugins.core.made_files import remove
from plugins.sections import page_caches
from plugins.updates.archive import dropped_items
from plugins.updates.config.paths import Places
from plugins.updates.desk.order import Order
from plugins.updates.desk.takedowns import Takedowns


def forget_texts(places: Places, orders: Iterable[Order], down: Takedowns) -> None:
    """Forget what was read of feeds and made of pages, where there are other takedowns than when this was last done.

    `down` is what the orders take down, by which what the topics dropped lately is looked through.
    """
    names: set[str] = set()
    for order in orders:
        if order.verb == "takedown":
            names.update(order.names)
    now = sha256("\n".join(sorted(names)).encode()).hexdigest() if names else ""
    done = places.cache / "takedowns.txt"
    if now == files.read_lossy(done).strip():
        return
    remove(places.items)
    page_caches.forget(places.content)
    drops, _ = dropped_items.read(places.dropped)  # its invalid rows are reported by the next fetch
    dropped_items.write(places.dropped, [drop for drop in drops if not down.has(drop.update)])
    with files.disk_errors_reported(done):
        files.write_if_changed(done, f"{now}\n".encode())
