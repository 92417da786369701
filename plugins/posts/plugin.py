"""Connect posts to Pelican: the reader of their files, and what each post's page shows beside its text."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any

from markupsafe import Markup
from pelican import signals
from pelican.generators import ArticlesGenerator, Generator
from pelican.readers import Readers

from plugins.core import files
from plugins.core.text.plain_text import plain
from plugins.posts.neighbours import Related, minutes
from plugins.posts.pelican_reader import PostReader
from plugins.posts.section import edition
from plugins.sections.build_state import build_state
from plugins.sections.markdown import count_words
from plugins.sections.model import Newsroom
from plugins.sections.signals import get_section

_LONG_PIECE = 900  # words from which a contents list helps


def register() -> None:
    """Connect to Pelican's signals, and nothing else: what fails in here, Pelican swallows."""
    get_section.connect(edition)
    signals.readers_init.connect(use_reader)
    signals.article_generator_finalized.connect(set_neighbours)
    signals.all_generators_finalized.connect(set_cards)


def use_reader(readers: Readers) -> None:
    """Read Markdown with our reader, and nothing but Markdown: other formats' metadata is not checked."""
    readers.reader_classes = {"md": PostReader, "static": readers.reader_classes["static"]}


def set_neighbours(generator: ArticlesGenerator) -> None:
    """Tell each post its neighbours, length and contents; tell the front page its posts, the archives their years."""
    articles = generator.articles
    related = Related([_tagged(article) for article in articles])
    for number, article in enumerate(articles):
        article.next = articles[number - 1] if number else None
        article.previous = articles[number + 1] if number + 1 < len(articles) else None
        article.related = related.of(article)
        for translation in article.translations:
            translation.next = _in_language(article.next, translation.lang)
            translation.previous = _in_language(article.previous, translation.lang)
            translation.related = [_in_language(other, translation.lang) for other in article.related]
    for article in (*articles, *generator.translations):
        words = count_words(article._content)
        article.minutes = minutes(words)
        article.toc = _contents(article.metadata.get("contents", [])) if words >= _LONG_PIECE else ""
        picture = getattr(article, "image", None)
        if picture:
            generator.context["static_links"].add(picture.src)
    room = build_state(generator.settings).newsroom
    generator.context["front_articles"] = [article for article in articles if is_on_front_page(article, room)]
    counts = Counter(article.date.year for article in articles)
    years = sorted(counts, reverse=True)
    generator.context["years"] = tuple((year, f"posts/{year}/", counts[year]) for year in years)


def set_cards(generators: Sequence[Generator]) -> None:
    """Give each post the listings and funds its front matter names, and each listing the posts that name it.

    Names that nobody has stopped the build before.
    """
    for generator in generators:
        if isinstance(generator, ArticlesGenerator):
            for article in (*generator.articles, *generator.translations):
                for key in ("listings", "funds"):
                    known: dict[str, Any] = generator.context.get(f"{key}_by_id", {})
                    setattr(article, key, [known[name] for name in article.metadata.get(key, ())])
            generator.context["posts_by_listing"] = _posts_by_listing(generator)


def _posts_by_listing(generator: ArticlesGenerator) -> dict[str, list[Any]]:
    """Return the posts that name each listing, newest first: in their front matter, by a card or in a link."""
    cited: defaultdict[str, set[str]] = defaultdict(set)
    for section in build_state(generator.settings).gathered.editions:
        for reference in section.references:
            if reference.kind == "listing":
                cited[reference.where].add(reference.id)
    posts: defaultdict[str, list[Any]] = defaultdict(list)
    for article in generator.articles:
        for name in cited.get(files.display_path(Path(article.source_path)), ()):
            posts[name].append(article)
    return dict(posts)


def is_on_front_page(article: Any, room: Newsroom) -> bool:
    """Say whether a post may stand on the front page: not once it has expired, nor after the day of a stopped clock."""
    if room.shows_drafts:
        return True
    if room.as_of is None:
        return not has_expired(article, room.now)
    last_moment = datetime.combine(room.as_of, time.max, room.zone)
    return bool(article.date.astimezone(room.zone).date() <= room.as_of) and not has_expired(article, last_moment)


def has_expired(article: Any, now: datetime) -> bool:
    """Say whether a post's time on the front page is over; without an offset its end is in the zone of `now`."""
    expires: datetime | None = article.metadata.get("expires")
    return expires is not None and (expires if expires.tzinfo else expires.replace(tzinfo=now.tzinfo)) <= now


def _in_language(article: Any, language: str) -> Any:
    """Return a post, or none, in a language if it is there in it, else as it is."""
    translations = article.translations if article else ()
    return next((one for one in translations if one.lang == language), article)


def _tagged(article: Any) -> Any:
    if not hasattr(article, "tags"):
        article.tags = []
    return article


def _contents(tokens: Sequence[dict[str, Any]]) -> Markup:
    """Return a nested list of links to a piece's headings."""
    if not tokens:
        return Markup()
    rows = [
        Markup('<li><a href="#{}">{}</a>{}</li>').format(
            token["id"], plain(token["name"]), _contents(token["children"])
        )
        for token in tokens
    ]
    return Markup("<ul>{}</ul>").format(Markup().join(rows))
