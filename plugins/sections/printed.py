"""What a section prints. Nothing here reaches disk or network, so that code which makes pages can be kept pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from plugins.core.syndication.write.feed_model import Feed


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


@dataclass(frozen=True, slots=True)
class Page:
    """One page to be printed: below the site's root, by a template, with its values.

    `modified` is when its content last changed, where that is known.
    """

    save_as: str
    template: str
    values: Mapping[str, object]
    modified: date | None = None


@dataclass(frozen=True, slots=True)
class File:
    """One file to be printed as it is."""

    save_as: str
    text: str


Printed = Page | File | Feed
