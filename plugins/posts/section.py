"""Posts as a section: their content checked, their navigation and feed announced, what they cite named."""

from plugins.core import feeds
from plugins.core.urls import links_in
from plugins.posts import read
from plugins.posts.feed import feed
from plugins.posts.models import PostMatter, is_public
from plugins.sections.models import Citation, Edition, ExternalLink, NavItem, Newsroom, Printer


def edition(newsroom: Newsroom) -> Edition:
    """Return the posts' edition; Pelican itself prints the posts, here goes what it does not know of."""
    texts = read.read_all(newsroom.content)
    name, limit = newsroom.settings["SITENAME"], newsroom.settings["FEED_MAX_ITEMS"]

    def publish(printer: Printer) -> list[feeds.Feed]:
        return [feed(printer.context["articles"], name, newsroom.siteurl, limit)]

    return Edition(
        name="posts",
        problems=tuple(read.problems(texts, newsroom.content, newsroom.now)),
        navigation=(NavItem("posts", "posts/", 10),),
        feeds=(feeds.link("posts", "Posts"),),
        cites=tuple(citation for text in texts for citation in _cites(text)),
        links=tuple(link for text in texts for link in _links(text, newsroom)),
        publish=publish,
    )


def _links(text: read.Text, newsroom: Newsroom) -> list[ExternalLink]:
    """Return where a published text leads; a draft's links are nobody's business yet."""
    if text.matter is None or not is_public(text.matter, newsroom.now):
        return []
    found = links_in(text.front.body, text.front.body_line)
    if isinstance(text.matter, PostMatter) and text.matter.via:
        found.append((text.front.line_of(["via", "url"]), text.matter.via.url))
    return [ExternalLink(text.where, line, url) for line, url in found]


def _cites(text: read.Text) -> list[Citation]:
    matter = text.matter
    if not isinstance(matter, PostMatter):
        return []
    named = {"listings": ("listing", matter.listings), "funds": ("fund", matter.funds)}
    return [
        Citation(text.where, text.front.line_of([key, number]), kind, name)
        for key, (kind, names) in named.items()
        for number, name in enumerate(names)
    ]
