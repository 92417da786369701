"""What sections want found, as pages for Pagefind, which reads HTML; nobody else ever sees them.

Source: https://pagefind.app/docs/indexing/, /metadata/, /filtering/ and, for parts, /sub-results/: a part is a heading
with an id.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from html import escape

from plugins.core.code_version import code_version
from plugins.core.made_files import digest
from plugins.core.text.localised import Wording
from plugins.search.model import FOUND
from plugins.sections.findable import Findable, LaterFindable


@dataclass(frozen=True, slots=True)
class Record:
    """A page whose HTML is made when it is asked for; `key` says what it is made from, "" where only the HTML does."""

    make: Callable[[], str]
    key: str = ""


def records(findables: Iterable[Findable | LaterFindable], wording: Wording) -> Mapping[str, Record]:
    """Return path → page for each. The path follows from its address: one that is new renames no other."""
    made_by = repr((code_version("core", "search", "sections"), wording.language, str(wording.zone)))
    found: dict[str, Record] = {}
    for one in findables:
        if isinstance(one, LaterFindable):
            key = digest(f"{made_by} {one.inputs}".encode())
            found[_path(one.url)] = Record(partial(_later_page, one, wording), f"record {key}")
        else:
            found[_path(one.url)] = Record(partial(_page, one, wording))
    return found


def _later_page(one: LaterFindable, wording: Wording) -> str:
    return _page(one.make(), wording)


def _path(url: str) -> str:
    return f"{FOUND}/{url.replace('#', '').strip('/')}/index.html"


def _page(one: Findable, wording: Wording) -> str:
    values = {"kind": one.kind, "url": one.url, "lang": one.language}
    if one.day:
        values["day"] = wording.day(one.day)
    attributes, names, parts = "", list[str](), ""
    for name, value in values.items():
        if value:
            attributes += f' data-{name}="{escape(value)}"'
            names.append(f"{name}[data-{name}]")
    for part in one.parts:
        parts += f'<h2 id="{escape(part.anchor)}">{escape(part.title)}</h2><p>{escape(part.text)}</p>'
    return (
        f'<!DOCTYPE html><html><body data-pagefind-body data-pagefind-filter="{escape(one.section)}:yes"'
        f' data-pagefind-meta="{", ".join(names)}"{attributes}>'
        f"<h1>{escape(one.title)}</h1><p>{escape(one.text)}</p>{parts}</body></html>"
    )
