"""What sections want found, as pages for Pagefind, which reads HTML; nobody else ever sees them.

Source: https://pagefind.app/docs/indexing/, /metadata/, /filtering/ and, for parts, /sub-results/: a part is a heading
with an id.
"""

from collections.abc import Iterable, Mapping
from html import escape

from plugins.core.text.localised import Wording
from plugins.search.model import FOUND
from plugins.sections.findable import Findable


def records(findables: Iterable[Findable], wording: Wording) -> Mapping[str, str]:
    """Return path → HTML of a page for each. The path follows from its address: one that is new renames no other."""
    return {_path(one.url): _page(one, wording) for one in findables}


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
