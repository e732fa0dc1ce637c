"""The buttons of moderators below milestones: every press checks rights and version afresh."""

from abc import abstractmethod
from typing import Any, Final

import discord
from typing_extensions import override

from bot.checks import require
from bot.services.places import Standing
from bot.services.progress.milestones import Milestones
from bot.services.progress.milestones_errors import MilestoneChangedError
from bot.services.progress.milestones_writing import MilestoneWriting, Review, Saved, stamp_of
from bot.services.progress.timeline import Entry, Target
from bot.texts import milestones as texts
from bot.ui.acknowledging import StoredButtons
from bot.ui.custom_ids import template
from bot.ui.form_buttons import ModeratorFormButton
from bot.ui.forms import StoredForm
from bot.ui.host import host_of
from bot.ui.items import NumberedButton
from bot.ui.progress.milestones import entry_text, meanwhile_text, preview_text, saved_text
from bot.ui.progress.milestones_forms import again_form, change_form
from bot.ui.progress.progress_sending import PictureScreen, change_picture, here_in_time

_OF_ENTRY: Final = ("shipped", "number", "version")

_Button = discord.ui.Button[StoredButtons]


def preview_screen(review: Review) -> PictureScreen:
    """Return a draft with the buttons to save, adjust or forget it."""
    draft = review.draft
    items: list[discord.ui.Item[Any]] = []
    if review.content is not None and not review.changes_nothing:
        label = texts.SAVE_LABEL if review.theirs is None else texts.SAVE_ANYWAY_LABEL
        items.append(SaveButton(draft.id, stamp_of(draft), review.seen, label=label))
    items += (AdjustButton(draft.id), CancelButton(draft.id))
    return PictureScreen(preview_text(review), None, StoredButtons(*items))


def confirmation_screen(entry: Entry, above: str = "") -> PictureScreen:
    """Ask once whether a milestone is to be removed."""
    is_shipped = entry.shipped is not None
    question = texts.CONFIRM_HIDE if is_shipped else texts.CONFIRM_REMOVE
    label = texts.HIDE_LABEL if is_shipped else texts.REMOVE_LABEL
    text = entry_text(entry, f"{above}\n\n{question}" if above else question)
    view = StoredButtons(RemoveButton(*numbers_of(entry), label=label), KeepButton())
    return PictureScreen(text, None, view)


def numbers_of(entry: Entry) -> tuple[int, int, int]:
    """Return what the custom_id of a button about a milestone carries."""
    return int(entry.target.is_shipped), entry.target.number, entry.version


class MilestoneButton(NumberedButton, template="(?!)"):
    """A button of moderators; what it is about stands in its numbers."""

    @property
    def target(self) -> Target:
        """The milestone that it is about, where it is about one."""
        return Target(is_shipped=bool(self.numbers[0]), number=self.numbers[1])


class ModeratorButton(MilestoneButton, template="(?!)"):
    """A button that shows something in place of what it was pressed on."""

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        screen = await here_in_time(interaction, self._checked(interaction))
        await change_picture(interaction, screen)

    @abstractmethod
    async def screen(self, interaction: discord.Interaction[Any]) -> PictureScreen:
        """Do it, and return what then stands in place of what was pressed on."""

    async def _checked(self, interaction: discord.Interaction[Any]) -> PictureScreen:
        await require(interaction, Standing.MODERATOR)
        return await self.screen(interaction)


class SaveButton(ModeratorButton, template=template("ms-save", "draft", "stamp", "seen")):
    """**Opslaan**: over the version that was seen; otherwise the preview comes back, renewed."""

    kind = "ms-save"
    label = texts.SAVE_LABEL
    style = discord.ButtonStyle.success

    @override
    async def screen(self, interaction: discord.Interaction[Any]) -> PictureScreen:
        draft, stamp, seen = self.numbers
        saved = await writing_of(interaction).save(
            draft,
            guild_id=interaction.guild_id or 0,
            person=interaction.user.id,
            stamp=stamp,
            seen=seen,
        )
        if not isinstance(saved, Saved):
            return preview_screen(saved)
        return PictureScreen(saved_text(saved), None, StoredButtons())


class CancelButton(ModeratorButton, template=template("ms-cancel", "draft")):
    """**Annuleren**: forgets what was typed."""

    kind = "ms-cancel"
    label = texts.CANCEL_LABEL

    @override
    async def screen(self, interaction: discord.Interaction[Any]) -> PictureScreen:
        guild_id, person = interaction.guild_id or 0, interaction.user.id
        await writing_of(interaction).discard(self.numbers[0], guild_id=guild_id, person=person)
        return PictureScreen(texts.CANCELLED, None, StoredButtons())


class KeepButton(ModeratorButton, template=template("ms-keep")):
    """**Annuleren** where a milestone was to be removed."""

    kind = "ms-keep"
    label = texts.CANCEL_LABEL

    @override
    async def screen(self, interaction: discord.Interaction[Any]) -> PictureScreen:
        return PictureScreen(texts.KEPT, None, StoredButtons())


class FormButton(MilestoneButton, ModeratorFormButton, template="(?!)"):
    """A button that opens a form."""


class AdjustButton(FormButton, template=template("ms-adjust", "draft")):
    """**Aanpassen**: the form again, with what was typed."""

    kind = "ms-adjust"
    label = texts.ADJUST_LABEL

    @override
    async def form(self, interaction: discord.Interaction[Any]) -> StoredForm:
        guild_id, person = interaction.guild_id or 0, interaction.user.id
        draft = await writing_of(interaction).draft(
            self.numbers[0], guild_id=guild_id, person=person
        )
        return again_form(draft)


class ChangeButton(FormButton, template=template("ms-change", *_OF_ENTRY)):
    """**Wijzigen**: the form, with what the milestone says now."""

    kind = "ms-change"
    label = texts.CHANGE_LABEL

    @override
    async def form(self, interaction: discord.Interaction[Any]) -> StoredForm:
        entry = await milestones_of(interaction).find(interaction.guild_id or 0, self.target)
        return change_form(entry)


class RemoveButton(ModeratorButton, template=template("ms-remove", *_OF_ENTRY)):
    """**Verwijderen**, or **Verbergen** for what ships; asked once, and not final."""

    kind = "ms-remove"
    label = texts.REMOVE_LABEL
    style = discord.ButtonStyle.danger

    @override
    async def screen(self, interaction: discord.Interaction[Any]) -> PictureScreen:
        milestones, guild_id = milestones_of(interaction), interaction.guild_id or 0
        try:
            entry = await milestones.remove(
                guild_id, self.target, version=self.numbers[2], person=interaction.user.id
            )
        except MilestoneChangedError as error:
            return await changed_screen(interaction, self.target, error)
        above = texts.HIDDEN if entry.shipped else texts.REMOVED
        return PictureScreen(
            entry_text(entry, above), None, StoredButtons(UndoButton(*numbers_of(entry)))
        )


class UndoButton(ModeratorButton, template=template("ms-undo", *_OF_ENTRY)):
    """**Ongedaan maken** or **Terugzetten**: the milestone stands there again."""

    kind = "ms-undo"
    label = texts.UNDO_LABEL

    @override
    async def screen(self, interaction: discord.Interaction[Any]) -> PictureScreen:
        milestones, guild_id = milestones_of(interaction), interaction.guild_id or 0
        try:
            entry = await milestones.restore(
                guild_id, self.target, version=self.numbers[2], person=interaction.user.id
            )
        except MilestoneChangedError as error:
            return await changed_screen(interaction, self.target, error)
        return PictureScreen(entry_text(entry, texts.RESTORED), None, StoredButtons())


class ResetButton(ModeratorButton, template=template("ms-reset", *_OF_ENTRY)):
    """Shows what ships as it ships again."""

    kind = "ms-reset"
    label = texts.RESET_LABEL

    @override
    async def screen(self, interaction: discord.Interaction[Any]) -> PictureScreen:
        milestones, guild_id = milestones_of(interaction), interaction.guild_id or 0
        try:
            entry = await milestones.reset(
                guild_id, self.target, version=self.numbers[2], person=interaction.user.id
            )
        except MilestoneChangedError as error:
            return await changed_screen(interaction, self.target, error)
        return PictureScreen(entry_text(entry, texts.RESET), None, StoredButtons())


async def changed_screen(
    interaction: discord.Interaction[Any], target: Target, error: MilestoneChangedError
) -> PictureScreen:
    """Say who was first, and offer what can be done with the milestone as it stands now."""
    entry = await milestones_of(interaction).find(interaction.guild_id or 0, target)
    above = meanwhile_text(error.change) if error.change else ""
    if entry.is_shown:
        return confirmation_screen(entry, above)
    undo = UndoButton(*numbers_of(entry), label=texts.RESTORE_LABEL)
    return PictureScreen(entry_text(entry, above), None, StoredButtons(undo))


def milestones_of(interaction: discord.Interaction[Any]) -> Milestones:
    """Return the use case of milestones."""
    return host_of(interaction).services.milestones


def writing_of(interaction: discord.Interaction[Any]) -> MilestoneWriting:
    """Return the use case of drafts."""
    return host_of(interaction).services.milestone_writing
