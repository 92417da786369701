"""OPML → sources to be added to sources.toml, as text, with a report of what was left out. Nothing is fetched.

A folder whose name is that of a kind of source, or of a topic, says so of the feeds in it, however deep they lie.
Source: OPML 2.0 (http://opml.org/spec2.opml), read by listparser; it leaves out `htmlUrl`, the site a feed is of.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from itertools import chain
from urllib.parse import urlsplit

import listparser
import tomlkit

from plugins.core.confidential import without_passwords
from plugins.core.config import checked
from plugins.core.text import slugs
from plugins.core.text.urls import canonical, is_web
from plugins.updates.config.sources_file import SourceTable
from plugins.updates.model import Kind, Source

_KIND_NAMES: Mapping[str, Kind] = {
    **dict.fromkeys(("union", "unions"), "union"),
    **dict.fromkeys(("guild", "guilds"), "guild"),
    **dict.fromkeys(("employer", "employers", "company", "companies", "studios"), "employer"),
    **dict.fromkeys(("labor", "labour", "labor press", "labour press"), "labor"),
    **dict.fromkeys(("press", "news", "newspaper", "newspapers", "media"), "press"),
    **dict.fromkeys(("blog", "blogs", "newsletter", "newsletters"), "blog"),
    **dict.fromkeys(("government", "gov", "governments"), "government"),
}
_LONGEST_ID = 40
_KEYS = ("id", "title", "feed", "site", "kind")


@dataclass(frozen=True, slots=True)
class Imported:
    """The sources that are new, the folders of each by its id, and a line for each feed that is left out."""

    new: tuple[Source, ...]
    folders: Mapping[str, tuple[str, ...]]
    left_out: tuple[str, ...]


def read_opml(data: bytes, known: Iterable[Source], topics: Mapping[str, str], kind: Kind) -> Imported:
    """Return a subscription list's feeds as sources; those there are already, or with no web address, are left out.

    `topics` are titles by id; `kind` is that of feeds in no folder named after one. Raises ValueError where the bytes
    are no subscription list.
    """
    try:
        read = listparser.parse(data)
    except (ValueError, RecursionError) as error:
        raise ValueError("it is not UTF-8 text") from error
    if not read.version and not read.feeds:
        raise ValueError("it is not a subscription list (OPML)")
    sites = _Sites(data.decode("utf-8", "replace")).by_feed
    have: dict[str, str] = {}
    ids: set[str] = set()
    for source in known:
        ids.add(source.id)
        if source.feed:
            have[canonical(source.feed)] = source.id
    new: list[Source] = []
    folders: dict[str, tuple[str, ...]] = {}
    left_out: list[str] = []
    for feed in read.feeds:
        url = _address(feed.url)
        title = _one_line(feed.title) or _host(url)
        if not is_web(url):
            got = without_passwords(feed.url)[:100]
            left_out.append(f"{title or 'a feed without a title'}: no web address (got {got})")
            continue
        if canonical(url) in have:
            left_out.append(f"{title}: there already, as {have[canonical(url)]}")
            continue
        inside = tuple(dict.fromkeys(chain.from_iterable(feed.categories)))
        name = slugs.slug(title, _LONGEST_ID) or slugs.slug(_host(url), _LONGEST_ID) or "source"
        begun = Source(slugs.free(name, ids), title, _root(url), kind, feed=url)
        source = _source(begun, inside, topics)
        if why := _fault(source):
            left_out.append(f"{title}: {why}")
            continue
        with_site = replace(source, site=sites.get(feed.url) or source.site)
        if not _fault(with_site):
            source = with_site
        new.append(source)
        folders[source.id] = inside
        ids.add(source.id)
        have[canonical(url)] = source.id
    return Imported(tuple(new), folders, tuple(left_out))


def _fault(source: Source) -> str:
    """Return why sources.toml would not take a source, "" where it would."""
    _, problems = checked.check(SourceTable, _row(source), "", lambda _: 0)
    return "; ".join(f"{one.what}; {one.remedy}" for one in problems)


def added(text: str, imported: Imported) -> str:
    """Return sources.toml's text with the new sources at its end; all that is there stays as it is."""
    tables = [_table(source, imported.folders[source.id]) for source in imported.new]
    return "\n\n".join(filter(None, [text.rstrip("\n"), *tables])) + "\n"


class _Sites(HTMLParser):
    """Notes the site of each feed, by the feed's address as the file has it; of those that are web addresses."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.by_feed: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        site = (said.get("htmlurl") or "").strip()
        if tag == "outline" and is_web(site):
            self.by_feed.setdefault((said.get("xmlurl") or "").strip(), site)


def _source(source: Source, inside: tuple[str, ...], topics: Mapping[str, str]) -> Source:
    """Return a source with the topics and the kind that the folders it is inside of are named after."""
    topic_names: dict[str, str] = {}
    for topic, title in topics.items():
        topic_names[topic] = topic_names[_folded(title)] = topic
    kind: Kind | None = None
    found: dict[str, None] = {}
    for name in map(_folded, inside):
        kind = kind or _KIND_NAMES.get(name)
        if name in topic_names:
            found[topic_names[name]] = None
    return replace(source, kind=kind or source.kind, topics=tuple(found))


def _root(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/"


def _row(source: Source) -> dict[str, object]:
    """Return a source as a table of sources.toml has it."""
    row = {key: getattr(source, key) for key in _KEYS}
    if source.topics:
        row["topics"] = list(source.topics)
    return row


def _table(source: Source, folders: Iterable[str]) -> str:
    table = tomlkit.table()
    table.update(_row(source))
    if path := " / ".join(" ".join(name.split()) for name in folders):
        table["kind"].comment(f"its folder: {''.join(filter(str.isprintable, path))}")
    document = tomlkit.document()
    every = tomlkit.aot()
    every.append(table)
    document["source"] = every
    return tomlkit.dumps(document).strip("\n")


def _one_line(text: str) -> str:
    """Return text with a space in place of everything that has no sign, and one in place of several."""
    printable = [letter if letter.isprintable() else " " for letter in text]
    return " ".join("".join(printable).split())


def _address(url: str) -> str:
    """Return an address as sources.toml takes it: `feed:` is what browsers once put before it."""
    bare = re.sub(r"^feed:(?://)?(?=https?://)", "", url.strip())
    return re.sub(r"^feed://", "https://", bare)


def _host(url: str) -> str:
    if is_web(url):
        return (urlsplit(url).hostname or "").removeprefix("www.")
    return ""


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())
