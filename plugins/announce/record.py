"""What was announced: content/archive/announced.jsonl, committed, so that no run on any machine says it again."""

from pathlib import Path

from pydantic import TypeAdapter

from plugins.announce.model import Sent
from plugins.core.errors import SiteError
from plugins.core.history_file import HistoryFile

FILE = HistoryFile(
    "announced.jsonl", TypeAdapter(Sent), lambda row: f"{row.network} {row.key}", lambda row: row.state == "sent"
)
"""Of two rows about one announcement, one that was sent counts."""


class Record:
    """The rows, written to the disk with each that is added: a run may be killed at any time."""

    def __init__(self, content: Path) -> None:
        """Read the rows. Raises SiteError where the file is damaged: what was said already is then not known."""
        self._content = content
        read = FILE.read(content)
        if read.problems:
            raise SiteError(read.problems)
        self._rows = read.rows

    def of(self, network: str, key: str) -> Sent | None:
        """Return what is known of an announcement on a network."""
        return self._rows.get(f"{network} {key}")

    def sent(self, network: str, key: str) -> Sent | None:
        """Return the row of an announcement that a network took; None where it took none of this key."""
        row = self.of(network, key)
        return row if row and row.state == "sent" else None

    def add(self, *rows: Sent) -> None:
        """Remember rows, on the disk before this returns."""
        for row in rows:
            self._rows[FILE.key(row)] = row
        FILE.write(self._content, self._rows.values())
