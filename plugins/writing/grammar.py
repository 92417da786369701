"""The blocks there are, with their arguments, options and bodies: one table for rendering and for checking them."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from plugins.core.config.fields import is_id
from plugins.core.text.urls import is_web
from plugins.writing.model import CARDS, KINDS, BlockForm, is_listing

_OWN = ("filename", "static", "attach", *KINDS)


def _web(value: object) -> str:
    if not isinstance(value, str) or not is_web(value) or any(letter in value for letter in " <>\"'"):
        raise ValueError("must be a web address such as https://example.org/page")
    return value


def _web_or_own(value: object) -> str:
    if isinstance(value, str) and value.startswith(tuple(f"{{{kind}}}" for kind in _OWN)):
        return value
    if isinstance(value, dict):  # what YAML makes of {fund}ID
        raise ValueError('must stand between quotation marks where it begins with a brace: "{fund}ID"')  # noqa: TRY004
    return _web(value)


def _picture(value: object) -> str:
    if not isinstance(value, str) or not value.strip() or is_web(value):
        raise ValueError("must be a picture's path below the content folder, such as images/poster.jpg")
    return value.strip().removeprefix("{static}").lstrip("/")


def _id(value: object) -> str:
    if not isinstance(value, str) or not is_id(value):
        raise ValueError("must be an id: small letters, digits and hyphens")
    return value


def _listing(value: object) -> str:
    """Take a listing's id, or that of one nobody has commented on yet: BOARD/NUMBER, as in its address."""
    if not isinstance(value, str) or not is_listing(value):
        raise ValueError("must be a listing’s id, or BOARD/NUMBER as in the address of its page")
    return value


def _day(value: object) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError as error:
        raise ValueError("must be a day that exists, written 2026-01-31") from error


_CARD = BlockForm("none", "its id", argument_needed=True, read_argument=_id)
_LISTING_CARD = BlockForm("none", "its id", argument_needed=True, read_argument=_listing)
_QUOTED = {"url": _web, "listing": _listing}

FORMS: Mapping[str, BlockForm] = MappingProxyType(
    {
        "quote": BlockForm("text", "who is quoted", argument_needed=True, options=_QUOTED, body_needed=True),
        "pull": BlockForm("text", body_needed=True),
        "transcript": BlockForm("lines", "of what", options={"video": _web}, body_needed=True),
        "chat": BlockForm("lines", "where it took place", options={"url": _web}, body_needed=True),
        "annotate": BlockForm("text", "what is quoted", options=_QUOTED, body_needed=True),
        "video": BlockForm(
            "text", "its title", argument_needed=True, options={"url": _web, "poster": _picture}, needed=("url",)
        ),
        "correction": BlockForm("text", "its day", argument_needed=True, read_argument=_day, body_needed=True),
        "action": BlockForm(
            "text", "the link's words", argument_needed=True, options={"url": _web_or_own}, needed=("url",)
        ),
        **dict.fromkeys(CARDS, _CARD),
        "listing": _LISTING_CARD,
    }
)
