"""The forms in which moderators say why somebody is blocked, and for how long; see the others."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, Final

import discord

from bot.dates.writing import write_moment
from bot.services.comments.blocking import BlockLook
from bot.services.comments.content import MAX_REASON
from bot.services.container import Services
from bot.texts import moderation as texts
from bot.ui.acknowledging import Screen
from bot.ui.comments.blocking import ZONE, BadDurationError, until_when
from bot.ui.comments.moderation_forms import answer, reason_form
from bot.ui.custom_ids import custom_id, template
from bot.ui.forms import StoredForm, Submit
from bot.ui.giving_back import given_back
from bot.ui.markdown import escaped
from bot.ui.payloads import typed_in
from storage.moderation_records import Block

_BLOCK: Final = "cblock"  # person, until in seconds since 1970; 0: until it is lifted
_CHANGE: Final = "cblock-for"  # block, version
_DURATION: Final = "duration"
_WORDS: Final = "words"
_DURATION_LENGTH: Final = 60
_LATEST: Final = 32_503_680_000  # the year 3000, in seconds since 1970


def block_form(person: int, until: dt.datetime | None) -> StoredForm:
    """Return the form that asks why somebody is blocked."""
    seconds = int(until.timestamp()) if until else 0
    identity = custom_id(_BLOCK, person, seconds)
    return reason_form(identity, texts.BLOCK_TITLE, (texts.BLOCK_LABEL, texts.BLOCK_HINT))


def change_block_form(block: Block) -> StoredForm:
    """Return the form that asks for how long and why somebody stays blocked; filled in as it is."""
    form = StoredForm(title=texts.BLOCK_TITLE, identity=custom_id(_CHANGE, block.id, block.version))
    until = write_moment(block.until, ZONE) if block.until else ""
    form.add_item(
        discord.ui.Label(
            text=texts.DURATION_LABEL,
            description=texts.DURATION_HINT,
            component=discord.ui.TextInput(
                custom_id=_DURATION, required=False, max_length=_DURATION_LENGTH, default=until
            ),
        )
    )
    form.add_item(
        discord.ui.Label(
            text=texts.BLOCK_LABEL,
            description=texts.BLOCK_HINT,
            component=discord.ui.TextInput(
                custom_id=_WORDS,
                style=discord.TextStyle.paragraph,
                max_length=MAX_REASON,
                default=block.reason[:MAX_REASON],
            ),
        )
    )
    return form


async def _blocked(interaction: discord.Interaction[Any], numbers: Mapping[str, int]) -> None:
    async def decide(services: Services, words: str) -> Screen:
        seconds = numbers["until"]
        until = dt.datetime.fromtimestamp(min(seconds, _LATEST), dt.UTC) if seconds else None
        if until is not None and until <= services.clock.now():
            return given_back(texts.LONG_AGO, (words,))
        block = await services.comments.blocking.block(
            numbers["person"],
            words,
            guild_id=interaction.guild_id or 0,
            until=until,
            by=interaction.user.id,
        )
        return Screen((texts.blocked(block),))

    await answer(interaction, decide)


async def _changed(interaction: discord.Interaction[Any], numbers: Mapping[str, int]) -> None:
    typed = typed_in(interaction).get(_DURATION, "").strip()

    async def decide(services: Services, words: str) -> Screen:
        try:
            until = until_when(typed, now=services.clock.now()) if typed else None
        except BadDurationError:
            return given_back(texts.bad_duration(escaped(typed)), (typed, words))
        look = BlockLook(
            numbers["block"], interaction.guild_id or 0, numbers["version"], interaction.user.id
        )
        block = await services.comments.blocking.change(look, words, until=until)
        return Screen((texts.blocked(block),))

    await answer(interaction, decide)


BLOCK_FORMS: Final[Mapping[re.Pattern[str], Submit]] = {
    re.compile(template(_BLOCK, "person", "until")): _blocked,
    re.compile(template(_CHANGE, "block", "version")): _changed,
}
