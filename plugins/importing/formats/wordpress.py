"""A WordPress export: its posts and pages, with what their attachments and meta values say of them."""

import html
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from plugins.core.errors import Problem
from plugins.core.syndication.read.dates import read_date
from plugins.core.text.urls import is_web
from plugins.importing.formats import wxr
from plugins.importing.formats.shortcodes import Media, Shortcodes
from plugins.importing.formats.texts import decode_all, file_in, some
from plugins.importing.html_tree import LONGEST, clean, excerpt_line, group, one_line
from plugins.importing.model import Export, Loss, OldDocument, OldPicture

_WITHHELD = {
    "publish": "",
    "draft": "it was a draft",
    "auto-draft": "it was a draft",
    "pending": "it was waiting for review",
    "private": "it was private",
    "future": "it was to be published later",
}
# The comment at a block's beginning or end: <!-- wp:paragraph -->, <!-- /wp:paragraph -->.
_BLOCK = re.compile(r"<!--\s{0,9}/?wp:")
# A synced pattern, which is kept as an item of its own: <!-- wp:block {"ref":12} /-->.
_PATTERN = re.compile(r'<!--\s{0,9}wp:block\s{0,9}\{[^{}]{0,200}?"ref"\s{0,9}:\s{0,9}(\d+)[^{}]{0,200}\}\s{0,9}/-->')
# A block that WordPress fills when a page is asked for, and that has no HTML here: <!-- wp:latest-posts /-->.
_DYNAMIC = re.compile(r"<!--\s{0,9}wp:([\w/-]{1,60})(?:\s[^>]{0,1000}?)?/-->")
# Of those, the ones that lose nothing: filled in here, or of no meaning outside of WordPress.
_STATIC = {"block", "footnotes", "more", "nextpage", "spacer", "separator"}
_IMAGE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
# The class that names a picture's attachment.
_IMAGE_NUMBER = re.compile(r"\bwp-image-(\d{1,12})\b")
_TAKEN_TYPES = {"attachment", "wp_block", "post", "page"}
_DEEPEST_PATTERN = 3


@dataclass(frozen=True, slots=True)
class _Context:
    """What an item may refer to: the export, its attachments and synced patterns by their ids, the site, its zone.

    `attached` are the ids of the attachments that belong to an item, by the item's id.
    """

    export: wxr.Wxr
    media: Media
    patterns: Mapping[str, str]
    attached: Mapping[str, list[str]]
    site: str
    zone: ZoneInfo


def read(files: Mapping[str, bytes], where: str, site: str, zone: ZoneInfo) -> Export:
    """Return an export's posts and pages, of all its files as one; `zone` is that of times without one."""
    problems: list[Problem] = []
    whole = wxr.Wxr()
    for name, markup in decode_all(files, where, problems):
        found = wxr.read(markup)
        for line, what in found.faults:
            problems.append(Problem(file_in(where, name), line, what, "what stands before it was read; export anew"))
        whole.items += found.items
        whole.authors |= found.authors
        whole.fields = {**found.fields, **whole.fields}
    site = site or whole.fields.get("wp:base_blog_url") or whole.fields.get("link", "")
    attached: dict[str, list[str]] = {}
    for item in whole.of_type("attachment"):
        attached.setdefault(item.get("wp:post_parent"), []).append(item.get("wp:post_id"))
    patterns = {one.get("wp:post_id"): one.fields.get("content:encoded", "") for one in whole.of_type("wp_block")}
    context = _Context(whole, _media(whole), patterns, attached, site, zone)
    items = [*whole.of_type("post"), *whole.of_type("page")]
    documents = [_document(one, context) for one in items if one.get("wp:status") not in {"trash", "inherit"}]
    return Export("wordpress", site.rstrip("/"), tuple(documents), _left_behind(whole), tuple(problems))


def _media(found: wxr.Wxr) -> Media:
    """Return the export's attachments as pictures."""
    media: dict[str, OldPicture] = {}
    for item in found.of_type("attachment"):
        address = item.get("wp:attachment_url")
        alt = excerpt_line(item.meta.get("_wp_attachment_image_alt", ""))
        if is_web(address):
            media[item.get("wp:post_id")] = OldPicture((address,), alt, excerpt_line(item.get("excerpt:encoded")))
    return media


def _left_behind(found: wxr.Wxr) -> tuple[str, ...]:
    """Return what of the export is no document."""
    left: Counter[str] = Counter()
    for item in found.items:
        kind = item.fields.get("wp:post_type", "post")
        left[f"items of the type {kind}"] += kind not in _TAKEN_TYPES
        left["texts in the bin"] += item.get("wp:status") == "trash"
        left["comments"] += item.comments
    return tuple(f"{what} ({left[what]})" for what in sorted(left) if left[what])


def _document(item: wxr.WxrItem, context: _Context) -> OldDocument:
    number = item.get("wp:post_id") or item.get("guid")
    content, has_line_breaks, lost = _content(item, context)
    categories, tags = _terms(item)
    if item.comments:
        lost.append(Loss("comments left behind", str(item.comments)))
    for key in sorted(item.meta):
        if key and key != "footnotes" and not key.startswith("_"):  # which are WordPress's own
            lost.append(Loss("custom field left behind", key))
    author = item.get("dc:creator")
    author = one_line(context.export.authors.get(author, author))
    return OldDocument(
        key=f"wordpress {one_line(urlsplit(context.site).netloc)} {one_line(number)}",
        place=f"item {number}, line {item.line}",
        title=excerpt_line(item.get("title")),
        slug=unquote(item.get("wp:post_name")),
        html=content,
        published=read_date(item.get("wp:post_date_gmt"), "UTC")
        or read_date(item.get("wp:post_date"), context.zone.key),
        is_page=item.get("wp:post_type") == "page",
        summary=excerpt_line(item.get("excerpt:encoded")),
        authors=some(author),
        tags=(*categories[1:], *tags),
        category=next(iter(categories), ""),
        withheld=_why_withheld(item),
        old=tuple(filter(is_web, [item.get("link")])),
        also=tuple(filter(is_web, [item.get("guid")])),
        picture=context.media.get(item.meta.get("_thumbnail_id", "").strip()),
        has_line_breaks=has_line_breaks,
        lost=tuple(lost),
    )


def _terms(item: wxr.WxrItem) -> tuple[list[str], list[str]]:
    """Return an item's categories and its tags."""
    found: dict[str, list[str]] = {"category": [], "post_tag": []}
    for domain, name in item.terms:
        words = one_line(html.unescape(name)).strip()
        if words and domain in found and words.lower() != "uncategorized":
            found[domain].append(words)
    return found["category"], found["post_tag"]


def _why_withheld(item: wxr.WxrItem) -> str:
    if item.get("wp:post_password"):
        return "it was behind a password"
    status = item.get("wp:status") or "publish"
    return _WITHHELD.get(status, f"its status was {one_line(status, 40)}")


def _content(item: wxr.WxrItem, context: _Context) -> tuple[str, bool, list[Loss]]:
    """Return an item's HTML, whether its lines are to be read as WordPress did before blocks, and what is lost."""
    raw = clean(item.fields.get("content:encoded", ""))
    if len(raw) > LONGEST:  # it will be refused; the patterns below need not look at it
        return raw, False, []
    for _ in range(_DEEPEST_PATTERN):
        raw = _PATTERN.sub(lambda block: context.patterns.get(block[1], block[0]), raw)
    has_blocks = bool(_BLOCK.search(raw))
    lost: list[Loss] = []
    for name in _DYNAMIC.findall(raw):
        if name.removeprefix("core/") not in _STATIC:
            lost.append(Loss("block that only WordPress can fill", name))
    codes = Shortcodes(context.media, context.attached.get(item.get("wp:post_id"), []))
    made = codes.html(_without_comments(raw))
    made = _IMAGE.sub(lambda image: _with_original(image[0], context.media), made)
    if has_blocks:
        made += _footnotes(item.meta.get("footnotes", ""))
    return made, not has_blocks, [*lost, *codes.lost]


def _without_comments(content: str) -> str:
    """Take out comments, such as those around blocks; one that never ends is only a mark."""
    first, *others = content.split("<!--")
    kept = [first]
    for other in others:
        comment, end, after = other.partition("-->")
        if end:
            comment = after
        kept.append(comment)
    return "".join(kept)


def _with_original(image: str, media: Media) -> str:
    """Note where a picture's original is; WordPress shows smaller ones."""
    known = media.get(group(_IMAGE_NUMBER.search(image), 1))
    if known is None or "data-orig-file" in image:
        return image
    return f'{image[:4]} data-orig-file="{html.escape(known.sources[0])}"{image[4:]}'


def _footnotes(written: str) -> str:
    """Return the list WordPress makes of a text's footnotes when it shows it; they are kept as JSON in a meta value."""
    try:
        notes = json.loads(written or "[]")
    except (ValueError, RecursionError):
        return ""
    rows = ""
    if isinstance(notes, list):
        for note in notes:
            if isinstance(note, dict) and note.get("id"):
                name = html.escape(str(note["id"]))
                rows += f'<li id="{name}">{note.get("content", "")} <a href="#{name}-link">↩</a></li>'
    return f'\n\n<ol class="wp-block-footnotes">{rows}</ol>' if rows else ""
