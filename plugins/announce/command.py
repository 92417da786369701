"""`./inv announce`: post what is new to Mastodon and Bluesky, once each, or show the words that would be posted."""

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from plugins.announce import page_card, send_all
from plugins.announce.choose import SectionNews, choose
from plugins.announce.model import Announcement, Kind, LinkPreview, SocialNetwork
from plugins.announce.record import Record
from plugins.announce.settings import LOCAL, AnnounceSettings
from plugins.core import console
from plugins.core.config.settings_file import Settings
from plugins.core.errors import MisuseError, Problem, SiteError, annotation
from plugins.core.locks import run_lock
from plugins.core.net.http import user_agent
from plugins.sections.news import NewsItem, Period
from plugins.sections.settings import SiteSettings
from plugins.sections.site_reader import CheckedSite, read_site

KEYS = {"mastodon": "MASTODON_ACCESS_TOKEN", "bluesky": "BLUESKY_APP_PASSWORD"}
"""The environment's variables with the keys. They are in no settings file, and nothing prints them."""
_GIVE_KEY = "give it in the environment, as a secret of the repository; docs/announce.md has where it comes from"
_NOBODYS = frozenset({"example.org", "example.com", "example.net"})


@dataclass(frozen=True, slots=True)
class AnnounceOptions:
    """What a run is asked for: `dry_run` shows the words, needs no key, and asks and remembers nothing."""

    dry_run: bool = False


def announce(settings: Settings, options: AnnounceOptions, environment: Mapping[str, str] = os.environ) -> int:
    """Announce what is new, and return the exit code: 1 where something could not be sent.

    Raises SiteError where the content or the settings are wrong, or a key is missing: then nothing was sent.
    """
    own, of_site = settings.of(AnnounceSettings), settings.of(SiteSettings)
    if not (own.mastodon or own.bluesky):
        print("Nothing to do: neither ANNOUNCE_MASTODON nor ANNOUNCE_BLUESKY is set.")
        return 0
    _require_address(own, of_site)
    networks = list(_networks(own, of_site, environment, options))
    site = read_site(settings)
    announcements = _announcements(site, own)
    content, today = of_site.content, site.newsroom.now.date()
    if options.dry_run:
        _show(networks, announcements, Record(content))
        return 0
    with run_lock(content.resolve().parent / ".cache" / "announce.lock"):
        record = Record(content)
        faults = []
        for network in networks:
            faults += [line for line in _sent(network, announcements, record, of_site, today) if line.is_fault]
    if environment.get("GITHUB_ACTIONS") == "true":
        # Not through the console: a workflow command has to stand at the line's start as it is.
        for line in faults:
            print(annotation("error", Problem("", 0, line.text, "docs/announce.md has what it means")), flush=True)
    return 1 if faults else 0


def _require_address(own: AnnounceSettings, site: SiteSettings) -> None:
    """Raise MisuseError where links would lead to nobody's site; a network on this machine may be told of one on it."""
    host = urlsplit(site.siteurl).hostname or ""
    is_trial = all(urlsplit(server).hostname in LOCAL for server in (own.mastodon, own.bluesky_service) if server)
    if (host in LOCAL or host.removeprefix("www.") in _NOBODYS) and not is_trial:
        what = f"SITEURL is not where readers are (got {site.siteurl})"
        raise MisuseError([Problem("", 0, what, "give the site's address as the last word in publishconf.py")])


def _networks(
    own: AnnounceSettings, site: SiteSettings, environment: Mapping[str, str], options: AnnounceOptions
) -> Iterator[SocialNetwork]:
    """Yield the networks that are set. Their libraries take seconds to load, and only this command has them."""
    from plugins.announce.bluesky_network import BlueskyNetwork  # noqa: PLC0415
    from plugins.announce.mastodon_network import MastodonNetwork  # noqa: PLC0415

    keys, missing = {}, []
    for name, variable in KEYS.items():
        keys[name] = environment.get(variable) or "none"  # the libraries want one, though a dry run does not use it
        if getattr(own, name) and not environment.get(variable) and not options.dry_run:
            missing.append(Problem("", 0, f"{variable} is not set", _GIVE_KEY))
    if missing:
        raise MisuseError(missing)
    agent = user_agent(site.siteurl, site.contact)
    if own.mastodon:
        yield MastodonNetwork(own.mastodon, keys["mastodon"], agent)
    if own.bluesky:
        yield BlueskyNetwork(own.bluesky_service, own.bluesky, keys["bluesky"], agent, lambda: datetime.now(UTC))


def _announcements(site: CheckedSite, own: AnnounceSettings) -> tuple[Announcement, ...]:
    now = site.newsroom.now
    period = Period(now - timedelta(days=own.days), now)
    news = []
    for edition in site.gathered.editions:
        url = next((place.url for place in edition.navigation), "")
        news.append(SectionNews(edition.name, url, tuple(edition.news(period))))

    def say(kind: Kind, item: NewsItem, day: date) -> str:
        return site.print("announce.md", kind=kind, item=item, day=day)

    return choose(news, own.what, (site.newsroom.siteurl, site.newsroom.language), say)


def _sent(
    network: SocialNetwork, announcements: Sequence[Announcement], record: Record, site: SiteSettings, today: date
) -> Iterator[send_all.ReportLine]:
    """Send to one network, and yield what became of it, each as it is printed."""
    out = console.open_console()
    before = send_all.begin(network, announcements, record, today)
    if before >= 0:
        console.print_line(out, f"{network.name}: its first run; {before} things from before it are not announced")
        return

    def card_of(one: Announcement) -> LinkPreview | None:
        return page_card.read(Path(site.output), site.siteurl.rstrip("/"), one.page)

    lines = 0
    try:
        for line in send_all.send(network, announcements, record, card_of, time.sleep, today):
            console.print_line(out, f"{network.name}: {line.text}", line.word)
            lines += 1
            yield line
    except OSError as error:
        what = f"a page that was built cannot be read ({error})"
        raise SiteError([Problem(str(site.output), 0, what, "build the site, then run again")]) from error
    if not lines:
        console.print_line(out, f"{network.name}: nothing new")


def _show(networks: Sequence[SocialNetwork], announcements: Sequence[Announcement], record: Record) -> None:
    """Print the words that would be posted, with their lengths; on a network's first run nothing would be."""
    out = console.open_console()
    for network in networks:
        shown, note = announcements, "its first run would announce nothing of this, and take it for known"
        if record.of(network.name, ""):
            shown, note = send_all.due(network, announcements, record), "would be posted"
        console.print_line(out, f"{network.name}: {len(shown)}, {note}")
        for one in shown:
            text = send_all.text_for(network, one)
            thread = ", in the thread of its post" if one.parent else ""
            console.print_line(out, f"— {one.kind}, {network.size(text)} of {network.room}{thread}")
            words = network.words(text, one.link)
            for line in words.split("\n"):
                console.print_line(out, f"  {line}")
            if one.link not in words:
                console.print_line(out, f"  (leads to {one.link})")
