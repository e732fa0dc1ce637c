"""The smallest bot that discord.py makes: it answers `/vraag` and mentions with a constant."""

import os

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

ANSWER = "Een antwoord dat altijd hetzelfde is."


class _Baseline(discord.Client):
    """Has the intents of the real bot, and one command."""

    def __init__(self) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True, guild_messages=True, dm_messages=True)
        )
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def on_message(self, message: discord.Message) -> None:
        if self.user in message.mentions and message.author != self.user:
            await message.reply(ANSWER)


def main() -> None:
    """Serve until a signal ends the process."""
    Route.BASE = os.environ["BREED_TEST_DISCORD"]
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(os.environ["BREED_TEST_GATEWAY"])
    client = _Baseline()

    @client.tree.command(name="vraag", description="Stel een vraag")
    async def ask(  # pyright: ignore[reportUnusedFunction] -- the decorator registers it
        interaction: discord.Interaction, vraag: str
    ) -> None:
        del vraag
        await interaction.response.send_message(ANSWER)

    client.run(os.environ["DISCORD_TOKEN"])


if __name__ == "__main__":
    main()
