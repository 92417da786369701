"""Links to the site's own files in a text: `{filename}`, `{static}`, `{attach}`, and paths from its folder.

A path such as `../images/gate.jpg` is what editors' previews understand. It is handed on to Pelican as `{static}` or
`{filename}`, so that whatever holds for those holds for it.
Source: https://docs.getpelican.com/en/stable/content.html#linking-to-internal-content
"""

import re
from collections.abc import Iterable
from posixpath import dirname, join, normpath, splitext
from urllib.parse import unquote

from plugins.core.text.markdown_model import Address

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".svg"})
"""File endings of the pictures that browsers show."""

_DOCUMENTS = frozenset(
    """
    .pdf .csv .tsv .json .txt .odt .ods .odp .docx .xlsx .pptx .epub .ics .zip
    .mp3 .m4a .ogg .opus .mp4 .webm .vtt .srt
    """.split()  # noqa: SIM905 - a list of endings
)
_INDICATOR = re.compile(r"[{|](filename|static|attach)[}|]")
_ELSEWHERE = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|[/#?{|]")
_HERE = rf"(?!{_ELSEWHERE.pattern})"
"""Most links lead elsewhere, and are passed over before Python hears of them."""

_TAG = re.compile(r"<(?P<tag>img|a|source|audio|video)\b(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    rf"(?P<before>\s(?P<name>src|href)\s*=\s*(?P<quote>[\"'])){_HERE}(?P<value>[^\"']*)", re.IGNORECASE
)
_SIGNS = re.compile(r"[\"'<>&?#]")
_AFTER_PATH = re.compile("[#?]")


def targets(addresses: Iterable[Address], source: str) -> list[tuple[int, str, str]]:
    """Return (line, the link as written, its file) of each address of a text that leads to a file.

    Files are below the content folder, as is the text `source`; lines are those of the addresses.
    """
    found = []
    for line, link, shows in addresses:
        if link.startswith(("https://", "http://")):  # as most do
            continue
        path, _ = _parted(link)
        indicated = _INDICATOR.match(path)
        if indicated and path[indicated.end() :].strip():
            found.append((line, path, _file(path[indicated.end() :], source)))
        elif indicator(link, shows=shows):
            found.append((line, path, _file(path, source)))
    return found


def indicator(link: str, *, shows: bool) -> str:
    """Return what Pelican calls the kind of file a link means, "" where it is no path from the text's folder.

    What a text `shows` is a file in any case. A link may be to a page of the site too, so that only what ends as files
    do is taken for one.
    """
    if link.startswith(("https://", "http://")):  # as most do
        return ""
    path, _ = _parted(link)
    if not path.strip() or "\\" in path or _ELSEWHERE.match(link):
        return ""
    ending = splitext(path)[1].lower()
    if ending == ".md" and not shows:
        return "{filename}"
    if shows or ending in PICTURES or ending in _DOCUMENTS:
        return "{static}"
    return ""


def handed_on(html: str, source: str) -> str:
    """Return the HTML of the text `source` with the paths from its folder written as Pelican's links to files.

    One that leads out of the content folder is left as it is, and published is nothing.
    """

    def written(given: re.Match[str]) -> str:
        kind = indicator(given["value"], shows=given["name"].lower() == "src")
        path, rest = _parted(given["value"])
        if not kind or _file(path, source).startswith(".."):
            return given[0]
        # Pelican looks for a file by its name as it stands here, and knows of an address's signs only that for a space.
        name = unquote(path).replace(" ", "%20")
        if _SIGNS.search(name):
            name = path
        return f"{given['before']}{kind}{name}{rest}"

    return _TAG.sub(lambda tag: _ATTRIBUTE.sub(written, tag[0]), html)


def file_shown(link: str, source: str) -> str:
    """Return the file, below the content folder, that a shown address means, "" where it is none of the site's own."""
    indicated = _INDICATOR.match(link)
    if indicated:
        return _file(link[indicated.end() :], source)
    if indicator(link, shows=True):
        return _file(_parted(link)[0], source)
    return ""


def from_content(path: str, source: str) -> str:
    """Return the file, below the content folder, that a path in front matter names.

    It is a path below that folder, or, where it begins with a dot, one from the folder of the text `source`.
    """
    if path.startswith(("./", "../")):
        return normpath(join(dirname(source), path))
    return normpath(path.removeprefix("{static}").lstrip("/"))


def _parted(link: str) -> tuple[str, str]:
    """Return a link's path, and what follows it: a query or a fragment with its sign."""
    path = _AFTER_PATH.split(link, maxsplit=1)[0]
    return path, link[len(path) :]


def _file(link: str, source: str) -> str:
    """Return the file, below the content folder, that a path means: from there with a slash, else from the text's."""
    path = unquote(link)
    if path.startswith("/"):
        return normpath(path[1:])
    return normpath(join(dirname(source), path))
