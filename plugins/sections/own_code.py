"""A digest of this site's code, for what is kept from build to build and made by it."""

import sys
from functools import cache
from hashlib import sha256
from pathlib import Path


@cache
def own_code() -> str:
    """Return a digest of all plugins' code, and of this Python."""
    found = sha256(sys.version.encode())
    for path in sorted(Path(__file__).parents[1].rglob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()
