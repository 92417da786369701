"""Read and write the ledger: which files the last build made in an output folder.

It lies in the cache and may be lost; then the output's unknown files are named, and none is removed.
"""

import hashlib
import json
from pathlib import Path

from plugins.core import files


def staging(cache: Path, output: Path) -> Path:
    """Return where a build for this output folder is made before it is compared."""
    return cache / "build" / _name(output)


def read(cache: Path, output: Path) -> tuple[str, ...]:
    """Return what the last build made; nothing where that is not known."""
    try:
        made = json.loads((cache / "ledger" / f"{_name(output)}.json").read_text("utf-8"))
        return tuple(str(path) for path in made["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return ()


def write(cache: Path, output: Path, made: tuple[str, ...]) -> None:
    """Remember what this build made."""
    text = json.dumps({"output": str(output), "files": made}, indent=1)
    files.write_if_changed(cache / "ledger" / f"{_name(output)}.json", text.encode(), durable=False)


def _name(output: Path) -> str:
    return hashlib.sha256(str(output.resolve()).encode()).hexdigest()[:16]
