"""Check what the settings say of the site's e-mails: who sends them, and where their links lead."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from plugins.core.errors import Problem
from plugins.core.text.urls import is_web
from plugins.digest.email_message import fault
from plugins.digest.model import Sender
from plugins.digest.settings import DigestSettings

_HERE = re.compile(r"localhost|127\.[0-9.]+|::1|0\.0\.0\.0")
_SCHEME = re.compile(r"(?!https?://|mailto:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def read(sitename: str, siteurl: str, settings: DigestSettings) -> tuple[Sender, list[Problem]]:
    """Return who e-mails are from and how one leaves their list, and what is wrong with that."""
    sender = Sender(sitename, settings.from_.strip(), settings.unsubscribe.strip())
    return sender, list(_problems(sender, siteurl))


def _problems(said: Sender, siteurl: str) -> Iterator[Problem]:
    if not is_web(siteurl) or _HERE.fullmatch(urlsplit(siteurl).hostname or ""):
        what = f"SITEURL is no address that readers of an e-mail could follow (got {siteurl})"
        yield Problem("", 0, what, "set it in publishconf.py, or in the environment")
    if said.address and (wrong := fault(said.address)):
        what = f"DIGEST_FROM {wrong} (got {said.address!r})"
        yield Problem("", 0, what, "write it as newsroom@example.org, or leave it empty")
    mark = said.unsubscribe
    if not (mark.isascii() and mark.isprintable()) or re.search(r"[<>\"]", mark) or _SCHEME.match(mark):
        what = f"DIGEST_UNSUBSCRIBE cannot be a link (got {mark!r})"
        yield Problem("", 0, what, "write an address, https://… or mailto:…, or the mark of your mailing tool")
