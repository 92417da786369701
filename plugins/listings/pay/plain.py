"""A text as it is read for pay: without mark-up and HTML entities, dashes and spaces all of one kind.

Job boards leave tags, entities (escaped twice at times), non-breaking hyphens and figure spaces in their texts. What
is found in the plain text is quoted from the original, so each plain character keeps its place in it.
"""

import re
from array import array
from dataclasses import dataclass
from html import unescape

_MARKUP = re.compile(
    r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
    r"|</?[A-Za-z][^<>]{0,400}>|<!--[^<>]{0,400}>"
    r"|[\u200b-\u200f\u2060\ufeff\u00ad]"
)
_BLOCK = re.compile(r"</?(?:p|div|br|li|ul|ol|tr|table|tbody|thead|h[1-6]|section|article|dd|dt|dl)\b", re.IGNORECASE)
_CELL = re.compile(r"</?t[dh]\b", re.IGNORECASE)

_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\x0b"
_ALIKE = str.maketrans(
    dict.fromkeys("‐‑‒–—―−﹣⸺⁃", "-")
    | dict.fromkeys(_SPACES, " ")
    | dict.fromkeys("\x0c\r\u2028\u2029", "\n")
    | dict.fromkeys("∼〜～˜", "~")
    | dict.fromkeys("’‘ʼ`´", "'")
    # the full-width forms of ASCII's signs, which stand in the same order (Unicode, Halfwidth and Fullwidth Forms)
    | {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5E)}
    | {"￥": "¥", "￡": "£", "￦": "₩", "﹩": "$"}
)
"""Characters that mean the same here, one for one, so that no place changes."""


@dataclass(frozen=True, slots=True)
class Plain:
    """A plain text, and where its characters come from.

    `places` has where each of them begins in the original, and the original's length at its end; None where nothing
    was moved.
    """

    text: str
    places: "array[int] | None" = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the slice of the original that a slice of the plain text was made of."""
        if self.places is None:
            return start, end
        return self.places[start], self.places[end]


def make_plain(text: str) -> Plain:
    """Return a text without tags, entities and invisible characters."""
    made = _without_markup(Plain(text))
    if made.places is not None and _MARKUP.search(made.text):
        # What was escaped twice, such as &amp;mdash; or the tags of &lt;p&gt;.
        made = _without_markup(made)
    return Plain(made.text.translate(_ALIKE), made.places)


def _without_markup(plain: Plain) -> Plain:
    pieces: list[str] = []
    places: array[int] = array("l")
    done = 0
    for match in _MARKUP.finditer(plain.text):
        instead = _instead(match[0])
        _copy(plain, done, match.start(), pieces, places)
        pieces.append(instead)
        places.extend([_place(plain, match.start())] * len(instead))
        done = match.end()
    if not done:
        return plain
    _copy(plain, done, len(plain.text), pieces, places)
    places.append(_place(plain, len(plain.text)))
    return Plain("".join(pieces), places)


def _copy(plain: Plain, start: int, end: int, pieces: list[str], places: "array[int]") -> None:
    pieces.append(plain.text[start:end])
    if plain.places is None:
        places.extend(range(start, end))
    else:
        places.extend(plain.places[start:end])


def _place(plain: Plain, index: int) -> int:
    return plain.original(index, index)[0]


def _instead(markup: str) -> str:
    """Return what stands for a tag, an entity or an invisible character."""
    if markup[0] == "&":
        return unescape(markup)
    if markup[0] != "<":
        return ""
    if _BLOCK.match(markup):
        return "\n"
    return "|" if _CELL.match(markup) else " "
