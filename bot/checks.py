"""Who may do what: one rule gives both the check at every use and what Discord shows to whom."""

from collections.abc import Callable
from typing import Any, TypeVar

import discord
from discord import app_commands

from bot.adapters.directory import role_facts
from bot.error_handler import RefusedError
from bot.errors import MemberError, NotAMemberError, NotAModeratorError
from bot.services.places import Standing
from bot.ui.host import host_of

_Command = TypeVar("_Command", bound=Callable[..., Any])


def member_only() -> Callable[[_Command], _Command]:
    """Refuse a command to whoever is no member; Discord shows it to everybody in a guild."""

    def decorate(command: _Command) -> _Command:
        checked = app_commands.check(_predicate(Standing.MEMBER))(command)
        return app_commands.guild_only()(checked)

    return decorate


def moderator_only() -> Callable[[_Command], _Command]:
    """Refuse a command to whoever is no moderator; Discord shows it to Manage Server only."""

    def decorate(command: _Command) -> _Command:
        checked = app_commands.check(_predicate(Standing.MODERATOR))(command)
        shown = app_commands.default_permissions(manage_guild=True)(checked)
        return app_commands.guild_only()(shown)

    return decorate


async def require(interaction: discord.Interaction[Any], standing: Standing) -> None:
    """Check a button or form as commands are checked.

    Raises:
        NotAMemberError: for what members may do.
        NotAModeratorError: for what moderators may do.

    """
    if standing > await standing_of(interaction):
        raise _refusal(standing)


async def standing_of(interaction: discord.Interaction[Any]) -> Standing:
    """Return what whoever uses this may do here; in private messages they are a visitor."""
    if interaction.guild_id is None or not isinstance(interaction.user, discord.Member):
        return Standing.VISITOR
    return await host_of(interaction).services.places.standing(
        interaction.guild_id,
        roles=[role_facts(role) for role in interaction.user.roles],
        manages_guild=interaction.permissions.manage_guild,
    )


def _predicate(standing: Standing) -> Callable[[discord.Interaction[Any]], Any]:
    async def may(interaction: discord.Interaction[Any]) -> bool:
        try:
            await require(interaction, standing)
        except MemberError as error:
            raise RefusedError(error) from error
        return True

    return may


def _refusal(standing: Standing) -> MemberError:
    return NotAModeratorError() if standing is Standing.MODERATOR else NotAMemberError()
