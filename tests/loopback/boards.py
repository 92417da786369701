"""Job boards over real HTTP, in the forms that the providers document, from jobs that may change at any time.

One server plays every provider, each at the paths of its interface. `documents` is pure: tests of the adapters take the
same answers without a server.
"""

import hashlib
import html
import json
import re
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

PROVIDERS = ("greenhouse", "lever", "ashby", "smartrecruiters", "workday", "eightfold", "recruitee", "workable")
PAGES = {"smartrecruiters": 100, "workday": 20, "eightfold": 10}
PERSON = "Rosalind Recruiter"
"""A person's name that rows carry, and that must never be kept."""


@dataclass(frozen=True)
class Job:
    """A job as a test thinks of it: what it says, and its pay by the year where the board has fields for it."""

    number: str
    title: str = "Script Coordinator"
    text: str = "Keep the notes of the room in order."
    place: str = "Reno, NV"
    low: int = 0
    high: int = 0
    updated: int = 1_760_000_000

    @property
    def body(self) -> str:
        return f"<p>{html.escape(self.text)}</p><ul><li>Pay attention.</li></ul>"


def _greenhouse(job: Job) -> dict[str, Any]:
    days = datetime.fromtimestamp(job.updated, UTC).isoformat()
    pay = {
        "min_cents": job.low * 100,
        "max_cents": job.high * 100,
        "currency_type": "USD",
        "title": "",
        "blurb": "",
    }
    return {
        "id": int(job.number),
        "title": job.title,
        "absolute_url": f"https://boards.example.org/{job.number}",
        "location": {"name": job.place},
        "content": html.escape(job.body),
        "first_published": days,
        "updated_at": days,
        "company_name": "Acme",
        "pay_input_ranges": [pay] if job.low else [],
    }


def _lever(job: Job) -> dict[str, Any]:
    pay = {"min": job.low, "max": job.high, "currency": "USD", "interval": "per-year-salary"}
    return {
        "id": job.number,
        "text": job.title,
        "hostedUrl": f"https://jobs.example.org/{job.number}",
        "createdAt": 1_500_000_000_000,
        "categories": {"location": job.place, "team": "Writing"},
        "description": f"<p>{html.escape(job.text)}</p>",
        "lists": [{"text": "You", "content": "<li>Pay attention.</li>"}],
        **({"salaryRange": pay} if job.low else {}),
    }


def _ashby(job: Job) -> dict[str, Any]:
    days = datetime.fromtimestamp(job.updated, UTC).isoformat()
    part = {"interval": "1 YEAR", "currencyCode": "USD", "minValue": job.low, "maxValue": job.high}
    salary = {"compensationType": "Salary", **part}
    equity = {"compensationType": "EquityPercentage", "minValue": 1, "maxValue": 2}
    return {
        "id": job.number,
        "title": job.title,
        "location": job.place,
        "isListed": True,
        "publishedAt": days,
        "jobUrl": f"https://jobs.example.org/{job.number}",
        "descriptionHtml": job.body,
        "compensation": {"summaryComponents": [salary, equity] if job.low else []},
    }


def _smartrecruiters(job: Job) -> dict[str, Any]:
    days = datetime.fromtimestamp(job.updated, UTC).isoformat()
    return {
        "id": job.number,
        "name": job.title,
        "releasedDate": days,
        "company": {"identifier": "Acme", "name": "Acme"},
        "creator": {"name": PERSON},
        "location": {"city": job.place.partition(",")[0], "fullLocation": job.place},
    }


def _workday(job: Job) -> dict[str, Any]:
    name = job.title.replace(" ", "-")
    return {
        "title": job.title,
        "externalPath": f"/job/Reno/{name}_R{job.number}",
        "locationsText": job.place,
        "postedOn": "Posted 3 Days Ago",
        "bulletFields": [f"R{job.number}"],
    }


def _eightfold(job: Job) -> dict[str, Any]:
    return {
        "id": int(job.number),
        "name": job.title,
        "location": job.place,
        "locations": [job.place],
        "t_create": 1_700_000_000,
        "t_update": job.updated,
        "job_description": "",
        "canonicalPositionUrl": f"https://jobs.example.org/{job.number}",
        "recruiter": PERSON,
    }


def _recruitee(job: Job) -> dict[str, Any]:
    salary = {"min": str(job.low), "max": str(job.high), "period": "year", "currency": "USD"}
    return {
        "id": int(job.number),
        "title": job.title,
        "location": job.place,
        "careers_url": f"https://jobs.example.org/{job.number}",
        "description": job.body,
        "requirements": "",
        "published_at": "2026-10-01 09:00:00 UTC",
        "company_name": "Acme",
        "salary": salary if job.low else None,
    }


def _workable(job: Job) -> dict[str, Any]:
    return {
        "title": job.title,
        "shortcode": job.number,
        "url": f"https://jobs.example.org/{job.number}",
        "published_on": "2026-10-01",
        "city": job.place,
        "description": job.body,
    }


_ROWS: Mapping[str, Callable[[Job], dict[str, Any]]] = {
    "greenhouse": _greenhouse,
    "lever": _lever,
    "ashby": _ashby,
    "smartrecruiters": _smartrecruiters,
    "workday": _workday,
    "eightfold": _eightfold,
    "recruitee": _recruitee,
    "workable": _workable,
}


def row(provider: str, job: Job) -> dict[str, Any]:
    """Return a job as a provider's list has it."""
    return _ROWS[provider](job)


def details(provider: str, job: Job) -> dict[str, Any]:
    """Return a job's own answer, of a provider whose list has no texts."""
    match provider:
        case "smartrecruiters":
            return {
                **row(provider, job),
                "jobAd": {"sections": {"jobDescription": {"title": "The job", "text": job.body}}},
            }
        case "workday":
            info = {
                "title": job.title,
                "jobDescription": job.body,
                "location": job.place,
                "startDate": "2026-10-01",
                "canApply": True,
                "jobReqId": f"R{job.number}",
                "externalUrl": f"https://jobs.example.org/{job.number}",
            }
            return {"jobPostingInfo": info, "hiringOrganization": {"name": "Acme"}}
        case _:
            return {**row(provider, job), "job_description": job.body}


def page(provider: str, jobs: list[Job], offset: int = 0) -> Any:
    """Return a provider's list, or the page of it that begins at an offset."""
    shown = jobs[offset : offset + PAGES.get(provider, len(jobs) or 1)]
    rows = [row(provider, job) for job in shown]
    forms: dict[str, Any] = {
        "lever": rows,
        "smartrecruiters": {"offset": offset, "limit": 100, "totalFound": len(jobs), "content": rows},
        "workday": {"total": 0 if offset else len(jobs), "jobPostings": rows},
        "eightfold": {"count": len(jobs), "positions": rows},
        "recruitee": {"offers": rows},
        "workable": {"name": "Acme", "description": None, "jobs": rows},
        "ashby": {"apiVersion": "1", "jobs": rows},
        "greenhouse": {"jobs": rows, "meta": {"total": len(rows)}},
    }
    return forms[provider]


@dataclass
class JobBoards:
    """A context manager around the server; `jobs` are by board, and may change at any time.

    `broken` maps a path's beginning to a status. `asked` has every request: its method, its path, and whether it was
    conditional. A board's provider is the first part of its name, as in `lever-1`.
    """

    jobs: dict[str, list[Job]] = field(default_factory=dict)
    broken: dict[str, int] = field(default_factory=dict)
    asked: list[tuple[str, str, bool]] = field(default_factory=list)

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02})
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def base(self) -> str:
        """Return scheme and host, which a board's `base` must be."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def toml(self, more: str = "") -> str:
        """Return a boards.toml of all boards."""
        return "\n".join(self._table(name) + more for name in self.jobs)

    def _table(self, name: str) -> str:
        provider = name.partition("-")[0]
        where = {
            "workday": f'tenant = "t"\nboard = "{name}"',
            "eightfold": f'domain = "{name}"',
        }.get(provider, f'board = "{name}"')
        return f'[[board]]\nid = "{name}"\nemployer = "Acme"\nprovider = "{provider}"\n{where}\nbase = "{self.base}"\n'

    def answer(self, method: str, target: str, body: bytes) -> tuple[int, Any]:
        """Return the status and the JSON of an answer."""
        parts = urlsplit(target)
        for path, status in self.broken.items():
            if target.startswith(path):
                return status, {"error": "broken"}
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        for provider, pattern in _LISTS.items():
            if found := re.fullmatch(pattern, parts.path):
                name = found[1] if found.groups() else query.get("domain", "recruitee")
                offset = json.loads(body)["offset"] if body else query.get("offset") or query.get("start") or 0
                return self._list(provider, name, int(offset))
        for provider, pattern in _DETAILS.items():
            if found := re.fullmatch(pattern, parts.path):
                return self._job(provider, query.get("domain") or found[1], found[found.lastindex or 0])
        return 404, {}

    def _list(self, provider: str, name: str, offset: int = 0) -> tuple[int, Any]:
        if name not in self.jobs:
            return (200, page(provider, [])) if provider in {"smartrecruiters", "ashby", "eightfold"} else (404, {})
        return 200, page(provider, self.jobs[name], offset)

    def _job(self, provider: str, name: str, number: str) -> tuple[int, Any]:
        job = next((one for one in self.jobs[name] if one.number == number), None)
        return (200, details(provider, job)) if job else (404, {})


_LISTS = {
    "greenhouse": r"/v1/boards/([^/]+)/jobs",
    "lever": r"/v0/postings/([^/]+)",
    "ashby": r"/posting-api/job-board/([^/]+)",
    "smartrecruiters": r"/v1/companies/([^/]+)/postings",
    "workday": r"/wday/cxs/t/([^/]+)/jobs",
    "eightfold": r"/api/apply/v2/jobs",
    "recruitee": r"/api/offers/",
    "workable": r"/api/v1/widget/accounts/([^/]+)",
}
_DETAILS = {
    "smartrecruiters": r"/v1/companies/([^/]+)/postings/(\d+)",
    "workday": r"/wday/cxs/t/([^/]+)/job/.*_R(\d+)",
    "eightfold": r"/api/apply/v2/jobs/(\d+)",
}


def _handler(boards: JobBoards) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            conditional = self.headers.get("if-none-match", "")
            boards.asked.append((self.command, self.path, bool(conditional)))
            status, answer = boards.answer(self.command, self.path, body)
            data = json.dumps(answer).encode()
            etag = f'"{hashlib.sha256(data).hexdigest()[:16]}"'
            if status == 200 and conditional == etag:
                status, data = 304, b""
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            if status in {200, 304}:
                self.send_header("ETag", etag)
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = _answer  # noqa: N815 - the library's names

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    return Handler
