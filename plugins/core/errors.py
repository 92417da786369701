"""How a problem is worded: *where: what is wrong (what was found); what to do*.

This room only words problems. It reads nothing and decides nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One thing wrong with the site's content or settings.

    `where` is a file path as the writer knows it ("" for a setting), `line` counts from 1 (0: no line).
    """

    where: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        """Return the problem on one line, as editors and terminals understand it."""
        place = f"{self.where}:{self.line}" if self.line else self.where
        return f"{place}: {self.what}; {self.remedy}" if place else f"{self.what}; {self.remedy}"


class SiteError(Exception):
    """The run cannot go on; carries every problem found, in order of file and line, and how things stand `after` it.

    `code` is the exit code of a command that ends so.
    """

    code: ClassVar[int] = 1

    def __init__(self, problems: Iterable[Problem], after: str = "nothing was changed") -> None:
        self.problems, self.after = tuple(sorted(set(problems))), after
        super().__init__("\n".join(map(str, self.problems)))


class MisuseError(SiteError):
    """What was typed after the command cannot be meant; nothing is wrong with the site."""

    code = 2


class UncheckedError(SiteError):
    """What was asked for could not be checked on this machine now, so that nothing is known about it."""

    code = 3
