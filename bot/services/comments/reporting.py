"""All that an export of comments holds: what may be passed on, where it stands, the landscape."""

import datetime as dt
import enum
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.landscape.result import Landscape
from bot.services.comments.exporting import Exporting, ExportRow, Purpose
from bot.services.comments.landscape import Landscapes
from bot.services.comments.sending import COMMENT_KIND
from bot.services.landscape.drawing import DrawnLandscape, LandscapeNotDrawnError
from bot.services.ports import Clock
from storage.comment_records import CommentFilter
from storage.moderation_records import Round
from storage.unit_of_work import UnitsOfWork


class Stage(enum.Enum):
    """What an export is busy with."""

    READING = "reading"
    DRAWING = "drawing"
    WRITING = "writing"


Told = Callable[[Stage, int], Awaitable[None]]
"""Is told of each stage, with the number of comments known by then."""


@dataclass(frozen=True, slots=True)
class Report:
    """Comments that may be passed on, by number.

    `title` is that of the one round it is about, if it is about one. `addresses` are the pages of
    messages, by number of the comment. `left_out` are placed and may not be passed on. `landscape`
    is None when there is too little to draw one of, or drawing failed; it counts all comments, so
    it can name numbers that are not in `rows`.
    """

    title: str | None
    made_at: dt.datetime
    rows: tuple[ExportRow, ...]
    addresses: Mapping[int, str]
    left_out: int
    landscape: Landscape | None


class Reporting:
    """The use case. Whoever calls checked that it is for a moderator or an operator."""

    def __init__(
        self, units: UnitsOfWork, clock: Clock, exporting: Exporting, landscapes: Landscapes
    ) -> None:
        """Read in `units`."""
        self._units = units
        self._clock = clock
        self._exporting = exporting
        self._landscapes = landscapes

    async def gather(self, guild_id: int, of: Round | None, tell: Told) -> Report:
        """Return the report of a round, or of all; without comments nothing is drawn."""
        round_id = of.id if of else None
        await tell(Stage.READING, 0)
        rows = await self._exporting.rows(guild_id, Purpose.VNG, round_id=round_id)
        numbers = {one.number for one in rows}
        addresses: dict[int, str] = {}
        async with self._units.reading() as work:
            placed = await work.comment_lists.all_of(CommentFilter(guild_id, round_id=round_id))
            for one in (found for found in placed if found.number in numbers):
                copy = await work.comment_lists.copy_of(COMMENT_KIND, one.text.id)
                if copy is not None:
                    place = f"{copy.channel_id}/{copy.message_id}"
                    addresses[one.number] = f"https://discord.com/channels/{guild_id}/{place}"
        landscape = None
        if rows:
            await tell(Stage.DRAWING, len(rows))
            landscape = await self._landscape(guild_id, round_id)
            await tell(Stage.WRITING, len(rows))
        return Report(
            title=of.title if of else None,
            made_at=self._clock.now(),
            rows=rows,
            addresses=addresses,
            left_out=sum(one.number not in numbers for one in placed),
            landscape=landscape,
        )

    async def _landscape(self, guild_id: int, round_id: int | None) -> Landscape | None:
        try:
            drawn = (await self._landscapes.of(guild_id, round_id=round_id)).drawn
        except LandscapeNotDrawnError:
            return None
        return drawn.landscape if isinstance(drawn, DrawnLandscape) else None
