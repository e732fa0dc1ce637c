"""A cog as `bot/client.py` loads them."""

from discord.ext import commands

from bot.client import BreedBot


class Example(commands.Cog):
    """Does nothing."""


async def setup(bot: BreedBot) -> None:
    await bot.add_cog(Example())
