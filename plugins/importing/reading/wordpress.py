"""WordPress's items as pieces: posts and pages, with what their attachments and meta values say of them. Pure."""

import html
import json
import re
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from plugins.core.text.urls import is_web
from plugins.importing import clean, text
from plugins.importing.models import Export, Loss, Picture, Piece
from plugins.importing.reading import wxr
from plugins.importing.reading.shortcodes import Media, Shortcodes

_WITHHELD = {
    "draft": "it was a draft",
    "auto-draft": "it was a draft",
    "pending": "it was waiting for review",
    "private": "it was private",
    "future": "it was to be published later",
}
_BLOCK = re.compile(r"<!--\s{0,9}/?wp:")
_PATTERN = re.compile(r'<!--\s{0,9}wp:block\s{0,9}\{[^{}]{0,200}?"ref"\s{0,9}:\s{0,9}(\d+)[^{}]{0,200}\}\s{0,9}/-->')
_DYNAMIC = re.compile(r"<!--\s{0,9}wp:([\w/-]{1,60})(?:\s[^>]{0,1000}?)?/-->")
_STATIC = {"block", "footnotes", "more", "nextpage", "spacer", "separator"}
_IMAGE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_NUMBERED = re.compile(r"\bwp-image-(\d{1,12})\b")
_TAKEN = {"attachment", "wp_block", "post", "page"}
_DEEPEST = 3


def export(found: wxr.Wxr, zone: ZoneInfo, site: str) -> Export:
    """Return an export's posts and pages; `zone` is that of times without one."""
    base = site or found.fields.get("wp:base_blog_url") or found.fields.get("link", "")
    media = _media(found)
    parts = {one.fields.get("wp:post_id", ""): one.fields.get("content:encoded", "") for one in found.items}
    patterns = {key: parts[key] for key in parts if key in _ids(found, "wp_block")}
    attached: dict[str, list[str]] = {}
    for item in wxr.items_of(found, "attachment"):
        attached.setdefault(item.fields.get("wp:post_parent", ""), []).append(item.fields.get("wp:post_id", ""))
    pieces = []
    for kind in ("post", "page"):
        for item in wxr.items_of(found, kind):
            if item.fields.get("wp:status") not in {"trash", "inherit"}:
                own = tuple(attached.get(item.fields.get("wp:post_id", ""), ()))
                pieces.append(_piece(item, found, base, media, patterns, own, zone))
    return Export("wordpress", base.rstrip("/"), tuple(pieces), _left(found))


def _ids(found: wxr.Wxr, kind: str) -> set[str]:
    return {one.fields.get("wp:post_id", "") for one in wxr.items_of(found, kind)}


def _media(found: wxr.Wxr) -> Media:
    return {
        one.fields.get("wp:post_id", ""): (
            one.fields.get("wp:attachment_url", "").strip(),
            text.words(one.meta.get("_wp_attachment_image_alt", "")),
            text.words(one.fields.get("excerpt:encoded", "")),
        )
        for one in wxr.items_of(found, "attachment")
        if is_web(one.fields.get("wp:attachment_url", "").strip())
    }


def _left(found: wxr.Wxr) -> tuple[str, ...]:
    """Return what of the export is no text."""
    kinds = Counter(one.fields.get("wp:post_type", "post") for one in found.items)
    left = {f"items of the type {kind}": count for kind, count in sorted(kinds.items()) if kind not in _TAKEN}
    left["texts in the bin"] = sum(one.fields.get("wp:status") == "trash" for one in found.items)
    left["comments"] = sum(one.comments for one in found.items)
    return tuple(f"{what} ({count})" for what, count in left.items() if count)


def _piece(
    item: wxr.Item,
    found: wxr.Wxr,
    base: str,
    media: Media,
    patterns: Mapping[str, str],
    attached: tuple[str, ...],
    zone: ZoneInfo,
) -> Piece:
    fields = item.fields
    number = fields.get("wp:post_id", "").strip() or fields.get("guid", "").strip()
    content, flowing, lost = _content(item, media, patterns, attached)
    categories = [html.unescape(name) for domain, nice, name in item.terms if domain == "category"]
    categories = [name for name in categories if name.strip().lower() != "uncategorized"]
    tags = [html.unescape(name) for domain, nice, name in item.terms if domain == "post_tag"]
    if item.comments:
        lost.append(Loss("comments left behind", str(item.comments)))
    own = sorted(key for key in item.meta if key and not key.startswith("_") and key != "footnotes")
    lost += [Loss("custom field left behind", key) for key in own]
    author = fields.get("dc:creator", "").strip()
    when = _when(fields, zone)
    return Piece(
        key=f"wordpress {text.line(urlsplit(base).netloc)} {text.line(number)}",
        place=f"item {number}, line {item.line}",
        title=text.words(fields.get("title", "")),
        slug=unquote(fields.get("wp:post_name", "").strip()),
        html=content,
        published=when,
        page=fields.get("wp:post_type") == "page",
        summary=text.words(fields.get("excerpt:encoded", "")),
        authors=tuple(filter(None, [text.line(found.authors.get(author, author))])),
        tags=tuple(filter(None, map(text.line, [*categories[1:], *tags]))),
        category=text.line(categories[0]) if categories else "",
        withheld=_withheld(fields),
        old=tuple(filter(is_web, [fields.get("link", "").strip()])),
        also=tuple(filter(is_web, [fields.get("guid", "").strip()])),
        picture=_front(item, media),
        flowing=flowing,
        lost=tuple(lost),
    )


def _withheld(fields: Mapping[str, str]) -> str:
    if fields.get("wp:post_password", "").strip():
        return "it was behind a password"
    status = fields.get("wp:status", "publish").strip() or "publish"
    return "" if status == "publish" else _WITHHELD.get(status, f"its status was {text.line(status, 40)}")


def _when(fields: Mapping[str, str], zone: ZoneInfo) -> datetime | None:
    for key, where in (("wp:post_date_gmt", UTC), ("wp:post_date", zone)):
        try:
            return datetime.fromisoformat(fields.get(key, "").strip()).replace(tzinfo=where).astimezone(UTC)
        except (ValueError, OverflowError):
            continue
    return None


def _content(
    item: wxr.Item, media: Media, patterns: Mapping[str, str], attached: tuple[str, ...]
) -> tuple[str, bool, list[Loss]]:
    """Return an item's HTML, whether its lines are to be read as WordPress did before blocks, and what is lost."""
    raw = text.clean(item.fields.get("content:encoded", ""))
    if len(raw) > clean.LONGEST:
        return raw, False, []
    for _ in range(_DEEPEST):
        raw = _PATTERN.sub(lambda block: patterns.get(block[1], block[0]), raw)
    blocks = bool(_BLOCK.search(raw))
    found = [name.removeprefix("core/") for name in _DYNAMIC.findall(raw)]
    lost = [Loss("block that only WordPress can fill", name) for name in found if name not in _STATIC]
    notes = _footnotes(item.meta.get("footnotes", "")) if blocks else ""
    codes = Shortcodes(media, attached)
    made = codes.html(_without_comments(raw))
    made = _IMAGE.sub(lambda image: _original(image[0], media), made)
    return made + notes, not blocks, [*lost, *codes.lost]


def _without_comments(content: str) -> str:
    """Take out comments, such as those around blocks; one that never ends is only a mark."""
    first, *others = content.split("<!--")
    kept = [first]
    for other in others:
        _, end, after = other.partition("-->")
        kept.append(after if end else other)
    return "".join(kept)


def _original(image: str, media: Media) -> str:
    """Note where a picture's original is; WordPress shows smaller ones."""
    number = _NUMBERED.search(image)
    known = media.get(number[1]) if number else None
    if known is None or "data-orig-file" in image:
        return image
    return f'{image[:4]} data-orig-file="{html.escape(known[0])}"{image[4:]}'


def _footnotes(written: str) -> str:
    """Return the list WordPress makes of a text's footnotes when it shows it."""
    try:
        notes = json.loads(written) if written else []
    except (ValueError, RecursionError):
        return ""
    known = [one for one in notes if isinstance(one, dict) and one.get("id")] if isinstance(notes, list) else []
    rows = [
        f'<li id="{html.escape(str(one["id"]))}">{one.get("content", "")} '
        f'<a href="#{html.escape(str(one["id"]))}-link">↩</a></li>'
        for one in known
    ]
    return f'\n\n<ol class="wp-block-footnotes">{"".join(rows)}</ol>' if rows else ""


def _front(item: wxr.Item, media: Media) -> Picture | None:
    known = media.get(item.meta.get("_thumbnail_id", "").strip())
    return Picture((known[0],), known[1], known[2]) if known else None
