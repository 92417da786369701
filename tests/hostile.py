"""A month of forty sound sources beside five greedy and five impersonating ones, played without a network.

The sound ones report events that several of them tell. The greedy bring as much as a feed can hold, each in its own
way. The impersonating bring what the sound ones told, as their own or as linked to them, and date it back. `play` feeds
all of them through `collect`, as a fetch does.
"""

import asyncio
import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import cycle
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

from plugins.core.net.http import Get, Response, Validators
from plugins.core.polling.outcomes import Failure, Fetched
from plugins.updates import pipeline
from plugins.updates.archive.archive_folder import Archive
from plugins.updates.budgets import Budgets
from plugins.updates.config.load import read_content
from plugins.updates.filter.matching import FilteredFeed
from plugins.updates.model import Source, Update
from plugins.updates.parse.parse_cache import CachedParser

START = datetime(2026, 3, 1, 6, tzinfo=UTC)
WINDOW = 20
"""Items that a sound feed holds."""
FLOOD = 1_000
"""Items that a greedy feed holds."""
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Said:
    """An item as a feed has it; `more` are elements besides."""

    title: str
    url: str
    at: datetime
    text: str = ""
    guid: str = ""
    more: str = ""

    @property
    def xml(self) -> str:
        """Return it as RSS."""
        guid = f'<guid isPermaLink="false">{escape(self.guid or self.url)}</guid>'
        return (
            f"<item><title>{escape(self.title)}</title><link>{escape(self.url)}</link>{guid}"
            f"<pubDate>{format_datetime(self.at)}</pubDate><description>{escape(self.text)}</description>{self.more}</item>"
        )


@dataclass
class Month:
    """The sources, and what each has said by a moment. The same `seed` says the same.

    The `sound` sources say `a_day` each in the mean, and a greedy feed holds `flood` items.
    """

    sound: int = 40
    a_day: int = 4
    flood: int = FLOOD
    runs_a_day: int = 2
    seed: int = 1
    told: dict[str, list[Said]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        dice = random.Random(self.seed)  # noqa: S311 - the same at every run
        syllables = ["ate", "ore", "ing", "ume", "ale"]
        self.words = [dice.choice("bdfgklmnprst") + "".join(dice.choices(syllables, k=2)) for _ in range(900)]
        self.told = {f"sound-{number}": [] for number in range(self.sound)}
        names = list(self.told)
        for day in range(-3, 31):
            for event in range(self.sound * self.a_day // 3):
                subject = dice.sample(self.words, 6)
                at = START + day * _DAY + timedelta(minutes=dice.randrange(24 * 60))
                for place, name in enumerate(dice.sample(names, 3)):
                    said = dice.sample(subject, 4) + dice.sample(self.words, 5)
                    title = f"{' '.join(said).capitalize()} walk out"
                    url = f"https://{name}.example.org/{day + 3}/{event}"
                    text = f"<p>Workers {' '.join(subject)} {' '.join(dice.choices(self.words, k=30))}.</p>"
                    self.told[name].append(Said(title, url, at + place * _HOUR / 2, text))
        for items in self.told.values():
            items.sort(key=lambda one: one.at)

    def body(self, name: str, now: datetime) -> bytes:
        """Return a source's feed at a moment."""
        if name in self.told:
            items: Iterable[Said] = [one for one in self.told[name] if one.at <= now][-WINDOW:]
        else:
            kind, number = name.split("-")
            items = (_GREEDY if kind == "greedy" else _IMPERSONATING)[int(number)](self, now)
        rows = "".join(one.xml for one in items)
        return f'<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>{name}</title>{rows}</channel></rss>'.encode()

    def get(self, now: datetime) -> Get:
        """Return the network at a moment: every source answers with its feed."""

        async def get(
            url: str, headers: Mapping[str, str] | None = None, validators: Validators | None = None
        ) -> Response:
            name = url.split("//")[1].split(".", maxsplit=1)[0]
            return Response(200, url, {"last-modified": "today"}, self.body(name, now))

        return get

    def moments(self, days: int) -> list[datetime]:
        """Return when the sources are asked in so many days."""
        return [START + number * _DAY / self.runs_a_day for number in range(days * self.runs_a_day)]

    def expected(self, days: int) -> set[str]:
        """Return the addresses of all that the sound sources had in their feeds when they were asked."""
        found: set[str] = set()
        for items in self.told.values():
            for now in self.moments(days):
                found.update(one.url for one in [one for one in items if one.at <= now][-WINDOW:])
        return found

    def recent(self, now: datetime) -> list[Said]:
        """Return what the sound sources said in the last day, the newest first."""
        said = [one for items in self.told.values() for one in items if now - _DAY <= one.at <= now]
        return sorted(said, key=lambda one: (one.at, one.url), reverse=True)


Kind = Callable[[Month, datetime], Iterable[Said]]


def _new_at_every_run(month: Month, now: datetime) -> Iterator[Said]:
    for number in range(month.flood):
        yield Said(f"Buy now {number} {now:%d %H}", f"https://g0.example.org/{now:%d%H}/{number}", now)


def _a_thousand_sources_each(month: Month, now: datetime) -> Iterator[Said]:
    """Each item names many addresses, names and tags, so that a row has as many bytes as can be; all have one page."""
    vias = "".join(f'<atom:link rel="via" href="https://v{n}.example.org/{"x" * 200}"/>' for n in range(40))
    lists = "".join(f"<author>Writer {n}</author><category>Tag {n} {'y' * 80}</category>" for n in range(60))
    for number in range(month.flood):
        more = vias + lists if number < month.flood // 10 else ""
        yield Said("One page", "https://g1.example.org/one", now, guid=f"{now:%d%H}{number}", more=more)


def _dated_from_1970_on(month: Month, now: datetime) -> Iterator[Said]:
    for number in range(month.flood):
        at = datetime(1970, 1, 3, tzinfo=UTC) + number * timedelta(days=20)
        yield Said(f"History {number} {now:%d %H}", f"https://g2.example.org/{now:%d%H}/{number}", min(at, now))


def _long_headlines(month: Month, now: datetime) -> Iterator[Said]:
    """Each shares rare words with all others, and with what the sound ones say."""
    dice = random.Random(f"{now}")  # noqa: S311
    for number in range(month.flood):
        title = " ".join(dice.choices(month.words, k=35))
        yield Said(title, f"https://g3.example.org/{now:%d%H}/{number}", now - timedelta(minutes=number))


def _markup_and_edits(month: Month, now: datetime) -> Iterator[Said]:
    """Each has another headline at every run, and all together a megabyte of tags."""
    for number in range(WINDOW):
        text = "<a href='https://h.example.org/x'></a>" * 200
        yield Said(f"Edited {number} at {now:%d %H}", f"https://g4.example.org/{number}", START, text)


def _the_same_under_another_name(month: Month, now: datetime) -> Iterator[Said]:
    """No flood: what three of the others said last, word for word, as told two hours before them."""
    for one in month.recent(now)[:3]:
        yield Said(one.title, one.url, one.at - 2 * _HOUR, "BUY NOW", guid=f"copy {one.url}")


def _linked_by_via(month: Month, now: datetime) -> Iterator[Said]:
    for number, one in _without_end(month, now):
        link = f'<atom:link rel="via" href={quoteattr(one.url)}/>'
        yield Said(f"Over: BUY NOW {number}", f"https://i1.example.org/{now:%d%H}/{number}", one.at - _HOUR, more=link)


def _linked_by_source(month: Month, now: datetime) -> Iterator[Said]:
    for number, one in _without_end(month, now):
        link = f"<source url={quoteattr(one.url)}>The guild</source>"
        yield Said(f"Over {number}", f"https://i2.example.org/{now:%d%H}/{number}", one.at - 40 * _DAY, more=link)


def _linked_in_the_text(month: Month, now: datetime) -> Iterator[Said]:
    for number, one in _without_end(month, now):
        text = f"<p>{escape(one.title)} <a href={quoteattr(one.url)}>more</a></p>"
        yield Said(one.title, f"https://i3.example.org/{now:%d%H}/{number}", one.at - _HOUR, text)


def _their_guids(month: Month, now: datetime) -> Iterator[Said]:
    for number, one in _without_end(month, now):
        guid = one.url if number < WINDOW else f"{one.url}#{number}"
        yield Said(f"{one.title} (corrected)", f"{one.url}?{now:%d%H}{number}", one.at - 40 * _DAY, guid=guid)


def _without_end(month: Month, now: datetime) -> Iterator[tuple[int, Said]]:
    """Return what the others said in the last day, again and again, numbered."""
    return zip(range(month.flood), cycle(month.recent(now)), strict=False)


_GREEDY: tuple[Kind, ...] = (
    _new_at_every_run,
    _a_thousand_sources_each,
    _dated_from_1970_on,
    _long_headlines,
    _markup_and_edits,
)
_IMPERSONATING: tuple[Kind, ...] = (
    _the_same_under_another_name,
    _linked_by_via,
    _linked_by_source,
    _linked_in_the_text,
    _their_guids,
)
HOSTILE = tuple(f"{kind}-{number}" for kind in ("greedy", "impersonating") for number in range(5))


def sources_toml(names: Iterable[str]) -> str:
    """Return a sources.toml with these sources, which keep all."""
    return "\n".join(
        f'[[source]]\nid = "{name}"\ntitle = "{name.title()}"\nfeed = "https://{name}.example.org/feed"\n'
        f'site = "https://{name}.example.org/"\nkind = "press"\nkeep = "all"\n'
        for name in names
    )


@dataclass(frozen=True)
class Played:
    """What a month left: the archive's updates, and what the last runs' reports say of budgets, by source."""

    updates: Mapping[str, Update]
    archive: Archive
    over: Mapping[str, set[str]]


def play(
    month: Month,
    content: Path,
    names: Iterable[str],
    days: int,
    budgets: Budgets = Budgets(),  # noqa: B008 - frozen
) -> Played:
    """Play so many days of the sources named, with the content folder's sources.toml."""
    (content / "updates").mkdir(parents=True, exist_ok=True)
    (content / "updates" / "sources.toml").write_text(sources_toml(names))
    written = read_content(content / "updates", ZoneInfo("UTC"))
    stored, over = pipeline.Stored(Archive(), (), {}), dict[str, set[str]]()
    parser = CachedParser(None, ())

    async def parse(fetched: Fetched, source: Source) -> FilteredFeed | Failure:
        return parser.parse(fetched.body, fetched.content_type, fetched.url, source)

    for now in month.moments(days):
        outside = pipeline.Outside(month.get(now), parse, lambda path: b"")
        collected = asyncio.run(pipeline.collect(written, stored, outside, now, budgets=budgets))
        for name, tally in collected.tallies.items():
            over.setdefault(name, set()).update(tally.over)
        archive = Archive(dict(collected.updates), collected.records)
        stored = pipeline.Stored(archive, collected.remaining_drops(), collected.states)
    return Played(stored.archive.updates, stored.archive, over)
