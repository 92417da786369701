"""The ids an item would be given for its text: what was taken down is known by them when nothing else is left. Pure.

`identity` recognises an update by its guid or address; where a feed has neither, or makes them anew, it goes by the
headline, and a takedown has emptied that. Such an update's id was made of the headline, and still tells.
"""

from plugins.core.text.urls import canonical
from plugins.updates.archive.identity_rules import ALL, TEXT, Marks, id_of
from plugins.updates.model import Item

_BY_TEXT = (("title", "date"), TEXT, ("link", "title", "date"), ("guid", "link", "title", "date"), ALL)


def namesakes(item: Item, source: str) -> frozenset[str]:
    """Return every id that `identity` makes of an item's headline, alone or with its other marks."""
    when = item.published or item.updated
    link = canonical(item.url) if item.url else ""
    marks = Marks(item.guid, link, item.title, when.isoformat() if when else "", item.summary)
    return frozenset(id_of(source, names, marks) for names in _BY_TEXT)
