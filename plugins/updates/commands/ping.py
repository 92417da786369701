"""`./inv ping`: announce to a WebSub hub, after a deploy, the feeds whose bytes have changed.

The digests announced last are in the cache; losing them costs one needless announcement for each feed.
Source: W3C WebSub (https://www.w3.org/TR/websub/), section 7, whose publishing verb is PubSubHubbub 0.4's.
"""

import asyncio
import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path

from plugins.core import files
from plugins.core.errors import Problem, SiteError
from plugins.core.net.client import SUCCESS
from plugins.core.net.http import NetworkError, user_agent
from plugins.core.net.page_probe import Looker, Post
from plugins.sections.settings import SiteSettings

_FEED = re.compile(r"[^/]+\.(?:atom\.xml|rss\.xml|json)")
"""Feeds that people subscribe to: the archived documents, which are in folders, change no more."""


def ping(site: SiteSettings, allow: Iterable[str] = ()) -> None:
    """Tell the hub of WEBSUB_HUB of every built feed that has changed since it was last announced.

    Raises SiteError where a feed could not be announced; the others are, and are remembered.
    """
    hub, output = site.websub_hub, site.output
    if not hub:
        print("No hub: WEBSUB_HUB is not set, so nobody is to be told.")
        return
    memory = site.content.resolve().parent / ".cache" / "updates" / "announced.json"
    now = digests(output / "feeds", f"{site.siteurl.rstrip('/')}/feeds/")
    announced = _remembered(memory)
    changed = [address for address, digest in now.items() if announced.get(address) != digest]
    network = Looker(user_agent=user_agent(site.siteurl, site.contact), allow=tuple(allow), host_gap=0.2)
    failed = asyncio.run(_announce(network, hub, changed))
    for address, digest in now.items():
        if address not in failed:
            announced[address] = digest
    files.write_if_changed(memory, (json.dumps(announced, indent=1) + "\n").encode(), durable=False)
    print(f"{len(changed) - len(failed)} of {len(now)} feeds announced to {hub}.")
    if failed:
        problems: list[Problem] = []
        for address, why in failed.items():
            problems.append(Problem("", 0, f"{address}: {why}", "run `./inv ping` again"))
        others = "none was announced" if len(failed) == len(changed) else "the others were announced"
        raise SiteError(problems, others)


def digests(folder: Path, address: str) -> dict[str, str]:
    """Return the digest of every feed in a folder by the feed's address, in order of name; none without a folder.

    `address` is the folder's.
    """
    found: dict[str, str] = {}
    if folder.is_dir():
        for path in sorted(folder.iterdir()):
            if path.is_file() and _FEED.fullmatch(path.name):
                found[f"{address}{path.name}"] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


async def announce(hub: str, feeds: Iterable[str], post: Post) -> dict[str, str]:
    """Tell a hub of each feed, by address; return those it did not take, and why."""
    failed: dict[str, str] = {}
    for address in feeds:
        try:
            answer = await post(hub, {"hub.mode": "publish", "hub.url": address}, {})
        except NetworkError as error:
            failed[address] = error.detail
        else:
            if answer.status not in SUCCESS:
                failed[address] = f"the hub refused it (status {answer.status})"
    return failed


async def _announce(network: Looker, hub: str, feeds: list[str]) -> dict[str, str]:
    async with network:
        return await announce(hub, feeds, network.post)


def _remembered(path: Path) -> dict[str, str]:
    """Return what was announced last: address → digest; nothing where the file is lost or damaged."""
    try:
        kept = json.loads(path.read_text("utf-8"))
        return {str(name): str(digest) for name, digest in kept.items()}
    except (OSError, ValueError, AttributeError):
        return {}
