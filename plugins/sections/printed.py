"""What a section prints. Nothing here reaches disk or network, so that code which makes pages can be kept pure."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Literal

from plugins.core.syndication.write.feed_model import Feed, paths


@dataclass(frozen=True, slots=True)
class Standing:
    """Why the public does not see a text, or no longer sees it on the front page; `at` is when that changes, or did.

    Texts that readers see as usual have none, and only a preview shows others.
    """

    kind: Literal["draft", "scheduled", "expired"]
    at: datetime | None = None

    @property
    def is_public(self) -> bool:
        """Say whether readers can come upon the text."""
        return self.kind == "expired"


class LazyContext(Mapping[str, object]):
    """Values for templates that are made, all at once, when one of them is first asked for."""

    def __init__(self, make: Callable[[], Mapping[str, object]]) -> None:
        self._make = make

    @cached_property
    def _values(self) -> Mapping[str, object]:
        return self._make()

    def __getitem__(self, name: str) -> object:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


@dataclass(frozen=True, slots=True)
class Page:
    """One page to be printed: below the site's root, by a template, with its values.

    `modified` is when its content last changed, where that is known. `inputs` is a digest of all that its values follow
    from, besides the settings and the code: where it is as it was, and these and the template are, the page is. The
    values of such a page are a LazyContext, and cost nothing where the page need not be printed again.
    """

    save_as: str
    template: str
    values: Mapping[str, object]
    modified: date | None = None
    inputs: str | None = None


@dataclass(frozen=True, slots=True)
class File:
    """One file to be printed as it is."""

    save_as: str
    text: str


@dataclass(frozen=True, slots=True)
class LaterFile:
    """One file whose text is made when it is printed; `inputs` as a Page's."""

    save_as: str
    make: Callable[[], str]
    inputs: str


@dataclass(frozen=True, slots=True)
class LaterFeed:
    """An archived document of a feed (`Feed.archives.current`), by its key, which is made when it is printed.

    `inputs` are as a Page's; besides them, it follows from what all feeds say alike (`Channel`) and from the words of
    templates/parts/feed.html.
    """

    key: str
    make: Callable[[], Feed]
    inputs: str

    @property
    def save_as(self) -> str:
        """Return its file, below the site's root: it has one form."""
        return paths(self.key)["atom"]


@dataclass(frozen=True, slots=True)
class Unit:
    """Pages and files that stay together where all that they follow from is as it was: then nothing of them is made.

    `inputs` is a digest of that, as a Page's, for all that `make` gives. What it gives has `inputs` of its own, by
    which the rest stays where a part is another, and no `modified`. `name` tells it from the site's other units.
    """

    name: str
    inputs: str
    make: Callable[[], Iterable[Page | LaterFile | LaterFeed]]


Printed = Page | File | LaterFile | Feed | LaterFeed
"""What is printed by itself."""


def one_by_one(printed: Iterable[Printed | Unit]) -> Iterator[Printed]:
    """Yield all that is printed, that of units too."""
    for one in printed:
        if isinstance(one, Unit):
            yield from one.make()
        else:
            yield one
