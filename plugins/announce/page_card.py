"""Read how a built page describes itself where a link to it is shared: its Open Graph tags (https://ogp.me/)."""

from collections import defaultdict
from pathlib import Path
from urllib.parse import unquote

from bs4 import BeautifulSoup

from plugins.announce.model import LinkPreview

_LARGEST = 976_560
"""Bytes that Bluesky takes for a picture (app.bsky.embed.external); Mastodon takes more."""


def read(output: Path, siteurl: str, url: str) -> LinkPreview | None:
    """Return the card of the page at `url`, below the site's root; None where the build has no such page.

    So that nothing is announced which readers cannot see: a draft has no page. Raises OSError where a file that is
    there cannot be read.
    """
    page = output / unquote(url)
    if url.endswith("/") or not url:
        page /= "index.html"
    if not page.resolve().is_relative_to(output.resolve()) or not page.is_file():
        return None
    soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
    tags = defaultdict(str)
    for tag in soup.find_all("meta", property=True):
        tags[str(tag.get("property"))] = str(tag.get("content", ""))
    image = _image(output, siteurl, tags["og:image"])
    return LinkPreview(tags["og:title"], tags["og:description"], image, alt=tags["og:image:alt"])


def _image(output: Path, siteurl: str, address: str) -> bytes:
    """Return the picture's bytes; none where it is not the site's own PNG, or too large."""
    if not address.startswith(f"{siteurl}/"):
        return b""
    path = output / unquote(address.removeprefix(f"{siteurl}/"))
    if path.suffix != ".png" or not path.resolve().is_relative_to(output.resolve()):
        return b""
    if not path.is_file() or path.stat().st_size > _LARGEST:
        return b""
    return path.read_bytes()
