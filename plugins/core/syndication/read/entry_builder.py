"""Collect what the elements of one item say, and make a RawEntry of it when the item ends.

Of several elements that say the same, the one that feedparser takes counts.
"""

from dataclasses import dataclass, field

from plugins.core.syndication.read import element_names
from plugins.core.syndication.read.raw_feed import Enclosure, RawEntry, RawText, links_of_guid

_NOTHING = RawText("")


@dataclass(slots=True)
class EntryBuilder:
    """An entry being read; `depth` is that of its element."""

    depth: int
    guid: str = ""
    guid_is_link: bool = True
    guid_is_of_rss: bool = False
    first_link: str = ""
    pages: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    texts: dict[str, RawText] = field(default_factory=dict)
    authors: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    dates: dict[str, str] = field(default_factory=dict)
    language: str = ""
    stated_language: str = ""
    via: list[str] = field(default_factory=list)
    outlet: str = ""
    enclosures: list[Enclosure] = field(default_factory=list)
    is_draft: bool = False

    def entry(self) -> RawEntry:
        """Return the entry as far as it is read."""
        links = [self.first_link, *self.pages, *self.others]
        if self.guid_is_link:
            links += links_of_guid(self.guid, of_rss=self.guid_is_of_rss)
        return RawEntry(
            guid=self.guid,
            links=tuple(filter(None, links)),
            title=self._first("title", "dc:title", "media:title"),
            summary=self._first("summary", "media:description"),
            content=self._first("content"),
            authors=tuple(self.authors),
            tags=tuple(self.tags),
            published=self.dates.get("published") or self.dates.get("created", ""),
            updated=self.dates.get("updated", ""),
            language=self.stated_language or self.language,
            via=tuple(self.via),
            outlet=self.outlet,
            enclosures=tuple(file for file in self.enclosures if file.url),
            is_draft=self.is_draft,
        )

    def keep(self, short: str, value: str, attributes: dict[str, str]) -> None:
        """Keep what an element of the item says that is none of its texts; a link comes resolved."""
        if short in element_names.DATES:
            self.dates[element_names.DATES[short]] = value
        elif short in element_names.AUTHORS:
            self.authors.append(value)
        elif short in element_names.TAGS:
            if "label" not in attributes or "term" in attributes:
                self.tags.append(value)
        elif short in element_names.KEYWORDS:
            self.tags.extend(value.split(","))
        else:
            self._keep_single(short, value, attributes)

    def keep_link(self, href: str, attributes: dict[str, str]) -> None:
        """Keep a link that is an attribute, by what it is to the item (RFC 4287, 4.2.7); it comes resolved."""
        rel = attributes.get("rel", "alternate").lower()
        if rel in {"via", "related"}:
            self.via.append(href)
        elif rel == "enclosure":
            self.enclosures.append(Enclosure(href, attributes.get("type", "")))
        elif rel == "alternate":
            kind = attributes.get("type", "").lower()
            if kind in element_names.PAGE_TYPES:
                self.pages.append(href)
            else:
                self.others.append(href)

    def _keep_single(self, short: str, value: str, attributes: dict[str, str]) -> None:
        if short == "link":
            self.pages.append(value)
        elif short == "dc:language":
            self.stated_language = value.replace("_", "-")
        elif short == "feedburner:origlink":
            self.first_link = value
        elif short == "source":
            self.outlet = value
        elif short == "app:draft":
            self.is_draft = value.lower() == "yes"
        else:
            self.guid, self.guid_is_of_rss = value, short == "guid"
            stated = {name.lower(): said.strip().lower() for name, said in attributes.items()}
            self.guid_is_link = stated.get("ispermalink", "true") == "true"

    def keep_text(self, short: str, text: RawText) -> None:
        """Keep a text: the first of each kind; a second summary is the content, unless there is one."""
        kind = short
        if short in element_names.CONTENTS:
            kind = "content"
        elif short in element_names.SUMMARIES:
            kind = "summary"
            if kind in self.texts:
                kind = "content"
        self.texts.setdefault(kind, text)

    def _first(self, *keys: str) -> RawText:
        for key in keys:
            if key in self.texts:
                return self.texts[key]
        return _NOTHING
