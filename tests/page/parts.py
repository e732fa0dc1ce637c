"""Components as the bot sends them, from plain JSON."""

import datetime as dt

from pydantic import JsonValue

from bot.sandbox import posting, scheduling
from bot.sandbox.bodies.base import parse
from bot.sandbox.bodies.components import ActionRow, Component, Container
from bot.sandbox.enums import EventPlace
from bot.sandbox.message_records import Message
from bot.sandbox.posting import Draft
from bot.sandbox.records import ScheduledEvent
from tests.discord.stage import Stage


def row(*controls: JsonValue) -> ActionRow:
    """Return a row of buttons or with a select."""
    return parse(ActionRow, {"type": 1, "components": list(controls)})


def container(*parts: JsonValue) -> Container:
    """Return a framed group of components with a colour."""
    return parse(Container, {"type": 17, "accent_color": 0xD9A520, "components": list(parts)})


def bot_shows(stage: Stage, *components: Component, content: str = "", flags: int = 0) -> Message:
    """Have the bot show components in the general channel."""
    draft = Draft(content=content, components=list(components), flags=flags)
    return posting.post(stage.world, stage.algemeen, stage.world.bot.id, draft)


def plan_meeting(stage: Stage) -> ScheduledEvent:
    """Plan a meeting in three days."""
    world = stage.world
    starts = world.now() + dt.timedelta(days=3)
    event = ScheduledEvent(
        world.new_id(), stage.guild.id, world.bot.id, "ALV", starts, EventPlace.EXTERNAL
    )
    event.location, event.ends_at = "Utrecht", starts + dt.timedelta(hours=2)
    stage.guild.events[event.id] = event
    scheduling.tell_event(world, stage.guild, event, "GUILD_SCHEDULED_EVENT_CREATE")
    return event
