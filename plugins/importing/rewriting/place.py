"""Pictures put in their places in a text, once it is known what became of each. Pure."""

from collections.abc import Iterable
from posixpath import basename
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag

from plugins.core.text.urls import is_web
from plugins.importing import escapes, text
from plugins.importing.clean import attribute
from plugins.importing.losses import Losses, new
from plugins.importing.models import Brought
from plugins.importing.rewriting import figures

LEFT = "picture left on the old site"


def pictures(soup: BeautifulSoup, brought: Brought, losses: Losses) -> int:
    """Show the pictures that came along, link the others; return how many have no words for those who do not see.

    Words are never made up: a caption stands beside a picture, and does not say what is in it.
    """
    silent = 0
    for picture in soup.find_all("img"):
        sources = figures.shown(picture).sources
        path = path_of(sources, brought)
        alt = attribute(picture, "alt")
        if not path:
            why = next(
                (brought.failed[source] for source in sources if source in brought.failed), "it was not asked for"
            )
            _link(picture, sources, alt, why, losses)
            continue
        picture.attrs = {"src": f"{{static}}/{path}", "alt": alt}
        if not alt:
            silent += 1
            losses.beside(picture, figures.NO_WORDS, path)
    return silent


def path_of(sources: Iterable[str], brought: Brought) -> str:
    """Return where a picture is, below the content folder; "" where it did not come along."""
    return next((brought.paths[source] for source in sources if source in brought.paths), "")


def old_address(sources: Iterable[str]) -> str:
    """Return the first of a picture's addresses that a link can lead to, "" where there is none."""
    return next((escapes.address(source) for source in sources if is_web(source)), "")


def _link(picture: Tag, sources: tuple[str, ...], alt: str, why: str, losses: Losses) -> None:
    """Put a link in the place of a picture that did not come along, named by its words or else by its file."""
    figure, outer = picture.find_parent("figure"), picture.find_parent("a")
    url = old_address(sources)
    shown = alt or (text.line(basename(unquote(urlsplit(url).path)), 100) if url else "")
    place = outer if isinstance(outer, Tag) and not outer.get_text(strip=True) else picture
    if url:
        place.replace_with(made := new("a", {"href": url}, shown or url))
    else:
        place.replace_with(made := new("strong", None, alt)) if alt else place.replace_with(
            made := losses.mark(LEFT, why)
        )
    if url or alt:
        losses.beside(made, LEFT, f"{why}: {url}" if url else why)
    if isinstance(figure, Tag):
        for caption in figure.find_all("figcaption"):
            caption.name = "p"
        line = new("p")
        for node in [one for one in figure.contents if not (isinstance(one, Tag) and one.name == "p")]:
            line.append(node.extract())
        figure.insert(0, line)
        figure.unwrap()
