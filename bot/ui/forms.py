"""Forms that outlive a restart: their custom_id carries their state.

discord.py forgets open forms at a restart and drops what is sent in. So these are never given to it
to keep: the submit is read from the interaction itself, before a restart as after it.
"""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

import discord

from bot.services.knowledge.feedback import MAX_REASON
from bot.texts import answers as texts
from bot.ui.acknowledging import Screen, in_time, show
from bot.ui.custom_ids import custom_id, template
from bot.ui.host import answer_behind, host_of
from bot.ui.payloads import typed_in

_REASON: Final = "reason"

Submit = Callable[[discord.Interaction[Any], Mapping[str, int]], Awaitable[None]]


class StoredForm(discord.ui.Modal):
    """A form that is finished from the start, so that discord.py keeps nothing of it."""

    def __init__(self, *, title: str, identity: str) -> None:
        """Carry the state in `identity`, the custom_id."""
        super().__init__(title=title, custom_id=identity, timeout=None)
        self.stop()


def reason_form(answer_id: int) -> StoredForm:
    """Return the form that asks why an answer did not help."""
    form = StoredForm(title=texts.REASON_TITLE, identity=custom_id("why", answer_id))
    form.add_item(
        discord.ui.Label(
            text=texts.REASON_LABEL,
            component=discord.ui.TextInput(
                custom_id=_REASON,
                style=discord.TextStyle.paragraph,
                placeholder=texts.REASON_PLACEHOLDER,
                max_length=MAX_REASON,
                required=False,
            ),
        )
    )
    return form


async def _reason_given(interaction: discord.Interaction[Any], numbers: Mapping[str, int]) -> None:
    async def explain() -> None:
        answer = await answer_behind(interaction, numbers["answer"])
        await host_of(interaction).services.feedback.explain(
            reason, answer_id=answer.id, person=interaction.user.id
        )

    reason = typed_in(interaction).get(_REASON, "")
    await in_time(interaction, explain(), ephemeral=True)
    thanks = texts.THANKS_REASON if reason.strip() else texts.THANKS_DOWN
    await show(interaction, Screen((thanks,)), ephemeral=True)


FORMS: Final[Mapping[re.Pattern[str], Submit]] = {
    re.compile(template("why", "answer")): _reason_given,
}
