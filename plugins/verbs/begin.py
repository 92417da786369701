"""The verb `new`: what can be begun, by its name. What it needs is imported when it runs."""

import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from invoke.context import Context
from invoke.tasks import task

from plugins.core.errors import Problem, SiteError
from plugins.verbs.told import told

ROOT = Path(__file__).parents[2]


@task(
    positional=["what"],
    help={
        "what": "post, update, listing or fund; or site, for a copy of your own without the example",
        "name": "the post's title, the update's address, the listing's id; or the site's name",
        "address": "where readers will find it",
        "strike": 'the strike, as "WHO against WHOM"',
        "zone": "the time zone of its dates",
    },
)
@told
def new(c: Context, what: str, name: str = "", address: str = "", strike: str = "", zone: str = "") -> None:
    """Begin something new, asking for what is not given."""
    if what not in NEW:
        raise SiteError([Problem("", 0, f"there is no new {what!r}", f"one of: {', '.join(sorted(NEW))}")])
    NEW[what]({"name": name, "address": address, "strike": strike, "zone": zone})


def _new_site(given: Mapping[str, str]) -> None:
    from plugins.publishing import fresh

    answers = fresh.ask(given, input if sys.stdin.isatty() else None)
    fresh.new_site(ROOT, answers, date.today())  # noqa: DTZ011 - the day it is here
    print("The example is gone. Look at content/strikes.toml and content/pages/about.md, then run ./inv serve.")


def _new_text(kind: str) -> Callable[[Mapping[str, str]], None]:
    def write(given: Mapping[str, str]) -> None:
        from plugins.core import files
        from plugins.sections import build as door
        from plugins.writing import new as writing

        settings = door.settings()
        path = writing.NEW[kind](settings, given["name"], datetime.now(ZoneInfo(settings["TIMEZONE"])))
        print(f"Written: {files.spoken(path)}. Its comments explain every field.")

    return write


NEW: Mapping[str, Callable[[Mapping[str, str]], None]] = {
    "site": _new_site,
    **{kind: _new_text(kind) for kind in ("post", "update", "listing", "fund")},
}
