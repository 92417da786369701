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
    language = article.lang
    if language.lower() == article.settings["DEFAULT_LANG"].lower():  # which the feed itself says
        language = ""
    return Entry(
        id=link,
        link=link,
        title=plain(article.title),
        html=portable(_corrections(article, say) + article.get_content(siteurl), link),
        summary=escape(plain(article.get_summary(siteurl)), quote=False),
        published=article.date,
        updated=max(_revised(article)),
        authors=tuple(map(str, getattr(article, "authors", ()))),
        tags=tuple(map(str, getattr(article, "tags", ()))),
        language=language,
        languages=tuple(_languages(article, siteurl)),
    )


def _languages(article: Any, siteurl: str) -> Iterator[tuple[str, str]]:
    """Yield the language and address of each translation that readers can come upon, then the post's own, if any is."""
    public = [one for one in article.translations if not one.standing or one.standing.is_public]
    if public:
        public.sort(key=lambda one: str(one.lang))
        for one in (*public, article):
            yield one.lang, f"{siteurl}/{one.url}"


def _revised(article: Any) -> Iterator[datetime]:
    """Return when a post was written, changed and corrected: whoever has read it should see that it is another now."""
    yield article.date
    yield getattr(article, "modified", article.date)
    for day, _ in getattr(article, "corrections", ()):
        yield datetime.combine(day, time(), article.date.tzinfo)


def _corrections(article: Any, say: Callable[..., str]) -> str:
    corrections = getattr(article, "corrections", ())
    return "".join(f"{say('correction', date=day, text=text)}\n" for day, text in corrections)
