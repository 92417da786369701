"""What the newsroom itself said in a period: posts that came out in it, and corrections of older ones."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from urllib.parse import quote

from plugins.posts.load import Text
from plugins.posts.model import PostMatter
from plugins.sections.model import Newsroom
from plugins.sections.news import NewsItem, Period


def news(public: Iterable[Text], newsroom: Newsroom, period: Period) -> Iterator[NewsItem]:
    """Return the posts of the period and the corrections made in it; of translations, the site's own language."""
    for text, matter in _told(public, newsroom.language):
        reference = f"{{filename}}/{quote(text.path.relative_to(newsroom.content).as_posix())}"
        at = _moment(matter.date, newsroom)
        if period.has(at):
            by = (*matter.authors, *matter.author)
            yield NewsItem(reference, matter.title, at, text=matter.summary, by=by)
        for correction in matter.corrections:
            if period.has(correction.date):
                yield NewsItem(reference, matter.title, correction.date, "corrected", correction.text)


def _told(public: Iterable[Text], language: str) -> Iterable[tuple[Text, PostMatter]]:
    found: dict[str, tuple[Text, PostMatter]] = {}
    for text in public:
        matter = text.matter
        if isinstance(matter, PostMatter):
            slug = matter.slug or text.path.stem
            if slug not in found or matter.lang in {"", language}:
                found[slug] = text, matter
    return found.values()


def _moment(date: datetime, newsroom: Newsroom) -> datetime:
    return date if date.tzinfo else date.replace(tzinfo=newsroom.zone)
