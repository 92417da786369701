"""Who has published what stands at an address, by the sources in sources.toml. Pure: text in, text out."""

import json
import tomllib
from urllib.parse import urlsplit

from plugins.core.text import slugs
from plugins.core.text.urls import host

_SOURCE = """
[[source]]
# Added for an update entered by hand. Without a feed nothing is fetched from it.
id = {id}
# Its name as readers know it, and where they can look for themselves.
title = {title}
site = {site}
# union | guild | employer | labor | press | blog | government
kind = "press"
"""


def with_source(text: str, url: str, title: str = "") -> tuple[str, str]:
    """Return the id of the source on whose site an address is, and sources.toml's text with it.

    Where there is none, one of that title (else its host) is added at the end, without a feed. Raises ValueError where
    the text is not TOML.
    """
    rows = tomllib.loads(text).get("source", [])
    known = {str(row.get("id")): host(str(row.get("site", ""))) for row in rows if isinstance(row, dict)}
    site = host(url)
    near = [name for name, its in known.items() if its and (site == its or site.endswith(f".{its}"))]
    if near:
        return max(near, key=lambda name: len(known[name])), text
    name = slugs.free(slugs.slug(site), known)
    fields = {"id": name, "title": title or site, "site": f"https://{urlsplit(url).netloc}/"}
    begun = text if text.strip() else "# The sources of the wire.\n"
    return name, f"{begun.rstrip()}\n{_SOURCE.format(**{key: quoted(value) for key, value in fields.items()})}"


def quoted(text: str) -> str:
    """Return a line of printable text as YAML and TOML both read it: a JSON string."""
    return json.dumps(text, ensure_ascii=False)
