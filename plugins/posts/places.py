"""Where Pelican prints a post or a page, and the lists it makes of their tags, categories, authors and years.

So that a check knows every page's address without Pelican. Sources: `pelican.contents.Content.get_url_setting`,
`pelican.urlwrappers.URLWrapper.slug`.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from plugins.core.config.fields import split_names
from plugins.core.errors import Problem
from plugins.core.text.slugs import in_address
from plugins.posts.load import Text
from plugins.posts.model import PostMatter
from plugins.sections.model import PlacedText

_NAMED = {"tags": "TAG", "category": "CATEGORY", "author": "AUTHOR", "authors": "AUTHOR"}
"""Keys of the front matter whose values have pages of their own, with the name of their settings."""


class Slugs(dict[tuple[str, str], str]):
    """Names as they are written in addresses, by the name and what it is of; each is worked out once."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        super().__init__()
        self.settings = settings

    def __missing__(self, key: tuple[str, str]) -> str:
        """Work out a name that was not asked for before."""
        name, kind = key
        self[key] = in_address(name, self.settings, kind)
        return self[key]


def problems(written: Iterable[Text], slugs: Slugs) -> Iterator[Problem]:
    """Return every text, tag, category and author of whose name nothing is left that could stand in an address."""
    for text in written:
        if not _slug(text, slugs.settings):
            what = f"its name has no letter or digit that could stand in an address (got {text.path.name})"
            remedy = "give the file a name of small letters, digits and hyphens, or its front matter a slug"
            yield Problem(text.where, 1, what, remedy)
        for key, kind in _NAMED.items():
            for number, name in enumerate(_names(text, key)):
                if not slugs[name, kind]:
                    what = f"{key}: no letter or digit that could stand in its page's address (got {name})"
                    yield Problem(text.where, text.front.line_of([key, number]), what, "name it in words")


def placed(text: Text, content: Path, slugs: Slugs) -> PlacedText | None:
    """Return a text with the file of its page; none where that cannot be told.

    Its front matter is taken as it was read: with another fault in it the text keeps its place.
    """
    folder, settings = text.path.relative_to(content).parts[0], slugs.settings
    data, slug = text.front.data, _slug(text, settings)
    lang = str(data.get("lang") or settings["DEFAULT_LANG"]).strip()
    key = "ARTICLE" if folder == "posts" else "PAGE"
    if lang != settings["DEFAULT_LANG"]:
        key += "_LANG"
    form = settings[f"{key}_SAVE_AS"]
    values = {
        "slug": slug,
        "lang": lang,
        "date": _date(text),
        "category": next(_slugs(text, "category", slugs), ""),
        "author": next(_slugs(text, "author", slugs), ""),
    }
    if not slug or (values["date"] is None and "{date" in form):
        return None
    try:
        return PlacedText(text.where, text.front.line_of(["slug"]), text.path, form.format(**values))
    except (KeyError, ValueError):  # another of Pelican's placeholders, which are many
        return None


def lists(text: Text, slugs: Slugs) -> Iterator[str]:
    """Return the files of the lists that a public post stands in."""
    if not isinstance(text.matter, PostMatter):
        return
    for key, kind in _NAMED.items():
        form = slugs.settings.get(f"{kind}_SAVE_AS") or ""
        for slug in _slugs(text, key, slugs):
            yield form.format(slug=slug)
    for period in ("YEAR", "MONTH", "DAY"):
        if form := slugs.settings.get(f"{period}_ARCHIVE_SAVE_AS"):
            yield form.format(date=text.matter.date)


def _slug(text: Text, settings: Mapping[str, Any]) -> str:
    given = text.front.data.get("slug")
    if isinstance(given, str) and given.strip():
        return given.strip()
    source = text.path.stem
    if settings.get("SLUGIFY_SOURCE") == "title":
        source = str(text.front.data.get("title") or "")
    return in_address(source, settings)


def _names(text: Text, key: str) -> tuple[str, ...]:
    """Return the names a key has; a category's is one, whatever commas it has."""
    value = text.front.data.get(key)
    if key == "category":
        if isinstance(value, str) and value.strip():
            return (value.strip(),)
        return ()
    return split_names(value)


def _slugs(text: Text, key: str, slugs: Slugs) -> Iterator[str]:
    names = _names(text, key)
    if key == "category" and not names:
        names = (slugs.settings["DEFAULT_CATEGORY"],)
    for name in names:
        if slug := slugs[name, _NAMED[key]]:
            yield slug


def _date(text: Text) -> date | None:
    if isinstance(text.matter, PostMatter):
        return text.matter.date
    try:
        return datetime.fromisoformat(str(text.front.data.get("date"))[:10])
    except ValueError:
        return None
