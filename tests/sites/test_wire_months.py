"""Months of the wire that are as they were stay as a whole, and a build makes what a clean one does."""

import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from plugins.updates.archive import archive_folder
from plugins.updates.archive.archive_folder import Archive
from plugins.updates.desk.takedowns import redacted
from plugins.updates.model import EarlierTitle, Match, SafeHtml, SourceRecord, Update
from tests.sites.conftest import Site, builder
from tests.sites.test_wire import SOURCES, TOPICS

BEGIN = datetime(2025, 12, 1, 12, tzinfo=UTC)
SAID_BY = ("post", "guild", "post")
EVENTS = ("Crane drivers walk out at Calder Quay", "Ferry judge rejects the harbour vote", "Mediator calls nurses back")


def update(number: int, event: int, days: float, source: str = "post") -> Update:
    """Return an update on an event, first seen some days after the beginning."""
    at = BEGIN + timedelta(days=days)
    return Update(
        id=f"{source}-{number}",
        source=source,
        url=f"https://{source}.example/{number}",
        title=EVENTS[event],
        summary=SafeHtml(f"<p>{EVENTS[event]}, it was said on the day.</p>"),
        authors=(),
        published=at,
        date_from="published",
        first_seen=at,
        topics=(Match("pay", "wage*", "title"),) if number % 2 else (),
    )


def lay(content: Path, updates: Mapping[str, Update], days: int) -> None:
    """Put updates into a site's archive, whose source was read some days after the beginning."""
    record = SourceRecord("post", last_success=(BEGIN + timedelta(days=days)).date())
    archive_folder.write(content / "archive/updates", Archive(dict(updates), {"post": record}))


def rendered(site: Site) -> tuple[int, int]:
    """Return how many pages were rendered, and how many there are."""
    found = re.search(r"([0-9]+) of ([0-9]+) pages rendered", site.said)
    assert site.code == 0 and found, site.said
    return int(found[1]), int(found[2])


def test_after_whatever_happens_a_build_makes_what_a_clean_one_does(tmp_path: Path) -> None:
    """New and late updates, orders of the desk, another headline, a takedown, what all pages show, less archived."""
    told: list[Update] = []
    for month in range(3):
        told += [update(10 * month + place, month, 30 * month + place / 9, SAID_BY[place]) for place in range(3)]
    updates = {one.id: one for one in told}
    build, content = builder(tmp_path / "kept"), tmp_path / "kept/content"
    base = {"updates/sources.toml": SOURCES, "updates/topics.toml": TOPICS}

    def built(files: Mapping[str, str], days: int = 80) -> Site:
        lay(content, updates, days)
        return build(files)

    def clean(number: int) -> Site:
        shutil.copytree(content, tmp_path / f"clean-{number}/content")
        return builder(tmp_path / f"clean-{number}")()

    built(base)
    updates["post-90"] = update(90, 2, 61)
    some, of_all = rendered(built({}))
    assert some * 2 < of_all  # of three months, one has changed
    first, second, third = told[0], told[3], told[4]
    orders = (
        f'[[hide]]\nupdate = "{second.id}"\nwhy = "x"\n[[retitle]]\nupdate = "{third.id}"\nto = "Ours"\nwhy = "y"\n'
    )
    built({"updates/desk.toml": orders})
    updates[first.id] = replace(first, title="Another", earlier_titles=(EarlierTitle(first.title, first.first_seen),))
    updates["guild-91"] = update(91, 0, -20, "guild")
    again = built({})
    assert again.files() == clean(1).files()
    assert rendered(built({"pages/about.md": "---\ntitle: On us\n---\nWho we are.\n"}))[0] > of_all // 2
    updates[told[7].id] = redacted(told[7])
    orders += f'[[takedown]]\nupdate = "{told[7].id}"\n'
    built({"updates/desk.toml": orders, "updates/topics.toml": TOPICS.replace("Pay", "Wages")}, days=81)
    for gone in ("guild-91", first.id):
        del updates[gone]
    again = built({})
    assert again.files() == clean(2).files()
