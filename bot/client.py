"""The bot as Discord knows it: what it asks of Discord, and what it loads."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

import aiohttp
import discord
import structlog
from discord.ext import commands
from typing_extensions import override

from bot.adapters.directory import ClientDirectory
from bot.adapters.membership import Membership
from bot.adapters.sending_moments import sending_moments
from bot.command_sync import CommandMentions, CommandSync
from bot.error_handler import SafeTree
from bot.logs import unexpected
from bot.services.container import Services
from bot.ui.rights import log_changed_rights, log_intents, log_missing_rights
from bot.ui.stored import STORED
from bot.ui.unclaimed import answer_unclaimed
from storage.errors import StorageError

# The cogs, by dotted name: `bot` loads them and never imports them.
EXTENSIONS: Final[tuple[str, ...]] = (
    "cogs.knowledge",
    "cogs.options",
    "cogs.help",
    "cogs.admin",
    "cogs.progress",
    "cogs.progress_milestones",
    "cogs.progress_subscriptions",
    "cogs.forum",
    "cogs.progress_updates",
    "cogs.meetings",
    "cogs.meetings_admin",
    "cogs.meetings_events",
    "cogs.knowledge_admin",
    "cogs.comments",
    "cogs.comments_moderation",
    "cogs.landscape",
)

_log: structlog.stdlib.BoundLogger = structlog.get_logger()

# The bot never speaks in a voice channel, so the libraries for that are not missing.
discord.VoiceClient.warn_nacl = False
discord.VoiceClient.warn_dave = False


class BreedBot(commands.AutoShardedBot):
    """The client. It asks for no privileged intent and keeps no messages and no members."""

    def __init__(
        self,
        services: Services,
        *,
        shard_count: int | None = None,
        shard_ids: Sequence[int] | None = None,
        extensions: Sequence[str] = EXTENSIONS,
        guild_ready_timeout: float = 2.0,
    ) -> None:
        """Serve `shard_ids` out of `shard_count`; without these Discord says how many.

        `guild_ready_timeout`: seconds without a new guild after which all of them have come in.
        """
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=SafeTree,
            intents=discord.Intents(
                guilds=True, guild_messages=True, dm_messages=True, guild_scheduled_events=True
            ),
            allowed_mentions=discord.AllowedMentions.none(),
            chunk_guilds_at_startup=False,
            member_cache_flags=discord.MemberCacheFlags.none(),
            max_messages=None,
            shard_count=shard_count,
            guild_ready_timeout=guild_ready_timeout,
            http_trace=sending_moments(),
        )
        if shard_ids is not None:
            self.shard_ids = list(shard_ids)
        self.services = services
        services.directory.attach(ClientDirectory(self))
        self.membership = Membership(self, services.clock.now)
        self.command_mentions: Mapping[str, str] = CommandMentions()
        self._extensions = tuple(extensions)
        self._syncing: asyncio.Task[None] | None = None
        self._rights_logged: set[int] = set()

    @override
    async def setup_hook(self) -> None:
        log_intents(self.intents)
        for name in self._extensions:
            await self.load_extension(name)
        self.add_dynamic_items(*STORED)
        # Members are not to wait for it: commands that are out of date get a sentence.
        self._syncing = asyncio.create_task(self._sync_commands(), name="command sync")

    @override
    async def close(self) -> None:
        if self._syncing is not None:
            self._syncing.cancel()
            await asyncio.wait((self._syncing,))
        await super().close()

    async def on_interaction(self, interaction: discord.Interaction[Any]) -> None:
        """Answer what discord.py would drop: it forgets open forms at a restart."""
        await answer_unclaimed(interaction)

    def takes_up(self, interaction_id: int) -> bool:
        """Whether this press or submit is new, and not one that Discord told before."""
        return cast("SafeTree", self.tree).takes_up(interaction_id)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Log what is missing in a guild, once a start."""
        self._log_rights(guild)

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Log what is missing in a guild that the bot joined."""
        self._log_rights(guild)

    async def on_guild_channel_update(
        self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel
    ) -> None:
        """Log what was taken away or given back in a channel."""
        log_changed_rights(before, after)

    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """Log what is missing in a guild, once a role of the bot may do something else."""
        if before.permissions != after.permissions and after in after.guild.me.roles:
            log_missing_rights(after.guild)

    async def on_ready(self) -> None:
        """Log that every shard is connected; Discord repeats this after long interruptions."""
        for guild in self.guilds:
            self._log_rights(guild)
        _log.info(
            "discord_ready",
            user_id=self.user.id if self.user else None,
            guilds=len(self.guilds),
            shards=sorted(self.shards),
        )

    @override
    async def on_message(self, message: discord.Message, /) -> None:
        """Leave messages to the listeners of cogs: there are no commands as text."""

    @override
    async def on_error(self, event_method: str, /, *args: object, **kwargs: object) -> None:
        """Log what an event's listener did not expect, under a code."""
        unexpected("discord_event_failed", discord_event=event_method)

    def _log_rights(self, guild: discord.Guild) -> None:
        if guild.id not in self._rights_logged:
            self._rights_logged.add(guild.id)
            log_missing_rights(guild)

    async def _sync_commands(self) -> None:
        sync = CommandSync(self.tree, units=self.services.units, clock=self.services.clock)
        try:
            mentions = await sync.sync(self.application_id or 0)
        except (discord.DiscordException, aiohttp.ClientError, OSError, StorageError):
            unexpected("commands_not_synced")
        else:
            self.command_mentions = CommandMentions(mentions)
