"""The process that draws one landscape: votes on its input, the picture on its output."""

import contextlib
import os
import pickle
import sys
from typing import Final, cast

from bot.adapters.landscape_messages import Drawn, Limits, Request

_NICER: Final = 5
"""Enough to let answers go first on one processor, without starving where much goes on."""
_MEGABYTE: Final = 1024 * 1024


def main() -> None:
    """Draw what is asked, within the limits that are given."""
    content = sys.stdin.buffer.read()
    request = cast("Request", pickle.loads(content))  # noqa: S301 # written by our own parent
    _bounded(request.limits)
    sys.stdout.buffer.write(pickle.dumps(drawn(request)))


def drawn(request: Request) -> Drawn:
    """Return the landscape with its picture. ValueError when there is too little for one."""
    # After the limits are set, which then hold for what these need too.
    from bot.adapters.landscape_chart import landscape_png  # noqa: PLC0415 # see above
    from bot.landscape.mapping import landscape_of  # noqa: PLC0415 # likewise
    from bot.landscape.result import TooLittle  # noqa: PLC0415 # likewise
    from bot.services.landscape.picture import picture_of  # noqa: PLC0415 # likewise

    found = landscape_of(request.matrix)
    if isinstance(found, TooLittle):
        message = "too little to draw"
        raise ValueError(message)  # noqa: TRY004 # the type is right, the votes are too few
    return Drawn(found, landscape_png(picture_of(found)))


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
