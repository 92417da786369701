"""Pictures of a text: where each may be had, best first, with the words and the caption it had. Pure; fetches none.

Afterwards an `img` has its sources in `data-sources`, one a line, and stands in a `figure` where it has a caption.
"""

import re

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

from plugins.importing import text
from plugins.importing.clean import attribute
from plugins.importing.losses import Losses, new
from plugins.importing.models import Picture
from plugins.importing.rewriting import sources
from plugins.importing.rewriting.cards import given

_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|heic|bmp|tiff?)(?:[?#]|$)", re.IGNORECASE)
_RESIZED = re.compile(r"substackcdn\.com/image/fetch/|substack-post-media|images/[^/]+_\d+x\d+")
_NAMED = ("data-orig-file", "data-lazy-src", "data-src", "src")
NO_WORDS = "picture without words for those who do not see it"


def rewrite(soup: BeautifulSoup, losses: Losses, base: str) -> None:
    """Bring every picture, however it was shown, into one form; `base` is what relative addresses belong to."""
    for gallery in soup.select(".image-gallery-embed"):
        _gallery(gallery, losses)
    for link in soup.select('a.image-link, [data-component-name="Image2ToDOM"]'):
        _emptied(link)
    for old in soup.select(".image3"):
        _old_component(old, losses)
    for picture in soup.find_all("img"):
        _sources(picture, losses, base)
    for link in soup.find_all("a"):
        _unlink(link)
    _call_figures(soup)
    for figure in soup.find_all("figure"):
        _one_each(figure)


def shown(picture: Tag) -> Picture:
    """Return what is known of a picture that this room has rewritten."""
    return Picture(tuple(filter(None, attribute(picture, "data-sources").split("\n"))), attribute(picture, "alt"))


def element(picture: Picture) -> Tag:
    """Return a picture as it would stand in a text."""
    image = new("img", {"src": picture.sources[0], "alt": picture.alt, "data-sources": "\n".join(picture.sources)})
    if not picture.caption:
        return image
    figure = new("figure")
    figure.append(image)
    figure.append(new("figcaption", words=picture.caption))
    return figure


def _call_figures(soup: BeautifulSoup) -> None:
    """Call by their name the figures and captions that older editors made of other elements."""
    for caption in soup.select("p.wp-caption-text, .gallery-caption"):
        caption.name = "figcaption"
    for frame in soup.select("div.wp-caption, dl.gallery-item, .captioned-image-container, .wp-block-image"):
        if frame.name != "figure" and frame.find("img") and not frame.find("figure"):
            frame.name = "figure"
    for grid in soup.select("ul.blocks-gallery-grid, ul.wp-block-gallery, .blocks-gallery-item"):
        grid.name = "div"


def _gallery(gallery: Tag, losses: Losses) -> None:
    """Show the pictures of a Substack gallery one after another, its caption below the last."""
    inner = given(gallery).get("gallery")
    listed = inner.get("images") if isinstance(inner, dict) else None
    images = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    if not images or not isinstance(inner, dict):
        losses.replace(gallery, "gallery left out", "the export does not say what it showed")
        return
    made = new("div")
    for image in images:
        figure = new("figure")
        figure.append(new("img", {"src": str(image.get("src") or ""), "alt": str(image.get("alt") or "")}))
        made.append(figure)
    caption = inner.get("caption")
    if isinstance(caption, str) and caption.strip():
        made.append(new("p", words=text.words(caption)))
    gallery.replace_with(made)
    losses.beside(made, "gallery shown as single pictures", f"{len(images)} pictures")


def _emptied(link: Tag) -> None:
    """Give a picture back to a link of Substack's that lost it."""
    if link.name == "a" and not link.find("img") and not link.get_text(strip=True) and attribute(link, "href"):
        link.append(new("img", {"src": attribute(link, "href"), "alt": ""}))


def _old_component(old: Tag, losses: Losses) -> None:
    values = given(old)
    source = values.get("src")
    if isinstance(source, str) and source:
        old.replace_with(new("img", {"src": source, "alt": str(values.get("alt") or "")}))
    elif not old.find("img"):
        losses.replace(old, "picture left out", "the export does not say where it is")


def _sources(picture: Tag, losses: Losses, base: str) -> None:
    values = given(picture)
    named = [values.get("src"), *(attribute(picture, key) for key in _NAMED)]
    kept = sources.of(named, attribute(picture, "srcset"), base)
    if not kept:
        losses.replace(picture, "picture left out", f"no address ({attribute(picture, 'src')[:60] or 'none'})")
        return
    alt = attribute(picture, "alt") or (values["alt"] if isinstance(values.get("alt"), str) else "")
    picture.attrs = {"src": kept[0], "alt": text.line(alt), "data-sources": "\n".join(kept)}


def _unlink(link: Tag) -> None:
    """Take a link off a picture that leads to nothing but the picture itself."""
    href = attribute(link, "href")
    if link.find("img") and (not href or _PICTURE.search(href) or _RESIZED.search(href) or "attachment_id=" in href):
        link.unwrap()


def _one_each(figure: Tag) -> None:
    """Let a figure hold one picture and its caption: galleries fall into single ones, tables stand alone."""
    pictures = [one for one in figure.find_all("img") if one.find_parent("figure") is figure]
    inner = figure.find("figure")
    if len(pictures) == 1 and not inner:
        _tidy(figure, pictures[0])
        return
    for caption in figure.find_all("figcaption"):
        if caption.find_parent("figure") is figure:
            caption.name = "div"
    for picture in pictures if len(pictures) > 1 else ():
        whole = picture.parent if isinstance(picture.parent, Tag) and picture.parent.name == "a" else picture
        whole.wrap(new("figure"))
    figure.name = "div"


def _tidy(figure: Tag, picture: Tag) -> None:
    """Leave in a figure its picture, with a link around it if there is one, and the caption; the rest stands below."""
    captions = [one.extract() for one in figure.find_all("figcaption")]
    link = picture.find_parent("a")
    whole = picture.extract()
    if isinstance(link, Tag) and figure in link.parents and not link.get_text(strip=True):
        whole = new("a", {"href": attribute(link, "href")})
        whole.append(picture)
        link.decompose()
    made = new("figure")
    made.append(whole)
    inside: list[PageElement | str] = []
    for one in captions:
        inside += [*one.contents, " "] if one.get_text(strip=True) else []
    if inside:
        caption = new("figcaption")
        caption.extend(inside)
        made.append(caption)
    figure.insert_before(made)
    if figure.get_text(strip=True) or figure.find(["x-loss", "x-video"]):
        figure.name = "div"
    else:
        figure.decompose()
