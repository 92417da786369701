"""Foreign words, such as a server's answer or a page's title, as they may be printed on a terminal, in Markdown, in CI.

A terminal obeys control characters, and some characters turn the order of what stands beside them (Unicode TR 36, 2.1).
Markdown makes links, and GitHub takes commands from a line that begins with two colons, or has `##[` in it. Everything
that a command prints and did not word itself goes through here, and no password of an address comes out.
"""

import re
from unicodedata import category

from plugins.core.confidential import without_passwords

_JOINERS = "\u200c\u200d"  # unseen, and part of words in some scripts
_LINE_ENDS = re.compile(r"[\r\n\v\f\x85\u2028\u2029]+")
_COMMAND = re.compile(r"(^\s*:(?=:)|#(?=#\[))")
_MARKUP = re.compile(r"[\\`*_\[\]|~!]")
_LINKING = (("<", "&lt;"), ("://", "&#58;//"), ("@", "&#64;"), ("www.", "www&#46;"), ("WWW.", "WWW&#46;"))


def for_terminal(text: str) -> str:
    """Return text as one line in which no character is a command: those that are become U+FFFD."""
    return _COMMAND.sub(r"\1 ", _seen(text))


def for_markdown(text: str) -> str:
    """Return text as words of one line of Markdown, in a table's cell too: no link, no markup, no HTML, no mention."""
    words = _MARKUP.sub(r"\\\g<0>", _seen(_LINE_ENDS.sub(" ", text)).replace("&", "&amp;"))
    for linking, harmless in _LINKING:
        words = words.replace(linking, harmless)
    return words


def for_command(text: str, more: str = "") -> str:
    """Return text as the message of a workflow command, which is one line; `more` are signs that would end it, too.

    Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
    """
    signs = f"%\r\n{more}"
    return "".join(f"%{ord(one):02X}" if one in signs else one for one in _seen(text, but="\r\n"))


def _seen(text: str, but: str = "") -> str:
    """Return text with U+FFFD for each character that is not seen and does something; spaces of any width stay.

    A byte of a file's name that is no text, which Python holds as half a surrogate pair, is told by its number.
    """
    text = without_passwords(text)
    if text.isprintable():
        return text
    return "".join(one if one.isprintable() or one in but or _is_harmless(one) else _unseen(one) for one in text)


def _unseen(character: str) -> str:
    if category(character) == "Cs":
        return f"\\u{ord(character):04x}"
    return "\ufffd"


def _is_harmless(character: str) -> bool:
    return category(character) == "Zs" or character in _JOINERS
