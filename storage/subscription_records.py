"""What leaves storage about subscriptions to updates."""

import datetime as dt
from dataclasses import dataclass

from storage.progress_records import Part


@dataclass(frozen=True, slots=True)
class Subscription:
    """One subject that somebody wants as private messages; `part` None: everything.

    `since`: when it was last switched on. `stopped_at`: when it was switched off because private
    messages did not arrive; it is kept, so that the person can be told and switch it on again.
    """

    guild_id: int
    user_id: int
    part: Part | None
    since: dt.datetime
    stopped_at: dt.datetime | None = None

    @property
    def is_on(self) -> bool:
        """Whether updates are sent for it."""
        return self.stopped_at is None
