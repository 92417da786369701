"""Connect to Pelican: copy what may be published of each picture, and show it in pages with its sizes.

Pelican's own copying of static files does the writing; no picture reaches it but through `pipeline`.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from posixpath import normpath
from typing import Any
from urllib.parse import unquote, urlsplit

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from pelican import Pelican, signals
from pelican.contents import Content, Static
from pelican.generators import Generator

from plugins.core.errors import Problem, SiteError
from plugins.images import html_images, load_picture, pipeline, redraw
from plugins.images.cache import Store
from plugins.images.model import ImageView, PublishedPicture
from plugins.images.section import edition
from plugins.images.settings import ImagesSettings
from plugins.incremental import signals as incremental
from plugins.incremental.signals import Declaration
from plugins.sections import missing_files
from plugins.sections.build_state import build_state
from plugins.sections.model import Newsroom
from plugins.sections.signals import get_section


def register() -> None:
    """Connect to Pelican's signals, and nothing else: what fails in here, Pelican swallows."""
    get_section.connect(edition)
    signals.generator_init.connect(install_filter)
    incremental.declare.connect(declaration)
    signals.all_generators_finalized.connect(replace_pictures)


def declaration(_: Pelican) -> Declaration:
    """Say that a page may look for pictures by their addresses."""
    return Declaration(asked=(Gallery,))


def install_filter(generator: Generator) -> None:
    """Give templates the filter `pictures`, for the HTML of texts."""
    generator.env.filters["pictures"] = pass_context(partial(_pictures, build_state(generator.settings).newsroom))


def replace_pictures(generators: Sequence[Generator]) -> None:
    """Have Pelican copy what may be published of each picture, and give posts their own picture's size and versions."""
    generator = generators[0]
    context, newsroom = generator.context, build_state(generator.settings).newsroom
    statics = {one.get_relative_source_path(): one for one in context["staticfiles"]}
    if outside := sorted(filter(missing_files.is_outside, statics)):
        raise SiteError(Problem(path, 0, "is outside of the content folder", missing_files.OUTSIDE) for path in outside)
    shown = {path.lstrip("/") for path in context["static_links"]}  # which alone are made in sizes
    made = _published(newsroom, {path: path in shown for path in statics if load_picture.is_picture(path)})
    others, pictures = [], []
    copies: list[Static | FileCopy | CleanCopy] = []
    for path, static in statics.items():
        if path not in made:
            others.append(static)
            continue
        original = made[path].original
        copies.append(CleanCopy(str(original), static) if original else static)
        for file, address in made[path].versions:
            copies.append(FileCopy(str(file), address))
        pictures.append((static, made[path].picture))
    context["staticfiles"] = [*others, *copies]
    context["gallery"] = Gallery(pictures)
    for post in context["articles"]:
        for article in (post, *post.translations):
            _give_picture(article, made)


@dataclass(frozen=True, slots=True)
class FileCopy:
    """A file for Pelican to copy."""

    source_path: str
    save_as: str


@dataclass(frozen=True, slots=True)
class CleanCopy:
    """A picture's clean file in place of the picture, wherever `{attach}` may yet move that."""

    source_path: str
    instead_of: Static

    @property
    def save_as(self) -> str:
        """Return where the picture would have been copied to."""
        return str(self.instead_of.save_as)


class Gallery:
    """All published pictures, by where they are: an `{attach}` in a text moves its picture while pages are printed.

    Looking through all pictures for one that was moved made 1,000 posts with a picture each compare 500,000 addresses.
    """

    def __init__(self, pictures: Iterable[tuple[Static, PublishedPicture]]) -> None:
        self._by_url = {}
        for static, picture in pictures:
            self._by_url[_url(static)] = picture
            static.attach_to = partial(self._attach, static, picture, static.attach_to)

    def find(self, url: str) -> PublishedPicture | None:
        """Return the picture published at an address below the base."""
        return self._by_url.get(url)

    def _attach(
        self, static: Static, picture: PublishedPicture, attach: Callable[[Content], None], to: Content
    ) -> None:
        self._by_url.pop(_url(static), None)
        attach(to)
        self._by_url[_url(static)] = picture


def _pictures(newsroom: Newsroom, context: Context, html: object) -> Markup:
    """Return a text's HTML with its pictures dressed; the first waits where the post's own picture stands above it."""
    gallery: Gallery = context["gallery"]
    base = f"{_base(newsroom)}/"

    def find(src: str) -> PublishedPicture | None:
        if src.startswith(base):
            return gallery.find(unquote(urlsplit(src).path.removeprefix(base)))
        return None

    above = getattr(context.get("article"), "image", None)
    sizes = newsroom.settings.of(ImagesSettings).sizes
    return html_images.dressed(str(html), find, sizes, first_at_once=not above)


def _published(newsroom: Newsroom, pictures: Mapping[str, bool]) -> dict[str, pipeline.PublishedFiles]:
    store = Store(newsroom.content.resolve().parent / ".cache" / "images", redraw.TOOLS)
    wanted = [(newsroom.content / path, path, in_sizes) for path, in_sizes in sorted(pictures.items())]
    with ThreadPoolExecutor(os.cpu_count()) as workers:  # Pillow works outside of the interpreter's lock
        return pipeline.publish_all(wanted, store, _base(newsroom), workers)


def _give_picture(article: Any, made: Mapping[str, pipeline.PublishedFiles]) -> None:
    image = getattr(article, "image", None)
    if image is None:
        return
    src = normpath(image.src.lstrip("/"))
    if src not in made:  # a draft that is looked at may name a picture that cannot be shown yet
        return
    shown = made[src].picture
    article.image = ImageView(
        src, image.alt, image.caption, image.credit, shown.width, shown.height, shown.srcset, shown.sources
    )


def _base(newsroom: Newsroom) -> str:
    return urlsplit(newsroom.siteurl).path.rstrip("/")


def _url(static: Static) -> str:
    """Return a file's address without telling Pelican that it was asked for, after which `{attach}` cannot move it."""
    return unquote(str(Content.url.fget(static)))
