"""One process at a time works on a channel, and what it leaves undone another takes over."""

import asyncio
from collections.abc import Callable

from storage.delivery_records import DeliveryState
from tests.e2e.outbox import Outbox, logged_in
from tests.e2e.weather import gate

SEND = "POST /channels/*/messages"


class Timer:
    """A sleep that ends when the test lets its time pass."""

    def __init__(self, out: Outbox) -> None:
        self._out = out
        self._asleep: asyncio.Queue[tuple[float, Callable[[], None]]] = asyncio.Queue()

    async def sleep(self, seconds: float) -> None:
        """Sleep until `elapse`."""
        woken = asyncio.Event()
        await self._asleep.put((seconds, woken.set))
        await woken.wait()

    async def elapse(self) -> None:
        """Let the time of the sleeper pass, and wait until it sleeps again."""
        seconds, wake = await self._asleep.get()
        self._out.clock.forward(seconds=seconds)
        wake()
        async with asyncio.timeout(5):
            again = await self._asleep.get()
        await self._asleep.put(again)


async def test_a_crash_is_taken_over_once_its_lease_expired(out: Outbox) -> None:
    await out.queue("a", out.stage.algemeen)
    held = gate(out.faults, SEND)
    dying = out.dispatcher()
    await dying.tick()
    await held.reached.wait()
    dying.abort()
    await dying.settle()

    out.clock.forward(seconds=24)
    await out.run()
    assert (await out.get("a")).attempts == 1

    out.clock.forward(seconds=2)
    await out.run()
    held.may.set()
    found = await out.get("a")
    assert (found.state, found.attempts, found.sent_again) == (DeliveryState.SENT, 2, 1)
    assert len(out.messages(out.stage.algemeen)) == 1


async def test_a_slow_request_keeps_its_lease_while_it_is_renewed(out: Outbox) -> None:
    await out.queue("a", out.stage.algemeen)
    held = gate(out.faults, SEND)
    timer = Timer(out)
    dispatcher = out.dispatcher(sleep=timer.sleep)
    await dispatcher.tick()
    await held.reached.wait()

    for _ in range(6):
        await timer.elapse()
    await out.run()
    assert (await out.get("a")).attempts == 1

    held.may.set()
    await dispatcher.settle()
    assert (await out.get("a")).state is DeliveryState.SENT
    assert len(out.messages(out.stage.algemeen)) == 1


async def test_who_lost_the_lease_sends_no_more(out: Outbox) -> None:
    await out.queue("a", out.stage.algemeen)
    await out.queue("b", out.stage.algemeen)
    held = gate(out.faults, SEND)
    client = await logged_in(out.server)  # of its own: requests of one wait for each other
    stalled = out.dispatcher(client=client)
    await stalled.tick()
    await held.reached.wait()
    out.clock.forward(seconds=31)

    await out.run()
    held.may.set()
    await stalled.settle()
    await client.close()

    assert len(out.messages(out.stage.algemeen)) == 2
    assert [(await out.get(key)).duplicates for key in "ab"] == [0, 0]


async def test_a_stop_lets_the_request_end_and_begins_no_other(out: Outbox) -> None:
    await out.queue("a", out.stage.algemeen)
    await out.queue("b", out.stage.algemeen)
    held = gate(out.faults, SEND)
    dispatcher = out.dispatcher()
    await dispatcher.tick()
    await held.reached.wait()

    stopping = asyncio.create_task(dispatcher.stop())
    held.may.set()
    await stopping
    await dispatcher.tick()
    assert [(await out.get(key)).state for key in "ab"] == [
        DeliveryState.SENT,
        DeliveryState.WAITING,
    ]

    await out.run()  # the lease was given back: nobody waits for it to expire
    assert (await out.get("b")).state is DeliveryState.SENT
