"""The forms in which members write a comment, change it, or make an appeal; all outlive a restart.

What was typed and cannot be kept is given back.
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, Final

import discord

from bot.errors import MemberError
from bot.logs import unexpected
from bot.services.comments.authoring import OwnEdit
from bot.services.comments.content import MAX_BODY, MAX_REASON, MIN_BODY
from bot.services.comments.errors import UnknownCommentError, UnknownRoundError
from bot.services.comments.submitting import Draft
from bot.services.container import Services
from bot.texts import comments_own as texts
from bot.texts import errors as error_texts
from bot.texts.errors import sentence
from bot.ui.acknowledging import Screen, in_time, show
from bot.ui.comments.pressing import require_commenter
from bot.ui.custom_ids import custom_id, template
from bot.ui.forms import StoredForm, Submit
from bot.ui.giving_back import given_back
from bot.ui.host import host_of
from bot.ui.meetings.pressing import require_member
from bot.ui.payloads import picked_in, typed_in
from storage.comment_records import Comment, CommentState, Consents
from storage.errors import StorageError
from storage.moderation_records import Round

_NEW: Final = "cnew"
_CHANGE: Final = "cchange"
_APPEAL: Final = "cwhy"
_BLOCK_APPEAL: Final = "cbwhy"
_BODY: Final = "body"
_ROUND: Final = "round"
_CONSENTS: Final = "consents"
_OFFERED: Final = 25
_LABEL: Final = 100

_Keep = Callable[[Services, str], Awaitable[Screen]]


def comment_form(
    opened_by: int, rounds: Sequence[Round], *, chosen: int | None = None, body: str = ""
) -> StoredForm:
    """Return the form for a comment on one of `rounds`; `opened_by` is the interaction, once."""
    form = StoredForm(title=texts.FORM_TITLE, identity=custom_id(_NEW, opened_by))
    form.add_item(_body_label(body, is_cut=len(body) > MAX_BODY))
    offered = sorted(rounds, key=lambda one: one.id != chosen)[:_OFFERED]
    is_only = len(offered) == 1
    form.add_item(
        discord.ui.Label(
            text=texts.ROUND_LABEL,
            component=discord.ui.Select(
                custom_id=_ROUND,
                options=[
                    discord.SelectOption(
                        label=one.title[:_LABEL],
                        value=str(one.id),
                        default=is_only or one.id == chosen,
                    )
                    for one in offered
                ],
            ),
        )
    )
    form.add_item(_consent_label(Consents()))
    return form


def change_form(comment: Comment) -> StoredForm:
    """Return the form to change a comment, with what it says now."""
    identity = custom_id(_CHANGE, comment.id, comment.version)
    form = StoredForm(title=texts.edit_title(comment.number), identity=identity)
    form.add_item(_body_label(comment.text.body))
    form.add_item(_consent_label(comment.text.consents))
    return form


def appeal_form(comment_id: int) -> StoredForm:
    """Return the form for an appeal against the rejection of a comment."""
    return _why_form(custom_id(_APPEAL, comment_id))


def block_appeal_form(block_id: int) -> StoredForm:
    """Return the form for an appeal against a block."""
    return _why_form(custom_id(_BLOCK_APPEAL, block_id))


def _body_label(body: str, *, is_cut: bool = False) -> discord.ui.Label[Any]:
    return discord.ui.Label(
        text=texts.BODY_LABEL,
        description=texts.CUT if is_cut else None,
        component=discord.ui.TextInput(
            custom_id=_BODY,
            style=discord.TextStyle.paragraph,
            placeholder=texts.BODY_PLACEHOLDER,
            min_length=MIN_BODY,
            max_length=MAX_BODY,
            default=body[:MAX_BODY] or None,
        ),
    )


def _consent_label(consents: Consents) -> discord.ui.Label[Any]:
    return discord.ui.Label(
        text=texts.CONSENT_LABEL,
        description=texts.CONSENT_HINT,
        component=discord.ui.CheckboxGroup(
            custom_id=_CONSENTS,
            required=False,
            min_values=0,
            max_values=len(texts.CONSENTS),
            options=[
                discord.CheckboxGroupOption(
                    label=label, value=key, default=bool(getattr(consents, key))
                )
                for key, label in texts.CONSENTS.items()
            ],
        ),
    )


def _why_form(identity: str) -> StoredForm:
    form = StoredForm(title=texts.APPEAL_TITLE, identity=identity)
    form.add_item(
        discord.ui.Label(
            text=texts.APPEAL_LABEL,
            component=discord.ui.TextInput(
                custom_id=_BODY, style=discord.TextStyle.paragraph, max_length=MAX_REASON
            ),
        )
    )
    return form


async def _written(interaction: discord.Interaction[Any], numbers: Mapping[str, int]) -> None:
    async def kept(services: Services, body: str) -> Screen:
        await require_commenter(interaction)
        round_id = next(iter(picked_in(interaction).get(_ROUND, ())), "")
        if not (round_id.isascii() and round_id.isdecimal()):
            raise UnknownRoundError
        made = await services.comments.submitting.submit(
            Draft(
                guild_id=interaction.guild_id or 0,
                author_id=interaction.user.id,
                author_name=interaction.user.display_name,
                round_id=min(int(round_id), 2**63 - 1),
                body=body,
                consents=_consents_in(interaction),
                form_id=numbers["form"],
                channel_id=interaction.channel_id,
            )
        )
        number = made.comment.number
        if not made.is_new:
            return Screen((texts.received_before(number, differs=made.differs),))
        is_placed = made.comment.state is CommentState.PLACED
        return Screen((texts.received(number, is_placed=is_placed),))

    await _answer(interaction, kept)


async def _changed(interaction: discord.Interaction[Any], numbers: Mapping[str, int]) -> None:
    async def kept(services: Services, body: str) -> Screen:
        await require_commenter(interaction)
        comment, event = await services.comments.authoring.edit(
            OwnEdit(
                comment_id=numbers["comment"],
                guild_id=interaction.guild_id or 0,
                version=numbers["version"],
                author_id=interaction.user.id,
                author_name=interaction.user.display_name,
                body=body,
                consents=_consents_in(interaction),
            )
        )
        return Screen((texts.changed(comment.number, event),))

    await _answer(interaction, kept)


async def _appealed(interaction: discord.Interaction[Any], numbers: Mapping[str, int]) -> None:
    async def kept(services: Services, words: str) -> Screen:
        async with services.units.reading() as work:
            comment = await work.comments.get(numbers["comment"])
        if comment is None:
            raise UnknownCommentError
        await require_member(interaction, comment.guild_id)
        await services.comments.authoring.appeal(
            comment.id, words, guild_id=comment.guild_id, author_id=interaction.user.id
        )
        return Screen((texts.APPEAL_SENT,))

    await _answer(interaction, kept)


async def _block_appealed(
    interaction: discord.Interaction[Any], numbers: Mapping[str, int]
) -> None:
    async def kept(services: Services, words: str) -> Screen:
        blocking = services.comments.blocking
        block, _ = await blocking.get(numbers["block"])
        await require_member(interaction, block.guild_id)
        await blocking.appeal(block.id, words, user_id=interaction.user.id)
        return Screen((texts.APPEAL_SENT,))

    await _answer(interaction, kept)


async def _answer(interaction: discord.Interaction[Any], keep: _Keep) -> None:
    """Keep what was typed and say so; what cannot be kept is given back with the reason."""
    body = typed_in(interaction).get(_BODY, "")

    async def screen() -> Screen:
        try:
            return await keep(host_of(interaction).services, body)
        except MemberError as error:
            return given_back(sentence(error), (body,))
        except StorageError as error:
            code = unexpected("comment_form_failed", error=error)
            return given_back(error_texts.unexpected(code), (body,))

    shown = await in_time(interaction, screen(), ephemeral=True)
    await show(interaction, shown, ephemeral=True)


def _consents_in(interaction: discord.Interaction[Any]) -> Consents:
    given = set(picked_in(interaction).get(_CONSENTS, ()))
    return Consents(name="name" in given, vng="vng" in given, forum="forum" in given)


COMMENT_FORMS: Final[Mapping[re.Pattern[str], Submit]] = {
    re.compile(template(_NEW, "form")): _written,
    re.compile(template(_CHANGE, "comment", "version")): _changed,
    re.compile(template(_APPEAL, "comment")): _appealed,
    re.compile(template(_BLOCK_APPEAL, "block")): _block_appealed,
}
