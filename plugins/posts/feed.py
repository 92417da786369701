"""Posts as feed entries: the whole text, its corrections first. Pure but for what an article knows of itself."""

from collections.abc import Iterable
from html import escape
from typing import Any

from plugins.core.feeds import Entry, Feed
from plugins.core.plain import plain


def feed(articles: Iterable[Any], name: str, siteurl: str, limit: int) -> Feed:
    """Return the feed of a site's posts, newest first."""
    entries = tuple(_entry(article, siteurl) for article in list(articles)[:limit])
    return Feed("posts", f"{name}: posts", f"Posts on {name}", "posts/", entries)


def _entry(article: Any, siteurl: str) -> Entry:
    link = f"{siteurl}/{article.url}"
    return Entry(
        id=link,
        link=link,
        title=plain(article.title),
        html=_corrections(article) + article.get_content(siteurl),
        summary=escape(plain(article.get_summary(siteurl)), quote=False),
        published=article.date,
        updated=getattr(article, "modified", article.date),
        authors=tuple(str(author) for author in getattr(article, "authors", ())),
        tags=tuple(str(tag) for tag in getattr(article, "tags", ())),
    )


def _corrections(article: Any) -> str:
    return "".join(
        f"<p><strong>Correction, {day.isoformat()}:</strong> {escape(text)}</p>\n"
        for day, text in getattr(article, "corrections", ())
    )
