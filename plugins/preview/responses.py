"""The bytes a tab gets: a page of the site with the preview's script, or a page that tells of problems.

Nothing of this is ever written to a file. A page's own Content-Security-Policy is left as it is: the script comes from
the site's own origin.
"""

import json
import re
from collections.abc import Iterable, Sequence
from html import escape

from plugins.preview.model import OWN, Trouble

NOTHING = b"""<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Nothing here</title></head><body><p>Nothing here.</p></body></html>
"""
"""The page for what is not there, of a site that has none of its own."""

_POLICY = re.compile(rb"<meta\s[^>]*Content-Security-Policy[^>]*>", re.IGNORECASE)
_OWN_SCRIPTS = re.compile(rb"(script-src|default-src)\s[^;\"]*'self'")
_HEAD_END = re.compile(rb"</head\s*>", re.IGNORECASE)
_PROBLEMS = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="stylesheet" href="{own}/preview.css">
</head>
<body>
<main id="preview-problems">
<h1>{title}</h1>
<ol>
{rows}
</ol>
</main>
</body>
</html>
"""


def with_script(page: bytes, files: Sequence[str], build: int, base: str) -> bytes:
    """Return a page with the script that keeps its tab up to date; as it is where its policy allows no own scripts.

    `files` are those the page came from, below the output; `build` numbers the build they are of.
    """
    policy = _POLICY.search(page)
    end = _HEAD_END.search(page)
    if end is None or (policy and not _OWN_SCRIPTS.search(policy[0])):
        return page
    values = {"build": str(build), "base": base, "files": json.dumps(files)}
    attributes = "".join(f' data-{name}="{escape(value)}"' for name, value in values.items())
    script = f'<script src="{OWN}/preview.js" defer{attributes}></script>\n'
    return page[: end.start()] + script.encode() + page[end.start() :]


def problems(troubles: Iterable[Trouble]) -> bytes:
    """Return a page for where there is no site to show yet: what keeps it from being built."""
    rows = "\n".join(_row(trouble) for trouble in troubles)
    return _PROBLEMS.format(title="The site cannot be built", own=OWN, rows=rows).encode()


def place(trouble: Trouble) -> str:
    """Return where a trouble is, as editors understand it."""
    if trouble.line:
        return f"{trouble.where}:{trouble.line}"
    return trouble.where


def _row(trouble: Trouble) -> str:
    where = f'<p class="place">{escape(place(trouble))}</p>' if trouble.where else ""
    trace = f"<pre>{escape(trouble.trace)}</pre>" if trouble.trace else ""
    return f"<li>{where}<p>{escape(trouble.what)}</p><p>{escape(trouble.remedy)}</p>{trace}</li>"
