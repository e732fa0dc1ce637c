"""Transport compression of the gateway: what a client asks for in `compress`."""

import zlib
from collections.abc import Callable
from typing import TypeAlias

Pack: TypeAlias = Callable[[bytes], bytes]
"""Turns one payload into what is sent; one stream for the whole connection."""

ZSTD_START = bytes.fromhex("28b52ffd 00 58")
"""Magic number, a frame header without options, and a window of 2 MiB (RFC 8878, 3.1.1)."""
ZSTD_BLOCK = 128 * 1024


def pack_zlib() -> Pack:
    """Return a zlib stream that is flushed after every payload."""
    stream = zlib.compressobj()
    return lambda data: stream.compress(data) + stream.flush(zlib.Z_SYNC_FLUSH)


def pack_zstd() -> Pack:
    """Return a Zstandard frame of raw blocks: no gain, but any client can read it.

    discord.py asks for it when the package `zstandard` is installed, which we do not need for
    this: a raw block is its size and the bytes (RFC 8878, 3.1.1.2).
    """
    start = [ZSTD_START]

    def pack(data: bytes) -> bytes:
        parts = [start.pop()] if start else []
        for begin in range(0, len(data), ZSTD_BLOCK):
            block = data[begin : begin + ZSTD_BLOCK]
            parts += [(len(block) << 3).to_bytes(3, "little"), block]
        return b"".join(parts)

    return pack


PACKS: dict[str, Callable[[], Pack]] = {"zlib-stream": pack_zlib, "zstd-stream": pack_zstd}
