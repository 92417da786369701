"""Write the web app manifest, by which a phone keeps the site on its first screen.

Source: https://www.w3.org/TR/appmanifest/
"""

import json
from urllib.parse import urlsplit

from plugins.seo.model import SiteIdentity

PAPER = "#fbfaf6"
"""The light paper of theme/static/css/tokens.css; a manifest cannot name a style sheet's value."""

_SHORT = 12  # letters that fit below an icon


def manifest(site: SiteIdentity, theme_folder: str) -> str:
    """Return site.webmanifest; every address in it lies below the site's base."""
    base = f"{urlsplit(site.url).path.rstrip('/')}/"
    values = {
        "id": base,
        "name": site.name,
        "short_name": short(site.name),
        "description": site.description,
        "lang": site.language,
        "start_url": base,
        "scope": base,
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {"src": f"{base}{theme_folder}/favicon.svg", "sizes": "any", "type": "image/svg+xml"},
            {"src": f"{base}{theme_folder}/mark.svg", "sizes": "any", "type": "image/svg+xml"},
        ],
    }
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"


def short(name: str) -> str:
    """Return a name for below an icon: whole where it fits, else as many of its first words as do."""
    kept = ""
    for word in name.split():
        longer = f"{kept} {word}".strip()
        if len(longer) > _SHORT:
            break
        kept = longer
    return kept or name[:_SHORT]
