"""`/kennis verwijderen` for what forum members wrote: by title or author, back for a minute."""

import datetime as dt
import re
from typing import Any, Final, Self

import discord
from typing_extensions import override

from bot.checks import require
from bot.services.container import Services
from bot.services.forum.finding import ForumHit
from bot.services.forum.moderating import Verdict
from bot.services.places import Standing
from bot.texts import knowledge_documents as texts
from bot.ui.acknowledging import Screen, StoredButtons
from bot.ui.custom_ids import custom_id, template
from bot.ui.host import host_of
from bot.ui.items import StoredItem
from bot.ui.knowledge import document_ids as ids
from bot.ui.markdown import escaped, shortened
from bot.ui.replacing import replace_with

UNDO_WITHIN: Final = dt.timedelta(minutes=1)
_VALUE: Final = re.compile(r"forum:([0-9]{1,18})")
_LABEL: Final = 100
_ALL: Final = 2_000
_AUTHOR: Final = 30
_TITLE: Final = 200

_Button = discord.ui.Button[StoredButtons]


async def offered_forum_texts(
    services: Services, guild_id: int, typed: str, *, most: int
) -> list[tuple[str, str]]:
    """Return values and labels of what forum members wrote that fits what is typed."""
    found = await services.forum.finding.named(guild_id, typed, limit=most)
    return [(f"forum:{one.item_id}", _label(one)) for one in found]


def chosen_forum_text(typed: str) -> int | None:
    """Return the item that was chosen from that list, None when something else was typed."""
    chosen = _VALUE.fullmatch(typed.strip())
    return None if chosen is None else int(chosen[1])


async def forum_text_called(services: Services, guild_id: int, typed: str) -> int | None:
    """Return the newest item with this title or label, or None."""
    wanted = typed.strip().casefold()
    found = await services.forum.finding.named(guild_id, "", limit=_ALL)
    for one in found:
        if wanted in {one.title.casefold(), _label(one).casefold()}:
            return one.item_id
    return None


async def forum_text_removed(services: Services, guild_id: int, item_id: int, *, by: int) -> Screen:
    """Let no question of the guild find what a member wrote, and offer the way back for a minute.

    Raises:
        ItemGoneError: when it says nothing any more.

    """
    text = await services.forum.finding.shown(guild_id, item_id)
    if text is None:
        return Screen((texts.FORUM_TEXT_WAS_OUT,))
    verdict = await services.forum.moderating.hide(text.item_id, guild_id=guild_id, by=by)
    if verdict is Verdict.WAS_SO:
        return Screen((texts.FORUM_TEXT_WAS_OUT,))
    until = int((services.clock.now() + UNDO_WITHIN).timestamp())
    said = texts.forum_text_removed(
        escaped(shortened(" ".join(text.title.split()), _TITLE)),
        escaped(shortened(text.author or texts.FORUM_MEMBER, _TITLE)),
        until=until,
    )
    button = discord.ui.Button[Any](
        label=texts.UNDO, custom_id=custom_id(ids.FORUM_BACK, text.item_id, until)
    )
    return Screen((said,), StoredButtons(button))


class ForumTextBackButton(StoredItem[_Button], template=template(ids.FORUM_BACK, "item", "until")):
    """**Ongedaan maken**, within the minute."""

    def __init__(self, item: int, until: int) -> None:
        """Put back the item with this id, before the moment `until`, in seconds since 1970."""
        identity = custom_id(ids.FORUM_BACK, item, until)
        super().__init__(discord.ui.Button(label=texts.UNDO, custom_id=identity))
        self._item = item
        self._until = until

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        return cls(numbers["item"], numbers["until"])

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        await require(interaction, Standing.MODERATOR)
        services = host_of(interaction).services
        if services.clock.now().timestamp() > self._until:
            await replace_with(interaction, Screen((texts.FORUM_TEXT_TOO_LATE,)))
            return
        verdict = await services.forum.moderating.show(
            self._item, guild_id=interaction.guild_id or 0, by=interaction.user.id
        )
        done = verdict is Verdict.DONE
        said = texts.FORUM_TEXT_BACK if done else texts.FORUM_TEXT_WAS_BACK
        await replace_with(interaction, Screen((said,)))


FORUM_TEXT_BUTTONS: Final = (ForumTextBackButton,)


def _label(text: ForumHit) -> str:
    author = shortened(text.author or texts.FORUM_MEMBER, _AUTHOR)
    room = _LABEL - len(texts.forum_text("", author))
    return texts.forum_text(shortened(" ".join(text.title.split()), room), author)
