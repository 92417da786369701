"""Pictures that did not come along with a text that was imported before: known by what stands in their places.

The import puts a link with a title of its own where a picture stayed behind, and commented lines in the head for the
picture on top. While they stand there the picture can take their place; everything else in the text is the writer's.
"""

import re

from plugins.importing.markdown import front_matter
from plugins.importing.model import FetchedPictures
from plugins.importing.transforms import figures

# [words](https://old.example.org/a.png "This picture is still on the old site")
_LINK = re.compile(rf'(?<!!)\[(?P<words>(?:\\.|[^\[\]\\]){{0,2000}})\]\((?P<url>\S+) "{figures.STILL_THERE}"\)')


def left_behind(text: str) -> list[str]:
    """Return the addresses of a text's pictures that are still on the old site."""
    found = [front_matter.picture_left(text), *(link["url"] for link in _LINK.finditer(text))]
    return list(filter(None, found))


def insert(text: str, fetched: FetchedPictures) -> tuple[str, int]:
    """Return a text with the pictures that came by now in the places that were left for them, and their number."""
    count = 0

    def shown(link: re.Match[str]) -> str:
        nonlocal count
        path = fetched.paths.get(link["url"])
        if not path:
            return link[0]
        count += 1
        return f"![{link['words']}]({{static}}/{path})"

    text = _LINK.sub(shown, text)
    if path := fetched.paths.get(front_matter.picture_left(text)):
        return front_matter.with_picture(text, path), count + 1
    return text, count
