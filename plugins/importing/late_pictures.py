"""Pictures that did not come along with a text that was imported before: known by the links in their places.

The import puts a link with a picture's words where a picture stayed behind. Where that link still stands as it was
written, and there alone, the picture can take its place; everything else in the text is the writer's.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bs4 import BeautifulSoup, Tag

from plugins.importing.html_tree import new_element
from plugins.importing.markdown import front_matter, writer
from plugins.importing.model import FetchedPictures, OldPicture
from plugins.importing.transforms import figures


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A text that is there, at `path` below the content folder, and the pictures it only links to.

    `place` is where it stands in the export. `fault` says why they could not be looked for, where the old text or the
    new one cannot be read.
    """

    place: str
    path: str
    pictures: tuple[OldPicture, ...]
    fault: str = ""


def lacking(text: str, on_top: OldPicture | None, pictures: Iterable[OldPicture]) -> tuple[OldPicture, ...]:
    """Return those of a document's pictures for which a link stands in its text, or a line in its head."""
    found = [on_top] if on_top and _line(on_top) in text else []
    return (*found, *(picture for picture in pictures if (link := _link(picture)) and _find(text, link) >= 0))


def insert(text: str, pictures: Iterable[OldPicture], fetched: FetchedPictures) -> tuple[str, int]:
    """Return a text with the pictures that came along by now in the places of their links, and how many those are."""
    count = 0
    for picture in pictures:
        path, line, link = fetched.path(picture), _line(picture), _link(picture)
        if path and line in text:
            text, count = text.replace(line, f"\n{front_matter.picture_on_top(path, picture)}\n", 1), count + 1
        elif path and link and (at := _find(text, link)) >= 0:
            shown = _markdown(new_element("img", {"src": f"{{static}}/{path}", "alt": picture.alt}))
            text, count = f"{text[:at]}{shown}{text[at + len(link) :]}", count + 1
    return text, count


def _link(picture: OldPicture) -> str:
    """Return the link that stands in a picture's place, "" for one without words or without an address."""
    url = figures.old_address(picture)
    if url and picture.alt:
        return _markdown(new_element("a", {"href": url}, picture.alt))
    return ""


def _line(picture: OldPicture) -> str:
    """Return the line that stands in a text's head in the place of its picture on top."""
    return f"\n{front_matter.picture_left_behind(figures.old_address(picture))}\n"


def _markdown(element: Tag) -> str:
    soup = BeautifulSoup("", "html.parser")
    paragraph = new_element("p")
    paragraph.append(element)
    soup.append(paragraph)
    return writer.write(soup)


def _find(text: str, link: str) -> int:
    """Return where a link stands in a text, -1 where it does not; one behind an exclamation mark is a picture."""
    at = text.find(link)
    while at > 0 and text[at - 1] == "!":
        at = text.find(link, at + 1)
    return at
