"""The help on the screen, with examples that one can press."""

from typing import Any, Final, Self

import discord
from typing_extensions import override

from bot.checks import standing_of
from bot.errors import StaleComponentError
from bot.services.places import Standing
from bot.texts import help as texts
from bot.ui.acknowledging import Screen, StoredButtons
from bot.ui.answering import answer_example
from bot.ui.custom_ids import custom_id, template
from bot.ui.host import host_of
from bot.ui.items import StoredItem
from bot.ui.markdown import escaped
from bot.ui.rights import missing_rights

_Button = discord.ui.Button[StoredButtons]


class ExampleButton(StoredItem[_Button], template=template("ex", "number")):
    """Asks one of the example questions, for whoever presses it."""

    def __init__(self, number: int) -> None:
        """Belong to the example with this number, from 0."""
        known = number < len(texts.EXAMPLES)
        super().__init__(
            discord.ui.Button(
                label=texts.EXAMPLES[number] if known else "…",
                custom_id=custom_id("ex", number),
            )
        )
        self._number = number

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        return cls(numbers["number"])

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        if self._number >= len(texts.EXAMPLES):
            raise StaleComponentError
        await answer_example(interaction, texts.EXAMPLES[self._number])


async def help_screen(interaction: discord.Interaction[Any], topic: str | None) -> Screen:
    """Return what somebody can do here, or more about one topic."""
    mentions = host_of(interaction).command_mentions
    if topic is not None:
        if topic not in texts.TOPICS:
            raise StaleComponentError
        return Screen((texts.topic(topic, mentions),))
    me = interaction.client.user
    lines = [
        texts.opening(escaped(me.display_name) if me else ""),
        *await _standing_lines(interaction),
        texts.commands(mentions),
        texts.examples_below(),
    ]
    buttons = [ExampleButton(number) for number in range(len(texts.EXAMPLES))]
    return Screen(("\n".join(lines),), StoredButtons(*buttons))


async def _standing_lines(interaction: discord.Interaction[Any]) -> list[str]:
    if interaction.guild_id is None:
        return []
    standing = await standing_of(interaction)
    if standing is Standing.VISITOR:
        return [texts.standing_visitor()]
    if standing is Standing.MEMBER:
        return [texts.standing_member()]
    waiting = await host_of(interaction).services.open_questions.count(interaction.guild_id)
    return [texts.standing_moderator(waiting), *await _to_mend(interaction, interaction.guild_id)]


async def _to_mend(interaction: discord.Interaction[Any], guild_id: int) -> list[str]:
    """Say what is missing here to those who can mend it."""
    lines: list[str] = []
    missing = await host_of(interaction).services.places.missing_in(guild_id)
    if missing:
        lines.append(texts.missing(setting.name for setting in missing))
    rights = missing_rights(interaction.app_permissions)
    if rights:
        lines.append(texts.missing_rights(rights))
    return lines


TOPIC_CHOICES: Final = [
    discord.app_commands.Choice(name=title, value=name) for name, title in texts.TOPICS.items()
]
