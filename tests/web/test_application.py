import asyncio
import socket
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, closing

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.errors import CannotListenError, ListenProblem
from bot.services.knowledge.running import Outcome
from bot.web.application import WebServer, application
from bot.web.health import Check, Health
from bot.web.metrics import Metrics


async def _well() -> str | None:
    return None


async def _ill() -> str | None:
    return "not connected"


async def _hanging() -> str | None:
    await asyncio.Event().wait()
    return None


@asynccontextmanager
async def _served(
    checks: Mapping[str, Check] | None = None,
    *,
    metrics: Metrics | None = None,
    host: str = "127.0.0.1",
) -> AsyncGenerator[str]:
    routes = application(
        health=Health(checks or {}, timeout=0.01), metrics=metrics or Metrics(version="1")
    )
    server = WebServer(routes, host=host, port=0)
    yield await server.start()
    await server.stop()


async def _health_of(**checks: Check) -> tuple[int, object]:
    async with (
        _served(checks) as address,
        aiohttp.ClientSession() as session,
        session.get(f"{address}/healthz") as response,
    ):
        return response.status, await response.json()


async def test_it_is_healthy_when_every_part_is() -> None:
    assert await _health_of(database=_well, discord=_well) == (
        200,
        {"status": "ok", "parts": {"database": "ok", "discord": "ok"}},
    )


async def test_the_part_that_is_wrong_is_named() -> None:
    assert await _health_of(database=_well, discord=_ill) == (
        503,
        {"status": "unavailable", "parts": {"database": "ok", "discord": "not connected"}},
    )


async def test_a_part_that_does_not_answer_is_wrong_and_holds_up_nobody() -> None:
    status, found = await _health_of(database=_hanging, discord=_well)

    assert status == 503
    assert found == {
        "status": "unavailable",
        "parts": {"database": "no answer within 0.01 s", "discord": "ok"},
    }


async def test_health_may_be_asked_without_a_body_and_is_never_kept() -> None:
    async with (
        _served({"database": _well}) as address,
        aiohttp.ClientSession() as session,
        session.head(f"{address}/healthz") as response,
    ):
        assert response.status == 200
        assert response.headers["Cache-Control"] == "no-store"


async def test_the_figures_are_those_of_this_process() -> None:
    metrics = Metrics(version="1.2.3")
    metrics.watch(passage_count=lambda: 515, is_connected=lambda: True)
    metrics.ended(Outcome.ANSWERED, seconds=0.02)
    metrics.ended(Outcome.ANSWERED, seconds=7)
    metrics.ended(Outcome.UNKNOWN, seconds=0.3)

    async with (
        _served(metrics=metrics) as address,
        aiohttp.ClientSession() as session,
        session.get(f"{address}/metrics") as response,
    ):
        text = await response.text()

    samples = {
        (sample.name, sample.labels.get("status"), sample.labels.get("le")): sample
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }
    assert response.headers["Content-Type"].startswith("text/plain")
    assert samples["breed_answers_total", "answered", None].value == 2
    assert samples["breed_answers_total", "unknown", None].value == 1
    assert samples["breed_answers_total", "failed", None].value == 0
    assert samples["breed_answer_seconds_bucket", None, "0.025"].value == 1
    assert samples["breed_answer_seconds_bucket", None, "+Inf"].value == 3
    assert samples["breed_knowledge_passages", None, None].value == 515
    assert samples["breed_discord_connected", None, None].value == 1
    assert samples["breed_build_info", None, None].labels["version"] == "1.2.3"


def test_two_bots_in_one_process_count_apart() -> None:
    first, second = Metrics(version="1"), Metrics(version="1")
    first.ended(Outcome.FAILED, seconds=1)

    assert b'breed_answers_total{status="failed"} 1.0' in first.as_text()
    assert b'breed_answers_total{status="failed"} 0.0' in second.as_text()


@pytest.mark.parametrize(
    ("host", "problem"),
    [
        ("127.0.0.1", ListenProblem.PORT_TAKEN),
        # An address that is kept free for documentation (RFC 5737), so no machine has it.
        ("192.0.2.1", ListenProblem.BAD_HOST),
        ("no such host", ListenProblem.BAD_HOST),
    ],
)
async def test_an_address_that_cannot_be_had_is_told_by_its_kind(
    host: str, problem: ListenProblem
) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        routes = application(health=Health({}), metrics=Metrics(version="1"))

        with pytest.raises(CannotListenError) as caught:
            await WebServer(routes, host=host, port=port).start()

    assert (caught.value.host, caught.value.port) == (host, port)
    assert caught.value.problem is problem


async def test_an_address_of_the_newer_internet_is_written_so_that_it_opens() -> None:
    async with _served(host="::1") as address:
        assert address.startswith("http://[::1]:")
