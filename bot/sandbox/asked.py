"""What a person asked of the bot, and waiting for what comes of it."""

from bot.sandbox.bodies.commands import Choice
from bot.sandbox.bodies.modals import Modal
from bot.sandbox.enums import ResponseKind
from bot.sandbox.interaction_records import Interaction
from bot.sandbox.message_records import Message
from bot.sandbox.world import World

PATIENCE = 5.0
"""Seconds that a wait lasts unless told otherwise; every wait raises TimeoutError after it."""


class Asked:
    """One interaction as the person sees it."""

    def __init__(self, world: World, interaction: Interaction) -> None:
        self._world = world
        self.interaction = interaction

    async def acknowledged(self, *, timeout: float = PATIENCE) -> ResponseKind:  # noqa: ASYNC109 -- the caller's patience is what the function is about
        """Wait for the first response and return its kind."""
        return await self._world.until(lambda: self.interaction.response, timeout=timeout)

    async def reply(self, *, timeout: float = PATIENCE) -> Message:  # noqa: ASYNC109 -- likewise
        """Wait for the answer: the message sent, the waiting one once filled, the one updated.

        After a deferred update it is the first follow-up.
        """
        return await self._world.until(self._reply, timeout=timeout)

    async def followup(self, number: int = 0, *, timeout: float = PATIENCE) -> Message:  # noqa: ASYNC109 -- likewise
        """Wait for a later message (0 is the first after the answer)."""

        def found() -> Message | None:
            known = self.interaction.followup_ids
            return self._message(known[number]) if len(known) > number else None

        return await self._world.until(found, timeout=timeout)

    async def modal(self, *, timeout: float = PATIENCE) -> Modal:  # noqa: ASYNC109 -- likewise
        """Wait for the form that opens."""
        return await self._world.until(lambda: self.interaction.modal, timeout=timeout)

    async def choices(self, *, timeout: float = PATIENCE) -> list[Choice]:  # noqa: ASYNC109 -- likewise
        """Wait for what autocomplete suggests."""
        return await self._world.until(lambda: self.interaction.choices, timeout=timeout)

    async def failure(self, *, timeout: float = PATIENCE) -> None:  # noqa: ASYNC109 -- likewise
        """Wait until the person is told that the bot did not answer (3 seconds)."""
        await self._world.until(lambda: self.interaction.failed or None, timeout=timeout)

    def messages(self) -> list[Message]:
        """Return the answers so far, oldest first."""
        ids = [self.interaction.original_id, *self.interaction.followup_ids]
        found = [self._message(one) for one in ids]
        return [one for one in found if one is not None]

    def _reply(self) -> Message | None:
        if self.interaction.response is ResponseKind.DEFERRED_UPDATE:
            known = self.interaction.followup_ids
            return self._message(known[0]) if known else None
        found = self._message(self.interaction.original_id)
        return None if found is None or found.is_waiting else found

    def _message(self, number: int | None) -> Message | None:
        return self._world.state.messages.get(self.interaction.channel_id, {}).get(number or 0)
