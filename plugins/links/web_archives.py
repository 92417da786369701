"""How web archives are asked, and what they answer: addresses, headers and forms out; answers in, copies out.

Sources: https://archive.org/help/wayback_api.php (availability); RFC 7089 (TimeGate, Memento-Datetime); the Internet
Archive's "Save Page Now 2 public API" (https://archive.org/details/spn-2-public-api-page-docs).
"""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any, Literal
from urllib.parse import quote, urlsplit

from pydantic import ValidationError

from plugins.core.net.http import Response
from plugins.core.text.urls import canonical, is_web
from plugins.core.text.urls import host as host_of
from plugins.links.model import Archived

_STAMP = re.compile(r"\d{14}")
_ORIGINAL = re.compile(r"/\d{14}[a-z_]*/(https?://.+)", re.DOTALL)
"""How the Wayback Machine and its like name a copy's page within the copy's address."""
_JOB = re.compile(r"[\w-]{1,200}")
_OK = 200

ARCHIVES = frozenset(
    """
    archive.org archive.today archive.ph archive.is archive.li archive.md archive.vn archive.fo perma.cc
    ghostarchive.org arquivo.pt webarchive.org.uk nationalarchives.gov.uk loc.gov archive-it.org vefsafn.is webarchiv.cz
    bac-lac.gc.ca ukwa.uk stanford.edu conifer.rhizome.org webcitation.org
    """.split()  # noqa: SIM905 - a list of words
)
"""Hosts that keep copies of other sites' pages, each with all below it (http://labs.mementoweb.org/aggregator_config/)."""

Saved = Archived | Literal["pending", "failed"]


def availability_question(template: str, url: str, day: date) -> str:
    """Return the address that tells the copy closest to a day."""
    question = template.replace("{url}", quote(url, safe=""))
    joint = "&" if "?" in question else "?"
    return f"{question}{joint}timestamp={day:%Y%m%d}"


def available_copy(answer: Response, url: str) -> Archived | None:
    """Return the copy of a page that an availability answer names.

    Only one of this page, and one of a page that was there when it was taken.
    """
    snapshots = _object(answer).get("archived_snapshots")
    if not isinstance(snapshots, dict):
        return None
    closest = snapshots.get("closest")
    if not isinstance(closest, dict) or closest.get("available") is not True or str(closest.get("status")) != "200":
        return None
    of = _ORIGINAL.search(str(closest.get("url")))
    # An answer may name the copy of another page, whose address the archive takes for the same.
    if of and canonical(of[1]) != canonical(url):
        return None
    return _copy(closest.get("url"), closest.get("timestamp"))


def is_of_an_archive(copy: Archived, services: Iterable[str]) -> bool:
    """Say whether a copy lies where copies are kept: in a known archive, or at one of the services that were asked.

    An answer may name any address, and readers are led there as to the archived page. `services` are the addresses of
    those in the settings.
    """
    parts = urlsplit(copy.url)
    if "@" in parts.netloc:  # https://archive.org@elsewhere.example is elsewhere
        return False
    for service in services:
        if is_web(service) and urlsplit(service).netloc == parts.netloc:
            return True
    host = parts.hostname or ""
    for known in (*ARCHIVES, *map(host_of, services)):
        if known and (host == known or host.endswith(f".{known}")):
            return parts.port in {None, 80, 443}
    return False


def timegate_question(timegate: str, url: str, day: date) -> tuple[str, dict[str, str]]:
    """Return the address and headers that lead to the copy closest to a day (RFC 7089, section 2.1.1)."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return f"{timegate}{url}", {"Accept-Datetime": format_datetime(noon, usegmt=True)}


def memento(answer: Response) -> Archived | None:
    """Return the copy that a TimeGate led to; an answer without Memento-Datetime is none (section 2.1.1)."""
    if answer.status != _OK:
        return None
    said = answer.headers.get("memento-datetime", "")
    try:
        day = parsedate_to_datetime(said).date()
    except (ValueError, TypeError):
        return None
    return _archived(answer.url, day)


def save_request(url: str, keys: tuple[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the form and headers that ask for a copy to be taken."""
    access, secret = keys
    form = {"url": url, "skip_first_archive": "1"}
    return form, {"Accept": "application/json", "Authorization": f"LOW {access}:{secret}"}


def save_job(answer: Response) -> str:
    """Return the job a submission was given; "" where it was refused. Nothing is archived by that yet."""
    job = _object(answer).get("job_id")
    return job if isinstance(job, str) and _JOB.fullmatch(job) else ""


def job_question(save: str, job: str) -> str:
    """Return the address that tells how a job stands."""
    return f"{save.rstrip('/')}/status/{job}"


def saved(answer: Response, save: str) -> Saved:
    """Return the copy a job has taken, or how it stands; what was no good page then is no copy."""
    told = _object(answer)
    # The archive takes a page of an error too, and says by `http_status` what it was.
    if told.get("status") == "success" and told.get("http_status", _OK) == _OK:
        stamp, original = told.get("timestamp"), told.get("original_url")
        root = save.rstrip("/").removesuffix("/save")
        known = isinstance(original, str) and is_web(original)
        if not known:
            return "failed"
        return _copy(f"{root}/web/{stamp}/{original}", stamp) or "failed"
    # An answer that cannot be read says nothing against the job.
    if told.get("status") in {"error", "success"}:
        return "failed"
    return "pending"


def _copy(url: object, stamp: object) -> Archived | None:
    if not (isinstance(url, str) and isinstance(stamp, str) and _STAMP.fullmatch(stamp)):
        return None
    try:
        day = datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC).date()
    except ValueError:
        return None
    return _archived(url, day)


def _archived(url: str, day: date) -> Archived | None:
    """Return a copy; the Wayback Machine answers with http addresses and serves them over https."""
    host = host_of(url)
    if host == "archive.org" or host.endswith(".archive.org"):
        url = re.sub(r"^http://([^/:]+)(:80)?/", r"https://\1/", url)
    try:
        return Archived(url=url, day=day)
    except ValidationError:
        return None


def _object(answer: Response) -> Mapping[str, Any]:
    if answer.status != _OK:
        return {}
    try:
        told = json.loads(answer.body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
