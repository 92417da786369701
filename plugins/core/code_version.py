"""Which code makes what is kept from build to build: what other code made is not taken for what this one makes."""

import sys
from functools import cache
from hashlib import blake2b
from pathlib import Path

_PLUGINS = Path(__file__).parents[1]
_LOCK = _PLUGINS.parent / "requirements.txt"


@cache
def code_version(*names: str) -> str:
    """Return a digest of the code of these plugins, of the packages it rests on, and of Python, as 16 characters.

    To read and digest a plugin takes some milliseconds, once in a process.
    """
    digested = blake2b(sys.version.encode(), digest_size=8)
    digested.update(_digest_of(_LOCK.read_bytes()))
    for name in names:
        digested.update(_of_plugin(name))
    return digested.hexdigest()


@cache
def _of_plugin(name: str) -> bytes:
    code = b""
    for path in sorted((_PLUGINS / name).rglob("*.py")):
        code += _digest_of(path.read_bytes())
    return _digest_of(code)


def _digest_of(data: bytes) -> bytes:
    return blake2b(data, digest_size=32).digest()
