"""The forms in which moderators give reasons and other words; all outlive a restart."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

import discord

from bot.checks import require
from bot.errors import MemberError
from bot.logs import unexpected
from bot.services.comments.content import MAX_BODY, MAX_REASON, MIN_BODY
from bot.services.comments.deciding import Look
from bot.services.comments.errors import SameModeratorError
from bot.services.container import Services
from bot.services.places import Standing
from bot.texts import errors as error_texts
from bot.texts import moderation as texts
from bot.texts.errors import sentence
from bot.ui.acknowledging import Screen, in_time, show
from bot.ui.comments.deciding import alone_screen, queue_in, queue_screen
from bot.ui.custom_ids import custom_id, template
from bot.ui.forms import StoredForm, Submit
from bot.ui.giving_back import given_back
from bot.ui.host import host_of
from bot.ui.payloads import typed_in
from bot.ui.replacing import replace_with
from storage.comment_records import Comment
from storage.errors import StorageError

_REJECT: Final = "cno"  # comment, version, alone
_REDACT: Final = "cnew-text"  # comment, version
_DUPLICATE: Final = "cdup-nr"  # comment, version
_WORDS: Final = "words"
_DIGITS: Final = 9

_Keep = Callable[[Services, str], Awaitable[Screen]]


def reject_form(comment_id: int, version: int, *, alone: bool = False) -> StoredForm:
    """Return the form that asks why a comment is refused."""
    identity = custom_id(_REJECT, comment_id, version, int(alone))
    return reason_form(identity, texts.REASON_TITLE, (texts.REASON_LABEL, texts.REASON_HINT))


def redact_form(comment: Comment, version: int) -> StoredForm:
    """Return the form with the text of a comment, to be changed."""
    form = StoredForm(title=texts.REDACT_TITLE, identity=custom_id(_REDACT, comment.id, version))
    form.add_item(
        discord.ui.Label(
            text=texts.REDACT_LABEL,
            description=texts.REDACT_HINT,
            component=discord.ui.TextInput(
                custom_id=_WORDS,
                style=discord.TextStyle.paragraph,
                min_length=MIN_BODY,
                max_length=MAX_BODY,
                default=comment.text.shown[:MAX_BODY],
            ),
        )
    )
    return form


def duplicate_form(comment_id: int, version: int) -> StoredForm:
    """Return the form that asks for the number of another comment."""
    form = StoredForm(
        title=texts.DUPLICATE_TITLE, identity=custom_id(_DUPLICATE, comment_id, version)
    )
    form.add_item(
        discord.ui.Label(
            text=texts.DUPLICATE_LABEL,
            component=discord.ui.TextInput(custom_id=_WORDS, max_length=_DIGITS),
        )
    )
    return form


async def decided_screen(
    interaction: discord.Interaction[Any], comment: Comment, *, hears: bool = True
) -> Screen:
    """Say what a decision came to; in the queue, with what waits next below it."""
    said = texts.decided(comment.number, comment.state, author_hears=hears)
    round_id = queue_in(interaction.message)
    if round_id is None:
        return Screen((said,))
    services = host_of(interaction).services
    return await queue_screen(services, comment.guild_id, round_id=round_id, above=said)


async def show_decided(interaction: discord.Interaction[Any], screen: Screen) -> None:
    """Show what a decision came to; in the queue in the place of what was decided."""
    if queue_in(interaction.message) is not None:
        await replace_with(interaction, screen)
    else:
        await show(interaction, screen, ephemeral=True)


def look_of(
    interaction: discord.Interaction[Any], comment_id: int, version: int, *, alone: bool = False
) -> Look:
    """Return who looks at what."""
    return Look(comment_id, interaction.guild_id or 0, version, by=interaction.user.id, alone=alone)


def reason_form(identity: str, title: str, asked: tuple[str, str]) -> StoredForm:
    """Return a form that asks for words; `asked` is the label of their field, and its hint."""
    form = StoredForm(title=title, identity=identity)
    label, hint = asked
    form.add_item(
        discord.ui.Label(
            text=label,
            description=hint,
            component=discord.ui.TextInput(
                custom_id=_WORDS, style=discord.TextStyle.paragraph, max_length=MAX_REASON
            ),
        )
    )
    return form


async def _rejected(interaction: discord.Interaction[Any], numbers: Mapping[str, int]) -> None:
    async def decide(services: Services, words: str) -> Screen:
        comment_id, version, alone = numbers.values()
        look = look_of(interaction, comment_id, version, alone=alone == 1)
        try:
            comment = await services.comments.deciding.reject(look, words)
        except SameModeratorError as error:
            if not error.may_be_alone:
                raise
            return alone_screen(sentence(error), comment_id, version)
        return await decided_screen(interaction, comment)

    await answer(interaction, decide)


async def _redacted(interaction: discord.Interaction[Any], numbers: Mapping[str, int]) -> None:
    async def decide(services: Services, words: str) -> Screen:
        look = look_of(interaction, numbers["comment"], numbers["version"])
        return await decided_screen(
            interaction, await services.comments.deciding.redact(look, words)
        )

    await answer(interaction, decide)


async def _duplicate(interaction: discord.Interaction[Any], numbers: Mapping[str, int]) -> None:
    async def decide(services: Services, words: str) -> Screen:
        typed = words.strip().lstrip("#")
        number = int(typed) if typed.isascii() and typed.isdecimal() else 0
        look = look_of(interaction, numbers["comment"], numbers["version"])
        comment = await services.comments.deciding.mark_duplicate(look, number)
        return await decided_screen(interaction, comment)

    await answer(interaction, decide)


async def answer(interaction: discord.Interaction[Any], decide: _Keep) -> None:
    """Decide with what was typed and say so; what cannot be kept is given back with the reason."""
    typed = typed_in(interaction)
    words = typed.get(_WORDS, "")

    async def screen() -> Screen:
        await require(interaction, Standing.MODERATOR)
        try:
            return await decide(host_of(interaction).services, words)
        except MemberError as error:
            return given_back(sentence(error), typed.values())
        except StorageError as error:
            code = unexpected("moderation_form_failed", error=error)
            return given_back(error_texts.unexpected(code), typed.values())

    await show_decided(interaction, await in_time(interaction, screen(), ephemeral=True))


MODERATION_FORMS: Final[Mapping[re.Pattern[str], Submit]] = {
    re.compile(template(_REJECT, "comment", "version", "alone")): _rejected,
    re.compile(template(_REDACT, "comment", "version")): _redacted,
    re.compile(template(_DUPLICATE, "comment", "version")): _duplicate,
}
