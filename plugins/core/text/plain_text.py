"""HTML, and titles that may be HTML, as plain text: what a reader sees of them on one line."""

import re
from html import unescape
from html.entities import html5

from plugins.core.text.characters import clean, cut, fold, is_seen, unmangle

LONGEST_LINE = 500
"""Characters of a title, a name or a tag that are kept."""

# Tags that may stand within a word. Whatever else there is parts it from the next: browsers begin a new line there.
_WITHIN_WORDS = (
    "a|abbr|b|bdi|bdo|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|ruby|s|samp|small|span|strike|strong|sub"
    "|sup|time|tt|u|var|wbr"
)
_TAG = re.compile(
    rf"(?P<within><!--.*?(?:-->|\Z)|</?(?:{_WITHIN_WORDS})(?=[\s/>])(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>)"
    r"|</?[a-z](?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>|<[/!?a-z][^>]*(?:>|\Z)",
    re.IGNORECASE | re.DOTALL,
)

_UNSHOWN = re.compile(r"<(script|style|template|noscript)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_IN_TITLES = "b|strong|i|em|u|s|small|sub|sup|span|font|a|code|cite|q|mark|abbr|p|div|h[1-6]|br"
_PAIRED = re.compile(rf"<(/?)({_IN_TITLES})(?:\s[^<>]{{0,500}})?/?>", re.IGNORECASE)
_BLOCK = re.compile("p|div|br|h[1-6]")


def plain(html: object) -> str:
    """Return the words of HTML on one line, references decoded, white space folded.

    A tag within a word leaves it whole; what a browser shows on two lines is kept apart by a space.
    """
    text = str(html)
    if "<" in text:
        text = _without_tags(text, " ")
    return fold(unescape(text))


def paragraphs(html: str) -> str:
    """Return the words of HTML as plain text in which an empty line parts what a browser shows as blocks.

    A line break begins a block too: what is a list in one version of an advertisement is lines in the next. The text of
    scripts and styles, which nobody sees, is left out.
    """
    # A line's end in the source parts nothing, so that only tags may make one.
    shown = " ".join(_UNSHOWN.sub("<br>", html).splitlines())
    blocks = []
    for block in _without_tags(shown, "\n").split("\n"):
        if words := fold(clean(unescape(block))):
            blocks.append(words)
    return "\n\n".join(blocks)


def _without_tags(html: str, parting: str) -> str:
    """Return HTML with `parting` in place of each tag that cannot stand within a word, and nothing for the others."""
    return _TAG.sub(lambda tag: "" if tag["within"] else parting, html)


def plain_line(text: str, *, literal: bool = False, most: int = LONGEST_LINE) -> str:
    """Return a title, name or tag of somebody else's, which may be HTML, as text of at most `most` characters.

    Nobody says whether a feed's title is HTML, so that what is lost must surely be markup: paired inline tags are taken
    off, unless the text is declared `literal` (Atom's type="text"), and every other tag stays as the text it will be
    shown as. References are decoded once, unseen characters go, mojibake is repaired. Where nothing is left that a
    reader would see, the text is "".
    """
    text = text[: most * 10]
    if "<" in text and not literal:
        text = _without_pairs(text)
    if "&" in text:
        text = _REFERENCE.sub(_character, text)
    line = cut(fold(clean(unmangle(text))), most)
    return line if is_seen(line) else ""


def _character(found: re.Match[str]) -> str:
    """Return what a reference stands for; html.unescape would make ¬ of the start of &notanything;."""
    if found[0][1] == "#" or found[0][1:] in html5:
        return unescape(found[0])
    return found[0]


def _without_pairs(text: str) -> str:
    """Return a text without the tags of elements that are opened and closed in it."""
    opened, closed = set(), set()
    for slash, name in _PAIRED.findall(text):
        if slash:
            closed.add(name.lower())
        else:
            opened.add(name.lower())
    paired = (opened & closed) | {"br"}

    def in_place_of(tag: re.Match[str]) -> str:
        name = tag[2].lower()
        if name not in paired:
            return tag[0]
        if _BLOCK.fullmatch(name):
            return " "
        return ""

    return _PAIRED.sub(in_place_of, text)
