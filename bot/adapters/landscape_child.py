"""The process that draws one landscape: votes on its input, the picture on its output."""

import contextlib
import multiprocessing
import os
import pickle
import sys
from collections.abc import Callable, Generator
from typing import Final, TypeVar, cast

from bot.adapters.landscape_messages import Drawn, Limits, Request

_NICER: Final = 5
"""Enough to let answers go first on one processor, without starving where much goes on."""
_MEGABYTE: Final = 1024 * 1024

_Argument = TypeVar("_Argument")
_Result = TypeVar("_Result")


def main() -> None:
    """Draw what is asked, within the limits that are given."""
    content = sys.stdin.buffer.read()
    request = cast("Request", pickle.loads(content))  # noqa: S301 # written by our own parent
    _bounded(request.limits)
    sys.stdout.buffer.write(pickle.dumps(drawn(request)))


def drawn(request: Request) -> Drawn:
    """Return the landscape with its picture. ValueError when there is too little for one."""
    # After the limits are set, which then hold for what these need too.
    from bot.landscape.mapping import landscape_of  # noqa: PLC0415 # see above
    from bot.landscape.result import TooLittle  # noqa: PLC0415 # likewise

    with _beside(landscape_of, request.matrix) as result:
        # Importing what draws takes as long as the sums do.
        from bot.adapters.landscape_chart import landscape_png  # noqa: PLC0415 # see above
        from bot.services.landscape.picture import picture_of  # noqa: PLC0415 # likewise

        found = result()
    if isinstance(found, TooLittle):
        message = "too little to draw"
        raise ValueError(message)  # noqa: TRY004 # the type is right, the votes are too few
    return Drawn(found, landscape_png(picture_of(found)))


@contextlib.contextmanager
def _beside(
    compute: Callable[[_Argument], _Result], argument: _Argument
) -> Generator[Callable[[], _Result]]:
    """Compute in a process beside this one, within the same limits; inside, ask what came of it.

    Asking raises EOFError when that process failed. Where there is no `fork` it is computed here,
    when it is asked.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        yield lambda: compute(argument)
        return
    context = multiprocessing.get_context("fork")  # nothing is imported twice; no thread runs yet
    receiving, sending = context.Pipe(duplex=False)

    def send() -> None:
        receiving.close()  # who is left alone then cannot wait for a reader that is itself
        sending.send(compute(argument))

    process = context.Process(target=send, daemon=True)
    process.start()
    sending.close()
    try:
        yield lambda: cast("_Result", receiving.recv())
    finally:
        process.kill()
        process.join()


def _bounded(limits: Limits) -> None:
    """Bound memory and time, and let others go first; where the system cannot, go on."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 # not on every system

        space = limits.megabytes * _MEGABYTE
        resource.setrlimit(resource.RLIMIT_AS, (space, space))
        resource.setrlimit(resource.RLIMIT_CPU, (limits.processor, limits.processor))
    with contextlib.suppress(AttributeError, OSError):
        os.nice(_NICER)


if __name__ == "__main__":
    main()
