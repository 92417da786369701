"""A digest of this site's code, for what is kept from build to build and made by it."""

import sys
from functools import cache
from hashlib import sha256
from pathlib import Path

from plugins.core import files


@cache
def own_code() -> str:
    """Return a digest of all plugins' code, and of this Python."""
    found = sha256(sys.version.encode())
    modules = (entry.path for entry in files.below(Path(__file__).parents[1]) if entry.name.endswith(".py"))
    for path in sorted(modules):
        found.update(files.read_bytes(Path(path)))
    return found.hexdigest()
