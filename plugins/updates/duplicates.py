"""Whether a page is an update already, and which ids are taken. Reads content/updates and the archive."""

from collections.abc import Iterator

from plugins.core import files
from plugins.core.config import markdown_file
from plugins.core.text.urls import canonical
from plugins.updates.config.desk_file import read_desk
from plugins.updates.config.load import read_archive
from plugins.updates.config.paths import Places
from plugins.updates.config.sources_file import HandMatter
from plugins.updates.desk.takedowns import takedowns


def duplicate_reasons(url: str, places: Places) -> Iterator[tuple[str, str]]:
    """Yield why a page cannot become an update, and what to do: it is one already, or was taken down."""
    page = canonical(url)
    desk, archived = read_desk(places.updates), read_archive(places.archive).updates
    if takedowns(desk.orders, archived.values()).cover("", url):
        yield f"was taken down by the desk ({desk.where})", "leave it out"
    for path in sorted(places.updates.glob("[!._]*.md")):
        written = markdown_file.read(path, HandMatter).front.data.get("url")
        if isinstance(written, str) and canonical(written.strip()) == page:
            yield f"is an update already ({files.display_path(path)})", "add to it what is new"
    for update in archived.values():
        if update.url and canonical(update.url) == page:
            where = files.display_path(places.archive / f"{update.first_seen:%Y-%m}.jsonl")
            what = f"is an update already ({update.id}, in {where})"
            yield what, f'add a sentence of ours: ./inv desk --item {update.id} --note "…"'


def taken_ids(places: Places) -> set[str]:
    """Return the ids of all updates."""
    return {path.stem for path in places.updates.glob("[!._]*.md")} | set(read_archive(places.archive).updates)
