"""The fields of an item in which the terms of topics are looked for."""

from typing import Unpack, get_args
from urllib.parse import unquote

from plugins.core.text.plain_text import plain
from plugins.core.topics import topic
from plugins.core.topics.term_index import Vocabulary
from plugins.core.topics.terms import Sets
from plugins.updates.model import Field, Item, Update

FIELDS: tuple[Field, ...] = get_args(Field)
DEFAULT_FIELDS: tuple[Field, ...] = ("title", "summary", "tags")
"""Where a topic's terms are looked for that names no fields."""


FilterItem = Item | Update
"""What can be filtered: an item of a feed, or an archived update when the topics have changed."""


def values(item: FilterItem, field: str) -> tuple[str, ...]:
    """Return the plain texts of one of FIELDS."""
    match field:
        case "title":
            return (item.title,)
        case "summary":
            return (plain(item.summary),)
        case "url":
            return (unquote(item.url),)
        case "authors":
            return item.authors
        case _:
            return item.tags


def compile_topic(
    id: str, title: str, sets: Sets | None = None, vocabulary: Vocabulary | None = None, **rules: Unpack[topic.Rules]
) -> topic.Topic:
    """Return a topic of the wire, as `topics.topic.compile_topic` does; without `fields`, it has DEFAULT_FIELDS."""
    chosen: topic.Rules = {**rules, "fields": rules.get("fields") or DEFAULT_FIELDS}
    return topic.compile_topic(id, title, FIELDS, sets, vocabulary, **chosen)
