"""Bodies, decompressed piece by piece."""

import gzip
import zlib
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.core.net.decompress import InflateError, Inflater

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "identity": bytes,
    "gzip": gzip.compress,
    "x-gzip": lambda body: gzip.compress(body[:7]) + gzip.compress(body[7:]),
    "deflate": zlib.compress,
}


def _undone(encoding: str, packed: bytes, size: int, limit: int) -> bytes:
    inflater = Inflater(encoding, limit)
    for at in range(0, len(packed), size):
        inflater.feed(packed[at : at + size])
    return inflater.finish()


@given(st.binary(max_size=3000), st.sampled_from(sorted(PACKERS)), st.integers(1, 500))
def test_a_body_arrives_as_it_was_however_it_is_cut(body: bytes, encoding: str, size: int) -> None:
    """The pieces in which a body comes make no difference."""
    assert _undone(encoding, PACKERS[encoding](body), size, 4000) == body


@given(st.binary(max_size=500), st.sampled_from(["gzip", "deflate", "br", ""]), st.integers(1, 64))
def test_junk_is_named_never_raised_as_something_else(junk: bytes, encoding: str, size: int) -> None:
    """Any bytes end in a body within the limit or an InflateError."""
    try:
        assert len(_undone(encoding, junk, size, 1000)) <= 1000
    except InflateError as error:
        assert error.kind in {"too large", "parse error"}


def test_the_limit_holds_to_the_byte() -> None:
    """As much as allowed is taken; one byte more is too large."""
    assert len(_undone("gzip", gzip.compress(bytes(5000)), 3, 5000)) == 5000
    with pytest.raises(InflateError, match="larger than"):
        _undone("gzip", gzip.compress(bytes(5001)), 3, 5000)
