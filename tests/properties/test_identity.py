"""Identity, for any items: the order never matters, and what is archived is found again."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.updates.archive.identity import Identified, identify
from plugins.updates.model import Identity, Item, SafeHtml, Update
from tests.unit.updates.archive.known import known_update

POLICIES: st.SearchStrategy[Identity] = st.sampled_from(["guid", "link", "hash"])
ITEMS = st.lists(
    st.builds(
        Item,
        guid=st.sampled_from(["", "g1", "g2", "g3", "g4"]),
        url=st.sampled_from(["", "https://x.example/1", "https://x.example/2", "https://x.example/2#a"]),
        title=st.sampled_from(["One", "Two", "Three", "Update"]),
        summary=st.sampled_from([SafeHtml(""), SafeHtml("a"), SafeHtml("b")]),
        published=st.sampled_from([None, *(datetime(2026, 11, 1, tzinfo=UTC) + timedelta(days=d) for d in range(3))]),
    ),
    max_size=8,
)


def run(items: Sequence[Item], known: Sequence[Update], policy: Identity) -> Identified:
    """Identify the items of one source."""
    return identify(items, known, policy, source="s")


def archived(found: Identified, before: Sequence[Update] = ()) -> list[Update]:
    """Return the archive after a run: a new update as it came, a known one with its date frozen."""
    known = {each.id: each for each in before}
    for id, item in found.items:
        date = known[id].published if id in known else item.published
        known[id] = known_update(id, item.guid, item.url, item.title, date)
    return list(known.values())


@settings(deadline=None)
@given(ITEMS, ITEMS, POLICIES, st.randoms())
def test_ids_do_not_depend_on_order(earlier: list[Item], later: list[Item], policy: Identity, dice: object) -> None:
    """The items and the archive shuffled give every item the same id."""
    known = archived(run(earlier, [], policy))
    found = run(later, known, policy)
    shuffled = list(later)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    again = run(shuffled, known[::-1], policy)
    assert {item: id for id, item in zip(_ids(found), later, strict=True)} == {
        item: id for id, item in zip(_ids(again), shuffled, strict=True)
    }
    assert (again.identity, again.reason) == (found.identity, found.reason)


@settings(deadline=None)
@given(ITEMS, POLICIES)
def test_what_is_archived_is_found_again(items: list[Item], policy: Identity) -> None:
    """Identified again with the outcome archived, every item has the id it had, and no policy steps down."""
    first = run(items, [], policy)
    again = run(items, archived(first), policy)
    assert _ids(again) == _ids(first)
    assert (again.identity, again.reason) == (policy, "")


@settings(deadline=None)
@given(ITEMS, ITEMS, POLICIES)
def test_different_items_never_share_an_id(earlier: list[Item], later: list[Item], policy: Identity) -> None:
    """Items told apart by what the policy goes by have different ids, whatever was archived before."""
    found = run(later, archived(run(earlier, [], policy)), policy)
    for id, item in zip(_ids(found), later, strict=True):
        for other_id, other in zip(_ids(found), later, strict=True):
            if id == other_id and found.identity == "guid" and item.guid:
                assert other.guid == item.guid
                assert other.url.partition("#")[0] == item.url.partition("#")[0]


def _ids(found: Identified) -> list[str]:
    return [id for id, _ in found.items]
