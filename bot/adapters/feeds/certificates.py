"""Whose certificates are trusted: the machine's authorities, and a file more for some hosts."""

import asyncio
import ssl
from collections.abc import Mapping
from pathlib import Path

from bot.services.forum.feeds import FeedError, FeedProblem


class Certificates:
    """TLS contexts by host. Every one verifies the chain and the name."""

    def __init__(self, bundles: Mapping[str, Path]) -> None:
        self._bundles = bundles
        self._contexts: dict[Path | None, ssl.SSLContext] = {}

    async def of(self, host: str) -> ssl.SSLContext:
        """Return the context for a host.

        Raises:
            FeedError: CERTIFICATE, when its file cannot be read.

        """
        bundle = self._bundles.get(host)
        if bundle not in self._contexts:
            try:
                self._contexts[bundle] = await asyncio.to_thread(_context, bundle)
            except OSError as error:  # also what is no certificate: ssl.SSLError is one
                raise FeedError(FeedProblem.CERTIFICATE) from error
        return self._contexts[bundle]


def _context(bundle: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if bundle is not None:
        context.load_verify_locations(cafile=bundle)
    return context
