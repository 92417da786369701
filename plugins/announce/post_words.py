"""Words for a network: cut to its length by what it counts, and nothing in them that means something to it. Pure.

Mastodon counts graphemes, and a link as 23 (https://docs.joinmastodon.org/user/posting/#links); Bluesky counts
graphemes up to 300, and its links' places in bytes of UTF-8 (https://docs.bsky.app/docs/advanced-guides/post-richtext).
"""

import re
from collections.abc import Callable

import regex

_MENTION = re.compile(r"@(?=\w)")
_ADDRESS = re.compile(r"(?<=\w):(?=//)")
_APART = "\u2060"
"""WORD JOINER: it is not seen, breaks no line, and parts what a network would take for a mention or a link."""


def graphemes(text: str) -> int:
    """Return how many characters a reader sees (UAX 29): a family of emoji or a letter with its accent is one."""
    return len(regex.findall(r"\X", text))


def harmless(text: str) -> str:
    """Return a text in which nobody is mentioned and nothing is a link: other people's headlines say what they like."""
    return _ADDRESS.sub(f"{_APART}:", _MENTION.sub(f"@{_APART}", text))


def fitted(opening: str, rest: str, room: int, size: Callable[[str], int]) -> str:
    """Return as much of two paragraphs as fits: the opening, cut only where it alone is too long, then the rest."""
    if size(opening) > room:
        return _cut(opening, room, size)
    if not rest:
        return opening
    whole = f"{opening}\n\n{rest}"
    if size(whole) <= room:
        return whole
    left = room - size(f"{opening}\n\n")
    if left <= _WORTH:
        return opening
    return f"{opening}\n\n{_cut(rest, left, size)}"


_WORTH = 40
"""Fewer characters of a paragraph than this say nothing."""


def _cut(text: str, room: int, size: Callable[[str], int]) -> str:
    """Return at most `room` of a text, cut between words where one ends near, with an ellipsis."""
    seen = regex.findall(r"\X", text)[: max(room - 1, 0)]
    while seen and size("".join(seen)) > room - 1:
        seen.pop()
    head = "".join(seen)
    near = head.rfind(" ", len(head) * 3 // 4)
    if near > 0:
        head = head[:near]
    return head.rstrip(" ,;:–—-") + "…"
