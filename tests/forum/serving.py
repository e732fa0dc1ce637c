"""Applications on loopback, with or without TLS, by whatever names the tests give them."""

import socket
import ssl
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

LOOPBACK = "127.0.0.1"


@asynccontextmanager
async def serving(
    application: web.Application, *, tls: ssl.SSLContext | None = None
) -> AsyncGenerator[int]:
    """Serve on a free port of loopback; yield the port."""
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, LOOPBACK, 0, ssl_context=tls)
    await site.start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


class Names(AbstractResolver):
    """Looks up names in a table of the test; the next answer each time, then the last again."""

    def __init__(self, table: Mapping[str, list[str]]) -> None:
        self._table = table
        self.asked: list[str] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        del family
        self.asked.append(host)
        answers = self._table.get(host)
        if not answers:
            raise OSError(socket.EAI_NONAME, "unknown")
        address = answers[min(self.asked.count(host), len(answers)) - 1]
        kind = socket.AF_INET6 if ":" in address else socket.AF_INET
        return [
            ResolveResult(hostname=host, host=one, port=port, family=kind, proto=0, flags=0)
            for one in address.split()
        ]

    async def close(self) -> None:
        return
