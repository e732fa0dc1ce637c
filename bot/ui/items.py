"""The bases of buttons and menus that outlive a restart."""

import re
from abc import abstractmethod
from functools import partial
from typing import Any, ClassVar, Generic, Self, TypeVar

import discord
from typing_extensions import override

from bot.error_handler import guarded
from bot.ui.custom_ids import NOWHERE, custom_id, numbers_in
from bot.ui.host import host_of

_Item = TypeVar("_Item", bound=discord.ui.Item[Any])


class StoredItem(discord.ui.DynamicItem[_Item], Generic[_Item], template="(?!)"):
    """Made anew from its custom_id at every press; however that fails, it ends in a sentence."""

    @classmethod
    @abstractmethod
    def matched(cls, numbers: dict[str, int]) -> Self:
        """Return the item whose custom_id holds these numbers."""

    @abstractmethod
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        """Do what was asked; rights are checked here, at every press."""

    @classmethod
    @override
    async def from_custom_id(
        cls,
        interaction: discord.Interaction[Any],
        item: discord.ui.Item[Any],
        match: re.Match[str],
        /,
    ) -> Self:
        del interaction, item
        return cls.matched(numbers_in(match))

    @override
    async def callback(self, interaction: discord.Interaction[Any]) -> None:
        if host_of(interaction).takes_up(interaction.id):
            await guarded(interaction, partial(self.pressed, interaction))


class NumberedButton(StoredItem[discord.ui.Button[Any]], template="(?!)"):
    """A button; what it is about stands as numbers in its custom_id.

    `is_marked`: its pattern ends with the mark of a delivery, so it needs one elsewhere too.
    """

    kind: ClassVar[str]
    label: ClassVar[str] = "…"
    style: ClassVar[discord.ButtonStyle] = discord.ButtonStyle.secondary
    is_marked: ClassVar[bool] = False

    def __init__(self, *numbers: int, label: str | None = None) -> None:
        """Carry `numbers`, in the order of the template."""
        identity = custom_id(self.kind, *numbers)
        super().__init__(
            discord.ui.Button(
                label=label or self.label,
                style=self.style,
                custom_id=NOWHERE.on_custom_id(identity) if self.is_marked else identity,
            )
        )
        self.numbers = numbers

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        return cls(*numbers.values())
