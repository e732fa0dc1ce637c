"""What a moderator sees whose document somebody else changed first."""

from typing import Any, Final

import discord

from bot.services.knowledge.conflicts import Conflict
from bot.services.knowledge.differences import difference
from bot.texts import knowledge_conflicts as texts
from bot.texts import knowledge_documents as document_texts
from bot.ui.acknowledging import Screen, StoredButtons
from bot.ui.custom_ids import custom_id
from bot.ui.knowledge import document_ids as ids
from bot.ui.knowledge.document_ids import number_of
from bot.ui.knowledge.documents import difference_shown, history_button, readable, readable_text
from bot.ui.markdown import escaped, shortened

_ROOM: Final = 650  # characters of each of the two differences, as they are shown
_TITLE: Final = 100
_GREEN: Final = discord.ButtonStyle.success


def conflict_screen(conflict: Conflict) -> Screen:
    """Say who was first, what either changed, and let the moderator choose."""
    base, current = conflict.base, conflict.current
    title = escaped(shortened(current.title, _TITLE))
    lines = [texts.beaten(title, by=current.actor_id, version=current.version)]
    before = readable(base)
    if current.text is None:
        lines.append(texts.REMOVED)
    else:
        theirs = difference(before, readable(current), room=_ROOM)
        lines += [texts.THEIRS, difference_shown(theirs, most=_ROOM)]
    mine = difference(before, readable_text(conflict.mine), room=_ROOM)
    lines += [texts.MINE, difference_shown(mine, most=_ROOM)]
    lines.append(texts.REPLACES_PART if conflict.is_part else texts.REPLACES_ALL)
    return Screen(("\n".join(lines),), _choices(conflict))


def look_button(draft_id: int) -> discord.ui.Button[Any]:
    """Return the way back to a text about which nothing was chosen."""
    return discord.ui.Button(label=texts.LOOK, custom_id=custom_id(ids.LOOK, draft_id))


def let_be_screen(conflict_title: str, *buttons: discord.ui.Button[Any]) -> Screen:
    """Say that a text was let go."""
    title = escaped(shortened(conflict_title, _TITLE))
    return Screen((texts.let_be(title),), StoredButtons(*buttons))


def _choices(conflict: Conflict) -> StoredButtons:
    draft, current = conflict.draft, conflict.current
    items: list[discord.ui.Item[Any]] = [
        discord.ui.Button(
            label=texts.TAKE,
            custom_id=custom_id(ids.TAKE, draft.id, current.version),
            style=_GREEN,
        )
    ]
    if conflict.is_part:
        identity = custom_id(ids.TOGETHER, draft.id, current.version)
        items.append(discord.ui.Button(label=texts.TOGETHER, custom_id=identity))
    items.append(discord.ui.Button(label=texts.LET_BE, custom_id=custom_id(ids.LET_BE, draft.id)))
    if current.text is not None:
        identity = custom_id(ids.DOWNLOAD, number_of(current.document_id))
        items.append(discord.ui.Button(label=document_texts.DOWNLOAD, custom_id=identity))
    items.append(history_button(current))
    return StoredButtons(*items)
