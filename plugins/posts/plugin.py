"""Connect posts to Pelican: the reader of their files, and what each post's page shows beside its text."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime, time
from itertools import pairwise
from pathlib import Path
from typing import Any

from markupsafe import Markup
from pelican import signals
from pelican.generators import ArticlesGenerator, Generator
from pelican.readers import Readers

from plugins.core import files
from plugins.core.text.plain_text import plain
from plugins.posts.load import TextsByPath
from plugins.posts.model import aware
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
    signals.all_generators_finalized.connect(let_texts_go)


def use_reader(readers: Readers) -> None:
    """Read Markdown with our reader, and nothing but Markdown: other formats' metadata is not checked."""
    readers.reader_classes = {"md": PostReader, "static": readers.reader_classes["static"]}


def set_neighbours(generator: ArticlesGenerator) -> None:
    """Tell each post its neighbours, length and contents; tell the front page its posts, the archives their years."""
    articles = generator.articles  # the newest first
    for article in articles:
        article.next = article.previous = None
        if not hasattr(article, "tags"):
            article.tags = []
    for newer, older in pairwise(articles):
        newer.previous, older.next = older, newer
    related = Related(articles)
    for article in articles:
        article.related = related.of(article)
        for translation in article.translations:
            translation.next = _in_language(article.next, translation.lang)
            translation.previous = _in_language(article.previous, translation.lang)
            translation.related = [_in_language(other, translation.lang) for other in article.related]
    for article in (*articles, *generator.translations):
        words = count_words(article._content)
        article.minutes = minutes(words)
        article.toc = _contents(article.metadata.get("contents", [])) if words >= _LONG_PIECE else ""
        if picture := getattr(article, "image", None):
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


def let_texts_go(generators: Sequence[Generator]) -> None:
    """Forget the texts that the check read and Pelican did not ask for, since it remembers what they were parsed to.

    A text that is read later, once it was edited, is to be read from its file.
    """
    build_state(generators[0].settings).newsroom.forget(TextsByPath)


def _posts_by_listing(generator: ArticlesGenerator) -> dict[str, list[Any]]:
    """Return the posts that name each listing, newest first: in their front matter, by a card or in a link."""
    cited: defaultdict[str, set[str]] = defaultdict(set)
    for section in build_state(generator.settings).gathered.editions:
        for reference in section.references:
            if reference.kind == "listing":
                cited[reference.where].add(reference.id)
    posts: defaultdict[str, list[Any]] = defaultdict(list)
    if not cited:
        return {}  # to ask for each post's path takes 0.3 s of 10,000
    for article in generator.articles:
        for name in cited.get(files.display_path(Path(article.source_path)), ()):
            posts[name].append(article)
    return dict(posts)


def is_on_front_page(article: Any, room: Newsroom) -> bool:
    """Say whether a post may stand on the front page: not once it has expired, nor after the day of a stopped clock."""
    if room.shows_drafts:
        return True
    now = room.now
    if room.as_of is not None:
        now = datetime.combine(room.as_of, time.max, room.zone)
        if article.date.astimezone(room.zone).date() > room.as_of:
            return False
    expires: datetime | None = article.metadata.get("expires")
    return expires is None or aware(expires, now.tzinfo) > now


def _in_language(article: Any, language: str) -> Any:
    """Return a post, or none, in a language if it is there in it, else as it is."""
    if article is not None:
        for translation in article.translations:
            if translation.lang == language:
                return translation
    return article


def _contents(tokens: Sequence[dict[str, Any]]) -> Markup:
    """Return a nested list of links to a piece's headings."""
    if not tokens:
        return Markup()
    rows = Markup()
    for token in tokens:
        name, below = plain(token["name"]), _contents(token["children"])
        rows += Markup('<li><a href="#{}">{}</a>{}</li>').format(token["id"], name, below)
    return Markup("<ul>{}</ul>").format(rows)
