"""Posts as feed entries: the whole text, its corrections first. What an article knows of itself is Pelican's."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, time
from html import escape
from typing import Any

from plugins.core.syndication.write.entry_html import portable
from plugins.core.syndication.write.feed_model import Entry, Feed
from plugins.core.text.plain_text import plain


def feed(articles: Iterable[Any], siteurl: str, limit: int, say: Callable[..., str]) -> Feed:
    """Return the feed of a site's posts, newest first; `say` is `Printer.say`."""
    return Feed("posts", "posts/", tuple(_entry(article, siteurl, say) for article in list(articles)[:limit]))


def _entry(article: Any, siteurl: str, say: Callable[..., str]) -> Entry:
    link = f"{siteurl}/{article.url}"
    return Entry(
        id=link,
        link=link,
        title=plain(article.title),
        html=portable(_corrections(article, say) + article.get_content(siteurl), link),
        summary=escape(plain(article.get_summary(siteurl)), quote=False),
        published=article.date,
        updated=max(_revised(article)),
        authors=tuple(str(author) for author in getattr(article, "authors", ())),
        tags=tuple(str(tag) for tag in getattr(article, "tags", ())),
        language="" if article.lang.lower() == article.settings["DEFAULT_LANG"].lower() else article.lang,
        languages=tuple((one.lang, f"{siteurl}/{one.url}") for one in _languages(article)),
    )


def _languages(article: Any) -> Iterable[Any]:
    """Return a post's translations that readers can come upon, by language, and itself last; without any, nothing."""
    public = [one for one in article.translations if not one.standing or one.standing.is_public]
    if public:
        return (*sorted(public, key=lambda one: str(one.lang)), article)
    return ()


def _revised(article: Any) -> Iterator[datetime]:
    """Return when a post was written, changed and corrected: whoever has read it should see that it is another now."""
    yield article.date
    yield getattr(article, "modified", article.date)
    for day, _ in getattr(article, "corrections", ()):
        yield datetime.combine(day, time(), article.date.tzinfo)


def _corrections(article: Any, say: Callable[..., str]) -> str:
    corrections = getattr(article, "corrections", ())
    return "".join(f"{say('correction', date=day, text=text)}\n" for day, text in corrections)
