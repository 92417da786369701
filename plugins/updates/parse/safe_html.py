"""Foreign HTML made safe: `ALLOWED` is the one table of what may pass.

nh3 (https://nh3.readthedocs.io) always has the last word: nothing may change HTML after it. Pictures, media, frames and
forms never pass: what loads by itself gives away who reads.
"""

import html as entities
import re
from collections import Counter
from functools import lru_cache, partial

import nh3

from plugins.core.text import characters
from plugins.core.text.plain_text import LONGEST_LINE, plain
from plugins.core.text.urls import without_trackers
from plugins.updates.model import SafeHtml
from plugins.updates.parse.links import SCHEMES, address

_ELEMENTS = (
    *("p", "div", "br", "hr", "blockquote", "pre", "ul", "li", "dl", "dt", "dd"),
    *("b", "strong", "i", "em", "u", "s", "del", "ins", "small", "sub", "sup", "mark"),
    *("code", "kbd", "samp", "var", "q", "cite", "dfn"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"),
)
ALLOWED: dict[str, set[str]] = {
    **{name: set() for name in _ELEMENTS},
    "a": {"href"},
    "abbr": {"title"},
    "ol": {"start"},
    "*": {"lang", "dir"},
}
LINK_REL = "nofollow ugc noopener"
# These go with all they hold; of other elements that are not allowed, the text stays.
DROPPED = {
    *("script", "style", "template", "noscript", "iframe", "noembed", "noframes", "object", "applet", "svg", "math"),
    *("audio", "video", "canvas", "select", "textarea", "button", "title", "xmp", "plaintext", "listing"),
}
MARKUP_LIMIT = 200_000
DEEPEST = 100
"""Elements within each other that any page has, at most."""

_TAGS = set(ALLOWED) - {"*"}
_BLOCKS = "p|div|blockquote|pre|ul|ol|li|dl|dt|dd|table|caption|thead|tbody|tfoot|tr|th|td|br|hr"
_OUTLINE = "h[1-6]|section|article|aside|header|footer|main|nav|figure|figcaption|address|center|form|fieldset|img"
_BREAK = re.compile(rf"<(?=/?(?:{_OUTLINE})\b)", re.IGNORECASE)
# Markup made of these alone is read back as it was written; of anything else that is proved, not assumed.
_SOUND = "p|div|br|blockquote|ul|ol|li|b|strong|i|em|u|s|small|sub|sup|code|q|cite|a|span|img|h[1-6]"
_UNSOUND = re.compile(rf"<(?!/?(?:{_SOUND})[\s/>])[a-z!?/]", re.IGNORECASE)
_TAG_OR_TEXT = re.compile(r"<[^>]*>|[^<]+")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*>")
_BLANK = rf"(?:[\s{characters.FILLERS}\u034f\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f]|&nbsp;)*"
_EMPTY = re.compile(rf'<(?!t[dh]\b)([a-z]+)(?: [a-z]+="[^"]*")*>({_BLANK})</\1>')
_UNLINKED = re.compile(rf'<a rel="{LINK_REL}"(?: [a-z]+="[^"]*")*>((?:[^<]|<(?!/?a[ >]))*)</a>')
_BLOCK = re.compile(rf"</?(?:{_BLOCKS})\b")
_RELATIVE = re.compile(r'href="(?!https?://)')
_VOID = {"br", "hr", "img", "input", "wbr", "meta", "link", "source", "p", "li", "dt", "dd"}
_LONG_WORD = 40
_LONGEST_REFERENCE = len("&nbsp;")  # what one character can be written as, at most
_PASSES = 5


def sanitise(html: str, base: str) -> SafeHtml:
    """Return foreign HTML with only what `ALLOWED` lets pass, links resolved against `base` (an http(s) address).

    At most `MARKUP_LIMIT` characters are read. A second time changes nothing: what a browser reads back from the result
    is what was written (else an attack could hide in the difference), or only its text is kept.
    """
    # Marks are bounded once, at the end: references to them, and tags between them, are gone only then.
    marked = _shallow(_BREAK.sub("\n<", characters.without_unseen(html[:MARKUP_LIMIT])))
    cleaned = _tidied(_cleaned(marked, base))
    # Of these a browser reads back what was written, as long as no character of it has to go.
    if cleaned == html or not _UNSOUND.search(marked):
        repaired = characters.clean(cleaned)
        if repaired == cleaned:
            return SafeHtml(cleaned)
    # Of all others that is shown by doing it again, until nothing changes.
    for _ in range(_PASSES):
        again = _tidied(_cleaned(characters.clean(cleaned), base))
        if again == cleaned:
            return SafeHtml(cleaned)
        cleaned = again
    return SafeHtml(entities.escape(plain(cleaned), quote=False))


def made_safe(html: str, base: str) -> SafeHtml:
    """Return HTML as it is where it has only what may pass, and else sanitised; what was sanitised stays the same."""
    if characters.clean(html) == html and _cleaner(None).clean(html) == html and not _RELATIVE.search(html):
        return SafeHtml(html)
    return sanitise(html, base)


def excerpt(html: SafeHtml, limit: int = 300) -> SafeHtml:
    """Return at most `limit` characters of the text, cut at a word, ending with … if cut; still sanitised.

    Characters are counted as `length` does: as a reader meets them.
    """
    if len(html) <= limit:
        return html
    parts = _TAG_OR_TEXT.findall(html)
    # Of a text far too long its characters need not be counted: so many they are in any case.
    surely = 0
    if "<pre" not in html:
        written = sum(map(len, [part for part in parts if part[0] != "<"]))
        surely = written - html.count("&") * _LONGEST_REFERENCE - len(parts)
    if surely <= limit and length(html) <= limit:
        return html
    room, opened, kept = limit - 1, list[str](), list[str]()
    for part in parts:
        if part.startswith("<"):
            room -= bool(_BLOCK.match(part))
            kept.append(_follow(part, opened))
        else:
            text = _one_spaced(entities.unescape(part))
            kept.append(entities.escape(_head(text, room, whole=room == limit - 1), quote=False))
            room -= len(text)
        if room < 1:
            break
    cut = "".join(kept).rstrip() + "…" + "".join(f"</{name}>" for name in reversed(opened))
    cleaned = _cleaned(cut, "")
    if cleaned == cut:
        return SafeHtml(cleaned)
    return sanitise(cleaned, "")


def length(html: SafeHtml) -> int:
    """Return how many characters of sanitised HTML a reader meets.

    A reference is the one character it stands for, a tag none, but that a block begins after a space; spaces that a
    browser shows as one count as one. No-break spaces are shown each for itself, and count so, as all do in <pre>.
    """
    text = entities.unescape(re.sub(r"<[^>]*>", "", _BLOCK.sub(" \\g<0>", html)))
    if "<pre" in html:
        return len(text)
    return len(_one_spaced(text).strip(" "))


def _cleaned(html: str, base: str) -> str:
    """Let nh3 clean HTML, its links resolved against `base`.

    To make a cleaner takes 30 µs, as long as to clean an item with it, and nearly all links are absolute: one cleaner
    does for all items, unless it leaves a relative link behind.
    """
    cleaned = _cleaner(None).clean(html)
    if not _RELATIVE.search(cleaned):
        return cleaned
    return _cleaner(address(base)).clean(html)


@lru_cache(maxsize=64)
def _cleaner(base: str | None) -> nh3.Cleaner:
    """Return the cleaner that resolves links against `base`, an address or ""; with None it leaves relative ones."""
    return nh3.Cleaner(
        tags=_TAGS,
        clean_content_tags=DROPPED,
        attributes=ALLOWED,
        attribute_filter=partial(_attribute, base),
        link_rel=LINK_REL,
        url_schemes=SCHEMES,
        url_relative="pass_through",
    )


def _attribute(base: str | None, _tag: str, name: str, value: str) -> str | None:
    """Return what an attribute is to be, None for nothing: nh3 does not look at a link's address again."""
    if name != "href":
        return value if len(value) <= LONGEST_LINE else None
    if base is None and not value.startswith(("https://", "http://")):
        return value
    return without_trackers(address(value, base or "")) or None


def _shallow(html: str) -> str:
    """Drop the tags of markup nested deeper than any page is: its reading takes time by the square of the depth."""
    if not is_deep(html, DEEPEST):
        return html
    return entities.escape(entities.unescape(re.sub(r"<[^<>]*>?", " ", html)), quote=False)


def is_deep(html: str, deepest: int) -> bool:
    """Say whether elements are nested deeper than that, as far as tags tell: one that is never closed counts on."""
    if html.count("<") < deepest:
        return False
    depth = 0
    opened = Counter[str]()
    for tag in _TAG.finditer(html):
        closing, name = tag[1], tag[2].lower()
        if name in _VOID:
            continue
        if not closing:
            depth += 1
            opened[name] += 1
        elif opened[name]:  # a tag that closes nothing brings nobody up
            depth -= 1
            opened[name] -= 1
        if depth > deepest:
            return True
    return False


def _tidied(html: str) -> str:
    """Fold spaces, and take out links that lead nowhere and elements that hold nothing, as dropped pictures leave."""
    html = _UNLINKED.sub(r"\1", html)
    while True:
        thinner = _EMPTY.sub(lambda found: " " if found[2] or _BLOCK.match(found[0]) else "", html)
        if thinner == html:
            break
        html = thinner
    if "<pre" in html:
        return html.strip()
    return _one_spaced(html).replace("<p> ", "<p>").replace(" </p>", "</p>").strip()


def _one_spaced(text: str) -> str:
    for space in "\t\r\n\f":
        text = text.replace(space, " ")
    while "  " in text:  # halves the longest run, and is many times as fast as a pattern
        text = text.replace("  ", " ")
    return text


def _follow(tag: str, opened: list[str]) -> str:
    """Return a tag, and note in `opened` what is open after it: an excerpt has to close that."""
    found = _TAG.fullmatch(tag)
    if found and found[1] and opened:
        opened.pop()
    elif found and not found[1] and found[2] not in {"br", "hr"}:
        opened.append(found[2])
    return tag


def _head(text: str, room: int, *, whole: bool) -> str:
    """Return what of the text fits: up to a word's end, or part of a word too long (or a script without spaces)."""
    if len(text) <= room:
        return text
    word = len(text[:room]) if text[room] == " " else text.rfind(" ", 0, room)
    if word < room - _LONG_WORD or (whole and word <= 0):
        word = room
    return text[: max(word, 0)].rstrip(" ,;:–—-")
