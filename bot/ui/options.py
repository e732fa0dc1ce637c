"""The options for collectivisation on the screen: all, one, or two side by side."""

from collections.abc import Sequence
from typing import Any, Final, Self

import discord
from typing_extensions import override

from bot.search.documents import Document, Section
from bot.services.knowledge.options import HEADINGS, find_option
from bot.texts import options as texts
from bot.ui.acknowledging import Screen, StoredButtons, in_time, show
from bot.ui.comments.items import react_part
from bot.ui.custom_ids import custom_id, template
from bot.ui.editions import edition_of
from bot.ui.items import StoredItem
from bot.ui.markdown import escaped, link, shortened, split, unmentioned
from bot.ui.payloads import chosen_in
from storage.progress_records import Part

_MOST: Final = 25  # options of a select
_LABEL: Final = 100  # characters of one
# Ten fields of this size, their names and the sources stay below the 6,000 of all embeds.
_FIELD: Final = 450
_FIELD_NAME: Final = 256
_SOURCES: Final = 500
_BLANK: Final = "\u200b"

_Select = discord.ui.Select[StoredButtons]


def overview_screen(options: Sequence[Document]) -> Screen:
    """Return the list of all options, with a menu to open one."""
    if not options:
        return Screen((texts.NO_OPTIONS,))
    text = texts.overview(escaped(option.title) for option in options)
    return Screen(tuple(split(text)), StoredButtons(OptionMenu(options)))


def option_screen(option: Document) -> Screen:
    """Return one option in full."""
    text = "\n".join(
        (
            texts.heading(option.option or 0, escaped(option.title)),
            *(
                texts.aspect(escaped(section.heading), unmentioned(section.text))
                for section in option.sections
            ),
            texts.sources(_links(option), date=option.date),
        )
    )
    return Screen(tuple(split(text)), StoredButtons(react_part(Part.OPTIES)))


def comparison_screen(first: Document, second: Document) -> Screen:
    """Return two options side by side; on a phone each part of one stands above the other's."""
    embed = discord.Embed(
        title=shortened(texts.comparison(escaped(first.title), escaped(second.title)), _FIELD_NAME)
    )
    for heading in HEADINGS:
        for option in (first, second):
            name = texts.compared(heading, escaped(option.title))
            embed.add_field(
                name=shortened(name, _FIELD_NAME), value=_aspect(option, heading), inline=True
            )
        # A field of its own line keeps a third column from forming.
        embed.add_field(name=_BLANK, value=_BLANK, inline=False)
    for option in (first, second):
        text = texts.compared_sources(escaped(option.title), _links(option))
        embed.add_field(name=texts.SOURCES, value=shortened(text, _SOURCES), inline=False)
    return Screen((texts.COMPARE_HINT,), embed=embed)


class OptionMenu(StoredItem[_Select], template=template("option")):
    """Opens one option in full, for whoever chooses it."""

    def __init__(self, options: Sequence[Document] = ()) -> None:
        """Offer `options`."""
        super().__init__(
            discord.ui.Select(
                custom_id=custom_id("option"),
                placeholder=texts.SELECT_PLACEHOLDER,
                options=[
                    discord.SelectOption(
                        label=shortened(f"{one.option}. {one.title}", _LABEL), value=one.id[:_LABEL]
                    )
                    for one in options[:_MOST]
                ],
            )
        )

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        del numbers
        return cls()

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        is_private = interaction.guild_id is not None
        edition = await in_time(interaction, edition_of(interaction), ephemeral=is_private)
        option = find_option(edition.options, chosen_in(interaction))
        await show(interaction, option_screen(option), ephemeral=is_private)


def _aspect(option: Document, heading: str) -> str:
    section = _section(option, heading)
    return shortened(unmentioned(section.text), _FIELD) if section else texts.NOTHING_KNOWN


def _section(option: Document, heading: str) -> Section | None:
    return next((one for one in option.sections if one.heading == heading), None)


def _links(option: Document) -> list[str]:
    """Return every source of an option once, as links."""
    sources = dict.fromkeys(source for section in option.sections for source in section.sources)
    return [link(source.title, source.url) for source in sources]
