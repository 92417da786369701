"""Find the merge conflicts in a text, between the markers that git writes for a person to resolve.

Source: https://git-scm.com/docs/git-merge#_how_conflicts_are_presented
"""

import re
from dataclasses import dataclass

from plugins.core.errors import Problem

MARKER = re.compile(r"(?:<{7}|={7}|>{7}|\|{7})(?: |$)")
"""The beginning of a line that is one of git's markers."""
_CONFLICT = re.compile(
    r"^<{7} (?P<ours>[^\n]*)\n.*?^={7}[ \t]*\n.*?^>{7} (?P<theirs>[^\n]*)$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """One conflict: the offset of its first character, its first line (from 1), git's names for the two versions."""

    start: int
    line: int
    ours: str
    theirs: str

    def problem(self, where: str) -> Problem:
        """Return the conflict as a problem of the file."""
        what = f"a merge that was not finished (got <<<<<<< {self.ours})"
        remedy = f"keep what is right of the lines down to >>>>>>> {self.theirs}, and remove git's own three"
        return Problem(where, self.line, what, remedy)


def find(text: str) -> list[Conflict]:
    """Return every conflict in a text whose lines end in a line feed."""
    if "<<<<<<< " not in text:
        return []
    return [
        Conflict(found.start(), text.count("\n", 0, found.start()) + 1, found["ours"], found["theirs"])
        for found in _CONFLICT.finditer(text)
    ]
