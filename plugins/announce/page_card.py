"""Read how a built page describes itself where a link to it is shared: its Open Graph tags (https://ogp.me/)."""

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
    page = output / f"{unquote(url)}index.html" if url.endswith("/") or not url else output / unquote(url)
    if not page.resolve().is_relative_to(output.resolve()) or not page.is_file():
        return None
    soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
    tags = {str(tag.get("property")): str(tag.get("content", "")) for tag in soup.find_all("meta", property=True)}
    image = _image(output, siteurl, tags.get("og:image", ""))
    return LinkPreview(
        tags.get("og:title", ""), tags.get("og:description", ""), image, alt=tags.get("og:image:alt", "")
    )


def _image(output: Path, siteurl: str, address: str) -> bytes:
    """Return the picture's bytes; none where it is not the site's own PNG, or too large."""
    path = output / unquote(address.removeprefix(f"{siteurl}/"))
    own = (
        address.startswith(f"{siteurl}/") and path.suffix == ".png" and path.resolve().is_relative_to(output.resolve())
    )
    if not own or not path.is_file() or path.stat().st_size > _LARGEST:
        return b""
    return path.read_bytes()
