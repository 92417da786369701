"""Pagefind's list is put in order without a change to what it says."""

import gzip
from itertools import permutations

import pytest

from plugins.search.stable_order import ordered

_PAGES = b"\x82" + b"\x82\x6aen_7c3b9de\x08" + b"\x82\x6aen_201994a\x19\x01\x2c"
_PARTS = b"\x81\x83\x61a\x61b\x6aen_30e2c9a"
_FILTERS = (b"\x82\x65posts\x6aen_95d41fe", b"\x82\x67updates\x6aen_3ff7737", b"\x82\x68listings\x6aen_8b76bdb")


def _packed(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def _meta(filters: tuple[bytes, ...], *, items: int = 6) -> bytes:
    start = b"pagefind_dcd" + bytes([0x80 + items]) + b"\x651.5.2"
    return gzip.compress(
        start + _PAGES + _PARTS + bytes([0x80 + len(filters)]) + b"".join(filters) + b"\x80\x81\x65title"
    )


def test_every_order_becomes_one() -> None:
    """Whatever order the filters came in, the bytes are the same, and all filters are still there."""
    made = {ordered(_meta(order)) for order in permutations(_FILTERS)}
    assert len(made) == 1
    data = gzip.decompress(made.pop())
    assert sorted(data) == sorted(gzip.decompress(_meta(_FILTERS)))
    assert data.index(b"posts") < data.index(b"updates") < data.index(b"listings")


@pytest.mark.parametrize(
    "meta",
    [
        _packed(b"another word"),
        _packed(b"pagefind_dcd"),
        _packed(b"pagefind_dcd\x65words"),
        _meta(_FILTERS, items=5),
        _meta((b"\x82\x65posts\x01",)),
        b"no gzip",
    ],
    ids=["another-word", "no-list", "text", "fewer-items", "no-name", "no-gzip"],
)
def test_another_form_is_refused(meta: bytes) -> None:
    """A list this room does not know is not half rewritten."""
    with pytest.raises((ValueError, OSError)):
        ordered(meta)
