"""Pictures of a text: where each may be had, the words and the caption it had, and what stands in its place at last.

After `rewrite` an `img` has its sources in `data-sources`, one a line, and stands in a `figure` where it has a caption.
Fetches nothing. Sources: the addresses of Substack's, WordPress's and Jetpack's picture services.
"""

import re
from collections.abc import Iterable
from posixpath import basename
from urllib.parse import unquote, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from plugins.core.text.urls import host, is_web
from plugins.importing import markdown_escapes
from plugins.importing.conversion_log import ConversionLog
from plugins.importing.html_tree import attribute, new_element, one_line
from plugins.importing.model import FetchedPictures, OldPicture
from plugins.importing.transforms.embeds import component_values

NO_WORDS = "picture without words for those who do not see it"
LEFT = "picture left on the old site"
STILL_THERE = "This picture is still on the old site"
"""The title of a link in the place of a picture: by it the next run finds the place."""

_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg|heic|bmp|tiff?)(?:[?#]|$)", re.IGNORECASE)
# An address of the picture itself, larger: a link to it around the picture says nothing more.
_RESIZED = re.compile(r"substackcdn\.com/image/fetch/|substack-post-media|images/[^/]+_\d+x\d+")
# In the order of what they promise: WordPress's original, then what scripts load later, then what is shown first.
_NAMED = ("data-orig-file", "data-lazy-src", "data-src", "src")
_MOST_DATA = 15_000_000
_LEAST_DATA = 400  # letters; what is shorter holds a place


def rewrite(soup: BeautifulSoup, log: ConversionLog, base: str) -> None:
    """Bring every picture, however it was shown, into one form; `base` is what relative addresses belong to."""
    for link in soup.select('a.image-link, a[data-component-name="Image2ToDOM"]'):
        # Substack's export sometimes loses the picture within a link to it
        if not link.find("img") and not link.get_text(strip=True) and attribute(link, "href"):
            link.append(new_element("img", {"src": attribute(link, "href"), "alt": ""}))
    for picture in soup.find_all("img"):
        _note_sources(picture, log, base)
    for link in soup.find_all("a"):
        href = attribute(link, "href")
        leads_to_itself = _PICTURE.search(href) or _RESIZED.search(href) or "attachment_id=" in href
        if link.find("img") and (not href or leads_to_itself):
            link.unwrap()
    _rename_older_figures(soup)
    for figure in soup.find_all("figure"):
        _keep_one_picture(figure)


def picture_of(element: Tag) -> OldPicture:
    """Return what is known of an `img` that `rewrite` has seen."""
    sources = filter(None, attribute(element, "data-sources").split("\n"))
    return OldPicture(tuple(sources), attribute(element, "alt"))


def element_of(picture: OldPicture) -> Tag:
    """Return a picture as it would stand in a text."""
    sources = "\n".join(picture.sources)
    image = new_element("img", {"src": picture.sources[0], "alt": picture.alt, "data-sources": sources})
    if not picture.caption:
        return image
    figure = new_element("figure")
    figure.extend([image, new_element("figcaption", words=picture.caption)])
    return figure


def put_in_place(soup: BeautifulSoup, fetched: FetchedPictures, log: ConversionLog) -> int:
    """Show the pictures that came along, link the others; return how many have no words for those who do not see.

    Words are never made up: a caption stands beside a picture, and does not say what is in it.
    """
    without_words = 0
    for image in soup.find_all("img"):
        picture = picture_of(image)
        path = fetched.path(picture)
        if not path:
            _replace_by_link(image, picture, fetched.why_not(picture), log)
            continue
        image.attrs = {"src": f"{{static}}/{path}", "alt": picture.alt}
        if not picture.alt:
            without_words += 1
            log.note(NO_WORDS, path, image)
    return without_words


def old_address(picture: OldPicture) -> str:
    """Return the first of a picture's addresses that a link can lead to, "" where there is none."""
    return next(filter(None, map(markdown_escapes.address, picture.sources)), "")


def sources_of(named: Iterable[object], srcset: str, base: str) -> list[str]:
    """Return the addresses a picture may be had from, best first, whole or as paths within the export.

    `named` are those it was shown with, in that order; what of them is no text is passed over.
    """
    found: dict[str, None] = {}
    for source in (*named, _largest(srcset)):
        if isinstance(source, str) and source and not _holds_a_place(source):
            whole = _absolute(source, base)
            found[_original(whole)] = found[whole] = None
    found.pop("", None)
    return list(found)


def _note_sources(picture: Tag, log: ConversionLog, base: str) -> None:
    """Note in a picture's attributes where it may be had from; take it out where nobody says it."""
    values = component_values(picture)
    named = [values.get("src"), *(attribute(picture, key) for key in _NAMED)]
    sources = sources_of(named, attribute(picture, "srcset"), base)
    if not sources:
        log.remove(picture, "picture left out", f"no address ({attribute(picture, 'src')[:60] or 'none'})")
        return
    alt = attribute(picture, "alt") or str(values.get("alt") or "")
    picture.attrs = {"src": sources[0], "alt": one_line(alt), "data-sources": "\n".join(sources)}


def _absolute(source: str, base: str) -> str:
    """Return a picture's address as a whole one, or as a path within the export; "" where it is neither."""
    if source.startswith("data:image/"):
        return source if len(source) <= _MOST_DATA else ""
    if source.startswith("//") and not base:
        source = f"https:{source}"
    try:
        whole = urljoin(base, source)
        is_path = not urlsplit(whole).scheme
    except ValueError:
        return ""
    return re.sub(r"\s", "%20", whole) if is_path or is_web(whole) else ""


def _original(whole: str) -> str:
    """Return the picture behind one that Substack's or WordPress's service made smaller."""
    if "substackcdn.com/image/fetch/" in whole:
        inner = unquote(whole.rsplit("/", 1)[-1])
        if is_web(inner) and not inner.lower().endswith((".heic", ".heif")):  # which few browsers show
            return inner
    if re.fullmatch(r"i\d\.wp\.com", host(whole)):
        return f"https://{urlsplit(whole).path.lstrip('/')}"
    return whole


def _largest(srcset: str) -> str:
    """Return the widest of the versions a picture is offered in, as in "small.png 300w, big.png 900w"."""
    widest, largest = 0, ""
    for address, width in re.findall(r"(\S+)\s+(\d{1,6})w", srcset[:20_000]):
        if int(width) > widest:
            widest, largest = int(width), address
    return largest


def _holds_a_place(source: str) -> bool:
    """Say whether an address is only what is shown until a script comes."""
    return (source.startswith("data:image/") and len(source) < _LEAST_DATA) or source.startswith(("about:", "#"))


def _rename_older_figures(soup: BeautifulSoup) -> None:
    """Call by their name the figures and captions that older editors made of other elements."""
    for caption in soup.select("p.wp-caption-text, .gallery-caption"):
        caption.name = "figcaption"
    for frame in soup.select("div.wp-caption, dl.gallery-item, .captioned-image-container, .wp-block-image"):
        if frame.name != "figure" and frame.find("img") and not frame.find("figure"):
            frame.name = "figure"
    for grid in soup.select("ul.blocks-gallery-grid, ul.wp-block-gallery, .blocks-gallery-item"):
        grid.name = "div"


def _keep_one_picture(figure: Tag) -> None:
    """Let a figure hold one picture and its caption: galleries fall into single ones, tables stand alone."""
    pictures = [picture for picture in figure.find_all("img") if picture.find_parent("figure") is figure]
    captions = [caption for caption in figure.find_all("figcaption") if caption.find_parent("figure") is figure]
    if len(pictures) == 1 and not figure.find("figure"):
        _rebuild(figure, pictures[0], captions)
        return
    for caption in captions:
        caption.name = "div"
    if len(pictures) > 1:
        for picture in pictures:
            _with_its_link(picture).wrap(new_element("figure"))
    figure.name = "div"


def _with_its_link(picture: Tag) -> Tag:
    """Return the link around a picture where it holds nothing else, else the picture."""
    link = picture.find_parent("a")
    return link if isinstance(link, Tag) and not link.get_text(strip=True) else picture


def _rebuild(figure: Tag, picture: Tag, captions: list[Tag]) -> None:
    """Leave in a figure its picture, with a link around it if there is one, and the caption; the rest stands below."""
    made = new_element("figure")
    link = picture.find_parent("a")
    if isinstance(link, Tag) and figure in link.parents and _with_its_link(picture) is link:
        around = new_element("a", {"href": attribute(link, "href")})
        around.append(picture.extract())
        link.decompose()
        made.append(around)
    else:
        made.append(picture.extract())
    caption = new_element("figcaption")
    for one in captions:
        if one.get_text(strip=True):
            caption.extend([*one.contents, " "])
        one.decompose()
    if caption.contents:
        made.append(caption)
    figure.insert_before(made)
    if figure.get_text(strip=True) or figure.find("x-video"):
        figure.name = "div"
    else:
        figure.decompose()


def _replace_by_link(image: Tag, picture: OldPicture, why: str, log: ConversionLog) -> None:
    """Put a link in the place of a picture that did not come along, named by its words or else by its file."""
    figure, place = image.find_parent("figure"), _with_its_link(image)
    url = old_address(picture)
    log.note(LEFT, f"{why}: {url}" if url else why, place)
    if url:
        words = picture.alt or one_line(basename(unquote(urlsplit(url).path)), 100) or url
        place.replace_with(new_element("a", {"href": url, "title": STILL_THERE}, words))
    elif picture.alt:
        place.replace_with(new_element("strong", words=picture.alt))
    else:
        place.decompose()
    if isinstance(figure, Tag):
        _open_figure(figure)


def _open_figure(figure: Tag) -> None:
    """Let a figure whose picture is gone be two paragraphs: the link, and the caption."""
    for caption in figure.find_all("figcaption"):
        caption.name = "p"
        figure.insert_after(caption.extract())
    figure.name, figure.attrs = "p", {}
