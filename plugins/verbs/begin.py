"""The door for `./inv new`: what can be begun, by its name."""

import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from plugins.core import files
from plugins.publishing import fresh
from plugins.sections import build as door
from plugins.writing import new as writing

ROOT = Path(__file__).parents[2]


def _new_site(given: Mapping[str, str]) -> None:
    answers = fresh.ask(given, input if sys.stdin.isatty() else None)
    fresh.new_site(ROOT, answers, date.today())  # noqa: DTZ011 - the day it is here
    print("The example is gone. Look at content/strikes.toml and content/pages/about.md, then run ./inv serve.")


def _new_text(make: Callable[[dict[str, Any], str, datetime], Path]) -> Callable[[Mapping[str, str]], None]:
    def write(given: Mapping[str, str]) -> None:
        settings = door.settings()
        now = datetime.now(ZoneInfo(settings["TIMEZONE"]))
        print(f"Written: {files.spoken(make(settings, given['name'], now))}. Its comments explain every field.")

    return write


NEW: Mapping[str, Callable[[Mapping[str, str]], None]] = {
    "site": _new_site,
    "post": _new_text(writing.new_post),
    "update": _new_text(writing.new_update),
    "listing": _new_text(writing.new_listing),
    "fund": _new_text(lambda settings, _, now: writing.new_fund(settings, now)),
}
