"""Bodies unpacked while they come in, and counted: a bomb is seen long before it is whole."""

import zlib
from collections.abc import AsyncIterable
from typing import Final, Protocol

from bot.services.forum.feeds import FeedError, FeedProblem

ACCEPTED: Final = "gzip, deflate"
_PLAIN: Final = frozenset({"", "identity"})
_PACKED: Final = frozenset({"gzip", "x-gzip", "deflate"})
_STEP: Final = 64 * 1024
_AUTOMATIC: Final = 47  # zlib: 32 + 15, a gzip or zlib header as found
_ZLIB_METHOD: Final = 8


async def body_of(chunks: AsyncIterable[bytes], *, encoding: str, most: int) -> bytes:
    """Return a whole body.

    Raises:
        FeedError: TOO_LARGE over `most` bytes, packed or unpacked; BROKEN when it is cut short or
            packed in a way that nobody asked for.

    """
    encoding = encoding.strip().lower()
    if encoding not in _PLAIN | _PACKED:
        raise FeedError(FeedProblem.BROKEN)
    unpacked = _Plain(most) if encoding in _PLAIN else _Packed(most)
    came = 0
    async for chunk in chunks:
        came += len(chunk)
        if came > most:
            raise FeedError(FeedProblem.TOO_LARGE)
        unpacked.add(chunk)
    return unpacked.whole()


class _Unpacker(Protocol):
    """What `zlib.decompressobj` makes."""

    @property
    def eof(self) -> bool: ...
    @property
    def unconsumed_tail(self) -> bytes: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...
    def flush(self) -> bytes: ...


class _Plain:
    def __init__(self, most: int) -> None:
        self._most = most
        self._body = bytearray()

    def add(self, chunk: bytes) -> None:
        self._body += chunk
        if len(self._body) > self._most:
            raise FeedError(FeedProblem.TOO_LARGE)

    def whole(self) -> bytes:
        return bytes(self._body)


class _Packed(_Plain):
    def __init__(self, most: int) -> None:
        super().__init__(most)
        self._unpacker: _Unpacker | None = None

    def add(self, chunk: bytes) -> None:
        try:
            self._unpack(chunk)
        except zlib.error as error:
            raise FeedError(FeedProblem.BROKEN) from error

    def whole(self) -> bytes:
        if self._unpacker is not None:
            super().add(self._unpacker.flush())
            if not self._unpacker.eof:
                raise FeedError(FeedProblem.BROKEN)
        return super().whole()

    def _unpack(self, chunk: bytes) -> None:
        while chunk:
            if self._unpacker is None:
                is_raw = chunk[0] & 0x0F != _ZLIB_METHOD and chunk[:1] != b"\x1f"
                self._unpacker = zlib.decompressobj(-zlib.MAX_WBITS if is_raw else _AUTOMATIC)
            elif self._unpacker.eof:
                if chunk[:1] != b"\x1f":
                    return  # what follows a whole body is padding
                self._unpacker = zlib.decompressobj(_AUTOMATIC)  # gzip may come in members
            super().add(self._unpacker.decompress(chunk, _STEP))
            chunk = self._unpacker.unconsumed_tail or self._unpacker.unused_data
