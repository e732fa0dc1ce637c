"""One piece of bad luck at a time: what is done about it, and that it is done once."""

import pytest

from bot.sandbox import building
from bot.sandbox.bodies.embeds import Embed
from bot.sandbox.enums import ChannelKind
from bot.sandbox.permissions import Permission
from bot.services.deliveries.transitions import SETTLING
from bot.services.deliveries.troubled import TroubledDeliveries
from storage.delivery_records import DeliveryState, DmTarget, PostTarget, Problem
from tests.e2e.outbox import Outbox
from tests.e2e.showing import KIND
from tests.e2e.weather import gate

SEND = "POST /channels/*/messages"
POST = "POST /channels/*/threads"
HOUR = 3600


def forum(out: Outbox) -> PostTarget:
    return PostTarget(out.stage.forum.id, "Nieuws")


def asked(out: Outbox, method: str = "POST") -> int:
    return sum(one.startswith(method) for one in out.faults.requests)


@pytest.mark.parametrize("gap", [1, HOUR])
@pytest.mark.parametrize("way", ["lose", "lose_behind"])
async def test_a_message_whose_answer_was_lost_is_found_and_not_sent_again(
    out: Outbox, way: str, gap: float
) -> None:
    await out.queue("a", out.stage.algemeen)
    getattr(out.faults, way)(SEND)
    await out.run()
    assert (await out.get("a")).state is DeliveryState.ATTEMPTING

    for number in range(250):  # more than two pages of history
        out.stage.anna.say(out.stage.algemeen, str(number))
    await out.run(times=3, apart=gap)

    found = await out.get("a")
    assert (found.state, found.attempts, found.sent_again) == (DeliveryState.SENT, 1, 0)
    assert len(out.messages(out.stage.algemeen)) == 1
    assert asked(out) == 1


@pytest.mark.parametrize("way", ["fail", "reset"])
async def test_a_message_that_did_not_arrive_is_sent_again_and_noted(out: Outbox, way: str) -> None:
    await out.queue("a", out.stage.algemeen)
    getattr(out.faults, way)(SEND)

    await out.run(times=3, apart=HOUR)

    found = await out.get("a")
    assert (found.state, found.attempts, found.sent_again) == (DeliveryState.SENT, 2, 1)
    assert len(out.messages(out.stage.algemeen)) == 1


@pytest.mark.parametrize("is_archived", [False, True])
async def test_a_post_whose_answer_was_lost_is_found_among_open_and_archived_posts(
    out: Outbox, *, is_archived: bool
) -> None:
    await out.queue("a", forum(out))
    fault = out.faults.lose_behind(POST, times=9)
    await out.run()
    assert (fault.met, asked(out)) == (1, 1)  # discord.py would have asked five times

    (post,) = out.posts()
    assert post.thread is not None
    post.thread.archived = is_archived
    await out.run(times=3, apart=HOUR)

    found = await out.get("a")
    assert (found.state, found.attempts) == (DeliveryState.SENT, 1)
    assert found.copy is not None
    assert found.copy.channel_id == post.id
    assert len(out.posts()) == 1


async def test_a_post_is_not_looked_for_before_its_request_can_no_longer_arrive(
    out: Outbox,
) -> None:
    await out.queue("a", forum(out))
    out.faults.reset(POST)
    await out.run()

    await out.run(times=3, apart=SETTLING.total_seconds() / 4)
    assert asked(out, "GET /guilds") == 0

    await out.run(times=3, apart=HOUR)
    assert (await out.get("a")).sent_again == 1
    assert len(out.posts()) == 1


async def test_a_limit_is_waited_for_as_long_as_it_says_without_a_look(out: Outbox) -> None:
    await out.queue("a", out.stage.algemeen)
    out.faults.limit(SEND, retry_after=100)
    other = await out.queue("b", out.stage.reacties, subject=2)
    await out.run()
    assert (await out.get("a")).state is DeliveryState.WAITING
    assert out.said(out.stage.reacties) == [f"d{other.id} {KIND} 2 v1"]

    await out.run(times=2, apart=99)
    assert asked(out, "GET /channels") == 0
    await out.run(times=2, apart=HOUR)
    assert (await out.get("a")).sent_again == 0
    assert len(out.messages(out.stage.algemeen)) == 1


async def test_nothing_more_is_asked_of_a_channel_until_its_limit_is_over(out: Outbox) -> None:
    for subject in range(1, 6):
        await out.queue(f"{subject}", out.stage.algemeen, subject=subject)
    out.faults.limit(SEND, retry_after=60)

    await out.run(times=3, apart=15)
    assert asked(out) == 1

    await out.run(times=20, apart=60)
    assert len(out.messages(out.stage.algemeen)) == 5
    assert asked(out) == 6


async def test_a_channel_in_trouble_holds_back_its_subject_but_no_other(out: Outbox) -> None:
    await out.queue("a", out.stage.algemeen)
    await out.queue("b", out.stage.algemeen)
    await out.queue("c", out.stage.algemeen, subject=2)
    await out.queue("d", out.stage.reacties)
    out.faults.fail(f"POST /channels/{out.stage.algemeen.id}/messages", 503)

    await out.run()
    states = [(await out.get(key)).state for key in "abcd"]
    assert states == [
        DeliveryState.ATTEMPTING,
        DeliveryState.WAITING,
        DeliveryState.SENT,
        DeliveryState.SENT,
    ]

    await out.run(times=2, apart=HOUR)
    first, second = [(await out.get(key)).copy for key in "ab"]
    assert first is not None
    assert second is not None
    assert first.message_id < second.message_id


async def test_one_slow_channel_does_not_hold_up_another(out: Outbox) -> None:
    slow = await out.queue("a", out.stage.algemeen)
    held = gate(out.faults, f"POST /channels/{out.stage.algemeen.id}/messages")
    dispatcher = out.dispatcher()
    await dispatcher.tick()
    await held.reached.wait()
    await out.queue("b", out.stage.reacties)

    await dispatcher.tick()
    await out.stage.world.until(lambda: out.said(out.stage.reacties) or None, timeout=5)

    assert out.said(out.stage.algemeen) == []
    held.may.set()
    await dispatcher.settle()
    assert out.said(out.stage.algemeen) == [f"d{slow.id} {KIND} 1 v1"]


async def test_what_may_not_be_looked_for_is_held_until_a_moderator_decides(out: Outbox) -> None:
    stage, guild_id = out.stage, out.stage.guild.id
    own = building.bot_role(stage.world, stage.guild)
    for channel in (stage.algemeen, stage.reacties, stage.forum):
        building.set_overwrite(stage.world, channel, own, deny=Permission.READ_MESSAGE_HISTORY)
    ids = [
        (await out.queue(key, target)).id
        for key, target in (("a", stage.algemeen), ("b", stage.reacties), ("c", forum(out)))
    ]
    out.faults.lose(SEND, times=2)
    out.faults.lose(POST)

    await out.run(times=4, apart=HOUR)
    found = [await out.get(key) for key in "abc"]
    assert {(one.state, one.problem) for one in found} == {
        (DeliveryState.HELD, Problem.CANNOT_LOOK)
    }
    assert len(out.everything()) == 3

    troubled = TroubledDeliveries(out.units)
    await troubled.release(ids[0], guild_id=guild_id, send=False)
    await troubled.release(ids[1], guild_id=guild_id, send=True)
    building.set_overwrite(stage.world, stage.forum, own)
    await troubled.retry(ids[2], guild_id=guild_id)
    await out.run()
    assert [(await out.get(key)).state for key in "abc"] == [
        DeliveryState.CANCELLED,
        DeliveryState.SENT,
        DeliveryState.SENT,
    ]
    assert [len(out.messages(one)) for one in (stage.algemeen, stage.reacties)] == [1, 2]
    assert len(out.posts()) == 1


async def test_what_was_withdrawn_before_its_loss_is_known_goes_all_the_same(
    out: Outbox,
) -> None:
    await out.queue("there", out.stage.algemeen)
    await out.queue("not there", DmTarget(out.stage.anna.id))
    out.faults.lose(f"POST /channels/{out.stage.algemeen.id}/messages")
    await out.run(times=2)
    out.faults.reset(SEND)
    async with out.units() as work:
        await work.deliveries.withdraw(KIND, 1)

    await out.run(times=4, apart=HOUR)

    assert out.everything() == []


async def test_somebody_elses_link_with_the_mark_is_not_the_copy(out: Outbox) -> None:
    queued = await out.queue("a", out.stage.algemeen)
    out.faults.reset(SEND)
    await out.run()
    forged = out.stage.anna.say(out.stage.algemeen, "https://example.org")
    forged.embeds = [Embed(title="x", url=f"https://example.org#d{queued.id}")]

    await out.run(times=2, apart=HOUR)

    assert len(out.messages(out.stage.algemeen)) == 1


async def test_further_copies_are_noted(out: Outbox) -> None:
    await out.queue("a", out.stage.algemeen)
    out.faults.lose(SEND)
    await out.run()
    (there,) = out.messages(out.stage.algemeen)
    channel = await out.client.fetch_channel(out.stage.algemeen.id)
    embed = (await channel.fetch_message(there.id)).embeds[0]  # type: ignore[union-attr] # a text channel
    await channel.send("nog eens", embed=embed)  # type: ignore[union-attr] # likewise

    await out.run(times=2, apart=HOUR)

    found = await out.get("a")
    assert found.copy is not None
    assert (found.copy.message_id, found.duplicates) == (there.id, 1)


async def test_a_channel_that_became_something_else_fails(out: Outbox) -> None:
    voice = building.add_channel(out.stage.world, out.stage.guild, "map", ChannelKind.CATEGORY)
    await out.queue("a", voice)

    await out.run(times=2, apart=HOUR)

    assert (await out.get("a")).problem is Problem.UNKNOWN_CHANNEL
