"""The settings of what is announced elsewhere. Keys are no settings: they come from the environment alone."""

from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from plugins.core.config.fields import Link, matching
from plugins.core.config.settings_file import Count, SettingsModel, prefixed

What = Literal["posts", "corrections", "pinned", "cancelled", "moved"]
LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


def _encrypted(value: str) -> str:
    """Refuse a server to which a key would go for everyone on the way to read; this machine itself is no way."""
    parts = urlsplit(value)
    if value and parts.scheme != "https" and parts.hostname not in LOCAL:
        raise ValueError("must be an https address: a key is sent there")
    return value.rstrip("/")


Server = Annotated[Link | Literal[""], AfterValidator(_encrypted)]
_HANDLE = r"([a-z0-9-]+\.)+[a-z][a-z0-9-]*|"


class AnnounceSettings(SettingsModel, alias_generator=prefixed("ANNOUNCE_")):
    """The settings ANNOUNCE_…, explained one by one in pelicanconf.py."""

    what: tuple[What, ...] = Field(strict=False)
    days: Count
    mastodon: Server
    bluesky: Annotated[str, matching(_HANDLE, "must be a handle such as strike.bsky.social, without an @")]
    bluesky_service: Server


SETTINGS = AnnounceSettings
