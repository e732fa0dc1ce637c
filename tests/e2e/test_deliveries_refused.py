"""What Discord refuses is asked once, said, and tried again when somebody mended it."""

from dataclasses import replace

import pytest

from bot.sandbox import building
from bot.sandbox.permissions import Permission
from bot.services.deliveries.rendered import Rendered, Showing
from bot.services.deliveries.troubled import TroubledDeliveries, UnknownDeliveryError
from storage.delivery_records import DeliveryState, DmTarget, PostTarget, Problem
from tests.e2e.outbox import Outbox, revise
from tests.e2e.showing import shown


async def refused(out: Outbox, key: str) -> Problem | None:
    await out.run(times=5, apart=3600)
    found = await out.get(key)
    assert found.state is DeliveryState.FAILED
    asked = [one for one in out.server.violations if one.method == "POST"]
    assert len(asked) == 1, asked
    assert found.problem_code == asked[0].code
    return found.problem


async def test_a_channel_that_is_gone(out: Outbox) -> None:
    await out.queue("a", out.stage.reacties)
    building.remove_channel(out.stage.world, out.stage.reacties)

    assert await refused(out, "a") is Problem.UNKNOWN_CHANNEL


@pytest.mark.parametrize("right", [Permission.SEND_MESSAGES, Permission.VIEW_CHANNEL])
async def test_no_rights_and_a_retry_after_mending(out: Outbox, right: Permission) -> None:
    stage, guild_id = out.stage, out.stage.guild.id
    own = building.bot_role(stage.world, stage.guild)
    building.set_overwrite(stage.world, stage.algemeen, own, deny=right)
    queued = await out.queue("a", stage.algemeen)
    assert await refused(out, "a") is Problem.NO_RIGHTS

    troubled = TroubledDeliveries(out.units)
    assert [one.id for one in await troubled.of_guild(guild_id)] == [queued.id]
    with pytest.raises(UnknownDeliveryError):
        await troubled.retry(queued.id, guild_id=guild_id + 1)
    building.set_overwrite(stage.world, stage.algemeen, own)
    await troubled.retry(queued.id, guild_id=guild_id)
    await out.run()
    assert (await out.get("a")).state is DeliveryState.SENT
    assert await troubled.of_guild(guild_id) == ()


async def test_closed_private_messages(out: Outbox) -> None:
    out.stage.anna.close_dms()
    await out.queue("a", DmTarget(out.stage.anna.id))

    assert await refused(out, "a") is Problem.DM_CLOSED


async def test_an_unknown_person(out: Outbox) -> None:
    await out.queue("a", DmTarget(4711))

    assert await refused(out, "a") is Problem.UNKNOWN_PERSON


async def test_a_text_that_is_too_long_until_there_is_a_better_one(out: Outbox) -> None:
    def render(showing: Showing) -> Rendered:
        message = shown(showing) or Rendered()
        return message if showing.version > 1 else replace(message, content="x" * 2001)

    out.render = render
    await out.queue("a", out.stage.algemeen)
    assert await refused(out, "a") is Problem.INVALID

    await revise(out, 2)
    await out.run()
    assert (await out.get("a")).state is DeliveryState.SENT


async def test_a_tag_that_the_forum_lost(out: Outbox) -> None:
    await out.queue("a", PostTarget(out.stage.forum.id, "Nieuws", (4711,)))

    assert await refused(out, "a") is Problem.TAG


async def test_an_edit_of_a_message_that_somebody_deleted(out: Outbox) -> None:
    queued = await out.queue("a", out.stage.algemeen)
    await out.run()
    out.stage.marja.delete(out.messages(out.stage.algemeen)[0])

    await revise(out, 2)
    await out.run(times=3, apart=3600)
    assert (await out.get("a")).problem is Problem.MESSAGE_GONE
    assert out.everything() == []

    await TroubledDeliveries(out.units).retry(queued.id, guild_id=out.stage.guild.id)
    await out.run()
    assert out.said(out.stage.algemeen) == [f"d{queued.id} update 1 v2"]
