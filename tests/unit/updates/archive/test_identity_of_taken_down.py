"""What was taken down is known when a feed brings it again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from plugins.updates.archive.identity import identify, ids_by_text
from plugins.updates.archive.merge import make_update
from plugins.updates.desk.order import Order
from plugins.updates.desk.takedowns import redacted, takedowns
from plugins.updates.model import Identity, Item, SafeHtml, Source
from tests.unit.updates.conftest import START

ITEM = Item("g-1", "https://post.example/1", "A private matter", SafeHtml("<p>Text.</p>"), published=START)
OTHER = Item("g-2", "https://post.example/2", "The talks go on", SafeHtml(""), published=START + timedelta(hours=1))
SHAPES = {
    "whole": ITEM,
    "no guid": replace(ITEM, guid=""),
    "no address": replace(ITEM, url=""),
    "text and date alone": replace(ITEM, guid="", url=""),
    "text alone": replace(ITEM, guid="", url="", published=None),
    "no headline": replace(ITEM, title=""),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("policy", ["guid", "link", "hash"])
def test_what_was_taken_down_by_its_id_stays_down(shape: str, policy: Identity, sources: dict[str, Source]) -> None:
    """Whatever marks the feed gives it, and by whatever policy: it is recognised, and its neighbour is not touched."""
    items = (SHAPES[shape], OTHER)
    first = identify(items, (), policy, source="post")
    (id, item), (other, _) = first.items
    archived = [make_update(name, one, sources["post"], (), START) for name, one in first.items]
    down = takedowns([Order("takedown", (id,))])
    kept = down.without_text({update.id: update for update in archived})
    assert kept[id] == redacted(archived[0])
    again = identify(items, kept.values(), policy, source="post")
    held = [item for name, item in again.items if down.cover(name, item.url) or down.ids & ids_by_text(item, "post")]
    assert [one.summary for one in held] == [item.summary]
    assert dict(again.items)[other].title == OTHER.title
