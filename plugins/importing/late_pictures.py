"""Pictures that did not come along with a text that was imported before: known by the links in their places.

The import puts a link with a title of its own where a picture stayed behind. While that link has its title the picture
can take its place; everything else in the text is the writer's.
"""

import re
from collections.abc import Mapping

from plugins.importing.transforms.text_pictures import STILL_THERE

# [words](https://old.example.org/a.png "This picture is still on the old site")
_LINK = re.compile(rf'(?<!!)\[(?P<words>(?:\\.|[^\[\]\\]){{0,2000}})\]\((?P<url>\S+) "{STILL_THERE}"\)')


def left_behind(text: str) -> list[str]:
    """Return the addresses of a text's pictures that are still on the old site."""
    return [link["url"] for link in _LINK.finditer(text)]


def insert(text: str, paths: Mapping[str, str]) -> str:
    """Return a text with the pictures that came by now in their places; `paths` is where each is, by its address."""

    def shown(link: re.Match[str]) -> str:
        path = paths.get(link["url"])
        return f"![{link['words']}]({{static}}/{path})" if path else link[0]

    return _LINK.sub(shown, text)
