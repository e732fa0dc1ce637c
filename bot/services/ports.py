"""Protocols for what the project does not own; `bot/adapters` implements them."""

import datetime as dt
from typing import Protocol

from bot.services.deliveries.rendered import Mark, Rendered
from bot.services.directory import Directory
from storage.delivery_records import Copy, PostTarget

__all__ = ["Clock", "Directory", "Messenger"]


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> dt.datetime:
        """Return the present, aware, in UTC."""
        ...


class Messenger(Protocol):
    """Says things in chat. Every method makes its request once, and never repeats a creation.

    All raise RefusedError and NotNowError; those that create also OutcomeUnknownError. What is
    harmless to repeat gives NotNowError when its outcome is unknown.
    """

    async def open_dm(self, user_id: int) -> int:
        """Return the id of the channel of private messages with somebody."""
        ...

    async def send(self, channel_id: int, message: Rendered, *, nonce: str) -> Copy:
        """Send a message; the same nonce within minutes gives the copy that is there already."""
        ...

    async def post(self, target: PostTarget, message: Rendered) -> Copy:
        """Begin a post in a forum. There is no nonce: twice makes two."""
        ...

    async def edit(self, copy: Copy, message: Rendered) -> None:
        """Replace all that a message shows, in an archived thread too."""
        ...

    async def rename(self, copy: Copy, title: str) -> None:
        """Give the post in which a message stands another title, also when it is archived."""
        ...

    async def delete(self, copy: Copy) -> None:
        """Take a message away; one that is gone is well."""
        ...

    async def publish(self, copy: Copy) -> bool:
        """Publish a message to the servers that follow its channel; twice is as once.

        False: nobody can follow the channel, or the message is gone.
        """
        ...

    async def find(self, channel_id: int, mark: Mark, *, since: dt.datetime) -> tuple[Copy, ...]:
        """Return the bot's messages with the mark, the oldest first.

        Raises:
            CannotLookError: when not everything since then could be read.

        """
        ...

    async def find_post(
        self, forum: PostTarget, mark: Mark, *, guild_id: int, since: dt.datetime
    ) -> tuple[Copy, ...]:
        """Do the same among the first messages of a forum's posts, open and archived."""
        ...
