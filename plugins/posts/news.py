"""What the newsroom itself said in a period: posts that came out in it, and corrections of older ones."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from plugins.posts.model import PostMatter, aware
from plugins.sections.model import Newsroom
from plugins.sections.news import NewsItem, Period


class PublicPost(NamedTuple):
    """A post without its text: its file, its front matter in JSON, and its address, "" where that is not known."""

    path: Path
    written: str
    url: str


def news(public: Iterable[PublicPost], newsroom: Newsroom, period: Period) -> Iterator[NewsItem]:
    """Return the posts of the period and the corrections made in it; of translations, the site's own language."""
    for post, matter in _told(public, newsroom.language):
        path, url = post.path, post.url
        reference = f"{{filename}}/{quote(path.relative_to(newsroom.content).as_posix())}"
        at = aware(matter.date, newsroom.zone)
        if period.has(at):
            by = (*matter.authors, *matter.author)
            yield NewsItem(reference, matter.title, at, text=matter.summary, by=by, url=url)
        for correction in matter.corrections:
            if period.has(correction.date):
                yield NewsItem(reference, matter.title, correction.date, "corrected", correction.text, url=url)


def _told(public: Iterable[PublicPost], language: str) -> Iterable[tuple[PublicPost, PostMatter]]:
    found: dict[str, tuple[PublicPost, PostMatter]] = {}
    for post in public:
        matter = PostMatter.model_validate_json(post.written)
        slug = matter.slug or post.path.stem
        if slug not in found or matter.lang in {"", language}:
            found[slug] = post, matter
    return found.values()
