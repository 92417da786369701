"""A post of a site that was read, as a letter: its text made mailable, the theme's template around it, both its forms.

It reads the post through the site, writes nothing and sends nothing.
"""

import re
from collections.abc import Iterable
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from plugins.core import files
from plugins.core.errors import Problem, SiteError
from plugins.digest.email_html import mailable
from plugins.digest.email_text import plain_text
from plugins.digest.inline_css import styled
from plugins.digest.model import Letter, Sender
from plugins.digest.placeholders import inert
from plugins.sections.model import Newsroom
from plugins.sections.site_reader import CheckedSite

UNSUBSCRIBE = "[UNSUBSCRIBE]"
"""What stands in a letter where nothing says how one leaves its list."""
_SUBJECT = re.compile(r"<title>(.*?)</title>", re.DOTALL)


def letter(site: CheckedSite, path: Path, sender: Sender) -> Letter:
    """Return the post at `path` as a letter, made now. Raises SiteError where one of its links leads nowhere."""
    post, room = site.post(path), site.newsroom
    address = f"{room.siteurl}/{post.url}"
    body = mailable(post.get_content(room.siteurl), address)
    if problems := [*_unknown(site, post, path), *_dead(path, body.dead)]:
        raise SiteError(problems)
    not_ready = []
    if not sender.unsubscribe:
        not_ready.append("unsubscribe")
    if post.standing and not post.standing.is_public:
        not_ready.append("draft")
    printed = site.print(
        "letter.html",
        article=post,
        body=Markup(body.html),  # noqa: S704 - nh3 had the last word
        address=address,
        not_ready=tuple(not_ready),
        unsubscribe=sender.unsubscribe,
        placeholder=UNSUBSCRIBE,
    )
    html = inert(printed)
    titled = _SUBJECT.search(html)
    return Letter(
        subject=unescape(titled[1]) if titled else str(post.title),
        sender=sender,
        date=room.now,
        id=_id(path.stem, room),
        language=post.lang,
        html=styled(html),
        text=plain_text(html),
        not_ready=tuple(not_ready),
    )


def _id(name: str, room: Newsroom) -> str:
    """Return a letter's id (RFC 5322, section 3.6.4), the same for the same post at the same time."""
    host = urlsplit(room.siteurl).hostname or ""
    return f"{re.sub('[^A-Za-z0-9]+', '-', name)}.{room.now:%Y%m%d%H%M%S}@{re.sub('[^a-z0-9.-]+', '-', host)}"


def _unknown(site: CheckedSite, post: Any, path: Path) -> list[Problem]:
    """Return a problem for each card of a draft's that shows what is not public either."""
    problems = []
    for kind in ("listings", "funds"):
        public = site.context.get(f"{kind}_by_id", {})
        for name in post.metadata.get(kind, ()):
            if name not in public:
                what = f"{kind} names {name}, which is not public"
                problems.append(Problem(files.display_path(path), 0, what, "publish it, or take it out"))
    return problems


def _dead(path: Path, links: Iterable[str]) -> list[Problem]:
    text, where = files.read_text(path), files.display_path(path)
    remedy = "lead to what is public: an address, or {filename} and the like"
    problems = []
    for link in links:
        place = text.find(link)
        line = text.count("\n", 0, place) + 1 if place >= 0 else 0
        problems.append(Problem(where, line, f"{link} leads nowhere from an e-mail", remedy))
    return problems
