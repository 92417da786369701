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
    signs = re.escape(f"%\r\n{more}")
    return re.sub(f"[{signs}]", lambda sign: f"%{ord(sign[0]):02X}", _seen(text, but="\r\n"))


def _seen(text: str, but: str = "") -> str:
    """Return text with U+FFFD for each character that is not seen and does something; those in `but` stay."""
    text = without_passwords(text)
    if text.isprintable():
        return text
    return "".join(_seen_character(character, but) for character in text)


def _seen_character(character: str, but: str) -> str:
    if character.isprintable() or character in but or character in _JOINERS:
        return character
    kind = category(character)
    if kind == "Zs":  # a space of any width
        return character
    if kind == "Cs":  # half a surrogate pair: how Python holds a byte of a file's name that is no text
        return f"\\u{ord(character):04x}"
    return "\ufffd"
