"""Whether the bot can do its work, part by part."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

TIMEOUT: Final = 2.0  # seconds that one part gets to answer; container checks wait longer
OK: Final = "ok"

# Returns what is wrong in a few English words, or None.
Check = Callable[[], Awaitable[str | None]]


@dataclass(frozen=True, slots=True)
class Report:
    """What was found; `parts` maps the name of each part to `OK` or to what is wrong."""

    parts: Mapping[str, str]

    @property
    def is_healthy(self) -> bool:
        """Whether every part works."""
        return all(found == OK for found in self.parts.values())


class Health:
    """Looks at every part of the bot, all at once."""

    def __init__(self, checks: Mapping[str, Check], *, timeout: float = TIMEOUT) -> None:
        """Know the parts by their names; each gets `timeout` seconds."""
        self._checks = checks
        self._timeout = timeout

    async def report(self) -> Report:
        """Look now."""
        found = await asyncio.gather(*(self._look(check) for check in self._checks.values()))
        return Report(dict(zip(self._checks, found, strict=True)))

    async def _look(self, check: Check) -> str:
        try:
            async with asyncio.timeout(self._timeout):
                return await check() or OK
        except TimeoutError:
            return f"no answer within {self._timeout:g} s"
