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
    told = {"kind": one.kind, "url": one.url, "lang": one.language, "day": wording.day(one.day) if one.day else ""}
    there = {key: value for key, value in told.items() if value}
    values = "".join(f' data-{key}="{escape(value)}"' for key, value in there.items())
    names = ", ".join(f"{key}[data-{key}]" for key in there)
    parts = (
        f'<h2 id="{escape(part.anchor)}">{escape(part.title)}</h2><p>{escape(part.text)}</p>' for part in one.parts
    )
    return (
        f'<!DOCTYPE html><html><body data-pagefind-body data-pagefind-filter="{escape(one.section)}:yes"'
        f' data-pagefind-meta="{names}"{values}>'
        f"<h1>{escape(one.title)}</h1><p>{escape(one.text)}</p>{''.join(parts)}</body></html>"
    )
