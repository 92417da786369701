"""The text of a feed's document: where its outermost element begins, and what commonly breaks XML put right.

Whatever stands before the outermost element (declarations, document types and the entities they declare, a server's
stray output) is never handed on, so that nothing can expand it.
"""

import html
import re

from plugins.core.syndication.read.raw_feed import Markup

_NAME = re.compile(r"(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)(?=[\s/>])")
_FEED_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(rss|feed|RDF)(?=[\s>])")
_DOCTYPE_MARK = re.compile(r"[\"'\[\]<>]")

_HIDDEN = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL)
_ITEM = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?(?:item|entry)(?=[\s/>])", re.IGNORECASE)

_PREDEFINED = {"amp", "lt", "gt", "quot", "apos"}
_CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
_AMPERSAND = re.compile(r"&(?:#(?:(\d{1,9})|[xX]([0-9a-fA-F]{1,8}));|([A-Za-z][A-Za-z0-9]{0,31});)?")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LAST_CHARACTER = 0x10FFFF


def find_root(text: str) -> tuple[str, int]:
    """Return the name (lower case, without prefix) and place of the outermost element; ("", -1) without one.

    Where a page's own output comes before a feed, the feed is what is found. Takes time linear in the text.
    """
    name, start = _first_element(text)
    if name in {"rss", "feed", "rdf", "html"}:
        return name, start
    feed = _FEED_ROOT.search(text)
    if not feed:
        return name, start
    return feed[1].lower(), feed.start()


def count_item_tags(markup: Markup) -> int:
    """Return how many items a feed has by its tags, those in comments and CDATA left out."""
    return len(_ITEM.findall(_HIDDEN.sub("", markup)))


def repair(markup: Markup) -> Markup:
    """Return markup with what commonly breaks XML put right, outside CDATA.

    That is: stray ampersands, HTML's names of characters, references to characters that do not exist, and controls.
    """
    parts = _CDATA.split(_NOT_XML.sub("", markup))
    parts[::2] = [_AMPERSAND.sub(_reference, part) for part in parts[::2]]  # between them are the parts of CDATA
    return Markup("".join(parts))


def replace_bad_references(markup: Markup) -> Markup:
    """Return markup in which every numeric reference, even within CDATA, is to a character that exists."""
    return Markup(re.sub(r"&#(?:(\d+)|[xX]([0-9a-fA-F]+));?", _numeric, markup))


def _first_element(text: str) -> tuple[str, int]:
    at = text.find("<")
    while at >= 0:
        if text.startswith("<!--", at):
            after = text.find("-->", at)
        elif text.startswith("<?", at):
            after = text.find("?>", at)
        elif text.startswith("<!", at):
            after = _doctype_end(text, at)
        elif found := _NAME.match(text, at + 1):
            return found[1].lower(), at
        else:
            after = at
        if after < 0:
            return "", -1
        at = text.find("<", after + 1)
    return "", -1


def _doctype_end(text: str, start: int) -> int:
    """Return where a document type ends, past its internal subset; -1 where it never does."""
    depth, quote = 0, ""
    for mark in _DOCTYPE_MARK.finditer(text, start):
        if quote:
            if mark[0] == quote:
                quote = ""
        elif mark[0] in "\"'":
            quote = mark[0]
        elif mark[0] in "[<":
            depth += 1
        else:
            depth -= 1
            if depth == 0:
                return mark.start()
    return -1


def _reference(found: re.Match[str]) -> str:
    if found[1] or found[2]:
        return _numeric(found)
    name = found[3]
    if not name:
        return "&amp;"
    if name in _PREDEFINED:
        return found[0]
    character = html.unescape(found[0])
    if character == found[0]:  # HTML has no such name
        return f"&amp;{name};"
    return character


def _numeric(found: re.Match[str]) -> str:
    digits, base = found[1], 10
    if not digits:
        digits, base = found[2], 16
    code = int(digits.lstrip("0")[:9] or "0", base)  # int() takes long for thousands of digits, and refuses more
    if code <= _LAST_CHARACTER and not _NOT_XML.match(chr(code)):
        return found[0]
    return "\ufffd"
