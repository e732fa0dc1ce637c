"""The buttons of imports: they outlive a restart, and of two moderators one decides."""

from abc import abstractmethod
from typing import Any, ClassVar, Final

import discord
from typing_extensions import override

from bot.checks import require
from bot.errors import MemberError
from bot.services.knowledge.importing.errors import ImportDecidedError, NothingLeftError
from bot.services.places import Standing
from bot.texts import errors as error_texts
from bot.texts import importing as texts
from bot.ui.acknowledging import Screen, StoredButtons
from bot.ui.custom_ids import custom_id, template
from bot.ui.host import host_of
from bot.ui.items import NumberedButton
from bot.ui.knowledge.importing import DROP, REMOVE, TAKE, decided_screen, replace, waiting_buttons
from storage.import_records import Import, ImportState

_Button = discord.ui.Button[StoredButtons]


class ImportButton(NumberedButton, template="(?!)"):
    """A button that decides on an import, and shows in its own message what came of it."""

    meanwhile: ClassVar[str] = ""
    """What its message shows until it is decided; without it the answer is a message of its own."""

    @property
    def import_id(self) -> int:
        """The import that it decides on."""
        return self.numbers[0]

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        await require(interaction, Standing.MODERATOR)
        if self.meanwhile:
            # Without its buttons nobody presses twice; what fails below puts them back.
            await interaction.response.edit_message(content=self.meanwhile, view=None)
        else:
            await interaction.response.defer(ephemeral=True, thinking=True)
        by = interaction.user.id
        try:
            found = await self.decided(interaction)
        except ImportDecidedError as error:
            if error.found.state is ImportState.TAKING and error.found.actor_id == by:
                return  # a second press: the first one shows what comes of it
            await replace(interaction, decided_screen(error.found, by=by))
        except NothingLeftError as error:
            buttons = waiting_buttons(self.import_id, has_known=False)
            await replace(interaction, Screen((error_texts.sentence(error),), buttons))
        except MemberError as error:
            await replace(interaction, Screen((error_texts.sentence(error),)))
        except Exception:
            await replace(interaction, Screen((texts.STOPPED,), self.again()))
            raise
        else:
            await replace(interaction, decided_screen(found, by=by))

    @abstractmethod
    async def decided(self, interaction: discord.Interaction[Any]) -> Import:
        """Decide, and return how the import is now."""

    @abstractmethod
    def again(self) -> StoredButtons:
        """Return the buttons to try again with."""


class TakeButton(ImportButton, template=template(TAKE, "import_id", "new")):
    """**Opnemen**, and **Zonder dubbele opnemen**."""

    kind = TAKE
    meanwhile = texts.TAKING

    @override
    async def decided(self, interaction: discord.Interaction[Any]) -> Import:
        return await host_of(interaction).services.imports.take_in(
            self.import_id,
            guild_id=interaction.guild_id or 0,
            by=interaction.user.id,
            without_known=bool(self.numbers[1]),
        )

    @override
    def again(self) -> StoredButtons:
        return waiting_buttons(self.import_id, has_known=bool(self.numbers[1]))


class DropButton(ImportButton, template=template(DROP, "import_id")):
    """**Annuleren**."""

    kind = DROP
    meanwhile = texts.DROPPING

    @override
    async def decided(self, interaction: discord.Interaction[Any]) -> Import:
        return await host_of(interaction).services.imports.drop(
            self.import_id, guild_id=interaction.guild_id or 0, by=interaction.user.id
        )

    @override
    def again(self) -> StoredButtons:
        return waiting_buttons(self.import_id, has_known=False)


class RemoveButton(ImportButton, template=template(REMOVE, "import_id")):
    """**Weer verwijderen**: every document of the import, their versions stay."""

    kind = REMOVE

    @override
    async def decided(self, interaction: discord.Interaction[Any]) -> Import:
        return await host_of(interaction).services.imports.remove(
            self.import_id, guild_id=interaction.guild_id or 0, by=interaction.user.id
        )

    @override
    def again(self) -> StoredButtons:
        button: _Button = discord.ui.Button(
            label=texts.REMOVE,
            custom_id=custom_id(REMOVE, self.import_id),
            style=discord.ButtonStyle.secondary,
        )
        return StoredButtons(button)


IMPORT_BUTTONS: Final = (TakeButton, DropButton, RemoveButton)
