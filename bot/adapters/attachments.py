"""Fetches what somebody attached, from the address that Discord gave for it."""

from typing import Final

import aiohttp

from bot.services.knowledge.importing.errors import AttachmentGoneError
from bot.services.knowledge.importing.reading import ReadProblem, UnreadableFileError

_SECONDS: Final = 60.0
_CHUNK: Final = 65_536
_OK: Final = 200


async def fetched(url: str, *, most: int, seconds: float = _SECONDS) -> bytes:
    """Return at most `most` bytes from `url`, which is Discord's own; it follows no redirect.

    Raises:
        UnreadableFileError: when there is more.
        AttachmentGoneError: when it cannot be had within `seconds`.

    """
    timeout = aiohttp.ClientTimeout(total=seconds)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(url, allow_redirects=False) as response,
        ):
            if response.status != _OK:
                raise AttachmentGoneError
            content = bytearray()
            async for chunk in response.content.iter_chunked(_CHUNK):
                content += chunk
                if len(content) > most:
                    raise UnreadableFileError(ReadProblem.TOO_LARGE)
            return bytes(content)
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        raise AttachmentGoneError from error
