"""A feed's body → its items and what had to be repaired, or the reason there are none. Never raises, for any bytes.

The formats are read by `core.syndication.read`, which gives raw entries; `item` makes an Item of each.
"""

import html
import re
from collections.abc import Callable

from plugins.core.polling.outcomes import Failure, FailureKind
from plugins.core.syndication.read.raw_feed import Limits, RawEntry, RawFeed
from plugins.core.syndication.read.reader import BrokenFeedError, NotAFeedError, read_feed
from plugins.core.text.characters import clean, cut
from plugins.core.text.plain_text import plain_line
from plugins.updates.budgets import ItemBudget
from plugins.updates.model import Item, Parsed, Source
from plugins.updates.parse.feed_budget import within_budget
from plugins.updates.parse.item import item_of
from plugins.updates.parse.links import address

ReadItem = Callable[[RawEntry, Source, str], Item]

_PAGE_HEAD = 200_000
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{1,1000})", re.IGNORECASE)
_LINK = re.compile(r"<link\b([^>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([a-zA-Z-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_FEED_TYPES = {"application/rss+xml", "application/atom+xml", "application/feed+json", "application/json", "text/xml"}
_LONGEST_PROBLEM = 300


def parse(
    body: bytes,
    content_type: str,
    url: str,
    source: Source,
    read_item: ReadItem = item_of,
    budget: ItemBudget = ItemBudget(),  # noqa: B008 - frozen
) -> Parsed | Failure:
    """Return the feed in a body that came from `url` with the header `content_type` ("" without one).

    A valid feed without items is `Parsed` without items. What is no feed is a `Failure` of the kind "not a feed", which
    names the page that came instead; "parse error" is what no way of reading could make sense of. `read_item` makes
    an entry an item: `item_of`, or what remembers its outcome. What is beyond the `budget` is not read, and told.
    """
    try:
        feed = read_feed(body, content_type, url, Limits(tags=budget.broken_markup))
        return _parsed(within_budget(feed, budget), url, source, read_item)
    except NotAFeedError as error:
        return _not_a_feed(error, url, source)
    except BrokenFeedError as error:
        return _failure(source, "parse error", str(error), "report it to the feed's publisher")
    except Exception as error:  # the promise of this module; the cause is reported, not lost
        detail = f"{type(error).__name__}: {error}".rstrip(": ")
        return _failure(source, "parse error", detail, "report the feed to its publisher")


def _parsed(feed: RawFeed, url: str, source: Source, read_item: ReadItem) -> Parsed:
    items, problems = list[Item](), list(feed.problems)
    for number, entry in enumerate(feed.entries, 1):
        try:
            item = read_item(entry, source, url)
        except Exception as error:  # one item's fault is not the others'
            name = cut(plain_line(entry.title.value) or entry.guid or "without title", 80)
            problems.append(f"item {number} ({name}): {type(error).__name__}: {error}; left out")
            continue
        if entry.ended:
            items.append(item)
        else:
            # Half of an address is another address, and without its guid or date the item would be another item; when
            # it comes whole, it would be there twice.
            problems.append(f"item {number}: the document breaks off within it; left out until it comes whole")
    return Parsed(plain_line(feed.title), tuple(items), tuple(map(_bounded, problems)), feed.language)


def _not_a_feed(error: NotAFeedError, url: str, source: Source) -> Failure:
    if not error.text:
        return _failure(source, "not a feed", str(error), "look whether the feed has moved")
    if error.root == "json":
        return _failure(source, "not a feed", str(error), "look for the address of the JSON Feed, RSS or Atom")
    head = error.text[:_PAGE_HEAD]
    detail = f"{error} came instead"
    titled = _TITLE.search(head)
    if titled and (title := plain_line(titled[1])):
        detail = f'{error} titled "{cut(title, 100)}" came instead'
    remedy = "look for the feed's address on the site"
    if offered := _offered(head, url):
        remedy = f"set feed to {offered}, which the page names"
    return _failure(source, "not a feed", detail, remedy)


def _offered(page: str, url: str) -> str:
    """Return the first feed a page names in its head (https://www.rssboard.org/rss-autodiscovery)."""
    for link in _LINK.finditer(page):
        found: dict[str, str] = {}
        for name, quoted_twice, quoted_once, bare in _ATTRIBUTE.findall(link[1]):
            found[name.lower()] = html.unescape(quoted_twice or quoted_once or bare)
        if "alternate" in found.get("rel", "").lower().split() and found.get("type", "").lower() in _FEED_TYPES:
            return address(found.get("href", ""), url)
    return ""


def _failure(source: Source, kind: FailureKind, detail: str, remedy: str) -> Failure:
    return Failure(source.id, kind, _bounded(detail), remedy)


def _bounded(problem: str) -> str:
    return cut(clean(problem), _LONGEST_PROBLEM)
