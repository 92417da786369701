"""Find a copy of each cited page in an archive, or have one taken. The network and the pauses are arguments.

What cannot be asked is left for another run: no archive's silence says anything about a page.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from plugins.core.net.http import Get, NetworkError, Response
from plugins.core.net.page_probe import Post
from plugins.links import web_archives
from plugins.links.model import Archived, Job, WebArchives

SAVE_PAUSE = 60 / 7
"""Seconds between two submissions: Save Page Now 2 takes seven a minute from an account."""
JOB_DAYS = 7
"""Days after which a job that is still not done is forgotten, and the page may be submitted again."""
_TOO_MANY = 429

Pause = Callable[[float], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Preserved:
    """Copies that are there, by page; jobs still open; and what kept an archive from answering."""

    copies: Mapping[str, Archived]
    jobs: Mapping[str, Job]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Archivist:
    """The archives, and the ways to them."""

    archives: WebArchives
    get: Get
    post: Post
    pause: Pause
    today: date

    async def preserve(
        self, urls: Iterable[str], alive: Collection[str], jobs: Mapping[str, Job], most: int
    ) -> Preserved:
        """Return the copies of pages. At most `most` that have none are submitted, and only those alive."""
        copies, open_jobs = await self._polled(jobs)
        wanted = [url for url in urls if url not in copies and url not in open_jobs]
        found = await asyncio.gather(*map(self._found, wanted))
        notes: list[str] = []
        for url, (copy, note) in zip(wanted, found, strict=True):
            if copy:
                copies[url] = copy
            if note and note not in notes:
                notes.append(note)
        services = (self.archives.availability, self.archives.timegate, self.archives.save)
        for url, copy in list(copies.items()):
            if not web_archives.is_of_an_archive(copy, services):
                notes.append(f"a copy was named that lies in no archive ({copy.url}); it is not used")
                del copies[url]
        missing = [url for url in wanted if url not in copies and url in alive][:most]
        submitted, told = await self._submitted(missing)
        if submitted:  # a page that is kept at once has its copy in this run, all others in the next
            await self.pause(SAVE_PAUSE)
        taken, still = await self._polled(submitted)
        return Preserved(copies | taken, open_jobs | still, (*notes, *told))

    async def _found(self, url: str) -> tuple[Archived | None, str]:
        """Ask who knows of a copy: the availability API first, for it is cheaper, then the TimeGate."""
        note = ""
        if template := self.archives.availability:
            answer = await self._answer(web_archives.availability_question(template, url, self.today))
            if isinstance(answer, NetworkError):
                note = f"the availability API did not answer ({answer.detail})"
            elif copy := web_archives.available_copy(answer, url):
                return copy, ""
        if self.archives.timegate:
            question, headers = web_archives.timegate_question(self.archives.timegate, url, self.today)
            answer = await self._answer(question, headers)
            if isinstance(answer, NetworkError):
                return None, note or f"the TimeGate did not answer ({answer.detail})"
            return web_archives.memento(answer), note
        return None, note

    async def _submitted(self, urls: list[str]) -> tuple[dict[str, Job], list[str]]:
        """Ask for copies one after the other, and stop where the archive has had enough of us."""
        jobs: dict[str, Job] = {}
        if not (self.archives.save and self.archives.keys):
            return jobs, []
        for number, url in enumerate(urls):
            if number:
                await self.pause(SAVE_PAUSE)
            form, headers = web_archives.save_request(url, self.archives.keys)
            try:
                answer = await self.post(self.archives.save, form, headers)
            except NetworkError as error:
                return jobs, [f"no copies could be asked for ({error.detail})"]
            if answer.status == _TOO_MANY:
                return jobs, ["the archive takes no more copies now (429)"]
            if job := web_archives.save_job(answer):
                jobs[url] = Job(id=job, day=self.today)
        return jobs, []

    async def _polled(self, jobs: Mapping[str, Job]) -> tuple[dict[str, Archived], dict[str, Job]]:
        copies: dict[str, Archived] = {}
        still: dict[str, Job] = {}
        if not self.archives.save:
            return copies, still
        for url, job in jobs.items():
            answer = await self._answer(web_archives.job_question(self.archives.save, job.id))
            outcome: web_archives.Saved = "pending"
            if not isinstance(answer, NetworkError):
                outcome = web_archives.saved(answer, self.archives.save)
            if isinstance(outcome, Archived):
                copies[url] = outcome
            elif outcome == "pending" and (self.today - job.day).days < JOB_DAYS:
                still[url] = job
        return copies, still

    async def _answer(self, url: str, headers: Mapping[str, str] | None = None) -> Response | NetworkError:
        try:
            return await self.get(url, headers)
        except NetworkError as error:
            return error
