"""Where Pelican prints a post or a page, and the lists it makes of their tags, categories, authors and years.

So that a check knows every page's address without Pelican. Sources: `pelican.contents.Content.get_url_setting`,
`pelican.urlwrappers.URLWrapper.slug`.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from plugins.core.config.fields import split_names
from plugins.core.config.markdown_file import Text
from plugins.core.text.slugs import in_address
from plugins.posts.model import PageMatter, PostMatter

_NAMED = {"tags": "TAG", "category": "CATEGORY", "author": "AUTHOR", "authors": "AUTHOR"}
"""Keys of the front matter whose values have pages of their own, with the name of their settings."""


_LISTS = ("TAG", "CATEGORY", "AUTHOR")
_PERIODS = ("YEAR", "MONTH", "DAY")
_SETTINGS = (
    "DEFAULT_LANG", "DEFAULT_CATEGORY", "SLUGIFY_SOURCE", "SLUGIFY_USE_UNICODE", "SLUGIFY_PRESERVE_CASE",
    "ARTICLE_SAVE_AS", "ARTICLE_LANG_SAVE_AS", "PAGE_SAVE_AS", "PAGE_LANG_SAVE_AS",
    *(f"{kind}_REGEX_SUBSTITUTIONS" for kind in ("SLUG", *_LISTS)),
    *(f"{kind}_SAVE_AS" for kind in _LISTS), *(f"{period}_ARCHIVE_SAVE_AS" for period in _PERIODS),
)  # fmt: skip


class Slugs(dict[tuple[str, str], str]):
    """Names as they are written in addresses, by the name and what it is of; each is worked out once.

    `settings` are those of Pelican's that say where texts are, and nothing else is asked of them.
    """

    def __init__(self, settings: Mapping[str, Any]) -> None:
        super().__init__()
        self.settings = {name: settings[name] for name in _SETTINGS if name in settings}

    def __missing__(self, key: tuple[str, str]) -> str:
        """Work out a name that was not asked for before."""
        name, kind = key
        self[key] = in_address(name, self.settings, kind)
        return self[key]

    @property
    def given(self) -> str:
        """Return all that addresses follow from besides the texts: the settings, and the words that dates may have."""
        words = [f"{datetime(2001, month, month):%a %A %b %B %p %c %x %X}" for month in range(1, 13)]  # noqa: DTZ001
        return f"{self.settings} {words}"


def unnamed(text: Text[PageMatter], slugs: Slugs) -> Iterator[tuple[int, str, str]]:
    """Yield (line, what, remedy) where of a name nothing is left that could stand in an address.

    Names are the text's, and those of its tags, category and authors.
    """
    if not _slug(text, slugs.settings):
        what = f"its name has no letter or digit that could stand in an address (got {text.path.name})"
        yield 1, what, "give the file a name of small letters, digits and hyphens, or its front matter a slug"
    for key, kind in _NAMED.items():
        for number, name in enumerate(_names(text, key)):
            if not slugs[name, kind]:
                what = f"{key}: no letter or digit that could stand in its page's address (got {name})"
                yield text.front.line_of([key, number]), what, "name it in words"


def placed(text: Text[PageMatter], source: str, slugs: Slugs) -> tuple[int, str] | None:
    """Return the line that says what the text's address is, and the file of its page; none where that cannot be told.

    Its front matter is taken as it was read: with another fault in it the text keeps its place. `source` is its path
    below the content folder.
    """
    settings = slugs.settings
    data, slug = text.front.data, _slug(text, settings)
    lang = str(data.get("lang") or settings["DEFAULT_LANG"]).strip()
    key = "ARTICLE" if source.startswith("posts/") else "PAGE"
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
        return text.front.line_of(["slug"]), form.format(**values)
    except (KeyError, ValueError):  # another of Pelican's placeholders, which are many
        return None


def lists(text: Text[PageMatter], slugs: Slugs) -> Iterator[str]:
    """Return the files of the lists that a public post stands in."""
    if not isinstance(text.matter, PostMatter):
        return
    for key, kind in _NAMED.items():
        form = slugs.settings.get(f"{kind}_SAVE_AS") or ""
        for slug in _slugs(text, key, slugs):
            yield form.format(slug=slug)
    for period in _PERIODS:
        if form := slugs.settings.get(f"{period}_ARCHIVE_SAVE_AS"):
            yield form.format(date=text.matter.date)


def _slug(text: Text[PageMatter], settings: Mapping[str, Any]) -> str:
    given = text.front.data.get("slug")
    if isinstance(given, str) and given.strip():
        return given.strip()
    source = text.path.stem
    if settings.get("SLUGIFY_SOURCE") == "title":
        source = str(text.front.data.get("title") or "")
    return in_address(source, settings)


def _names(text: Text[PageMatter], key: str) -> tuple[str, ...]:
    """Return the names a key has; a category's is one, whatever commas it has."""
    value = text.front.data.get(key)
    if key == "category":
        if isinstance(value, str) and value.strip():
            return (value.strip(),)
        return ()
    return split_names(value)


def _slugs(text: Text[PageMatter], key: str, slugs: Slugs) -> Iterator[str]:
    names = _names(text, key)
    if key == "category" and not names:
        names = (slugs.settings["DEFAULT_CATEGORY"],)
    for name in names:
        if slug := slugs[name, _NAMED[key]]:
            yield slug


def _date(text: Text[PageMatter]) -> date | None:
    if isinstance(text.matter, PostMatter):
        return text.matter.date
    try:
        return datetime.fromisoformat(str(text.front.data.get("date"))[:10])
    except ValueError:
        return None
