"""Have a calendar read by a process of its own, bounded in time and memory; its answer is JSON, and is checked."""

import asyncio
import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from plugins.core.polling.outcomes import Failure, Fetched
from plugins.events.calendars import worker
from plugins.events.calendars.read import refusal
from plugins.events.model import Calendar, ReadCalendar

_ROOT = Path(__file__).resolve().parents[3]
_WORKER = "plugins.events.calendars.worker"
_SECONDS = worker.SECONDS + 5
_AT_ONCE = asyncio.Semaphore(os.cpu_count() or 1)
_ANSWER = TypeAdapter(ReadCalendar)
_TELL = "tell whose calendar it is; if it stays so, take `calendar` out"


async def read(fetched: Fetched, calendar: Calendar, now: datetime) -> ReadCalendar | Failure:
    """Return what a calendar's body has, or why it cannot be read. Never raises."""
    if why := refusal(fetched.body):
        return _refused(calendar, why)
    question = json.dumps({"zone": calendar.zone, "now": now.isoformat()}).encode() + b"\n"
    async with _AT_ONCE:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", _WORKER), cwd=_ROOT, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
        )
        try:
            async with asyncio.timeout(_SECONDS):
                answer, _ = await process.communicate(question + fetched.body)
        except TimeoutError:
            return _failure(calendar, f"reading it took longer than {_SECONDS} s and was stopped")
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
    if process.returncode or not answer:
        return _failure(calendar, f"its reader ended with exit code {process.returncode}")
    return _checked(calendar, answer)


def _checked(calendar: Calendar, answer: bytes) -> ReadCalendar | Failure:
    try:
        said: dict[str, Any] = json.loads(answer)
        if refused := said.get("refused"):
            return _refused(calendar, str(refused))
        return _ANSWER.validate_python(said)
    except (ValueError, ValidationError) as error:
        return _failure(calendar, f"its reader gave no answer ({type(error).__name__})")


def _refused(calendar: Calendar, why: str) -> Failure:
    return Failure(calendar.id, "not a feed", why, "look for the calendar’s .ics address, and correct it")


def _failure(calendar: Calendar, detail: str) -> Failure:
    return Failure(calendar.id, "parse error", detail, _TELL)
