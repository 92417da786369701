"""The door for `./inv new`: a file in the right place, every field explained in it. Nothing is ever overwritten."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from plugins.core import files
from plugins.core.config.fields import is_id
from plugins.core.errors import MisuseError, Problem, SiteError
from plugins.core.outlets import quoted, with_source
from plugins.core.text.slugs import slug
from plugins.core.text.urls import host, is_web
from plugins.writing import file_templates

_CAMPAIGN = timedelta(days=90)


def new_post(settings: Mapping[str, Any], title: str, now: datetime) -> Path:
    """Write a draft post and return its path; `now` is in the site's zone. Raises SiteError where the file is there."""
    if not title.strip():
        raise MisuseError([Problem("", 0, "a post needs a title", 'write ./inv new post "Title"')])
    name = slug(title) or f"post-{now:%Y-%m-%d}"
    path = _content(settings) / "posts" / f"{name}.md"
    times = _times(settings, now)
    return _written(path, file_templates.POST.format(title=quoted(title.strip()), slug=name, **times))


def new_update(settings: Mapping[str, Any], url: str, now: datetime) -> Path:
    """Write an update entered by hand and return its path; an outlet that is no source yet becomes one, without a feed.

    Raises SiteError where the address is none of the web's, there is such a file, or sources.toml cannot be read.
    """
    if not is_web(url) or re.search(r"[\s\"<>]", url):
        raise MisuseError([Problem("", 0, f"an update needs a web address (got {url})", "write ./inv new update URL")])
    folder = _content(settings) / "updates"
    name = _name_of(url)
    path = folder / f"{name or f'{slug(host(url))}-{now:%Y-%m-%d}'}.md"
    if problems := files.problems_of_new(path):
        raise SiteError(problems)
    source = _source_of(url, folder / "sources.toml")
    title = (name.replace("-", " ").capitalize() if name else "") or f"On {host(url)}"
    fields = {"title": quoted(title), "url": quoted(url), "source": source}
    return _written(path, file_templates.UPDATE.format(**fields, **_times(settings, now)))


def new_listing(settings: Mapping[str, Any], name: str, now: datetime) -> Path:
    """Write a draft listing, whose id is its address, and return its path. Raises SiteError where it cannot be one."""
    if not is_id(name):
        near = slug(name)
        remedy = f"write {near}" if near else "use small letters, digits and hyphens"
        raise MisuseError([Problem("", 0, f"a listing's id is its address (got {name!r})", remedy)])
    path = _content(settings) / "listings" / f"{name}.md"
    return _written(path, file_templates.LISTING.format(**_times(settings, now)))


def new_fund(settings: Mapping[str, Any], now: datetime) -> Path:
    """Add the form of a fund to funds.toml and return the file's path.

    The form is a comment until somebody has filled it in: an address nobody has looked at is never published.
    Raises SiteError where a form is waiting already.
    """
    path = _content(settings) / "funds.toml"
    text = files.read_text(path) if path.exists() else "# Places to give, and to get help.\n"
    waiting = text.find("\n#[[fund]]")
    if waiting >= 0:
        line = text.count("\n", 0, waiting) + 2
        raise SiteError([Problem(files.spoken(path), line, "a new fund's form is waiting here", "fill it in")])
    form = file_templates.FUND.format(day=f"{now:%Y-%m-%d}", until=f"{now + _CAMPAIGN:%Y-%m-%d}")
    files.replace(path, f"{text.rstrip()}\n{form}".encode())
    return path


def _content(settings: Mapping[str, Any]) -> Path:
    return Path(settings["PATH"])


def _times(settings: Mapping[str, Any], now: datetime) -> dict[str, str]:
    return {"date": f"{now:%Y-%m-%d %H:%M}", "day": f"{now:%Y-%m-%d}", "zone": settings["TIMEZONE"]}


def _name_of(url: str) -> str:
    """Return a name out of an address: the last part of its path that has words."""
    parts = [re.sub(r"\.\w{2,5}$", "", part) for part in unquote(urlsplit(url).path).split("/")]
    worded = [part for part in parts if re.search(r"[^\W\d_]{3}", part)]
    return slug(worded[-1]) if worded else ""


def _source_of(url: str, path: Path) -> str:
    """Return the id of the source whose site an address is on; where there is none, add one to sources.toml."""
    text = files.read_text(path) if path.exists() else ""
    try:
        name, changed = with_source(text, url)
    except ValueError as error:
        raise SiteError([Problem(files.spoken(path), 0, f"is not TOML: {error}", "correct it first")]) from error
    if changed != text:
        files.replace(path, changed.encode())
    return name


def _written(path: Path, text: str) -> Path:
    files.create(path, text.encode())
    return path


NEW: Mapping[str, Callable[[Mapping[str, Any], str, datetime], Path]] = {
    "post": new_post,
    "update": new_update,
    "listing": new_listing,
    "fund": lambda settings, _, now: new_fund(settings, now),
}
