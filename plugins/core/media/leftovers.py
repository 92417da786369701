"""What a picture's file has in it besides its pixels: told by its own table of parts, of which few are on a list here.

So a picture that was drawn anew is read back, and whatever a later version of the drawing library may take along is
seen. Sources: https://www.w3.org/TR/png-3/#11Chunks, https://www.w3.org/Graphics/GIF/spec-gif89a.txt,
https://developers.google.com/speed/webp/docs/riff_container, https://www.w3.org/Graphics/JPEG/itu-t81.pdf (annex B),
https://aomediacodec.github.io/av1-avif/
"""

import re
from collections.abc import Iterator

from plugins.core.media.image_kind import Format

_PNG_START = 8
_PNG = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"acTL", b"fcTL", b"fdAT"})
_WEBP = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"})
_ANMF_HEAD = 16
_AVIF = frozenset({b"ftyp", b"meta", b"mdat", b"moov"})
_AVIF_NOTES = re.compile(rb"infe.{8}(Exif|mime|uri )", re.DOTALL)
_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_CONTROL, _APPLICATION = 0xF9, 0xFF
_LOOPS = b"NETSCAPE2.0"
_APP0, _APP14, _SOS, _EOI = 0xE0, 0xEE, 0xDA, 0xD9


def leftovers(data: bytes, form: Format) -> list[str]:
    """Return what a picture's file has besides its pixels, such as "a comment"; what cannot be read is one more."""
    walks = {"PNG": _png, "GIF": _gif, "WEBP": _webp, "JPEG": _jpeg, "AVIF": _avif}
    try:
        return list(walks[form](data))
    except (IndexError, ValueError):
        return ["a part that ends early"]


def _png(data: bytes) -> Iterator[str]:
    at, kind = _PNG_START, b""
    while kind != b"IEND":
        kind = data[at + 4 : at + 8]
        if kind not in _PNG:
            yield f"a chunk {kind!r}"
        if len(kind) < 4:  # noqa: PLR2004 - a chunk's name
            raise ValueError
        at += int.from_bytes(data[at : at + 4]) + 12
    if at != len(data):
        yield "bytes after its end"


def _webp(data: bytes) -> Iterator[str]:
    if int.from_bytes(data[4:8], "little") + 8 != len(data):
        yield "bytes after its end"
    yield from _chunks(data[12:])


def _chunks(data: bytes) -> Iterator[str]:
    at = 0
    while at < len(data):
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if kind not in _WEBP:
            yield f"a chunk {kind!r}"
        if kind == b"ANMF":
            yield from _chunks(data[at + 8 + _ANMF_HEAD : at + 8 + size])
        at += 8 + size + size % 2


def _gif(data: bytes) -> Iterator[str]:
    at = 13 + _table(data[10])
    while data[at] != _TRAILER:
        if data[at] == _EXTENSION:
            label, at = data[at + 1], at + 2
            if label == _APPLICATION and data[at + 1 : at + 12] != _LOOPS:
                yield f"an application's notes {data[at + 1 : at + 12]!r}"
            elif label not in {_CONTROL, _APPLICATION}:
                yield "a comment, or a text of its own"
        elif data[at] == _IMAGE:
            at += 11 + _table(data[at + 9])
        else:
            raise ValueError
        while size := data[at]:
            at += size + 1
        at += 1
    if at + 1 != len(data):
        yield "bytes after its end"


def _table(flags: int) -> int:
    """Return the size in bytes of the colour table that a GIF's flags announce."""
    if not flags & 0x80:
        return 0
    return 3 << (flags % 8 + 1)  # three bytes for each of 2, 4, … or 256 colours


def _jpeg(data: bytes) -> Iterator[str]:
    at = 2
    while True:
        marker, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if data[at] != 0xFF:  # noqa: PLR2004 - each marker begins so
            raise ValueError
        if marker == _EOI:
            break
        is_note = marker == 0xFE or (_APP0 <= marker <= 0xEF and marker not in {_APP0, _APP14})  # noqa: PLR2004
        if is_note or (marker == _APP0 and not data.startswith(b"JFIF", at + 4)):
            yield f"a segment FF{marker:02X}"
        at += 2 + size
        if marker == _SOS:
            at = _after_scan(data, at)
    if at + 2 != len(data):
        yield "bytes after its end"


def _after_scan(data: bytes, at: int) -> int:
    """Return where the next marker stands: in a scan, a byte FF is followed by 00 or by the number of a restart."""
    while True:
        at = data.index(b"\xff", at)
        if data[at + 1] and not 0xD0 <= data[at + 1] <= 0xD7:  # noqa: PLR2004
            return at
        at += 2


def _avif(data: bytes) -> Iterator[str]:
    at = 0
    while at < len(data):
        size, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        if kind not in _AVIF:
            yield f"a box {kind!r}"
        if size < 8:  # noqa: PLR2004 - a box's own head
            raise ValueError
        if kind == b"meta" and (found := _AVIF_NOTES.search(data, at, at + size)):
            yield f"an item {found[1]!r}"
        at += size
    if at != len(data):
        yield "bytes after its end"
