"""The door to `.cache/updates/visits.json`: what is remembered of the last visits.

Disposable: a file that is missing or damaged counts as empty, which costs one full fetch. Nothing is decided here.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from plugins.core.files import write_if_changed
from plugins.updates.outcomes import Visit

SCHEMA = 1
TEXTS = ("feed", "url", "etag", "last_modified", "digest")
_COLUMNS = tuple(field.name for field in fields(Visit) if field.name != "source")


def load(path: Path, say: Callable[[str], None]) -> dict[str, Visit]:
    """Return the visits by source id; none, and one line to `say`, where the file is missing or damaged."""
    try:
        return _visits(json.loads(path.read_bytes()))
    except FileNotFoundError:
        say(f"{path}: no visits are remembered; every source is asked in full")
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        why = f"{type(error).__name__}: {error}"
        say(f"{path}: cannot be read ({why}); it counts as empty, and every source is asked in full")
    return {}


def save(path: Path, visits: Mapping[str, Visit]) -> bool:
    """Replace the file where something changed; say whether it was written. Raises OSError."""
    rows = {key: _row(visit) for key, visit in visits.items()}
    text = json.dumps({"schema": SCHEMA, "visits": rows}, sort_keys=True)  # an indented one takes ten times as long
    return write_if_changed(path, f"{text}\n".encode(), durable=False)  # lost, it costs one full fetch


def _row(visit: Visit) -> dict[str, Any]:
    filled = ((name, getattr(visit, name)) for name in _COLUMNS)
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in filled if value}


def _visits(data: Mapping[str, Any]) -> dict[str, Visit]:
    if data["schema"] != SCHEMA:
        raise ValueError(f"written by another version ({data['schema']!r})")
    return {key: _visit(key, row) for key, row in data["visits"].items()}


def _visit(source: str, row: Mapping[str, Any]) -> Visit:
    """Read one visit. Raises ValueError, TypeError or AttributeError on anything but what `save` wrote."""
    texts = {key: row.get(key, "") for key in TEXTS}
    streak = row.get("streak", 0)
    if not all(isinstance(value, str) and value.isprintable() for value in texts.values()):
        raise ValueError(f"{source}: a value is not plain text")
    if not isinstance(streak, int) or streak < 0:
        raise ValueError(f"{source}: streak is not a count")
    checked_at, next_at = (_time(row[key]) if key in row else None for key in ("checked_at", "next_at"))
    return Visit(source, **texts, checked_at=checked_at, next_at=next_at, streak=streak)


def _time(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    if time.tzinfo is None:
        raise ValueError(f"{text} has no zone")
    return time.astimezone(UTC)
