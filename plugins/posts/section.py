"""Posts as a section: their content checked, their navigation and feed announced, what they cite named."""

from itertools import chain

from plugins.core.config.fields import split_names
from plugins.core.syndication.write import feed_model
from plugins.core.text.urls import links_in
from plugins.posts import load, news, places
from plugins.posts.feed import feed
from plugins.posts.model import PostMatter
from plugins.sections.model import CrossReference, Edition, ExternalLink, NavItem, Newsroom, Printer, links_to_files


def edition(newsroom: Newsroom) -> Edition:
    """Return the posts' edition; Pelican itself prints the posts, here goes what it does not know of."""
    written = load.read_for_build(newsroom)
    slugs = places.Slugs(newsroom.settings.pelican)
    shown = [text for text in written if newsroom.shows_drafts or not load.is_withheld(text, newsroom.now)]
    references, links, texts, posts = [], [], [], []
    for text in written:
        references.extend(_references(text))
        placed = places.placed(text, newsroom.content, slugs)
        if placed:
            texts.append(placed)
        if isinstance(text.matter, PostMatter) and not load.is_withheld(text, newsroom.now):
            url = placed.save_as.removesuffix("index.html") if placed else ""
            posts.append(news.PublicPost(text.path, text.matter, url))
    lists: set[str] = set()
    unpublished = {text.path for text in written}
    for text in shown:
        links.extend(_links(text, newsroom))
        lists.update(places.lists(text, slugs))
        unpublished.discard(text.path)

    def publish(printer: Printer) -> list[feed_model.Feed]:
        articles = [one for one in printer.context["articles"] if not one.standing or one.standing.is_public]
        return [feed(articles, newsroom.siteurl, newsroom.site.feed_max_items, printer.say)]

    return Edition(
        name="posts",
        reads=tuple(f"{folder}/**/*.md" for folder in load.FOLDERS),
        problems=(*load.problems(written, newsroom.content), *places.problems(written, slugs)),
        navigation=(NavItem("posts", "posts/", 10),),
        feeds=(feed_model.link("posts"),),
        references=tuple(references),
        links=tuple(links),
        file_links=tuple(chain.from_iterable(links_to_files(text, newsroom) for text in written)),
        texts=tuple(texts),
        prints=frozenset(lists),
        unpublished=frozenset(unpublished),
        publish=publish,
        notices=tuple(load.notices(written, newsroom.now)),
        news=lambda period: news.news(posts, newsroom, period),
    )


def _links(text: load.Text, newsroom: Newsroom) -> list[ExternalLink]:
    """Return where a published text leads; a draft's links are nobody's business yet."""
    body = text.front.body
    found = links_in(body, text.front.body_line, newsroom.markup(body).code)
    if isinstance(text.matter, PostMatter) and text.matter.via:
        found.append((text.front.line_of(["via", "url"]), text.matter.via.url))
    return [ExternalLink(text.where, line, url) for line, url in found]


def _references(text: load.Text) -> list[CrossReference]:
    """Return what a text's front matter names, as it was written: a mistake elsewhere in it hides no unknown name."""
    found = []
    for key, kind in (("listings", "listing"), ("funds", "fund")):
        for number, name in enumerate(split_names(text.front.data.get(key))):
            line = text.front.line_of([key, number])
            found.append(CrossReference(text.where, line, kind, name))
    return found
