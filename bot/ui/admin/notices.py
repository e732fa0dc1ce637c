"""Notices on the screen, and the buttons with which moderators act on them."""

from abc import abstractmethod
from collections.abc import Awaitable
from typing import Any, ClassVar, Final, Self

import discord
from typing_extensions import override

from bot.checks import require
from bot.services.admin.notices import (
    Notices,
    can_be_sent_after_all,
    can_be_tried_again,
    goes_by_itself,
)
from bot.services.container import Services
from bot.services.deliveries.rendered import ActionButton, Rendered, Showing
from bot.services.places import Standing
from bot.texts import admin as texts
from bot.ui.acknowledging import Screen, StoredButtons, in_time, show
from bot.ui.custom_ids import OPTIONAL_MARK, custom_id, template
from bot.ui.host import host_of
from bot.ui.items import StoredItem
from storage.delivery_records import Problem
from storage.notice_records import Notice

CONTROL: Final = "control"
"""The kind of the button that opens `/beheer controle`, with the number of the page."""
_LABEL: Final = 80

_Button = discord.ui.Button[StoredButtons]


async def render_notice(services: Services, showing: Showing) -> Rendered | None:
    """Render what moderators are told of trouble, as it is written down now."""
    notice = await services.notices.get(showing.subject_id)
    if notice is None or showing.withdrawn:
        return None
    mark = showing.mark
    buttons = [
        ActionButton(kind.label, mark.on_custom_id(custom_id(kind.kind, notice.id)))
        for kind in actions_on(notice)
    ]
    every = ActionButton(texts.CONTROL_LABEL, mark.on_custom_id(custom_id(CONTROL, 1)))
    return Rendered(content=notice_text(notice), buttons=(*buttons, every))


def notice_text(notice: Notice) -> str:
    """Return what a notice says now."""
    count, channel_id = notice.count, notice.trouble.lane_id
    if goes_by_itself(notice.trouble.problem):
        return _waiting_text(notice)
    if notice.solved_at is not None:
        return texts.solved(count.kinds, channel_id=channel_id)
    lines: list[str] = []
    if count.troubled:
        problem = notice.trouble.problem
        text = texts.failed(count.kinds, count.troubled, channel_id=channel_id, problem=problem)
        lines.append(f"⚠️ {text}")
    if count.retried:
        lines.append(f"⏳ {texts.retrying(count.kinds, count.retried, channel_id=channel_id)}")
    return "\n".join(lines)


def _waiting_text(notice: Notice) -> str:
    if notice.solved_at is not None:
        return texts.WAITING_SOLVED
    return f"⚠️ {texts.waiting(notice.count.troubled, channel_id=notice.trouble.lane_id)}"


def actions_on(notice: Notice) -> tuple["type[NoticeButton]", ...]:
    """Return the buttons that do something for what is left of a notice."""
    problem: Problem = notice.trouble.problem
    if not notice.count.troubled or goes_by_itself(problem):
        return ()
    again = (RetryButton,) if can_be_tried_again(problem) else ()
    send = (SendButton,) if can_be_sent_after_all(problem) else ()
    return (*again, *send, LeaveButton)


class NoticeButton(StoredItem[_Button], template="(?!)"):
    """A button that does something about all that a notice counts; for moderators."""

    kind: ClassVar[str]
    label: ClassVar[str]

    def __init__(self, notice: int, *, before: str = "", row: int | None = None) -> None:
        """Belong to the notice with this id; `before` stands in front of the label."""
        super().__init__(
            discord.ui.Button(
                label=f"{before}{self.label}"[:_LABEL],
                custom_id=custom_id(self.kind, notice),
                row=row,
            )
        )
        self._notice = notice

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        return cls(numbers["notice"])

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        sentence = await in_time(interaction, self._done(interaction), ephemeral=True)
        await show(interaction, Screen((sentence,)), ephemeral=True)

    async def _done(self, interaction: discord.Interaction[Any]) -> str:
        await require(interaction, Standing.MODERATOR)
        count = await self.act(
            host_of(interaction).services.notices,
            guild_id=interaction.guild_id or 0,
            by=interaction.user.id,
        )
        return self.said(count)

    @abstractmethod
    def act(self, notices: Notices, *, guild_id: int, by: int) -> Awaitable[int]:
        """Do it; returns for how many copies."""

    @abstractmethod
    def said(self, count: int) -> str:
        """Return what the moderator reads then."""


class RetryButton(NoticeButton, template=template("nretry", "notice") + OPTIONAL_MARK):
    """**Opnieuw proberen**."""

    kind = "nretry"
    label = texts.RETRY_LABEL

    @override
    def act(self, notices: Notices, *, guild_id: int, by: int) -> Awaitable[int]:
        return notices.retry(self._notice, guild_id=guild_id, by=by)

    @override
    def said(self, count: int) -> str:
        return texts.retried(count)


class SendButton(NoticeButton, template=template("nsend", "notice") + OPTIONAL_MARK):
    """**Toch versturen**."""

    kind = "nsend"
    label = texts.SEND_LABEL

    @override
    def act(self, notices: Notices, *, guild_id: int, by: int) -> Awaitable[int]:
        return notices.release(self._notice, guild_id=guild_id, by=by)

    @override
    def said(self, count: int) -> str:
        return texts.released(count)


class LeaveButton(NoticeButton, template=template("nleave", "notice") + OPTIONAL_MARK):
    """**Laat maar**."""

    kind = "nleave"
    label = texts.LEAVE_LABEL

    @override
    def act(self, notices: Notices, *, guild_id: int, by: int) -> Awaitable[int]:
        return notices.dismiss(self._notice, guild_id=guild_id, by=by)

    @override
    def said(self, count: int) -> str:
        return texts.dismissed(count)


NOTICE_BUTTONS: Final = (RetryButton, SendButton, LeaveButton)
