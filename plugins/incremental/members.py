"""A list that knows at once whether something is in it, where Pelican asks that of each post for each tag.

For each tag, category, author and year Pelican goes through all posts, and through the list of the tag for each of
them; and to find translations, through all posts for each. Of 10,000 posts with 15 tags and 4 categories that was 5 s
of processor time, more than a quarter of a build of one edited post.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any

from pelican import generators, signals
from pelican.generators import ArticlesGenerator

from .replaced import Replacement, replaced
from .values import address

_IDENTITY: Any = object.__eq__
_CHANGING = (
    "__setitem__", "__delitem__", "__iadd__", "__imul__", "append", "extend", "insert", "pop", "remove", "clear",
)  # fmt: skip
_AT_ONCE = 256
"""Texts of which translations are looked for at a time."""


class Members(list[Any]):
    """A list like any other. Things are in it by being themselves, where that is what equality means to all of them."""

    _ids: frozenset[int] | None = None
    _is_plain = False

    def __contains__(self, item: object) -> bool:
        """Say whether something is in the list."""
        if self._ids is None:
            self._ids = frozenset(map(address, self))
            self._is_plain = all(type(one).__eq__ is _IDENTITY for one in self)
        if address(item) in self._ids:
            return True
        return not (self._is_plain and type(item).__eq__ is _IDENTITY) and super().__contains__(item)


def _changing(name: str) -> Any:
    original = getattr(list, name)

    def method(self: Members, *args: Any, **kwargs: Any) -> Any:
        self._ids = None
        return original(self, *args, **kwargs)

    return method


for _name in _CHANGING:
    setattr(Members, _name, _changing(_name))


@contextmanager
def quick_lists() -> Iterator[None]:
    """Have Pelican gather posts, and find translations, in time that grows with the site, until the block ends."""
    with (
        replaced(
            Replacement(generators, "process_translations", lambda find: partial(found_translations, find)),
            Replacement(ArticlesGenerator, "_build_period_archives", _period_archives),
        ),
        signals.article_generator_pretaxonomy.connected_to(_use_members),
    ):
        yield


def _period_archives(original: Any) -> Any:
    def build_period_archives(generator: ArticlesGenerator, *args: Any, **more: Any) -> Any:
        vars(generators)["list"] = Members  # by this name it makes the list of a year's posts
        try:
            return original(generator, *args, **more)
        finally:
            del vars(generators)["list"]

    return build_period_archives


def found_translations(
    find: Any, contents: list[Any], translation_id: str | Collection[str] | None = None
) -> tuple[list[Any], list[Any]]:
    """Return the texts, and those that are translations, as `find` does, which is Pelican's `process_translations`.

    It is shown a few at a time, those that may be translations of each other together: it looks for each of them among
    all that it is shown.
    """
    are_plain = all(type(one).__eq__ is _IDENTITY for one in contents)
    if not translation_id or len(contents) <= _AT_ONCE or not are_plain:
        return find(contents, translation_id)  # type: ignore[no-any-return]  # Pelican's
    key: Any = attrgetter(translation_id) if isinstance(translation_id, str) else attrgetter(*translation_id)
    try:
        contents.sort(key=key)
    except (AttributeError, TypeError):
        return find(contents, translation_id)  # type: ignore[no-any-return]  # it says what is wrong
    texts: list[Any] = []
    translations: list[Any] = []
    some: list[Any] = []
    for _, group in groupby(contents, key):
        some += group
        if len(some) >= _AT_ONCE:
            _add(find(some, translation_id), texts, translations)
            some = []
    _add(find(some, translation_id), texts, translations)
    return texts, translations


def _add(found: tuple[list[Any], list[Any]], texts: list[Any], translations: list[Any]) -> None:
    texts += found[0]
    translations += found[1]


def _use_members(generator: ArticlesGenerator) -> None:
    """Have a generator gather its posts by tag, category and author in such lists."""
    for name in ("tags", "categories", "authors"):
        found = getattr(generator, name, None)
        if type(found) is defaultdict and found.default_factory is list and not found:
            setattr(generator, name, defaultdict(Members))
