"""The web server: `/healthz` and `/metrics`."""

import errno
import socket
from typing import Final

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.errors import CannotListenError, ListenProblem
from bot.web.health import Health
from bot.web.metrics import Metrics

_log: structlog.stdlib.BoundLogger = structlog.get_logger()
_HEADERS: Final = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
# Seconds that open requests get when the server stops; health checks and figures take less.
_LAST_REQUESTS: Final = 0.3
_PROBLEMS: Final = {
    errno.EADDRINUSE: ListenProblem.PORT_TAKEN,
    errno.EACCES: ListenProblem.NOT_ALLOWED,
    errno.EPERM: ListenProblem.NOT_ALLOWED,
}


def application(*, health: Health, metrics: Metrics) -> web.Application:
    """Return the routes."""

    async def healthz(_request: web.Request) -> web.Response:
        report = await health.report()
        return web.json_response(
            {"status": "ok" if report.is_healthy else "unavailable", "parts": dict(report.parts)},
            status=200 if report.is_healthy else 503,
            headers=_HEADERS,
        )

    async def figures(_request: web.Request) -> web.Response:
        headers = {**_HEADERS, "Content-Type": CONTENT_TYPE_LATEST}
        return web.Response(body=metrics.as_text(), headers=headers)

    routes = web.Application()
    routes.router.add_get("/healthz", healthz)
    routes.router.add_get("/metrics", figures)
    return routes


class WebServer:
    """Serves an application at one address."""

    def __init__(self, routes: web.Application, *, host: str, port: int) -> None:
        """Listen at `host` and `port` once started; port 0 takes any that is free."""
        self._runner = web.AppRunner(routes, access_log=None, shutdown_timeout=_LAST_REQUESTS)
        self._host = host
        self._port = port

    async def start(self) -> str:
        """Begin to listen; return the address, with the port that was taken.

        Raises:
            CannotListenError: when host and port cannot be had; nothing is left open then.

        """
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise CannotListenError(
                host=self._host, port=self._port, problem=_problem_of(error)
            ) from error
        host = f"[{self._host}]" if ":" in self._host else self._host
        address = f"http://{host}:{self._runner.addresses[0][1]}"
        _log.info("web_listening", address=address)
        return address

    async def stop(self) -> None:
        """Finish open requests and close the address."""
        await self._runner.cleanup()


def _problem_of(error: OSError) -> ListenProblem:
    if isinstance(error, socket.gaierror):
        return ListenProblem.BAD_HOST
    return _PROBLEMS.get(error.errno or 0, ListenProblem.BAD_HOST)
