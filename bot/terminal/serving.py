"""Serving on Discord as one process: signals, and a sentence for whatever can be expected."""

import asyncio
import importlib
import importlib.util
import signal
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager

from bot.app import App, Chat, Patience
from bot.client import BreedBot
from bot.discord_chat import DiscordChat
from bot.logs import unexpected
from bot.services.container import Services
from bot.terminal.failures import EXPECTED, tell
from config.settings import Settings


def serve_on_discord(settings: Settings) -> int:
    """Serve until a signal ends it; return the exit code.

    Raises:
        ValueError: without a token.

    """
    token = settings.token
    if token is None:
        message = "no token"
        raise ValueError(message)

    def chat_of(services: Services) -> DiscordChat:
        bot = BreedBot(services, shard_count=settings.shard_count, shard_ids=settings.shard_ids)
        return DiscordChat(bot, token=token)

    return serve(settings, chat_of=chat_of)


def serve(
    settings: Settings,
    *,
    chat_of: Callable[[Services], Chat],
    patience: Patience | None = None,
) -> int:
    """Serve with any chat until a signal ends it; return the exit code.

    What the bot expects to go wrong is said in a sentence. Anything else is logged under a code.
    """
    app = App(settings, chat_of=chat_of, patience=patience)
    return until_signalled(app.serve)


def until_signalled(begin: Callable[[], Coroutine[None, None, None]]) -> int:
    """Run what serves until a signal ends it, or it fails; return the exit code."""
    try:
        with asyncio.Runner(loop_factory=_loop_factory()) as runner:
            runner.run(_until_signalled(begin))
    except EXPECTED as error:
        return tell(error)
    return 0


async def _until_signalled(begin: Callable[[], Coroutine[None, None, None]]) -> None:
    """Serve; the first SIGTERM or SIGINT, at whatever stage, begins the end."""
    asyncio.get_running_loop().set_exception_handler(_log_unexpected)
    serving = asyncio.create_task(begin(), name="serving")
    with _on_signal(serving.cancel):
        await asyncio.wait((serving,))
    if not serving.cancelled():
        serving.result()


@contextmanager
def _on_signal(stop: Callable[[], object]) -> Generator[None]:
    """Call `stop` at the first signal; more signals must not cut the ending short."""
    loop = asyncio.get_running_loop()
    has_stopped = False

    def once() -> None:
        nonlocal has_stopped
        if not has_stopped:
            has_stopped = True
            stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, once)
    try:
        yield
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """Return uvloop's loop where it is installed (not on Windows)."""
    if importlib.util.find_spec("uvloop") is None:
        return None
    new_event_loop: Callable[[], asyncio.AbstractEventLoop] = importlib.import_module(
        "uvloop"
    ).new_event_loop
    return new_event_loop


def _log_unexpected(_loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
    error = context.get("exception")
    unexpected(
        "task_failed",
        error=error if isinstance(error, BaseException) else None,
        reason=str(context.get("message")),
    )
