"""Find the source that publishes at an address, or add one to sources.toml.

For updates that a person enters: whoever knows an article's address need not know the id of its source.
"""

import tomllib
from typing import get_args
from urllib.parse import urlsplit

from plugins.core.config.fields import quoted
from plugins.core.text import slugs
from plugins.core.text.urls import host
from plugins.updates.model import Kind

_SOURCE = """
[[source]]
# Added for an update entered by hand. Without a feed nothing is fetched from it.
id = {id}
# Its name as readers know it, and where they can look for themselves.
title = {title}
site = {site}
# {kinds}
kind = "press"
"""


def with_source(text: str, url: str, title: str = "") -> tuple[str, str]:
    """Return the id of the source whose site an address is on, and the text of sources.toml with that source in it.

    `text` is the file as it is, "" where there is none. If no source fits, one is added at the end: without a feed, and
    named `title`, or the address's host where that is "". Of several, the source with the longest host is meant: a
    section on a host of its own rather than the whole paper. Raises tomllib.TOMLDecodeError (a ValueError).
    """
    rows = tomllib.loads(text).get("source", [])
    known = {str(row.get("id")): host(str(row.get("site", ""))) for row in rows if isinstance(row, dict)}
    site = host(url)
    fitting = [name for name, its_host in known.items() if its_host and f".{site}".endswith(f".{its_host}")]
    if fitting:
        return max(fitting, key=lambda name: len(known[name])), text
    name = slugs.free(slugs.slug(site), known)
    fields = {"id": name, "title": title or site, "site": f"https://{urlsplit(url).netloc}/"}
    kinds = " | ".join(get_args(Kind))
    added = _SOURCE.format(kinds=kinds, **{key: quoted(value) for key, value in fields.items()})
    begun = text if text.strip() else "# The sources of the wire.\n"
    return name, f"{begun.rstrip()}\n{added}"
