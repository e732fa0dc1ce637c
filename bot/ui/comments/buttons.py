"""What the buttons of members about comments do. They outlive a restart."""

from typing import Any, Final, Self

import discord
from typing_extensions import override

from bot.errors import StaleComponentError
from bot.texts import comments_own as texts
from bot.ui.acknowledging import Screen, StoredButtons, in_time, show
from bot.ui.comments import items, screens
from bot.ui.comments.comment_forms import (
    appeal_form,
    block_appeal_form,
    change_form,
)
from bot.ui.comments.ids import (
    APPEAL,
    APPEAL_TEMPLATE,
    BLOCK_APPEAL,
    BLOCK_APPEAL_TEMPLATE,
    VOTE,
    VOTE_TEMPLATE,
)
from bot.ui.comments.opening import open_comment_form
from bot.ui.comments.pressing import CommentButton, require_commenter, search_in
from bot.ui.comments.walk_buttons import WALK_ITEMS, voted_sentence
from bot.ui.comments.walking import round_or_none
from bot.ui.custom_ids import OPTIONAL_MARK, custom_id, template
from bot.ui.host import host_of
from bot.ui.items import NumberedButton, StoredItem
from bot.ui.payloads import chosen_in
from storage.comment_records import Comment

_Select = discord.ui.Select[StoredButtons]


class ReactButton(NumberedButton, template=template(items.REACT, "round")):
    """**Reageren** on a round."""

    kind = items.REACT

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        await open_comment_form(interaction, round_id=self.numbers[0] or None)


class ReactPartButton(NumberedButton, template=template(items.REACT_PART, "part") + OPTIONAL_MARK):
    """**Reageren** on an onderdeel, below an update, an option or the milestones."""

    kind = items.REACT_PART

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        await open_comment_form(interaction, part_number=self.numbers[0])


class VoteButton(CommentButton, template=VOTE_TEMPLATE):
    """**Eens**, **Oneens** and **Pas** below a placed comment."""

    kind = VOTE
    is_marked = True

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        text_id, code = self.numbers
        return Screen((f"{await voted_sentence(interaction, text_id, code)}\n{texts.NOBODY_SEES}",))


class MinePageButton(CommentButton, template=template(items.MINE, "page")):
    """Turns the pages of one's own comments."""

    kind = items.MINE
    replaces = True

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        services, guild_id = host_of(interaction).services, interaction.guild_id or 0
        return await screens.own_screen(services, guild_id, interaction.user.id, self.numbers[0])


class ListPageButton(CommentButton, template=template(items.LIST, "round", "order", "page")):
    """Turns the pages of the list."""

    kind = items.LIST
    replaces = True

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        round_id, order, page = self.numbers
        return await _list(interaction, round_id, order, page)


class OrderButton(CommentButton, template=template(items.ORDER, "round", "order")):
    """Shows the list in another order."""

    kind = items.ORDER
    replaces = True

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        round_id, order = self.numbers
        return await _list(interaction, round_id, order, 1)


class EditButton(NumberedButton, template=template(items.EDIT, "number")):
    """**Wijzigen**, of a comment of one's own."""

    kind = items.EDIT

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        await require_commenter(interaction)
        form = change_form(await _own(interaction, self.numbers[0]))
        await interaction.response.send_modal(form)


class WithdrawButton(CommentButton, template=template(items.WITHDRAW, "number")):
    """**Intrekken**: asks whether one is sure."""

    kind = items.WITHDRAW

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        comment = await _own(interaction, self.numbers[0])
        view = StoredButtons(items.sure(comment.id))
        return Screen((texts.withdraw_question(comment.number),), view)


class SureButton(CommentButton, template=template(items.SURE, "comment")):
    """**Ja, intrekken**."""

    kind = items.SURE
    replaces = True

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        comment = await host_of(interaction).services.comments.authoring.withdraw(
            self.numbers[0], guild_id=interaction.guild_id or 0, author_id=interaction.user.id
        )
        return Screen((texts.withdrawn(comment.number),))


class AppealButton(NumberedButton, template=APPEAL_TEMPLATE):
    """**Bezwaar maken** against a rejection; in private messages too."""

    kind = APPEAL
    is_marked = True

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_modal(appeal_form(self.numbers[0]))


class BlockAppealButton(NumberedButton, template=BLOCK_APPEAL_TEMPLATE):
    """**Bezwaar maken** against a block; in private messages too."""

    kind = BLOCK_APPEAL
    is_marked = True

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        await interaction.response.send_modal(block_appeal_form(self.numbers[0]))


class OpenMenu(StoredItem[_Select], template=template(items.OPEN)):
    """Opens one of one's own comments."""

    def __init__(self) -> None:
        """Offer nothing: what was chosen stands in the press."""
        super().__init__(discord.ui.Select(custom_id=custom_id(items.OPEN)))

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        del numbers
        return cls()

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        screen = await in_time(interaction, self._opened(interaction), ephemeral=True)
        await show(interaction, screen, ephemeral=True)

    async def _opened(self, interaction: discord.Interaction[Any]) -> Screen:
        comment = await _own(interaction, number_of(chosen_in(interaction)))
        return await screens.detail_screen(host_of(interaction).services, comment)


COMMENT_ITEMS: Final[tuple[type[StoredItem[Any]], ...]] = (
    ReactButton,
    ReactPartButton,
    VoteButton,
    *WALK_ITEMS,
    MinePageButton,
    ListPageButton,
    OrderButton,
    EditButton,
    WithdrawButton,
    SureButton,
    AppealButton,
    BlockAppealButton,
    OpenMenu,
)


def number_of(value: str) -> int:
    """Return the number that was chosen; 0, which no comment has, for what is none."""
    is_number = value.isascii() and value.isdecimal() and len(value) <= _DIGITS
    return int(value) if is_number else 0


_DIGITS: Final = 9


async def _own(interaction: discord.Interaction[Any], number: int) -> Comment:
    return await host_of(interaction).services.comments.authoring.own(
        number, guild_id=interaction.guild_id or 0, author_id=interaction.user.id
    )


async def _list(
    interaction: discord.Interaction[Any], round_id: int, order: int, page: int
) -> Screen:
    if order >= len(items.ORDERS):
        raise StaleComponentError
    services, guild_id = host_of(interaction).services, interaction.guild_id or 0
    return await screens.list_screen(
        services,
        guild_id,
        of=await round_or_none(services, guild_id, round_id),
        order=items.ORDERS[order],
        search=search_in(interaction.message),
        number=page,
    )
