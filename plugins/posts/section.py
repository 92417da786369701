"""Posts as a section: their content checked, their navigation and feed announced, what they cite named."""

import json
from collections.abc import Iterator, Sequence

from plugins.core.syndication.write import feed_model
from plugins.posts import load, news
from plugins.posts.feed import feed
from plugins.posts.load import KnownText
from plugins.sections.model import (
    CrossReference,
    Edition,
    ExternalLink,
    FileLink,
    NavItem,
    Newsroom,
    PlacedText,
    Printer,
)


def edition(newsroom: Newsroom) -> Edition:
    """Return the posts' edition; Pelican itself prints the posts, here goes what it does not know of."""
    written = load.read_for_build(newsroom)
    withheld = frozenset(text.path for text in written if text.is_withheld(newsroom.now))
    unpublished = frozenset() if newsroom.shows_drafts else withheld
    posts: list[news.PublicPost] = []
    for text in written:
        if text.facts.date and text.path not in withheld:
            url = text.facts.placed[1].removesuffix("index.html") if text.facts.placed else ""
            posts.append(news.PublicPost(text.path, text.facts.matter, url))
    lists: set[str] = set()
    for text in written:
        if text.path not in unpublished:
            lists.update(text.facts.lists)

    def publish(printer: Printer) -> list[feed_model.Feed]:
        articles = [one for one in printer.context["articles"] if not one.standing or one.standing.is_public]
        return [feed(articles, newsroom.siteurl, newsroom.site.feed_max_items, printer.say)]

    return Edition(
        name="posts",
        reads=tuple(f"{folder}/**/*.md" for folder in load.FOLDERS),
        problems=tuple(load.problems(written, newsroom.content)),
        navigation=(NavItem("posts", "posts/", 10),),
        feeds=(feed_model.link("posts"),),
        references=tuple(_references(written)),
        links=_Links([text for text in written if text.path not in unpublished]),
        file_links=tuple(_file_links(written)),
        texts=tuple(_placed(written)),
        prints=frozenset(lists),
        unpublished=unpublished,
        publish=publish,
        notices=tuple(load.notices(written, withheld)),
        news=lambda period: news.news(posts, newsroom, period),
    )


class _Links:
    """Where published texts lead, made when somebody asks; a draft's links are nobody's business yet."""

    def __init__(self, shown: Sequence[KnownText]) -> None:
        self._links = [(text.where, text.facts.links) for text in shown]

    def __iter__(self) -> Iterator[ExternalLink]:
        for where, links in self._links:
            for line, url in json.loads(links):
                yield ExternalLink(where, line, url)


def _references(written: Sequence[KnownText]) -> Iterator[CrossReference]:
    for text in written:
        for line, kind, name in text.facts.references:
            yield CrossReference(text.where, line, kind, name)


def _file_links(written: Sequence[KnownText]) -> Iterator[FileLink]:
    for text in written:
        for line, link, file in text.facts.file_links:
            yield FileLink(text.where, line, link, file)


def _placed(written: Sequence[KnownText]) -> Iterator[PlacedText]:
    for text in written:
        if text.facts.placed:
            line, save_as = text.facts.placed
            yield PlacedText(text.where, line, text.path, save_as)
