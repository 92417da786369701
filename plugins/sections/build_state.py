"""What is known of the build that is going on, under one key of Pelican's settings.

Pelican hands its settings to every reader, generator and signal of a build, and nothing else of ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from plugins.core.errors import Problem
from plugins.core.syndication.write.feed_model import FeedLink, link
from plugins.sections.model import Edition, NavItem, Newsroom, Note

KEY = "PICKETWIRE_BUILD"
"""The key in Pelican's settings, and so in its context too, of the BuildState."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """The editions of all sections, in order of name."""

    editions: tuple[Edition, ...]

    @property
    def navigation(self) -> tuple[NavItem, ...]:
        """Return the navigation of all sections in order; how to follow the site is part of every site."""
        items = [NavItem("subscribe", "subscribe/", 80)]
        for edition in self.editions:
            items += edition.navigation
        return tuple(sorted(items, key=lambda item: (item.rank, item.key)))

    @property
    def notices(self) -> tuple[Problem, ...]:
        """Return what is worth a word and stops nothing, in order of file and line."""
        return tuple(sorted(chain.from_iterable(edition.notices for edition in self.editions)))

    @property
    def feeds(self) -> tuple[FeedLink, ...]:
        """Return the feeds of all sections, that of everything last."""
        return (*chain.from_iterable(edition.feeds for edition in self.editions), link("everything"))


@dataclass(frozen=True, slots=True)
class BuildState:
    """One build: what sections were told, what they answered, and what plugins noted on the way."""

    newsroom: Newsroom
    gathered: Gathered

    def notes(self, kind: type[Note]) -> Note:
        """Return a plugin's notes on this build: see Newsroom's."""
        return self.newsroom.notes(kind)


def build_state(settings: Mapping[str, Any]) -> BuildState:
    """Return the build of some settings, or of a context, which has the settings in it. Raises KeyError outside one."""
    state: BuildState = settings[KEY]
    return state
