"""Decide which versions of a picture are made, and which of those are worth offering."""

from collections.abc import Iterable, Sequence

from plugins.core.media.image_kind import ENDINGS, Facts
from plugins.images.model import WIDTHS, PublishedPicture, SourceElement, Version, WantedVersion

_OWN = frozenset({"JPEG", "PNG", "WEBP"})
_MODERN = frozenset({"WEBP", "AVIF"})


def wanted_versions(facts: Facts) -> tuple[WantedVersion, ...]:
    """Return the versions to be made beside the picture itself: never wider than it, none of a moving one."""
    if facts.animated:
        return ()
    widths = [width for width in WIDTHS if width < facts.width]
    if facts.width <= WIDTHS[-1]:
        widths.append(facts.width)
    wanted: list[WantedVersion] = []
    if facts.format in _OWN:
        wanted += [WantedVersion(width, facts.format) for width in widths if width != facts.width]
    if facts.format not in _MODERN:
        wanted += [WantedVersion(width, "WEBP") for width in widths]
    return tuple(wanted)


def name(path: str, wanted: WantedVersion) -> str:
    """Return where a version is published: beside the picture, its name kept, as in `images/a.jpg.480.webp`."""
    return f"{path}.{wanted.width}.{ENDINGS[wanted.format]}"


def worthwhile(facts: Facts, original_size: int, versions: Iterable[Version]) -> tuple[Version, ...]:
    """Return the versions that spare the reader something: each smaller than the picture itself, in bytes.

    Another format is offered whole or not at all: where its widest version is no smaller than what there is anyway,
    a wide screen would get less, or load more.
    """
    own: dict[int, Version] = {}
    others: dict[int, Version] = {}
    for version in versions:
        if version.size < original_size:
            by_width = own if version.wanted.format == facts.format else others
            by_width[version.wanted.width] = version
    width = min(facts.width, WIDTHS[-1])
    if width not in others or (width in own and others[width].size >= own[width].size):
        return tuple(own.values())
    return (*own.values(), *others.values())


def picture(path: str, facts: Facts, versions: Sequence[Version], address: str) -> PublishedPicture:
    """Return a picture as it is shown; `address` goes before every path."""
    own: list[tuple[int, str]] = []
    other: list[tuple[int, str]] = []
    for version in versions:
        candidates = own if version.wanted.format == facts.format else other
        candidates.append((version.wanted.width, version.path))
    if own and facts.width <= WIDTHS[-1]:
        own.append((facts.width, path))
    sources = (SourceElement("image/webp", _srcset(other, address)),) if other else ()
    return PublishedPicture(facts.width, facts.height, _srcset(own, address), sources)


def _srcset(candidates: Iterable[tuple[int, str]], address: str) -> str:
    return ", ".join(f"{address}/{_quoted(path)} {width}w" for width, path in sorted(candidates))


def _quoted(path: str) -> str:
    """Return a path as an address inside a srcset, where white space and commas part candidates."""
    return path.replace("%", "%25").replace(" ", "%20").replace(",", "%2C").replace("?", "%3F").replace("#", "%23")
