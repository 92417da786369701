"""Work out the addresses of a site without printing it, and check its texts, aliases and links against them.

A check and a build both call this, so that one refuses what the other does.
"""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from markupsafe import Markup

from plugins.core.errors import Problem
from plugins.core.syndication.write import feed_model
from plugins.core.text import aliases
from plugins.core.text.urls import below_root
from plugins.sections.model import Alias, Document, Edition, Newsroom, PlacedText, SiteLink
from plugins.sections.printed import File, LaterFeed, LaterFile, Page

_OLD = "write the old address from the site's root, such as 2024/05/day-one.html"
_PROGRAMS = frozenset({"sitemap.xml", "robots.txt", "site.webmanifest", "status.json", "updates.json"})
"""Files for programs at the site's root, whichever feature prints them."""


_MOST_ALIKE = 2000
"""The most pages that an unknown address is compared with to find a near miss; each takes some 10 µs."""


class _Nothing:
    """A Printer that renders nothing: with it `publish` yields a section's files without their texts."""

    context: Mapping[str, Any] = {"articles": ()}

    def html(self, document: Document, *, absolute: bool = False) -> Markup:
        return Markup()

    def say(self, what: str, **values: object) -> Markup:
        return Markup()


class Addresses:
    """The files that a build prints, so far as an address can lead to them.

    `texts` are the published texts, and `drafts` the others, by the file of their page.
    """

    def __init__(self, editions: Iterable[Edition], newsroom: Newsroom) -> None:
        self._editions, self._newsroom = tuple(editions), newsroom
        self._surveyed: dict[str, frozenset[str]] = {}
        unpublished = {path for edition in self._editions for path in edition.unpublished}
        self.texts: dict[str, PlacedText] = {}
        self.drafts: dict[str, PlacedText] = {}
        for text in (text for edition in self._editions for text in edition.texts):
            (self.drafts if text.source in unpublished else self.texts).setdefault(text.save_as, text)

    @cached_property
    def always(self) -> frozenset[str]:
        """Return the files that are known without running a section's `publish`: by settings, navigation and feeds."""
        settings = self._newsroom.settings.pelican
        named = {key: value for key, value in settings.items() if key.endswith("_SAVE_AS") and isinstance(value, str)}
        pages = {value for value in named.values() if value and "{" not in value}
        direct = (settings.get(f"{name.upper()}_SAVE_AS", f"{name}.html") for name in settings["DIRECT_TEMPLATES"])
        places = (f"{item.url}index.html" for edition in self._editions for item in edition.navigation)
        followed = (*(feed.key for edition in self._editions for feed in edition.feeds), "everything")
        read = (path for key in followed for path in feed_model.paths(key).values())
        moved = (extra["path"] for extra in settings.get("EXTRA_PATH_METADATA", {}).values() if "path" in extra)
        printed = frozenset[str]().union(*(edition.prints for edition in self._editions))
        return printed | _PROGRAMS | pages | {*direct, *places, *read, *moved, "index.html"}

    def has_own(self, path: str, besides: str = "") -> bool:
        """Say whether the site prints a file that is no text's page: its own pages, and files published as they are.

        The section of the name `besides` is not asked.
        """
        return path in self.always or self._is_copied(path) or self._is_in_a_section(path, besides)

    def is_file(self, path: str) -> bool:
        """Say whether the site prints a file."""
        return path in self.texts or self.has_own(path)

    def _is_copied(self, path: str) -> bool:
        """Say whether a file of the theme, of a static folder, or a picture that a text shows, is published here."""
        settings, content = self._newsroom.settings.pelican, self._newsroom.content
        theme = f"{settings['THEME_STATIC_DIR']}/"
        if path.startswith(theme):
            return (Path(settings["THEME"]) / "static" / path.removeprefix(theme)).is_file()
        if any(path.startswith(f"{folder}/") for folder in settings["STATIC_PATHS"]):
            return (content / path).is_file()
        return path in self._shown

    @cached_property
    def _shown(self) -> frozenset[str]:
        content = self._newsroom.content
        links = (link for edition in self._editions for link in edition.file_links)
        shown = (link.file for link in links if not link.link.startswith("{filename}"))
        return frozenset(file for file in shown if (content / file).is_file())

    def _is_in_a_section(self, path: str, besides: str) -> bool:
        """Say whether a section prints a file; a section is only run if one of its places is above that file."""
        asked = (edition for edition, places in self._places if edition.name != besides and path.startswith(places))
        return any(path in self._survey(edition) for edition in asked)

    @cached_property
    def _places(self) -> list[tuple[Edition, tuple[str, ...]]]:
        """Return each edition with the beginnings of the addresses that it may print at."""
        feeds = {edition.name: ("feeds/",) if edition.feeds else () for edition in self._editions}
        return [(one, (*(item.url for item in one.navigation), *feeds[one.name])) for one in self._editions]

    def _survey(self, edition: Edition) -> frozenset[str]:
        if edition.name not in self._surveyed:
            self._surveyed[edition.name] = frozenset(_files(edition)) - self.texts.keys()
        return self._surveyed[edition.name]


def _files(edition: Edition) -> Iterator[str]:
    for printed in edition.publish(_Nothing()):
        match printed:
            case Page() | File() | LaterFile() | LaterFeed():
                yield printed.save_as
            case feed_model.Feed():
                yield from feed_model.paths(printed.key).values()


def problems(editions: Iterable[Edition], newsroom: Newsroom) -> list[Problem]:
    """Return two texts with one address, aliases that are taken, and links that lead to no page of the site."""
    editions = tuple(editions)
    site = Addresses(editions, newsroom)
    moved = [alias for edition in editions for alias in edition.aliases]
    return [
        *_taken_twice(editions, site),
        *_aliases(moved, site),
        *_links(editions, moved, site, newsroom),
    ]


def _address(save_as: str) -> str:
    return f"/{save_as.removesuffix('index.html')}"


def _taken_twice(editions: Iterable[Edition], site: Addresses) -> Iterator[Problem]:
    seen: dict[str, PlacedText] = {}
    for section, text in ((edition.name, text) for edition in editions for text in edition.texts):
        first, address = seen.setdefault(text.save_as, text), _address(text.save_as)
        if first is not text:
            what = f"its address {address} is taken by {first.where}"
            yield Problem(text.where, text.line, what, "give each text its own slug")
        elif site.has_own(text.save_as, besides=section):
            what = f"its address {address} is that of a page the site has anyway"
            yield Problem(text.where, text.line, what, "give it another slug")


def _aliases(moved: Iterable[Alias], site: Addresses) -> Iterator[Problem]:
    """Yield aliases that are no address below the site's root, are given twice, or are a page of the site."""
    seen: dict[str, Alias] = {}
    for alias in moved:
        got = f"(got {alias.address})"
        if fault := aliases.fault(alias.address):
            yield Problem(alias.where, alias.line, f"the alias {fault} {got}", _OLD)
            continue
        file = aliases.file_of(alias.address)
        parts = file.split("/")
        above = ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
        text = site.texts.get(file) or site.drafts.get(file)
        if text and text.source == alias.source:
            yield Problem(alias.where, alias.line, f"the alias is the text's own address {got}", "remove it")
        elif text:
            yield Problem(
                alias.where, alias.line, f"the alias is the address of {text.where} {got}", f"remove it, or {_OLD}"
            )
        elif any(map(site.is_file, above)):
            yield Problem(alias.where, alias.line, f"the alias is a page of the site {got}", f"remove it, or {_OLD}")
        elif file in seen:
            what = f"the alias is taken by {seen[file].where} {got}"
            yield Problem(alias.where, alias.line, what, "remove one of them")
        seen.setdefault(file, alias)


def _links(
    editions: Iterable[Edition], moved: Iterable[Alias], site: Addresses, newsroom: Newsroom
) -> Iterator[Problem]:
    """Yield links to the site's own addresses that no page answers to; one draft may link to another."""
    parts = urlsplit(newsroom.siteurl)
    origin, base = f"{parts.scheme}://{parts.netloc}", parts.path.rstrip("/")
    pages = {text.source: text.save_as for text in (*site.texts.values(), *site.drafts.values())}
    drafts = {text.source for text in site.drafts.values()}
    answered = {aliases.file_of(alias.address) for alias in moved if alias.source not in drafts}
    # What a section with problems prints is not known; then only links into the texts' own folders can be judged.
    is_incomplete = any(edition.problems and not edition.navigation for edition in editions)
    folders_of_texts = tuple({f"{text.save_as.partition('/')[0]}/" for text in site.texts.values()})
    judged = folders_of_texts if is_incomplete else ("",)
    for link in (link for edition in editions for link in edition.site_links):
        address = link.link.partition("#")[0]
        if address.startswith(("https://", "http://")) and not address.startswith(origin):  # as most do
            continue
        if not address or address.startswith(("{", "|")) or link.source not in pages:
            continue
        path = below_root(address, pages[link.source], origin, base)
        if path is None or _is_content(address, link.source):
            continue
        files = _files_of(path)
        if path.startswith(".."):
            yield _problem(link, f"the site lies below {base or 'its root'}", "write {filename} and the text's path")
        elif draft := next((site.drafts[file] for file in files if file in site.drafts), None):
            if link.source not in drafts:
                yield _problem(link, f"{draft.where} is not published", "take the link out until it is")
        elif path.startswith(judged) and not any(file in answered or site.is_file(file) for file in files):
            yield _problem(link, "the site has no such page", _nearest(files[0], site, base))


def _nearest(file: str, site: Addresses, base: str) -> str:
    """Return what to do about a link to a page that there is not; only pages of the same folder are looked at."""
    folder = f"{file.partition('/')[0]}/"
    same = [one for one in (*site.texts, *site.always) if one.startswith(folder)]
    known = {_address(one).removeprefix(f"/{folder}"): one for one in same[:_MOST_ALIKE]}
    near = get_close_matches(_address(file).removeprefix(f"/{folder}"), known, n=1, cutoff=0.7)
    if near:
        return f"did you mean {base}{_address(known[near[0]])}?"
    return "lead to a page that there is; {filename} and a path lead to a text"


def _files_of(path: str) -> list[str]:
    """Return the files that may answer to a path below the site's root."""
    if path in {"", "."}:
        return ["index.html"]
    if path.endswith((".html", ".xml", ".json")):
        return [path]
    return [f"{path}/index.html", path]


def _is_content(address: str, text: Path) -> bool:
    """Say whether a relative link leads from the text's file to another, as editors' previews follow it."""
    return not address.startswith("/") and (text.parent / unquote(address)).is_file()


def _problem(link: SiteLink, why: str, remedy: str) -> Problem:
    return Problem(link.where, link.line, f"{link.link} leads nowhere: {why}", remedy)
