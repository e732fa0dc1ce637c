"""What the buttons and menus about documents do, for moderators. They outlive a restart."""

import io
from abc import abstractmethod
from typing import Any, ClassVar, Final, Self

import discord
from typing_extensions import override

from bot.checks import require
from bot.services.container import Services
from bot.services.places import Standing
from bot.texts import knowledge_documents as texts
from bot.ui.acknowledging import Screen, StoredButtons, in_time, show
from bot.ui.custom_ids import custom_id, template
from bot.ui.host import host_of
from bot.ui.items import StoredItem
from bot.ui.knowledge import document_ids as ids
from bot.ui.knowledge.document_ids import document_of
from bot.ui.knowledge.documents import (
    button,
    document_screen,
    history_button,
    history_screen,
    parsed,
    saved_screen,
    version_screen,
)
from bot.ui.knowledge.documents_forms import MAX_BODY, section_form
from bot.ui.markdown import escaped
from bot.ui.payloads import chosen_in
from storage.document_records import DocumentVersion

_DIGITS: Final = 18

_Button = discord.ui.Button[StoredButtons]
_Select = discord.ui.Select[StoredButtons]


class _DocumentItem(StoredItem[discord.ui.Item[Any]], template="(?!)"):
    """A button or menu of moderators about one document; the first number of its custom_id."""

    kind: ClassVar[str]
    is_menu: ClassVar[bool] = False

    def __init__(self, *numbers: int) -> None:
        """Carry `numbers`, in the order of the template."""
        identity = custom_id(self.kind, *numbers)
        super().__init__(
            discord.ui.Select(custom_id=identity)
            if self.is_menu
            else discord.ui.Button(label="…", custom_id=identity)
        )
        self._numbers = numbers

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        return cls(*numbers.values())


class _DocumentAnswer(_DocumentItem, template="(?!)"):
    """A button or menu that shows something of the document."""

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        screen = await in_time(interaction, self._checked(interaction), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    async def _checked(self, interaction: discord.Interaction[Any]) -> Screen:
        await require(interaction, Standing.MODERATOR)
        services = host_of(interaction).services
        number = chosen_number(interaction) if not self._numbers else self._numbers[0]
        version = await document_of(services, interaction.guild_id or 0, number)
        return await self.answered(interaction, services, version)

    @abstractmethod
    async def answered(
        self, interaction: discord.Interaction[Any], services: Services, version: DocumentVersion
    ) -> Screen:
        """Do what was asked of a document, and return what is shown."""


class OpenMenu(_DocumentAnswer, template=template(ids.OPEN)):
    """Opens a document that was found."""

    kind = ids.OPEN
    is_menu = True

    @override
    async def answered(
        self, interaction: discord.Interaction[Any], services: Services, version: DocumentVersion
    ) -> Screen:
        return await document_screen(services, version)


class HistoryButton(_DocumentAnswer, template=template(ids.HISTORY, "document")):
    """**Historie**."""

    kind = ids.HISTORY

    @override
    async def answered(
        self, interaction: discord.Interaction[Any], services: Services, version: DocumentVersion
    ) -> Screen:
        return await history_screen(services, version)


class VersionMenu(_DocumentAnswer, template=template(ids.VERSION, "document")):
    """Looks at one version."""

    kind = ids.VERSION
    is_menu = True

    @override
    async def answered(
        self, interaction: discord.Interaction[Any], services: Services, version: DocumentVersion
    ) -> Screen:
        return await version_screen(services, version, chosen_number(interaction))


class RevertButton(_DocumentAnswer, template=template(ids.REVERT, "document", "to", "based")):
    """Makes an earlier version the newest one."""

    kind = ids.REVERT

    @override
    async def answered(
        self, interaction: discord.Interaction[Any], services: Services, version: DocumentVersion
    ) -> Screen:
        _, to_version, based_on = self._numbers
        after = await services.guild_documents.revert(
            version.guild_id,
            version.document_id,
            to_version=to_version,
            based_on=based_on,
            actor_id=interaction.user.id,
        )
        return saved_screen(version, after)


class RemoveButton(_DocumentAnswer, template=template(ids.REMOVE, "document", "based")):
    """Takes a document out of the answers."""

    kind = ids.REMOVE

    @override
    async def answered(
        self, interaction: discord.Interaction[Any], services: Services, version: DocumentVersion
    ) -> Screen:
        return await removed_screen(services, version, self._numbers[1], by=interaction.user.id)


class RestoreButton(_DocumentAnswer, template=template(ids.RESTORE, "document", "based")):
    """**Terugzetten**."""

    kind = ids.RESTORE

    @override
    async def answered(
        self, interaction: discord.Interaction[Any], services: Services, version: DocumentVersion
    ) -> Screen:
        after = await services.guild_documents.restore(
            version.guild_id,
            version.document_id,
            based_on=self._numbers[1],
            actor_id=interaction.user.id,
        )
        return Screen(
            (texts.restored(escaped(after.title), after.version),),
            StoredButtons(history_button(after)),
        )


class ResetButton(_DocumentAnswer, template=template(ids.RESET, "document", "based")):
    """**Nieuwe tekst nemen**."""

    kind = ids.RESET

    @override
    async def answered(
        self, interaction: discord.Interaction[Any], services: Services, version: DocumentVersion
    ) -> Screen:
        after = await services.guild_documents.reset(
            version.guild_id,
            version.document_id,
            based_on=self._numbers[1],
            actor_id=interaction.user.id,
        )
        return saved_screen(version, after)


class KeepButton(_DocumentAnswer, template=template(ids.KEEP, "document", "based")):
    """**Onze tekst houden**."""

    kind = ids.KEEP

    @override
    async def answered(
        self, interaction: discord.Interaction[Any], services: Services, version: DocumentVersion
    ) -> Screen:
        after = await services.guild_documents.keep(
            version.guild_id,
            version.document_id,
            based_on=self._numbers[1],
            actor_id=interaction.user.id,
        )
        return saved_screen(None, after)


class SectionMenu(_DocumentItem, template=template(ids.SECTION, "document", "version")):
    """Which part is changed: opens its form."""

    kind = ids.SECTION
    is_menu = True

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        await require(interaction, Standing.MODERATOR)
        services, guild_id = host_of(interaction).services, interaction.guild_id or 0
        version = await document_of(services, guild_id, self._numbers[0])
        place = chosen_number(interaction)
        sections = parsed(version).sections if version.text is not None else ()
        if place >= len(sections):
            await show(interaction, Screen((texts.SECTION_GONE,)), ephemeral=True)
        elif len(sections[place].text) > MAX_BODY:
            await show(interaction, Screen((texts.TOO_LONG_FOR_FORM,)), ephemeral=True)
        else:
            await interaction.response.send_modal(section_form(version, place, sections[place]))


class DownloadButton(_DocumentItem, template=template(ids.DOWNLOAD, "document")):
    """**Downloaden**: the whole text, as a file that can be sent back."""

    kind = ids.DOWNLOAD

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        await require(interaction, Standing.MODERATOR)
        services, guild_id = host_of(interaction).services, interaction.guild_id or 0
        version = await document_of(services, guild_id, self._numbers[0])
        content = io.BytesIO((version.text or "").encode())
        file = discord.File(content, filename=f"{version.document_id}.v{version.version}.md")
        await interaction.response.send_message(file=file, ephemeral=True)


DOCUMENT_ITEMS: Final[tuple[type[StoredItem[Any]], ...]] = (
    OpenMenu,
    HistoryButton,
    VersionMenu,
    RevertButton,
    RemoveButton,
    RestoreButton,
    ResetButton,
    KeepButton,
    SectionMenu,
    DownloadButton,
)


def chosen_number(interaction: discord.Interaction[Any]) -> int:
    """Return the number that was chosen in a menu; 0 for what is none."""
    value = chosen_in(interaction)
    is_number = value.isascii() and value.isdecimal() and len(value) <= _DIGITS
    return int(value) if is_number else 0


async def removed_screen(
    services: Services, version: DocumentVersion, based_on: int, *, by: int
) -> Screen:
    """Take a document out of the answers, and offer the way back."""
    after = await services.guild_documents.remove(
        version.guild_id, version.document_id, based_on=based_on, actor_id=by
    )
    view = StoredButtons(button(texts.UNDO, ids.RESTORE, after), history_button(after))
    return Screen((texts.removed(escaped(after.title)),), view)
