"""The file in the cache that remembers when the details of postings were read.

Disposable: where it is missing or damaged, details are read once more, so many in a run as the settings allow.
"""

import logging
from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter

from plugins.core.files import write_if_changed
from plugins.listings.watch.board_read import Look
from plugins.listings.watch.watch_run import Looks

log = logging.getLogger(__name__)

_LOOKS = TypeAdapter(dict[str, dict[str, Look]])


def load(path: Path) -> Looks:
    """Return when details were read, by board and number; nothing where the file is missing, or damaged."""
    try:
        return _LOOKS.validate_json(path.read_bytes())
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        log.warning("%s: cannot be read (%s); it counts as empty, and details are read once more", path, error)
        return {}


def save(path: Path, looks: Mapping[str, Mapping[str, Look]]) -> None:
    """Replace the file where something changed. Raises OSError."""
    ordered: dict[str, dict[str, Look]] = {}
    for board, by_number in sorted(looks.items()):
        if by_number:
            ordered[board] = dict(sorted(by_number.items()))
    write_if_changed(path, _LOOKS.dump_json(ordered) + b"\n", durable=False)  # lost, it costs some requests
