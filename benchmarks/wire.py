"""A made wire for measuring: three years of plainly fictional labour news, as `./inv fetch` would have archived it.

Events are told by one to thirty of forty sources of every kind, each in words of its own, within a day and a half.
Every name of a firm, a union and a place is put together from syllables, all addresses are below example.org. The same
count gives the same bytes.
"""

import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from plugins.updates.archive import archive_folder
from plugins.updates.config.load import read_archive
from plugins.updates.model import Kind, Match, SafeHtml, SourceRecord, Update

UNTIL = datetime(2026, 6, 30, 12, tzinfo=UTC)
DAYS = 3 * 365
_SOURCES: Mapping[Kind, int] = {"guild": 5, "labor": 6, "press": 19, "blog": 8, "government": 2}
_SIZES = (((1, 1), 55), ((2, 2), 15), ((3, 3), 10), ((4, 6), 12), ((7, 12), 6), ((13, 30), 2))
"""How many reports an event has, from and to, and of a hundred events how many."""

_FIRMS = ("Freight", "Studios", "Foods", "Hospital Group", "Transit", "Steel", "Hotels", "Media", "Airways", "Mills")
_TRADES = ("drivers", "crews", "packers", "nurses", "operators", "founders", "cooks", "editors", "loaders", "weavers")
_BODIES = ("Union", "Guild", "Brotherhood", "Association", "Federation")
# What happened: a topic, and the ways it is told. {f}irm, {u}nion, {t}rade, {p}lace, {n}umber, {c} per cent, {d}ay.
_EVENTS: Sequence[tuple[str, Sequence[str], Sequence[str]]] = (
    (
        "strike",
        (
            "{n} {f} {t} walk off the job in {p}",
            "Strike begins at {f} in {p} after {u} deadline passes",
            "{u} calls {n} {f} {t} out on strike in {p}",
            "{f} strike: {t} picket in {p} over {c} percent offer",
        ),
        (
            "Some {n} {t} at {f} left work in {p} on {d} after the {u} and the firm failed to agree on pay.",
            "The walkout in {p} is the first at {f} in {c} years, the {u} said. Picket lines went up before dawn.",
        ),
    ),
    (
        "contract",
        (
            "{f} and {u} reach tentative agreement in {p}",
            "Tentative deal for {n} {f} {t} in {p}",
            "{u} says it has a contract with {f} worth {c} percent",
            "Talks end with a deal for {p} {t} of {f}",
        ),
        (
            "The {u} and {f} agreed on a contract covering {n} {t} in {p}; members vote from {d}.",
            "Pay would rise {c} percent over three years under the agreement for {f} {t} in {p}.",
        ),
    ),
    (
        "pay",
        (
            "{f} to lay off {n} {t} in {p}",
            "{n} jobs go at {f} in {p}",
            "Layoffs at {f}: {p} site loses {n} {t}",
            "{u} protests {f} job cuts in {p}",
        ),
        (
            "{f} told staff on {d} that {n} of its {t} in {p} would lose their jobs by the end of the quarter.",
            "The {u} called the layoffs at {f} in {p} a betrayal; the firm named a {c} percent fall in orders.",
        ),
    ),
    (
        "strike",
        (
            "{p} {t} vote {c} percent for a strike at {f}",
            "{u} members authorize strike against {f}",
            "Strike vote at {f}: {c} percent say yes in {p}",
            "{n} {t} of {f} back a walkout in {p}",
        ),
        (
            "Members of the {u} voted {c} percent in favor of a strike at {f}, the union said in {p} on {d}.",
            "A vote of {n} {t} lets the {u} call a strike at {f} in {p} at any time.",
        ),
    ),
    (
        "relief",
        (
            "{u} strike fund pays {n} {t} of {f}",
            "Food bank opens for {f} {t} in {p}",
            "Donations for {p} strikers pass ${n} thousand",
            "Relief fund for {f} {t} in {p} doubles grants",
        ),
        (
            "The fund of the {u} has paid grants to {n} {t} of {f} in {p} since {d}.",
            "Neighbors in {p} brought groceries for the families of {f} {t}, {c} a day.",
        ),
    ),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Outlet:
    """A source of the made wire."""

    id: str
    title: str
    kind: Kind

    @property
    def site(self) -> str:
        """Return the address it would have."""
        return f"https://{self.id}.example.org/"


def lay(content: Path, count: int, server: str) -> None:
    """Write a content folder: sources with feeds below `server`, topics, `count` updates, and a page and a post."""
    dice = random.Random(count)  # noqa: S311 - made data, not secrets
    outlets = _outlets(dice)
    files = {
        "updates/sources.toml": "\n".join(_source_table(outlet, server) for outlet in outlets),
        "updates/topics.toml": "\n".join(_topic_table(topic) for topic in dict.fromkeys(row[0] for row in _EVENTS)),
        "pages/about.md": "---\ntitle: About\n---\nA made newsroom, for measuring.\n",
        "posts/first.md": "---\ntitle: A first post\ndate: 2026-06-01\nsummary: One.\n---\nA made post.\n",
    }
    for name, text in files.items():
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text(text, "utf-8")
    updates = {update.id: update for update in made(count, outlets, dice)}
    day = UNTIL.date()
    records = {outlet.id: SourceRecord(outlet.id, last_success=day, last_new=day) for outlet in outlets}
    archive_folder.write(content / "archive" / "updates", archive_folder.Archive(updates, records))


def add(content: Path) -> None:
    """Archive one update more, of an event that nothing else tells of, as a fetch does."""
    folder = content / "archive" / "updates"
    archive = read_archive(folder)
    outlet = _outlets(random.Random(len(archive.updates)))[0]  # noqa: S311 - made data, not secrets
    first, dice = _EVENTS[0], random.Random(len(archive.updates))  # noqa: S311
    new = _report("new", outlet, UNTIL, first, _Names(dice).cast(UNTIL.date()), dice)
    archive_folder.write(folder, replace(archive, updates={**archive.updates, new.id: new}))


def made(count: int, outlets: Sequence[Outlet], dice: random.Random) -> Iterator[Update]:
    """Return updates, event after event; each event at a time of its own in the three years."""
    names = _Names(dice)
    number = 0
    while number < count:
        (least, most), _ = _SIZES[dice.choices(range(len(_SIZES)), [share for _, share in _SIZES])[0]]
        start = UNTIL - timedelta(seconds=dice.randrange(2 * 86_400, DAYS * 86_400))
        event = dice.choice(_EVENTS)
        words = names.cast(start.date())
        tellers = dice.sample(outlets, min(dice.randint(least, most), count - number))
        for place, outlet in enumerate(tellers):
            at = start + timedelta(minutes=dice.randrange(1, 60) + place * dice.randrange(0, 60))
            yield _report(f"{number:06}", outlet, at, event, words, dice)
            number += 1


def _report(
    number: str,
    outlet: Outlet,
    at: datetime,
    event: tuple[str, Sequence[str], Sequence[str]],
    words: Mapping[str, str],
    dice: random.Random,
) -> Update:
    topic, titles, texts = event
    title = dice.choice(titles).format(**words)
    said = " ".join(dice.sample(texts, len(texts))).format(**words)
    name = f"{outlet.id}-{dice.getrandbits(40):010x}"
    return Update(
        id=name,
        source=outlet.id,
        url=f"{outlet.site}{at:%Y/%m/%d}/{number}/",
        title=title,
        summary=SafeHtml(f"<p>{said}</p>"),
        authors=(words["author"],) if outlet.kind == "press" else (),
        published=at,
        date_from="published",
        first_seen=at + timedelta(minutes=dice.randrange(5, 90)),
        topics=(Match(topic, topic, "title"),),
        guid=f"{outlet.site}?p={number}",
        tags=("labor", words["t"]),
    )


class _Names:
    """Made names; the firms, unions and places of a country come back, as in a real wire."""

    def __init__(self, dice: random.Random) -> None:
        self._dice = dice
        ends = ("ford", "port", " Falls", "ton", "mouth")
        self._stems = sorted({self._stem() for _ in range(900)})
        self._places = sorted({self._stem() + dice.choice(ends) for _ in range(400)})

    def cast(self, day: date) -> dict[str, str]:
        """Return who does it, where, and how many."""
        dice, kind = self._dice, self._dice.randrange(len(_FIRMS))
        return {
            "f": f"{dice.choice(self._stems)} {_FIRMS[kind]}",
            "t": _TRADES[kind],
            "u": f"{dice.choice(self._stems)} {_TRADES[kind].title()} {dice.choice(_BODIES)}",
            "p": dice.choice(self._places),
            "n": f"{dice.randrange(40, 9000):,}",
            "c": str(dice.randrange(3, 98)),
            "d": _WEEKDAYS[day.weekday()],
            "author": f"{dice.choice(self._stems)} {dice.choice(self._stems)}",
        }

    def _stem(self) -> str:
        choose = self._dice.choice
        syllables = (choose("bdfgklmnprstvw") + choose("aeiou") for _ in range(choose((2, 2, 3))))
        return ("".join(syllables) + choose(("", "n", "r", "l", "ck", "st"))).title()


def _outlets(dice: random.Random) -> list[Outlet]:
    names = _Names(dice)
    return [
        Outlet(f"{kind}-{number}", f"{names.cast(UNTIL.date())['p']} {kind.title()} {number}", kind)
        for kind, count in _SOURCES.items()
        for number in range(1, count + 1)
    ]


def _source_table(outlet: Outlet, server: str) -> str:
    values = {"id": outlet.id, "title": outlet.title, "feed": f"{server}/{outlet.id}", "site": outlet.site}
    rows = "".join(f'{key} = "{value}"\n' for key, value in {**values, "kind": outlet.kind}.items())
    return f"[[source]]\n{rows}"


def _topic_table(topic: str) -> str:
    return f'[topic.{topic}]\ntitle = "{topic.title()}"\nany = ["{topic}"]\n'
