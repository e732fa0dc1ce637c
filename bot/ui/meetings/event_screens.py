"""What moderators see of scheduled events: a change made in Discord, and what is in the way."""

from abc import abstractmethod
from collections.abc import Iterator
from typing import Any, Final
from zoneinfo import ZoneInfo

import discord
from typing_extensions import override

from bot.checks import require
from bot.dates.writing import write_moment
from bot.services.container import Services
from bot.services.deliveries.rendered import ActionButton, Rendered, Showing
from bot.services.meetings.event_asks import ASK, EventAsks
from bot.services.meetings.event_plans import plan_of
from bot.services.meetings.event_troubles import TROUBLE
from bot.services.places import Standing
from bot.texts import meetings_events as texts
from bot.ui.acknowledging import Screen
from bot.ui.custom_ids import OPTIONAL_MARK, custom_id, template
from bot.ui.host import host_of
from bot.ui.markdown import escaped
from bot.ui.meetings.admin_forms import cancel_form
from bot.ui.meetings.admin_screens import preview_screen
from bot.ui.meetings.buttons import MeetingButton
from bot.ui.meetings.shown import name_of
from storage.meeting_event_records import AskState, EventFacts
from storage.meeting_records import Meeting

TAKE: Final = "mt-etake"
RESTORE: Final = "mt-eback"
LEAVE: Final = "mt-eleave"
_GREEN: Final = discord.ButtonStyle.success.value


async def render_ask(services: Services, showing: Showing) -> Rendered | None:
    """Return what was changed in Discord, with the buttons until somebody decided."""
    found = await services.meetings.event_asks.look(showing.subject_id)
    if found is None or showing.withdrawn:
        return None
    ask, meeting = found
    place = f"https://discord.com/channels/{meeting.guild_id}"
    mark = showing.mark
    if ask.state is not AskState.OPEN:
        head = f"**{name_of(meeting)}**\n{texts.decided(ask.state, ask.decided_by)}"
        url = mark.on_url(place)
        return Rendered(embeds=({"title": texts.TROUBLE_TITLE, "url": url, "description": head},))
    if ask.found is None:
        text = texts.removed(name_of(meeting))
    else:
        text = texts.asked(name_of(meeting), [*_differences(meeting, ask.found)])
    return Rendered(
        content=text,
        buttons=tuple(
            ActionButton(label, mark.on_custom_id(custom_id(kind, ask.id)), style=style)
            for label, kind, style in (
                (texts.TAKE_LABEL, TAKE, _GREEN),
                (texts.RESTORE_LABEL, RESTORE, 2),
                (texts.LEAVE_LABEL, LEAVE, 2),
            )
        ),
    )


async def render_trouble(services: Services, showing: Showing) -> Rendered | None:
    """Return why meetings are not among the events of a guild."""
    found = await services.meetings.event_troubles.get(showing.subject_id)
    if found is None or showing.withdrawn:
        return None
    url = showing.mark.on_url(f"https://discord.com/channels/{found.guild_id}")
    text = texts.trouble(found.problem, solved=found.solved_at is not None)
    return Rendered(embeds=({"title": texts.TROUBLE_TITLE, "url": url, "description": text},))


def _differences(meeting: Meeting, found: EventFacts) -> Iterator[str]:
    plan = plan_of(meeting)
    if plan is None:
        return
    ours, zone = plan.facts, ZoneInfo(meeting.details.zone)
    if ours.name != found.name:
        yield texts.other_name(escaped(ours.name), escaped(found.name))
    if (ours.starts_at, ours.ends_at) != (found.starts_at, found.ends_at):
        yield texts.other_time(*(_times(one, zone) for one in (ours, found)))
    if ours.place != found.place:
        yield texts.other_place(escaped(ours.place), escaped(found.place))


def _times(facts: EventFacts, zone: ZoneInfo) -> str:
    end = facts.ends_at.astimezone(zone)
    if end.date() == facts.starts_at.astimezone(zone).date():
        return texts.from_to(write_moment(facts.starts_at, zone), f"{end:%H.%M}")
    return texts.from_to(write_moment(facts.starts_at, zone), write_moment(facts.ends_at, zone))


class TakeButton(MeetingButton, template=template(TAKE, "ask") + OPTIONAL_MARK):
    """**Overnemen**: a preview of the change, or the form that asks why it is called off."""

    kind = TAKE

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        await require(interaction, Standing.MODERATOR)
        asks = host_of(interaction).services.meetings.event_asks
        guild_id = interaction.guild_id or 0
        ask, meeting = await asks.get(self.numbers[0], guild_id=guild_id)
        if ask.found is None:
            await interaction.response.send_modal(cancel_form(meeting))
            return
        await super().pressed(interaction)

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        asks = host_of(interaction).services.meetings.event_asks
        guild_id, by = interaction.guild_id or 0, interaction.user.id
        return preview_screen(await asks.take(self.numbers[0], guild_id=guild_id, by=by))


class _DecideButton(MeetingButton, template="(?!)"):
    """A button that decides at once."""

    @override
    async def answered(self, interaction: discord.Interaction[Any]) -> Screen:
        await require(interaction, Standing.MODERATOR)
        asks = host_of(interaction).services.meetings.event_asks
        guild_id, by = interaction.guild_id or 0, interaction.user.id
        return Screen((await self.decide(asks, guild_id=guild_id, by=by),))

    @abstractmethod
    async def decide(self, asks: EventAsks, *, guild_id: int, by: int) -> str:
        """Decide, and return what is said about it."""


class RestoreButton(_DecideButton, template=template(RESTORE, "ask") + OPTIONAL_MARK):
    """**Terugzetten**."""

    kind = RESTORE

    @override
    async def decide(self, asks: EventAsks, *, guild_id: int, by: int) -> str:
        await asks.restore(self.numbers[0], guild_id=guild_id, by=by)
        return texts.RESTORED


class LeaveEventButton(_DecideButton, template=template(LEAVE, "ask") + OPTIONAL_MARK):
    """**Zo laten**."""

    kind = LEAVE

    @override
    async def decide(self, asks: EventAsks, *, guild_id: int, by: int) -> str:
        await asks.leave(self.numbers[0], guild_id=guild_id, by=by)
        return texts.LEFT


EVENT_BUTTONS: Final = (TakeButton, RestoreButton, LeaveEventButton)
RENDERINGS: Final = {ASK: render_ask, TROUBLE: render_trouble}
