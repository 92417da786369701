"""Pictures that did not come along with a text that is here by now: known by the links in their places. Pure.

The import puts a link with a picture's words where a picture stayed behind. Where that link still stands as it was
written, and there alone, the picture can take its place; everything else in the text is the writer's.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from plugins.importing.losses import new
from plugins.importing.models import Brought, Picture
from plugins.importing.rewriting import place
from plugins.importing.scribing import matter, scribe


@dataclass(frozen=True, slots=True)
class Waiting:
    """A text that is here, at `path` below the content folder, and the pictures it only links to.

    `fault` says why they could not be looked for, where the old text or the new one cannot be read.
    """

    key: str
    place: str
    path: str
    pictures: tuple[Picture, ...]
    fault: str = ""


def waiting(written: str, front: Picture | None, pictures: Iterable[Picture]) -> tuple[Picture, ...]:
    """Return those of an old text's pictures for which a link stands in the new one, or a line in its head."""
    found = [front] if front and _line(front) in written else []
    return (*found, *(picture for picture in pictures if (link := _link(picture)) and _count(written, link)))


def filled(written: str, pictures: Iterable[Picture], brought: Brought) -> tuple[str, int]:
    """Return a text with the pictures that came along by now in the places of their links, and how many those are."""
    count = 0
    for picture in pictures:
        link, path = _link(picture), place.path_of(picture.sources, brought)
        if path and (line := _line(picture)) in written:
            written, count = written.replace(line, f"\n{matter.picture_on_top(path, picture)}\n", 1), count + 1
        elif path and _count(written, link):
            shown = _markdown(new("img", {"src": f"{{static}}/{path}", "alt": picture.alt}))
            before, _, after = _apart(written, link)
            written, count = f"{before}{shown}{after}", count + 1
    return written, count


def _link(picture: Picture) -> str:
    """Return the link that stands in a picture's place, "" for one without words or without an address."""
    url = place.old_address(picture.sources)
    return _markdown(new("a", {"href": url}, picture.alt)) if url and picture.alt else ""


def _line(picture: Picture) -> str:
    """Return the line that stands in a text's head in the place of its picture on top."""
    return f"\n{matter.left_behind(place.old_address(picture.sources))}\n"


def _markdown(element: Tag) -> str:
    soup = BeautifulSoup("", "html.parser")
    soup.append(paragraph := new("p"))
    paragraph.append(element)
    return scribe.write(soup)


def _count(written: str, link: str) -> int:
    """Return how often a link stands in a text; one behind an exclamation mark is a picture already."""
    return written.count(link) - written.count(f"!{link}")


def _apart(written: str, link: str) -> tuple[str, str, str]:
    """Return what stands before the first link that is no picture, the link, and what stands behind it."""
    at = written.index(link)
    while written[at - 1 : at] == "!":
        at = written.index(link, at + 1)
    return written[:at], link, written[at + len(link) :]
