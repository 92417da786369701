"""A file in the cache that keeps each source's FeedState from one run to the next.

Disposable: a file that is missing or damaged counts as empty, which costs one request in full to each source.
"""

import logging
from collections.abc import Mapping
from pathlib import Path

from pydantic import TypeAdapter

from plugins.core.files import write_if_changed
from plugins.core.polling.outcomes import FeedState

log = logging.getLogger(__name__)

_STATES = TypeAdapter(dict[str, FeedState])


def load(path: Path) -> dict[str, FeedState]:
    """Return the states by source id; none where the file is missing, or damaged, which is logged."""
    try:
        states = _STATES.validate_json(path.read_bytes(), strict=True)
        for state in states.values():
            _refuse_unusable(state)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        log.warning("%s: cannot be read (%s); it counts as empty, and everything is asked for in full", path, error)
        return {}
    return states


def save(path: Path, states: Mapping[str, FeedState]) -> bool:
    """Replace the file where something changed; return whether it was written. Raises OSError."""
    ordered = dict(sorted(states.items()))
    text = _STATES.dump_json(ordered, exclude_defaults=True)
    return write_if_changed(path, text + b"\n", durable=False)  # lost, it costs one request in full


def _refuse_unusable(state: FeedState) -> None:
    """Raise ValueError for what a request could not be made with: an unprintable header, a time without a zone."""
    for text in (state.feed, state.url, state.etag, state.last_modified, state.digest):
        if not text.isprintable():
            raise ValueError(f"{state.source}: a value is not plain text")
    for time in (state.checked_at, state.next_at):
        if time and time.tzinfo is None:
            raise ValueError(f"{state.source}: {time} has no zone")
    if state.streak < 0:
        raise ValueError(f"{state.source}: streak is not a count")
