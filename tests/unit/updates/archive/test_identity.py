"""Identity: an item of a feed is found again in the archive, whatever the feed does to its guids and links."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from unittest import mock

import pytest

from plugins.updates.archive import identity
from plugins.updates.archive.identity import Identified, identify
from plugins.updates.model import Identity, Item, SafeHtml, Update
from tests.unit.updates.archive.known import known_update

DAY = datetime(2026, 11, 1, 12, tzinfo=UTC)


def item(number: int, **changes: object) -> Item:
    """Return a whole item of that number, with changes."""
    made = Item(
        guid=f"urn:item:{number}",
        url=f"https://example.org/news/{number}",
        title=f"News number {number}",
        summary=SafeHtml(f"Text of {number}"),
        published=DAY + timedelta(hours=number),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def run(items: Sequence[Item], known: Sequence[Update] = (), policy: Identity = "guid") -> Identified:
    """Identify items of one source."""
    return identify(items, known, policy, source="src")


def archived(found: Identified, dated: bool = True) -> list[Update]:
    """Return what the archive knows after a run."""
    by_id = dict(found.items)
    return [known_update(id, i.guid, i.url, i.title, i.published if dated else None) for id, i in by_id.items()]


def ids(found: Identified) -> list[str]:
    """Return the ids, in the feed's order."""
    return [id for id, _ in found.items]


def test_id_is_short_stable_and_fit_for_an_address() -> None:
    """The same item gets the same id on every machine and in any company: the source's id and ten hex digits."""
    alone, together = ids(run([item(1)])), ids(run([item(2), item(1)]))
    assert alone[0] == together[1]
    assert alone == ["src-" + alone[0][4:]]
    assert len(alone[0]) == 14
    assert set(alone[0][4:]) <= set("0123456789abcdef")


def test_edited_item_with_the_same_guid_keeps_its_id() -> None:
    """A new headline, a new address or both do not make a new item while the guid and the date stay."""
    first = run([item(1), item(2)])
    for edit in ({"title": "Changed"}, {"url": "https://example.org/moved"}, {"title": "C", "url": "https://e.org/c"}):
        assert ids(run([item(1, **edit), item(2)], archived(first))) == ids(first)


def test_repeated_guids_are_split_by_link() -> None:
    """One guid on several pages is several items, at once or one after the other."""
    one, two = item(1, guid="same"), item(2, guid="same")
    together = run([one, two])
    assert len(set(ids(together))) == 2
    assert ids(run([two], archived(together))) == [ids(together)[1]]
    three = run([item(3, guid="same"), two], archived(together))
    assert len({*ids(together), *ids(three)}) == 3


def test_repeated_guid_and_link_are_split_by_title_and_date() -> None:
    """A feed whose items all carry the site's address as guid and link loses none of them."""
    items = [item(n, guid="https://example.org", url="https://example.org/") for n in range(5)]
    first = run(items)
    assert len(set(ids(first))) == 5
    assert ids(run(items[::-1], archived(first))) == ids(first)[::-1]


def test_an_item_listed_twice_is_one() -> None:
    """The same guid and link twice in one feed, with the same title or date, is one item."""
    assert len(set(ids(run([item(1), item(1), item(1, title="Edited")])))) == 1


def test_one_new_guid_on_a_known_page_is_the_same_item_if_title_or_date_agrees() -> None:
    """A single guid that changed costs no double; a new post on the same page stays apart."""
    first = run([item(1), item(2), item(3)])
    for agreeing in (item(1, guid="new"), item(1, guid="new", title="Edited")):
        assert ids(run([agreeing, item(2), item(3)], archived(first))) == ids(first)
    other = item(9, guid="new", url=item(1).url)
    found = run([other, item(2), item(3)], archived(first))
    assert ids(found)[0] not in ids(first)
    assert (found.identity, found.reason) == ("guid", "")


def test_posts_of_a_live_blog_stay_apart() -> None:
    """Posts with guids of their own and anchors on one page are as many items, day after day."""
    posts = [item(n, url=f"https://example.org/live#post-{n}") for n in range(12)]
    seen: list[Update] = []
    for start in range(0, 12, 2):
        found = run(posts[start : start + 4], seen)
        assert found.identity == "guid"
        seen = list({each.id: each for each in (*seen, *archived(found))}.values())
    assert len(seen) == 12


def test_guids_made_anew_at_every_fetch_step_the_policy_down() -> None:
    """Where most guids are new on known pages, links tell items apart from then on; nothing doubles, and it is said."""
    first = run([item(n) for n in range(10)])
    churned = [item(n, guid=f"random-{n}", title=f"Edited {n}", published=None) for n in range(2, 12)]
    found = run(churned, archived(first))
    assert found.identity == "link"
    assert found.reason == "8 of 10 items came with new guids, though their links are archived"
    assert ids(found)[:8] == ids(first)[2:]
    assert not set(ids(found)[8:]) & set(ids(first))
    assert [each.guid for _, each in found.items[:8]] == [f"urn:item:{n}" for n in range(2, 10)]
    again = run([replace(each, guid=f"other-{n}") for n, each in enumerate(churned)], archived(found), found.identity)
    assert (ids(again), again.identity, again.reason) == (ids(found), "link", "")


def test_links_made_anew_too_step_the_policy_down_to_the_hash() -> None:
    """Session ids in guids and links: titles and dates tell items apart, and no item of the archive doubles."""
    seen: list[Update] = []
    policy: Identity = "guid"
    kept: list[list[str]] = []
    for fetch in range(4):
        items = [item(n, guid=f"{fetch}-{n}", url=f"https://example.org/{fetch}/{n}") for n in range(5)]
        found = run(items, seen, policy)
        policy, seen = found.identity, archived(found)
        kept.append(ids(found))
    assert policy == "hash"
    assert all(each == kept[0] for each in kept)


@pytest.mark.parametrize("policy", ["guid", "link", "hash"])
def test_items_without_guid_link_and_date_are_told_apart_by_their_text(policy: Identity) -> None:
    """Nothing but text to go by: the same text is the same item, other text under the same headline is another."""
    bare = [item(n, guid="", url="", published=None, title="Update") for n in range(3)]
    first = run(bare, policy=policy)
    assert len(set(ids(first))) == 3
    assert ids(run(bare[::-1], archived(first), policy)) == ids(first)[::-1]
    assert not set(ids(run([replace(bare[0], summary=SafeHtml("Other"))], archived(first), policy))) & set(ids(first))


def test_changing_the_policy_by_hand_doubles_nothing() -> None:
    """Items archived under one policy are found under every other."""
    items = [item(n) for n in range(6)]
    first = run(items)
    for policy in ("link", "hash"):
        assert ids(run(items, archived(first), policy)) == ids(first)


def test_thirty_days_of_a_feed_yield_every_item_once() -> None:
    """A window of twenty items moving on, with edits and a change of every guid and every address: one id an item."""
    seen: dict[str, Update] = {}
    owner: dict[str, int] = {}
    policy: Identity = "guid"
    for day in range(30):
        window = [_on_day(number, day) for number in range(day * 3, day * 3 + 20)]
        found = run(window, list(seen.values()), policy)
        policy = found.identity
        for (id, each), number in zip(found.items, range(day * 3, day * 3 + 20), strict=True):
            assert owner.setdefault(id, number) == number
            seen[id] = known_update(
                id, each.guid, each.url, each.title, seen[id].published if id in seen else each.published
            )
    assert len(owner) == 29 * 3 + 20


def _on_day(number: int, day: int) -> Item:
    """Return an item as the feed shows it: edited now and then, all guids new on day 10, all links new on day 20."""
    edited = " (updated)" * (number % 7 == 0 and (number + day) % 2 and day not in {19, 20})
    host = "www.example.org" if day >= 20 else "example.org"
    guid = f"tag:{number}" if day >= 10 else f"urn:item:{number}"
    return item(number, guid=guid, url=f"https://{host}/{number}", title=f"News {number}{edited}")


def test_a_large_archive_is_searched_quickly() -> None:
    """Two thousand items with one guid and one link against ten thousand archived ones take seconds at most."""
    items = [item(n, guid="g", url="https://example.org/") for n in range(2_000)]
    known = [known_update(f"src-{n}", "g", "https://example.org/", f"Old {n}", DAY) for n in range(10_000)]
    start = datetime.now(UTC)
    found = run(items, known)
    assert len(set(ids(found))) == 2_000
    assert datetime.now(UTC) - start < timedelta(seconds=10)


def test_a_page_with_items_without_end_is_not_searched_by_the_square() -> None:
    """Of 300 items on one page, new at every fetch, none is held against each of the 300 that are archived."""
    same = {"url": "https://example.org/one", "title": "The one headline"}
    known = archived(run([item(number, **same) for number in range(300)]))
    with mock.patch.object(identity, "_contradicts", wraps=identity._contradicts) as asked:
        found = run([item(number, **same) for number in range(1_000, 1_300)], known)
    assert len(set(ids(found)) - {update.id for update in known}) == 300
    assert asked.call_count <= 300
