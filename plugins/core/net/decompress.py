"""Undo a body's compression piece by piece, never holding more than the limit.

aiohttp can decompress too, but takes a cut-off gzip for a whole one (checked with
3.14.5), and a feed cut short would then be kept under a valid ETag.
"""

import zlib
from collections.abc import Iterator
from typing import Literal

MAX_MEMBERS = 1000
"""gzip may be a row of members (RFC 1952, section 2.2); real ones have one or two, an attack has thousands."""
GZIP_MAGIC = 0x1F

Trouble = Literal["too large", "parse error"]


class InflateError(Exception):
    """A body that is too large (`kind` "too large") or is not what its Content-Encoding says ("parse error")."""

    def __init__(self, kind: Trouble, detail: str) -> None:
        super().__init__(detail)
        self.kind: Trouble = kind
        self.detail = detail


class Inflater:
    """Collects one body, decompressed; at most `limit` bytes of it, and of what came over the wire.

    Knows `gzip`, `x-gzip`, `deflate` (with zlib's header or bare, as servers differ: RFC 9110, section 8.4.1.2)
    and no encoding. Another one, or more bytes `announced` than fit, raises InflateError at once.
    """

    def __init__(self, encoding: str, limit: int, announced: int = 0) -> None:
        self.encoding = encoding.strip().lower()
        if self.encoding not in {"", "identity", "gzip", "x-gzip", "deflate"}:
            raise InflateError("parse error", f"the body is compressed as {encoding!r}, which was not asked for")
        self._plain = self.encoding in {"", "identity"}
        self._limit = limit
        self._body = bytearray()
        self._received = 0
        self._members = 0
        self._stream: zlib._Decompress | None = None
        self._measure(announced)

    def feed(self, chunk: bytes) -> None:
        """Take the next piece as it came. Raises InflateError."""
        self._received += len(chunk)
        self._measure(self._received)
        if self._plain:
            self._body += chunk
            return
        try:
            for piece in self._inflated(chunk):
                self._body += piece
                self._measure(len(self._body))
        except zlib.error as error:
            raise InflateError("parse error", f"the body is not the {self.encoding} it claims ({error})") from error

    def finish(self) -> bytes:
        """Return the whole body. Raises InflateError where the compressed stream was cut short."""
        if self._stream is not None and not self._stream.eof:
            raise InflateError("parse error", f"the {self.encoding} body was cut short at {len(self._body)} bytes")
        return bytes(self._body)

    def _inflated(self, chunk: bytes) -> Iterator[bytes]:
        while chunk:
            if self._stream is None:
                self._stream = self._next_stream(chunk)
            elif self._stream.eof:
                if self.encoding == "deflate" or chunk[0] != GZIP_MAGIC:
                    return  # padding after the last member, which clients ignore
                self._stream = self._next_stream(chunk)
            # One byte past the limit is enough to know that it was passed.
            yield self._stream.decompress(chunk, self._limit - len(self._body) + 1)
            chunk = self._stream.unconsumed_tail or self._stream.unused_data

    def _next_stream(self, chunk: bytes) -> "zlib._Decompress":
        self._members += 1
        if self._members > MAX_MEMBERS:
            raise InflateError("too large", f"the body has more than {MAX_MEMBERS} compressed parts")
        if self.encoding != "deflate":
            return zlib.decompressobj(16 + zlib.MAX_WBITS)
        # RFC 1950, section 2.2: the low four bits of zlib's first byte are 8; bare streams do not begin so.
        if chunk[0] & 0x0F == 8:  # noqa: PLR2004
            return zlib.decompressobj(zlib.MAX_WBITS)
        return zlib.decompressobj(-zlib.MAX_WBITS)

    def _measure(self, size: int) -> None:
        if size > self._limit:
            raise InflateError("too large", f"the body is larger than {self._limit:,} bytes")
