"""A feed as pieces: RSS and Atom as feedparser reads them, JSON Feed by its own rules. Pure.

feedparser is given bytes and nothing else, so that it opens no file and no address; its own cleaning is off, since
every text is cleaned later. Sources: https://feedparser.readthedocs.io/, https://www.jsonfeed.org/version/1.1/
"""

import calendar
import html
import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

import feedparser

from plugins.core.errors import Problem
from plugins.core.text.urls import is_web
from plugins.importing import text
from plugins.importing.models import Export, Loss, Picture, Piece
from plugins.importing.reading.substack import moment

_MOST = 5_000
_CUT = re.compile(
    r"(?:\[?(?:…|\.\.\.|&#8230;|&hellip;)\]?|(?:read more|continue reading|weiterlesen|leer más)\W*)\s*$", re.I
)
_BLOGGER = "http://schemas.google.com/g/2005#kind"
_BLOGGER_TEXTS = {"post", "page"}
_ONLY_THESE = "a feed has the newest texts alone: look whether older ones are missing"


def read(data: bytes, where: str, site: str) -> Export:
    """Return a feed's entries; `where` names the file or address it is from. Raises ValueError where it is no feed."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _json(data, where, site)
    found = feedparser.parse(
        BytesIO(data),
        response_headers={"content-type": "application/xml", "content-location": where if is_web(where) else ""},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not found.get("version") and not found["entries"]:
        raise ValueError("not a feed")
    base = site or _of(found["feed"], "link")
    pieces = [
        _piece(entry, base, number) for number, entry in enumerate(found["entries"][:_MOST], 1) if _is_text(entry)
    ]
    broken = found.get("bozo_exception") if found.get("bozo") else None
    problems = [
        Problem(where, 0, f"the feed is broken ({text.line(str(broken), 100)})", "look whether texts are missing")
    ]
    return Export("feed", _root(base), tuple(pieces), (_ONLY_THESE,), tuple(problems) if _is_serious(broken) else ())


def _is_serious(broken: object) -> bool:
    """Tell what costs entries from what feedparser only remarks on, such as an encoding or a media type."""
    return broken is not None and not isinstance(
        broken, feedparser.CharacterEncodingOverride | feedparser.NonXMLContentType
    )


def _is_text(entry: Mapping[str, Any]) -> bool:
    """Say whether an entry is a text: Blogger's own export has comments, settings and templates among them."""
    kinds = [str(tag.get("term")) for tag in entry.get("tags", ()) if tag.get("scheme") == _BLOGGER]
    return not kinds or kinds[0].rpartition("#")[2] in _BLOGGER_TEXTS


def _piece(entry: Mapping[str, Any], base: str, number: int) -> Piece:
    link = _of(entry, "feedburner_origlink") or _of(entry, "link")
    contents = [_of(one, "value") for one in entry.get("content", ())]
    summary, body = _of(entry, "summary"), max(contents, key=len, default="")
    tags = [tag for tag in entry.get("tags", ()) if tag.get("scheme") != _BLOGGER]
    sounds = [
        _of(one, "href") for one in entry.get("enclosures", ()) if _of(one, "type").startswith(("audio", "video"))
    ]
    return _made(
        number,
        base,
        guid=_of(entry, "id") or link,
        link=link,
        title=text.words(_of(entry, "title")),
        body=body or summary,
        summary=text.words(summary) if body and not body.startswith(summary[:200]) else "",
        published=_when(entry),
        authors=[_of(one, "name") for one in entry.get("authors", ())] or [_of(entry, "author")],
        tags=[_of(tag, "label") or _of(tag, "term") for tag in tags],
        sounds=sounds,
        page=any(str(tag.get("term", "")).endswith("kind#page") for tag in entry.get("tags", ())),
        draft=_of(entry, "app_draft") == "yes" or _of(entry, "draft") == "yes",
        whole=bool(body),
    )


def _made(number: int, base: str, **of: Any) -> Piece:
    sounds = "".join(f'<audio src="{html.escape(url)}"></audio>' for url in of["sounds"] if is_web(url))
    cut = not of["whole"] and bool(_CUT.search(text.words(of["body"][-400:])))
    withheld = "it was a draft" if of["draft"] else "the feed gives an excerpt of it" if cut else ""
    lost = () if of["whole"] or cut else (Loss("perhaps an excerpt", "the feed has no full text of it"),)
    path = urlsplit(of["link"]).path if is_web(of["link"]) else ""
    last = path.rstrip("/").rsplit("/", 1)[-1]
    key = text.line(of["guid"] or of["title"] or str(number), 300)
    return Piece(
        key=f"feed {key}",
        place=f"entry {number}",
        title=of["title"],
        slug=re.sub(r"\.(?:html?|php|aspx?)$", "", last) if re.search(r"[^\W\d_]", last) else "",
        html=sounds + of["body"],
        published=of["published"],
        page=of["page"],
        summary=of["summary"],
        authors=tuple(filter(None, map(text.line, of["authors"]))),
        tags=tuple(dict.fromkeys(filter(None, map(text.words, of["tags"])))),
        withheld=withheld,
        old=(of["link"],) if is_web(of["link"]) else (),
        picture=of.get("picture"),
        lost=lost if of["body"].strip() else (Loss("text missing from the export", "the entry is empty"),),
    )


def _json(data: bytes, where: str, site: str) -> Export:
    try:
        document = json.loads(text.decode(data)[0])
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not a feed: JSON that cannot be read ({error})") from error
    if not isinstance(document, dict) or not isinstance(items := document.get("items"), list):
        raise ValueError("not a feed: JSON without a list of items")  # noqa: TRY004 - what is wrong is what it says
    base = site or _of(document, "home_page_url") or _of(document, "feed_url")
    pieces = [_json_piece(item, base, number) for number, item in enumerate(items[:_MOST], 1) if isinstance(item, dict)]
    return Export("feed", _root(base), tuple(pieces), (_ONLY_THESE,), ())


def _json_piece(item: Mapping[str, Any], base: str, number: int) -> Piece:
    people = [*_list(item, "authors"), item.get("author")]
    plain = "".join(f"<p>{html.escape(part)}</p>" for part in _of(item, "content_text").split("\n\n") if part.strip())
    picture = _of(item, "image")
    return _made(
        number,
        base,
        guid=str(item.get("id") or ""),
        link=_of(item, "url"),
        title=text.line(_of(item, "title")),
        body=_of(item, "content_html") or plain or html.escape(_of(item, "summary")),
        summary=text.line(_of(item, "summary")),
        published=moment(_of(item, "date_published")),
        authors=[one if isinstance(one, str) else _of(one, "name") for one in people if one],
        tags=[tag for tag in _list(item, "tags") if isinstance(tag, str)],
        sounds=[
            _of(one, "url")
            for one in _list(item, "attachments")
            if _of(one, "mime_type").startswith(("audio", "video"))
        ],
        page=False,
        draft=False,
        whole=bool(_of(item, "content_html") or plain),
        picture=Picture((picture,)) if is_web(picture) else None,
    )


def _when(entry: Mapping[str, Any]) -> datetime | None:
    for key in ("published_parsed", "created_parsed", "updated_parsed"):
        if read := entry.get(key):
            try:
                return datetime.fromtimestamp(calendar.timegm(read), UTC)
            except (ValueError, OverflowError, OSError):
                continue
    return None


def _of(values: object, name: str) -> str:
    value = values.get(name) if isinstance(values, Mapping) else None
    return value if isinstance(value, str) else ""


def _list(values: Mapping[str, Any], name: str) -> Iterable[Any]:
    value = values.get(name)
    return value if isinstance(value, list) else ()


def _root(url: str) -> str:
    return url.rstrip("/") if is_web(url) else ""
