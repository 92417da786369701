"""Work out the addresses of a site without printing it, and check its texts, aliases and links against them.

A check and a build both call this, so that one refuses what the other does.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from markupsafe import Markup

from plugins.core.errors import Problem
from plugins.core.syndication.write import feed_model
from plugins.core.text import aliases
from plugins.core.text.urls import below_root
from plugins.sections.model import Alias, Document, Edition, Newsroom, PlacedText, SiteLink
from plugins.sections.printed import File, LaterFeed, LaterFile, Page, one_by_one

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
        self.texts: dict[str, PlacedText] = {}
        self.drafts: dict[str, PlacedText] = {}
        unpublished = frozenset[Path]().union(*(edition.unpublished for edition in self._editions))
        for edition in self._editions:
            for text in edition.texts:
                if text.source in unpublished:
                    self.drafts.setdefault(text.save_as, text)
                else:
                    self.texts.setdefault(text.save_as, text)

    @cached_property
    def always(self) -> frozenset[str]:
        """Return the files that are known without running a section's `publish`: by settings, navigation and feeds."""
        settings = self._newsroom.settings.pelican
        files = {"index.html", *_PROGRAMS, *feed_model.paths("everything").values()}
        for name in settings["DIRECT_TEMPLATES"]:
            files.add(settings.get(f"{name.upper()}_SAVE_AS", f"{name}.html"))
        for name, value in settings.items():
            # A value with a brace is a pattern, such as {slug}/index.html; an empty one is of what is not printed.
            if name.endswith("_SAVE_AS") and isinstance(value, str) and value and "{" not in value:
                files.add(value)
        for metadata in settings.get("EXTRA_PATH_METADATA", {}).values():
            if "path" in metadata:
                files.add(metadata["path"])
        for edition in self._editions:
            files.update(edition.prints)
            for item in edition.navigation:
                files.add(f"{item.url}index.html")
            for feed in edition.feeds:
                files.update(feed_model.paths(feed.key).values())
        return frozenset(files)

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
        """Return the files of the content that texts show, or lead to as files; {filename} leads to a text's page."""
        files: set[str] = set()
        for edition in self._editions:
            for link in edition.file_links:
                if not link.link.startswith("{filename}") and (self._newsroom.content / link.file).is_file():
                    files.add(link.file)
        return frozenset(files)

    def _is_in_a_section(self, path: str, besides: str) -> bool:
        """Say whether a section prints a file; a section is only run if one of its places is above that file."""
        for edition, places in self._places:
            if edition.name != besides and path.startswith(places) and path in self._survey(edition):
                return True
        return False

    @cached_property
    def _places(self) -> list[tuple[Edition, tuple[str, ...]]]:
        """Return each edition with the beginnings of the addresses that it may print at."""
        found: list[tuple[Edition, tuple[str, ...]]] = []
        for edition in self._editions:
            feeds = ("feeds/",) if edition.feeds else ()
            found.append((edition, (*(item.url for item in edition.navigation), *feeds)))
        return found

    def _survey(self, edition: Edition) -> frozenset[str]:
        if edition.name not in self._surveyed:
            self._surveyed[edition.name] = frozenset(_files(edition)) - self.texts.keys()
        return self._surveyed[edition.name]


def _files(edition: Edition) -> Iterator[str]:
    for printed in one_by_one(edition.publish(_Nothing())):
        match printed:
            case Page() | File() | LaterFile() | LaterFeed():
                yield printed.save_as
            case feed_model.Feed():
                yield from feed_model.paths(printed.key).values()


def problems(editions: Sequence[Edition], newsroom: Newsroom) -> list[Problem]:
    """Return two texts with one address, aliases that are taken, and links that lead to no page of the site."""
    site = Addresses(editions, newsroom)
    moved = list(chain.from_iterable(edition.aliases for edition in editions))
    return [
        *_taken_twice(editions, site),
        *_aliases(moved, site),
        *_links(editions, moved, site, newsroom),
    ]


def _address(save_as: str) -> str:
    return f"/{save_as.removesuffix('index.html')}"


def _taken_twice(editions: Iterable[Edition], site: Addresses) -> Iterator[Problem]:
    seen: dict[str, PlacedText] = {}
    for edition in editions:
        for text in edition.texts:
            first, address = seen.setdefault(text.save_as, text), _address(text.save_as)
            if first is not text:
                what = f"its address {address} is taken by {first.where}"
                yield Problem(text.where, text.line, what, "give each text its own slug")
            elif site.has_own(text.save_as, besides=edition.name):
                what = f"its address {address} is that of a page the site has anyway"
                yield Problem(text.where, text.line, what, "give it another slug")


def _aliases(moved: Iterable[Alias], site: Addresses) -> Iterator[Problem]:
    """Yield aliases that are no address below the site's root, are given twice, or are a page of the site."""
    seen: dict[str, Alias] = {}
    for alias in moved:
        fault, remedy = aliases.fault(alias.address), _OLD
        if not fault:
            file = aliases.file_of(alias.address)
            fault, remedy = _taken(alias, file, site, seen)
            seen.setdefault(file, alias)
        if fault:
            yield Problem(alias.where, alias.line, f"the alias {fault} (got {alias.address})", remedy)


def _taken(alias: Alias, file: str, site: Addresses, seen: Mapping[str, Alias]) -> tuple[str, str]:
    """Return what has the file of an alias already, and what to do; two empty texts where nothing has it."""
    text = site.texts.get(file) or site.drafts.get(file)
    if text and text.source == alias.source:
        return "is the text's own address", "remove it"
    if text:
        return f"is the address of {text.where}", f"remove it, or {_OLD}"
    # The folders of the file too: where a page is a file of that name, there cannot be such a folder.
    parts = file.split("/")
    if any(site.is_file("/".join(parts[:end])) for end in range(1, len(parts) + 1)):
        return "is a page of the site", f"remove it, or {_OLD}"
    if file in seen:
        return f"is taken by {seen[file].where}", "remove one of them"
    return "", ""


def _links(
    editions: Sequence[Edition], moved: Iterable[Alias], site: Addresses, newsroom: Newsroom
) -> Iterator[Problem]:
    """Yield links to the site's own addresses that no page answers to; one draft may link to another."""
    base = urlsplit(newsroom.siteurl).path.rstrip("/")
    drafts = {text.source for text in site.drafts.values()}
    answered = {aliases.file_of(alias.address) for alias in moved if alias.source not in drafts}
    judged = _judged_places(editions, site)
    for link, path in _inner_links(editions, site, newsroom.siteurl):
        files = _files_of(path)
        to_drafts = [site.drafts[file] for file in files if file in site.drafts]
        if path.startswith(".."):
            yield _problem(link, f"the site lies below {base or 'its root'}", "write {filename} and the text's path")
        elif to_drafts:
            if link.source not in drafts:
                yield _problem(link, f"{to_drafts[0].where} is not published", "take the link out until it is")
        elif path.startswith(judged) and answered.isdisjoint(files) and not any(map(site.is_file, files)):
            yield _problem(link, "the site has no such page", _nearest(files[0], site, base))


def _judged_places(editions: Iterable[Edition], site: Addresses) -> tuple[str, ...]:
    """Return what a path begins with below which all pages are known.

    What a section with problems prints is not known; then only links into the texts' own folders can be judged.
    """
    if not any(edition.problems and not edition.navigation for edition in editions):
        return ("",)
    return tuple({f"{save_as.partition('/')[0]}/" for save_as in site.texts})


def _inner_links(editions: Iterable[Edition], site: Addresses, siteurl: str) -> Iterator[tuple[SiteLink, str]]:
    """Yield each link of a text's page that is an address of the site, and its path below the site's root.

    The path is ".." or begins so where the site lies below a path of its host, and the link does not.
    """
    parts = urlsplit(siteurl)
    origin, base = f"{parts.scheme}://{parts.netloc}", parts.path.rstrip("/")
    pages = {text.source: text.save_as for text in (*site.texts.values(), *site.drafts.values())}
    for edition in editions:
        for link in edition.site_links:
            address = link.link.partition("#")[0]
            if not address or address.startswith(("{", "|")) or link.source not in pages:
                continue  # {filename} and |filename| lead to files, which are looked for as such
            path = below_root(address, pages[link.source], origin, base)
            if path is not None and not _is_content(address, link.source):
                yield link, path


def _nearest(file: str, site: Addresses, base: str) -> str:
    """Return what to do about a link to a page that there is not; only pages of the same folder are looked at."""
    folder = f"{file.partition('/')[0]}/"
    same = [one for one in (*site.texts, *site.always) if one.startswith(folder)]
    names = [_address(one).removeprefix(f"/{folder}") for one in same[:_MOST_ALIKE]]
    near = get_close_matches(_address(file).removeprefix(f"/{folder}"), names, n=1, cutoff=0.7)
    if near:
        return f"did you mean {base}/{folder}{near[0]}?"
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
