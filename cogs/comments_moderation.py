"""What moderators do with comments: `/moderatie`."""

from typing import Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.checks import moderator_only
from bot.client import BreedBot
from bot.services.comments.errors import UnknownRoundError
from bot.texts import comments_export as export_texts
from bot.texts import moderation as texts
from bot.ui.acknowledging import Screen, in_time, show
from bot.ui.comments import deciding, exporting
from bot.ui.comments.block_forms import block_form
from bot.ui.comments.blocking import BadDurationError, until_when
from bot.ui.comments.ids import LIFT, decision_id
from bot.ui.comments.rounds import changed_screen, round_screen
from bot.ui.markdown import escaped

_LABEL: Final = 100
_MODES: Final = {texts.BEFORE: True, texts.AFTER: False}
_ACTIONS: Final = (texts.OPEN, texts.CLOSE)


class CommentsModeration(commands.Cog):
    """Decides about comments, rounds, the mode and members."""

    group = app_commands.Group(
        name="moderatie",
        description=texts.GROUP_DESCRIPTION,
        guild_only=True,
        default_permissions=discord.Permissions(manage_guild=True),
    )

    def __init__(self, bot: BreedBot) -> None:
        """Decide with the services of `bot`."""
        self._services = bot.services
        self._comments = bot.services.comments

    @group.command(name="wachtrij", description=texts.QUEUE_DESCRIPTION)
    @app_commands.rename(topic="onderwerp")
    @app_commands.describe(topic=texts.FILTER_DESCRIPTION)
    @moderator_only()
    async def queue(self, interaction: discord.Interaction, topic: str | None = None) -> None:
        """Show what waits, one at a time."""

        async def first() -> Screen:
            guild_id = interaction.guild_id or 0
            of = await self._comments.rounds.find(topic, guild_id=guild_id) if topic else None
            return await deciding.queue_screen(
                self._services, guild_id, round_id=of.id if of else 0
            )

        screen = await in_time(interaction, first(), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    @group.command(name="besluiten", description=texts.DECIDE_DESCRIPTION)
    @app_commands.rename(number="nummer")
    @app_commands.describe(number=texts.NUMBER_DESCRIPTION)
    @moderator_only()
    async def decide(self, interaction: discord.Interaction, number: int) -> None:
        """Show one comment with what can be decided."""

        async def found() -> Screen:
            guild_id = interaction.guild_id or 0
            comment = await self._comments.reading.by_number(number, guild_id=guild_id)
            return await deciding.decide_screen(self._services, comment)

        screen = await in_time(interaction, found(), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    @group.command(name="modus", description=texts.MODE_DESCRIPTION)
    @app_commands.rename(when="wanneer")
    @app_commands.describe(when=texts.WHEN_DESCRIPTION)
    @app_commands.choices(when=[app_commands.Choice(name=one, value=one) for one in _MODES])
    @moderator_only()
    async def mode(self, interaction: discord.Interaction, when: str | None = None) -> None:
        """Say or change when moderators look."""
        guild_id = interaction.guild_id or 0
        modes = self._comments.modes
        work = (
            modes.of(guild_id)
            if when is None
            else modes.change(guild_id, checks_first=_MODES[when], by=interaction.user.id)
        )
        found = await in_time(interaction, work, ephemeral=True)
        said = texts.mode(
            checks_first=found.checks_first, changed=found.changed, waiting=found.waiting
        )
        await show(interaction, Screen((said,)), ephemeral=True)

    @group.command(name="ronde", description=texts.ROUND_DESCRIPTION)
    @app_commands.rename(topic="onderwerp", action="actie")
    @app_commands.describe(topic=texts.TOPIC_DESCRIPTION, action=texts.ACTION_DESCRIPTION)
    @app_commands.choices(action=[app_commands.Choice(name=one, value=one) for one in _ACTIONS])
    @moderator_only()
    async def topic_round(
        self,
        interaction: discord.Interaction,
        topic: app_commands.Range[str, 1, 100],
        action: str | None = None,
    ) -> None:
        """Show, open or close a round."""

        async def done() -> Screen:
            guild_id, rounds = interaction.guild_id or 0, self._comments.rounds
            try:
                of = await rounds.find(topic, guild_id=guild_id)
            except UnknownRoundError:
                if action != texts.OPEN:
                    return Screen((texts.unknown_round(escaped(topic)),))
                made = await rounds.open(topic, guild_id=guild_id, by=interaction.user.id)
                return changed_screen(made)
            if action is None:
                return await round_screen(self._services, of)
            by = interaction.user.id
            change = (
                rounds.open(of.title, guild_id=guild_id, by=by)
                if action == texts.OPEN
                else rounds.close(of.id, guild_id=guild_id, by=by)
            )
            return changed_screen(await change)

        screen = await in_time(interaction, done(), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    @group.command(name="blokkeren", description=texts.BLOCK_DESCRIPTION)
    @app_commands.rename(member="lid", duration="duur")
    @app_commands.describe(member=texts.MEMBER_DESCRIPTION, duration=texts.DURATION_DESCRIPTION)
    @moderator_only()
    async def block(
        self,
        interaction: discord.Interaction,
        member: discord.Member,
        duration: app_commands.Range[str, 1, 60] | None = None,
    ) -> None:
        """Ask why somebody is blocked, or show the block that holds."""
        if member.bot:
            await show(interaction, Screen((texts.NOT_PEOPLE,)), ephemeral=True)
            return
        held = {one.user_id: one for one in await self._comments.blocking.of_guild(member.guild.id)}
        if duration is None and (block := held.get(member.id)) is not None:
            lift_id = decision_id(LIFT, block.id, block.version)
            await show(interaction, deciding.block_screen(block, lift_id=lift_id), ephemeral=True)
            return
        try:
            until = until_when(duration, now=self._services.clock.now()) if duration else None
        except BadDurationError:
            said = texts.bad_duration(escaped(duration or ""))
            await show(interaction, Screen((said,)), ephemeral=True)
            return
        await interaction.response.send_modal(block_form(member.id, until))

    @group.command(name="exporteren", description=export_texts.DESCRIPTION)
    @app_commands.rename(form="formaat", topic="onderwerp")
    @app_commands.describe(form=export_texts.FORMAT_DESCRIPTION, topic=texts.FILTER_DESCRIPTION)
    @app_commands.choices(form=exporting.CHOICES)
    @moderator_only()
    async def export(
        self, interaction: discord.Interaction, form: str, topic: str | None = None
    ) -> None:
        """Send what authors allow to be passed on, as a file."""
        await exporting.send(interaction, self._services, form, topic=topic)

    @queue.autocomplete("topic")
    @export.autocomplete("topic")
    @topic_round.autocomplete("topic")
    async def topics(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[str]]:
        """Offer the rounds of the guild."""
        offered = await self._comments.rounds.offer(interaction.guild_id or 0, typed)
        return [app_commands.Choice(name=one.title[:_LABEL], value=str(one.id)) for one in offered]

    @decide.autocomplete("number")
    async def numbers(
        self, interaction: discord.Interaction, typed: str
    ) -> list[app_commands.Choice[int]]:
        """Offer comments by number and text."""
        offered = await self._comments.reading.offer_any(interaction.guild_id or 0, typed)
        return [
            app_commands.Choice(
                name=f"{one.number}. {' '.join(one.text.body.split())}"[:_LABEL], value=one.number
            )
            for one in offered
        ]


async def setup(bot: BreedBot) -> None:
    """Add the cog: discord.py calls this."""
    await bot.add_cog(CommentsModeration(bot))
