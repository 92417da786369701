"""A feed's titles, names and tags made plain text: one line, its references decoded once, its paired tags taken off."""

import html as entities
import re
from html.entities import html5

from plugins.core.text import characters

TITLE_LIMIT = 500
"""Characters of a plain text that are kept."""

_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_INLINE = "b|strong|i|em|u|s|small|sub|sup|span|font|a|code|cite|q|mark|abbr|p|div|h[1-6]|br"
_PAIRED = re.compile(rf"<(/?)({_INLINE})(?:\s[^<>]{{0,500}})?/?>", re.IGNORECASE)


def plain(text: str, *, literal: bool = False) -> str:
    """Return a title, name or tag as text for a template to escape: one line, at most `TITLE_LIMIT` characters.

    Character references are decoded once. Paired inline tags of HTML titles are taken off, unless the feed declares the
    text `literal` (Atom's type="text"); every other tag is kept as the text it will be shown as.
    """
    text = text[: TITLE_LIMIT * 10]
    if "<" in text and not literal:
        text = _without_pairs(text)
    if "&" in text:
        text = _REFERENCE.sub(_character, text)
    return characters.cut(characters.fold(characters.clean(characters.unmangle(text))), TITLE_LIMIT)


def _character(found: re.Match[str]) -> str:
    """Return what a reference stands for; html.unescape would make ¬ of the start of &notanything;."""
    return entities.unescape(found[0]) if found[0][1] == "#" or found[0][1:] in html5 else found[0]


def _without_pairs(text: str) -> str:
    tags = {(found[1], found[2].lower()) for found in _PAIRED.finditer(text)}
    paired = {name for closing, name in tags if ("", name) in tags and ("/", name) in tags} | {"br"}
    return _PAIRED.sub(lambda found: _gap(found[2].lower()) if found[2].lower() in paired else found[0], text)


def _gap(name: str) -> str:
    return " " if re.fullmatch("p|div|br|h[1-6]", name) else ""
