"""What stands in an announcement channel goes to the servers that follow it, once and in time."""

from dataclasses import replace

import pytest
from aiohttp import web
from aiohttp.typedefs import Handler

from bot.sandbox import building
from bot.sandbox.enums import ChannelKind, MessageFlag
from bot.sandbox.message_records import Message
from bot.sandbox.records import Channel
from bot.sandbox.server import json_response
from bot.services.deliveries.rendered import Rendered, Showing
from bot.services.directory import Channel as Known
from bot.services.directory import ChannelKind as Kind
from storage.delivery_records import Crosspost, DeliveryState, Problem
from tests.e2e.outbox import Outbox, revise
from tests.e2e.showing import shown

PUBLISH = "POST /channels/*/messages/*/crosspost"


@pytest.fixture
def news(out: Outbox) -> Channel:
    """An announcement channel, and an outbox of which every message is to be published."""

    def render(showing: Showing) -> Rendered:
        return replace(shown(showing) or Rendered(), crosspost=True)

    out.render = render
    return building.add_channel(
        out.stage.world, out.stage.guild, "nieuws", ChannelKind.ANNOUNCEMENT
    )


def published(out: Outbox, channel: Channel) -> list[Message]:
    return [one for one in out.messages(channel) if one.flags & MessageFlag.CROSSPOSTED]


async def forbid(_request: web.Request, _handler: Handler) -> web.StreamResponse:
    """Refuse, as Discord does to a bot without the right."""
    return json_response({"message": "Missing Permissions", "code": 50013}, status=403)


def asked(out: Outbox) -> int:
    return sum(line.endswith("/crosspost") for line in out.faults.requests)


async def test_a_message_is_published_once_and_an_edit_needs_nothing_more(
    out: Outbox, news: Channel
) -> None:
    await out.queue("a", news)
    await out.run(times=3)
    await revise(out, 2)
    await out.run(times=3)

    (message,) = published(out, news)
    assert message.content.endswith("v2")
    assert (asked(out), (await out.get("a")).crosspost) == (1, Crosspost.DONE)
    assert out.server.violations == []


async def test_a_lost_answer_to_publishing_is_asked_again_and_counts_as_done(
    out: Outbox, news: Channel
) -> None:
    out.faults.lose(PUBLISH)
    await out.queue("a", news)
    await out.run(times=3, apart=60)

    found = await out.get("a")
    assert (found.state, found.crosspost) == (DeliveryState.SENT, Crosspost.DONE)
    assert (asked(out), len(published(out, news))) == (2, 1)


async def test_no_more_are_published_in_an_hour_than_discord_allows_also_after_a_restart(
    out: Outbox, news: Channel
) -> None:
    for number in range(13):
        await out.queue(f"copy:{number}", news, subject=number)
    for _ in range(3):
        await out.run(times=2, apart=60)  # each a new process
    assert (asked(out), len(published(out, news))) == (10, 10)
    assert len(out.messages(news)) == 13  # what waits to be published holds up no message

    out.clock.forward(minutes=60)
    await out.run(times=2, apart=60)
    assert (asked(out), len(published(out, news))) == (13, 13)
    assert out.server.violations == []


async def test_a_channel_that_nobody_can_follow_is_not_asked_about(
    out: Outbox, news: Channel
) -> None:
    del news
    place = out.stage.algemeen
    out.directory.channels[out.stage.guild.id] = (
        Known(place.id, place.name, is_open=True, kind=Kind.TEXT),
    )
    await out.queue("known", place)
    await out.run(times=2)
    assert asked(out) == 0

    await out.queue("unknown", out.stage.reacties, subject=2)  # of another shard, for example
    await out.run(times=2)
    assert asked(out) == 1
    assert [(await out.get(key)).crosspost for key in ("known", "unknown")] == [None, None]
    assert not (await out.get("unknown")).is_open


async def test_a_refusal_is_shown_and_tried_again_by_hand_while_edits_go_on(
    out: Outbox, news: Channel
) -> None:
    await out.queue("a", news)
    out.faults.add(PUBLISH, forbid)
    await out.run(times=3, apart=3600)
    found = await out.get("a")
    assert (found.state, found.problem, asked(out)) == (
        DeliveryState.FAILED,
        Problem.CROSSPOST,
        1,
    )
    (notice,) = await out.notices().of_guild(out.stage.guild.id)
    assert (notice.trouble.problem, notice.trouble.lane_id) == (Problem.CROSSPOST, news.id)

    done = await out.notices().retry(notice.id, guild_id=out.stage.guild.id, by=1)
    await out.run(times=2)
    assert (done, len(published(out, news))) == (1, 1)
    assert (await out.get("a")).notice_id is None
