"""The opening of a page, packed or not."""

import gzip
import zlib

import pytest

from plugins.core.net.page_probe import unpacked

TEXT = b"<title>A page</title>" * 1000


@pytest.mark.parametrize(
    ("encoding", "raw"),
    [("gzip", gzip.compress(TEXT)), ("deflate", zlib.compress(TEXT)), ("deflate", zlib.compress(TEXT)[2:-4])],
)
def test_a_packed_opening_is_read_though_it_is_cut(encoding: str, raw: bytes) -> None:
    """As much as there is, never more than asked for."""
    assert unpacked(raw, encoding, 100) == TEXT[:100]
    assert TEXT.startswith(unpacked(raw[: len(raw) // 2], encoding, 10_000))


@pytest.mark.parametrize(("encoding", "raw"), [("br", b"x"), ("gzip", b"not gzip"), ("gzip", b"")])
def test_what_cannot_be_unpacked_is_nothing(encoding: str, raw: bytes) -> None:
    """A title is not worth an error."""
    assert unpacked(raw, encoding, 100) == b""
