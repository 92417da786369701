"""The steps from an export's documents to the texts of files, in order; all but the pictures' fetching.

    names      a name for each document, no two of a kind the same
    prepare    HTML → a tree in the shapes Markdown has, what was lost so far, and the pictures it shows
    place      the pictures that were fetched in their places; whether the text stays a draft
    write_all  links led to where the old texts are now; each tree written, printed as the site prints it, verified

Nothing is read or written here. One document's fault is not the others': it is a value.
"""

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bs4 import BeautifulSoup

from plugins.core.text import aliases, slugs
from plugins.core.text.slugs import slug
from plugins.importing import html_tree
from plugins.importing.conversion_log import ConversionLog, with_lines
from plugins.importing.markdown import front_matter, verification, writer
from plugins.importing.model import Export, FetchedPictures, Loss, OldDocument, OldPicture
from plugins.importing.transforms import embeds, footnotes, old_links, quotations, site_furniture, text_pictures
from plugins.importing.transforms.old_links import Moved
from plugins.importing.tree.shape import shape

RESERVED = frozenset(
    {
        *("posts", "updates", "listings", "donate", "timeline", "subscribe", "search", "tags", "categories", "authors"),
        *("feeds", "images", "theme", "drafts", "pagefind", "extra", "static", "index", "404", "robots", "sitemap"),
    }
)
"""Names of pages that a site has of itself."""

LONGEST_PARAGRAPH = 100_000
"""Letters. The time to print one grows by the square of them, here as in every build."""

NO_ADDRESS = "old address that cannot lead here"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document with its tree in shape, on its way to its file.

    The tree is held as `markup`: an export has thousands of documents, and all are prepared before one is written.
    `log` has what was lost so far, `lost_words` the words that shaping cost. `place` gives the last two: why it stays a
    draft, "" where it may be published, and the path of the picture on top.
    """

    document: OldDocument
    slug: str
    markup: str
    log: ConversionLog
    pictures: tuple[OldPicture, ...]
    lost_words: tuple[str, ...]
    draft: str = ""
    picture: str = ""

    @property
    def key(self) -> str:
        """Its document's key."""
        return self.document.key

    @property
    def tree(self) -> BeautifulSoup:
        """Its tree, made anew: whoever asks may change it."""
        return html_tree.again(self.markup)

    @property
    def path(self) -> str:
        """Its file below the content folder."""
        return f"{self.document.folder}/{self.slug}.md"

    @property
    def picture_on_top(self) -> OldPicture | None:
        """The picture for its head; a page's, and one without words, stands in the text, to be given some."""
        picture = self.document.picture
        if picture and picture.alt and not self.document.is_page:
            return picture
        return None


@dataclass(frozen=True, slots=True)
class WrittenDocument:
    """A document as it will stand in its file, and what is to be reported of it."""

    text: str
    losses: tuple[Loss, ...]
    lost_words: tuple[str, ...] = ()
    new_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TargetSite:
    """The site the documents come to, and the texts that it has.

    `now` is aware and in the site's zone; `settings` are Pelican's. `imported` is a document's key → (path below
    content, whether readers see it); `paths` is (folder, slug) → path below content; `answers` is a file of the output
    → what answers there.
    """

    now: datetime
    settings: Mapping[str, Any]
    imported: dict[str, tuple[str, bool]] = field(default_factory=dict)
    paths: dict[tuple[str, str], str] = field(default_factory=dict)
    answers: dict[str, str] = field(default_factory=dict)


def address(folder: str, name: str) -> str:
    """Return where a text is read, below the site's root; `folder` is that of its kind, "posts" or "pages"."""
    return f"posts/{name}/" if folder == "posts" else f"{name}/"


def distinct(documents: Iterable[OldDocument]) -> list[OldDocument]:
    """Return documents whose keys differ: one that is exported twice is taken once."""
    first: dict[str, OldDocument] = {}
    for document in documents:
        first.setdefault(document.key, document)
    return list(first.values())


def names(documents: Iterable[OldDocument]) -> dict[str, str]:
    """Return a name for each document, by its key: the old one where it can be; no two of a kind have the same."""
    given: dict[str, str] = {}
    taken: set[str] = set()
    for document in documents:
        first_words = html_tree.excerpt_line(document.html[:2000], 60)
        candidates = (document.slug, document.title, first_words, document.key)
        name = next(filter(None, map(slug, candidates)), "text")
        if document.is_page and name in RESERVED:
            name = f"old-{name}"
        folder = f"{document.folder}/"
        path = slugs.free(f"{folder}{name}", taken)
        taken.add(path)
        given[document.key] = path.removeprefix(folder)
    return given


def prepare(document: OldDocument, name: str, site: str) -> Prepared:
    """Return a document with its tree in shape; `site` is the old one's address. Raises ValueError for no text."""
    log = ConversionLog(document.lost)
    for _ in range(html_tree.count_scripts(document.html)):
        log.note("script")
    tree = html_tree.parse(document.html, has_line_breaks=document.has_line_breaks)
    picture = document.picture
    if picture and (document.is_page or not picture.alt):
        tree.insert(0, text_pictures.element_of(picture))
    site_furniture.remove(tree, log, site)
    embeds.rewrite(tree, log)
    text_pictures.rewrite(tree, log, old_links.base_of(document.old, site))
    quotations.rewrite(tree)
    footnotes.rewrite(tree)
    before = verification.words(copy.copy(tree))
    shape(tree, log, has_line_breaks=document.has_line_breaks)
    lost = verification.missing(before, verification.words(copy.copy(tree)))
    embeds.finish(tree, log)
    pictures = tuple(map(text_pictures.picture_of, tree.find_all("img")))
    # What is held of it from here on is the tree's markup alone.
    document = replace(_with_title(document, tree, log), html="")
    return Prepared(document, name, str(tree), log, pictures, lost)


def place(one: Prepared, fetched: FetchedPictures, now: datetime) -> Prepared:
    """Return a document with its pictures in place, and why it stays a draft.

    The picture on top stands in the head, or as a link above the text where it did not come.
    """
    tree, document = one.tree, one.document
    picture = ""
    if one.picture_on_top:
        picture = fetched.path(one.picture_on_top)
        if not picture:
            tree.insert(0, text_pictures.element_of(one.picture_on_top))
    without_words = text_pictures.put_in_place(tree, fetched, one.log)
    draft = "; ".join(_reasons_to_withhold(document, without_words, now))
    return replace(one, markup=str(tree), draft=draft, picture=picture)


def _reasons_to_withhold(document: OldDocument, pictures_without_words: int, now: datetime) -> list[str]:
    """Return why a document has to stay a draft."""
    reasons: list[str] = []
    if document.withheld:
        reasons.append(f"{document.withheld} on the old site")
    if document.published is None and not document.is_page:
        reasons.append("it had no day, and was given the one of the import")
    elif document.published and document.published > now:
        reasons.append("its day is still to come")
    if pictures_without_words == 1:
        reasons.append("a picture has no words yet for those who do not see, ![words](…)")
    elif pictures_without_words:
        reasons.append(f"{pictures_without_words} pictures have no words yet for those who do not see, ![words](…)")
    return reasons


def write_all(
    export: Export, texts: Iterable[Prepared], site: TargetSite
) -> tuple[dict[str, WrittenDocument], dict[str, str]]:
    """Return each document's file by its key, and why some cannot be written; no link leads to one of those."""
    left = list(texts)
    failed: dict[str, str] = {}
    while True:
        written, faults = _write_each(left, _moved(export, left, site), site)
        if not faults:
            return written, failed
        failed |= faults
        left = [one for one in left if one.key not in faults]


def write(
    one: Prepared, date: datetime, addresses: tuple[str, ...], moved: Moved, settings: Mapping[str, Any]
) -> WrittenDocument:
    """Return a document's file. Raises ValueError where it would hold what no foreign text may.

    `date` is in the site's zone, `addresses` are the old ones that lead to it, `settings` are Pelican's.
    """
    document, tree, log = one.document, one.tree, ConversionLog(one.log.found)
    old_links.rewrite(tree, moved, one.path, log, old_links.base_of(document.old, moved.site))
    top = front_matter.write(document, date, one.draft, addresses, one.picture)
    old = verification.words(copy.copy(tree))
    body = writer.write(tree)
    if max(map(len, body.split("\n"))) > LONGEST_PARAGRAPH:
        raise ValueError(f"a paragraph of it is longer than {LONGEST_PARAGRAPH:,} letters")
    page = verification.printed(body, settings)
    if found := verification.violations(page):
        raise ValueError(f"it would hold what no text may: {'; '.join(dict.fromkeys(found))[:300]}")
    now = verification.words(page)
    lost_words = (*one.lost_words, *verification.missing(old, now))
    losses = with_lines(log.found, body, top.count("\n") + 1)
    return WrittenDocument(f"{top}{body}\n", losses, lost_words, verification.missing(now, old))


def _write_each(
    texts: list[Prepared], moved: Moved, site: TargetSite
) -> tuple[dict[str, WrittenDocument], dict[str, str]]:
    """Return the files that can be written, and the others' faults."""
    written: dict[str, WrittenDocument] = {}
    faults: dict[str, str] = {}
    answers = dict(site.answers)  # a file of the output → what answers there
    for name in RESERVED:
        answers[f"{name}/index.html"] = "a page of the site"
    for one in texts:
        answers[aliases.file_of(address(one.document.folder, one.slug))] = one.path
    for one in texts:
        document = one.document
        good, bad = old_links.sort_aliases(document.old, address(one.document.folder, one.slug), answers)
        for alias in good:
            answers[aliases.file_of(alias)] = one.path
        date = (document.published or site.now).astimezone(site.now.tzinfo)
        try:
            made = write(one, date, good, moved, site.settings)
        except Exception as error:  # one document's fault is not the others'
            faults[one.key] = str(error) or type(error).__name__
            continue
        lost: list[Loss] = []
        if not good and not one.draft:
            lost = [Loss(NO_ADDRESS, reason) for reason in bad]
        written[one.key] = replace(made, losses=(*lost, *made.losses))
    return written, faults


def _moved(export: Export, texts: list[Prepared], site: TargetSite) -> Moved:
    """Return where the old texts are now."""
    public: dict[str, str] = {}
    drafts: set[str] = set()
    now = dict(site.imported)  # a document's key → its path, and whether readers see it
    for one in texts:
        now[one.key] = one.path, not one.draft
    for document in export.documents:
        if document.key not in now:
            continue
        path, is_public = now[document.key]
        for form in old_links.comparable((*document.old, *document.also), export.site):
            if is_public:
                public.setdefault(form, path)
            else:
                drafts.add(form)
    return Moved(export.site, public, frozenset(drafts - public.keys()))


def _with_title(document: OldDocument, tree: BeautifulSoup, log: ConversionLog) -> OldDocument:
    """Give a document without a title its first words."""
    if title := html_tree.one_line(document.title).strip():
        return replace(document, title=title)
    if words := html_tree.one_line(tree.get_text(" "), 60):
        log.note("text without a title", "its first words stand there")
        return replace(document, title=words)
    log.note("text without a title", "its name stands there")
    return replace(document, title=document.slug or document.key)
