"""What the newsroom itself said in a period: posts that came out in it, and corrections of older ones."""

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from plugins.posts import places
from plugins.posts.load import Text
from plugins.posts.model import PostMatter, aware
from plugins.sections.model import Newsroom
from plugins.sections.news import NewsItem, Period


def news(public: Iterable[Text], newsroom: Newsroom, period: Period) -> Iterator[NewsItem]:
    """Return the posts of the period and the corrections made in it; of translations, the site's own language."""
    for text, matter in _told(public, newsroom.language):
        reference = f"{{filename}}/{quote(text.path.relative_to(newsroom.content).as_posix())}"
        at, url = aware(matter.date, newsroom.zone), _url(text, newsroom)
        if period.has(at):
            by = (*matter.authors, *matter.author)
            yield NewsItem(reference, matter.title, at, text=matter.summary, by=by, url=url)
        for correction in matter.corrections:
            if period.has(correction.date):
                yield NewsItem(reference, matter.title, correction.date, "corrected", correction.text, url=url)


def _told(public: Iterable[Text], language: str) -> Iterable[tuple[Text, PostMatter]]:
    found: dict[str, tuple[Text, PostMatter]] = {}
    for text in public:
        matter = text.matter
        if isinstance(matter, PostMatter):
            slug = matter.slug or text.path.stem
            if slug not in found or matter.lang in {"", language}:
                found[slug] = text, matter
    return found.values()


def _url(text: Text, newsroom: Newsroom) -> str:
    """Return the address of a post's page, "" where a placeholder of Pelican's keeps it from being known."""
    placed = places.placed(text, newsroom.content, places.Slugs(newsroom.settings.pelican))
    return placed.save_as.removesuffix("index.html") if placed else ""
