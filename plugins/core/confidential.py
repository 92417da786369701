"""What an address may hold that is for one reader alone: a name and a password, a token. None of it is told to others.

Nothing is looked up. Sources: RFC 3986, section 3.2.1 (user information, and why it should not be shown).
"""

import re
from urllib.parse import urlsplit

HIDDEN = "…"
"""What stands in a message where something confidential was."""
_STRONG = (
    "access[_-]?key|api[_-]?key|apikey|api[_-]?token|auth|auth[_-]?key|auth[_-]?token|client[_-]?secret|credentials?|jwt"
    "|pass|passwd|password|private[_-]?key|pwd|secret|session|session[_-]?id|sessionid|sig|signature|token|x-amz-[\\w-]+"
)
_WEAK = (
    f"{_STRONG}|access|account|code|feed[_-]?key|hash|hmac|k|key|license|member|nonce|pk|private|rss[_-]?key|sid|uid"
    "|user|userid|uuid"
)
_USER_INFORMATION = re.compile(r"(?<=[\\/][\\/])[^\s/?#@\\\"'<>]*@")
# Browsers read a backslash as a slash.
_AUTHORITY = re.compile(r"\s*(?:[A-Za-z][A-Za-z0-9+.-]*:)?[\\/]{2}([^/?#\\]*)")
_BEGUN = re.compile(r"(?<=//)[^\s/?#@:\[\]\"'<>]+:(?!\d+(?:\D|$))[^\s/]+")
"""A name and the beginning of a password, in an address that was cut short."""
_STRONG_VALUE = re.compile(rf"(?i)([?&;](?:amp;)?(?:[\w.-]*[_.-])?(?:{_STRONG})=)[^&;#\s\"'<>()]+")
_ANY_VALUE = re.compile(rf"(?i)([?&;](?:amp;)?(?:[\w.-]*[_.-])?(?:{_WEAK})=)[^&;#\s\"'<>()]+")
_NAME = re.compile(rf"(?i)(?:[\w.-]*[_.-])?(?:{_WEAK})")
_ORDINARY = re.compile(
    r"(?i)(?:cat|category|channel|channel_id|feed|format|id|label|lang|list|playlist_id|q|query|tag|type)"
)
"""Names whose values may be long and look like nothing, and say only what is asked for."""
# Twenty characters or more with a digit and a letter among them.
_RANDOM = re.compile(r"(?=[^\d]*\d)(?=[^a-zA-Z]*[a-zA-Z])[\w.~+/=-]{20,}")
_PRIVATE_STEP = re.compile(r"(?i)private(?:[-_].+)?|[0-9a-f]{32,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def without_passwords(text: str) -> str:
    """Return a text as it may be printed: where an address in it has a name, a password or a token, `HIDDEN` stands."""
    if not any(mark in text for mark in ("//", "\\", "=")):
        return text
    text = _BEGUN.sub(HIDDEN, _USER_INFORMATION.sub(f"{HIDDEN}@", text))
    return _STRONG_VALUE.sub(rf"\1{HIDDEN}", text)


def published(text: str) -> str:
    """Return what was said about a feed as readers may have it: every value that may be a token is hidden."""
    return _ANY_VALUE.sub(rf"\1{HIDDEN}", without_passwords(text))


def has_user_information(address: str) -> bool:
    """Say whether an address has a name, or a name and a password, before its host."""
    head = _AUTHORITY.match(address)
    return head is not None and "@" in re.sub("(?i)%40", "@", head[1])


def has_password(text: str) -> bool:
    """Say whether an address somewhere in a text has a name or a password."""
    return _USER_INFORMATION.search(text) is not None


def is_for_all(address: str) -> bool:
    """Say whether a feed's address may be handed to readers: no password in it, nothing that looks like a token."""
    if has_user_information(address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if any(_PRIVATE_STEP.fullmatch(step.partition(".")[0]) for step in parts.path.split("/")):
        return False
    for part in re.split("[&;]", parts.query):
        name, _, value = part.partition("=")
        if _is_token(name, value):
            return False
    return True


def _is_token(name: str, value: str) -> bool:
    if not value:
        return bool(_RANDOM.fullmatch(name))
    if _ORDINARY.fullmatch(name):
        return False
    return bool(_NAME.fullmatch(name) or _RANDOM.fullmatch(value))
