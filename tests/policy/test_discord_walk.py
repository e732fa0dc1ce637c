"""What the walk over cogs sees, on cogs made here: the real ones may change."""

import discord
from discord import app_commands
from discord.ext import commands

from tests.policy import discord_limits


class Answers(commands.Cog):
    knowledge = app_commands.Group(name="kennis", description="De kennisbank.")

    @app_commands.command(name="vraag", description="Stel een vraag.")
    async def ask(self, interaction: discord.Interaction, vraag: str) -> None: ...

    @knowledge.command(name="zoeken", description="Zoek een document.")
    async def search(self, interaction: discord.Interaction) -> None: ...


class Subscriptions(
    commands.GroupCog, group_name="abonnement", group_description="Updates in een DM."
):
    @app_commands.command(name="aan", description="Zet aan.")
    async def on(self, interaction: discord.Interaction) -> None: ...


COGS: list[type[commands.Cog]] = [Answers, Subscriptions]


def test_commands_of_groups_and_group_cogs_are_named_as_typed() -> None:
    assert sorted(discord_limits.names_of(COGS)) == [
        "/abonnement aan",
        "/kennis zoeken",
        "/vraag",
    ]


def test_an_option_without_a_description_is_found_in_a_real_command() -> None:
    found = list(discord_limits.check(discord_limits.payloads_of(COGS)))

    assert found == ["/vraag vraag: has no description"]


def test_the_name_of_a_context_menu_is_read_from_the_source() -> None:
    source = 'a = app_commands.ContextMenu(name="Meld probleem", callback=f)\n'

    assert list(discord_limits.context_menus(source)) == [(1, "Meld probleem")]
