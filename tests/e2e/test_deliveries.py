"""What the bot says by itself arrives, changes and goes, wherever it is."""

from dataclasses import replace

from bot.sandbox import building
from bot.services.deliveries.rendered import (
    ActionButton,
    LinkButton,
    Rendered,
    Showing,
    ShownFile,
)
from storage.delivery_records import (
    DeliveryState,
    DmTarget,
    PostTarget,
    Problem,
    ThreadTarget,
)
from tests.e2e.outbox import Outbox, revise, withdraw
from tests.e2e.showing import shown

SEND = "POST /channels/*/messages"
POST = "POST /channels/*/threads"


async def everywhere(out: Outbox) -> None:
    """Queue a copy for a channel, a thread, the forum and a person."""
    await out.queue("post", PostTarget(out.stage.forum.id, "Nieuws", (out.stage.forum.tags[0].id,)))
    await out.run()
    await out.queue("channel", out.stage.algemeen)
    await out.queue("thread", ThreadTarget(out.posts()[0].id))
    await out.queue("dm", DmTarget(out.stage.anna.id))
    await out.run()


async def test_a_copy_is_sent_once_it_is_due_and_not_again(out: Outbox) -> None:
    queued = await out.queue("a", out.stage.algemeen, due=60)
    await out.run()
    assert out.everything() == []

    out.clock.forward(seconds=60)
    await out.run(times=3, apart=60)

    sent = await out.get("a")
    assert out.said(out.stage.algemeen) == [f"d{queued.id} update 1 v1"]
    assert (sent.state, sent.sent_version, sent.attempts) == (DeliveryState.SENT, 1, 1)
    assert sent.copy is not None
    assert sent.copy.message_id == out.messages(out.stage.algemeen)[0].id
    assert out.server.violations == []


async def test_every_kind_of_place_gets_its_copy(out: Outbox) -> None:
    await everywhere(out)

    (post,) = out.posts()
    assert post.name == "Nieuws"
    assert post.thread is not None
    assert post.thread.applied_tags == [out.stage.forum.tags[0].id]
    texts = [text.partition(" ")[2] for text in out.said(post)]
    assert texts == ["update 1 v1", "update 1 v1"]
    assert len(out.said(out.stage.algemeen)) == 1
    assert len(out.said(out.stage.anna.dm_channel())) == 1
    stands = [(await out.get(key)).copy for key in ("post", "thread", "channel", "dm")]
    assert [one and one.channel_id for one in stands] == [
        post.id,
        post.id,
        out.stage.algemeen.id,
        out.stage.anna.dm_channel().id,
    ]
    assert out.server.violations == []


async def test_an_edit_reaches_every_copy_also_in_an_archived_post(out: Outbox) -> None:
    await everywhere(out)
    (post,) = out.posts()
    assert post.thread is not None
    post.thread.archived = True

    await revise(out, 2)
    await revise(out, 1)
    await out.run()

    assert len(out.everything()) == 4
    assert all(one.content.endswith("update 1 v2") for one in out.everything())
    assert [(await out.get(key)).sent_version for key in ("post", "dm")] == [2, 2]


async def test_a_withdrawal_reaches_every_copy_and_cancels_the_unsent(out: Outbox) -> None:
    await everywhere(out)
    await out.queue("later", out.stage.reacties, due=60)

    await withdraw(out)
    out.clock.forward(seconds=60)
    await out.run(times=2)

    assert out.everything() == []
    assert (await out.get("later")).state is DeliveryState.CANCELLED
    assert (await out.get("dm")).withdrawal_shown


async def test_a_withdrawn_copy_can_stay_struck_through(out: Outbox) -> None:
    out.render = lambda showing: replace(
        shown(replace(showing, withdrawn=False)) or Rendered(),
        content="~~weg~~" if showing.withdrawn else "er",
    )
    await everywhere(out)

    await withdraw(out)
    await out.run(times=2)

    assert [one.content for one in out.everything()] == ["~~weg~~"] * 4
    assert all(len(one.versions) == 1 for one in out.everything())


async def test_a_copy_that_has_nothing_to_show_is_cancelled_or_emptied(out: Outbox) -> None:
    await out.queue("sent", out.stage.algemeen)
    await out.run()
    out.render = lambda _showing: None
    await out.queue("unsent", out.stage.algemeen, subject=2)

    await revise(out, 2)
    await out.run()

    assert out.everything() == []
    assert [(await out.get(key)).state for key in ("sent", "unsent")] == [
        DeliveryState.CANCELLED
    ] * 2


async def test_a_copy_whose_use_is_over_is_missed_and_a_late_one_knows_it(out: Outbox) -> None:
    await out.queue("useless", out.stage.algemeen, useful_until=out.clock())
    late = await out.queue("late", out.stage.algemeen, subject=2)
    out.clock.forward(minutes=11)

    await out.run()

    assert (await out.get("useless")).state is DeliveryState.MISSED
    assert [(one.mark.delivery_id, one.is_late) for one in out.asked] == [(late.id, True)]


async def test_buttons_files_and_one_role_arrive_and_nobody_else_is_pinged(out: Outbox) -> None:
    role = building.add_role(out.stage.world, out.stage.guild, "nieuws", mentionable=True)
    anna, lid = out.stage.anna.mention, out.stage.lid.id

    def render(showing: Showing) -> Rendered:
        return Rendered(
            content=f"<@&{role.id}> <@&{lid}> {anna} @everyone",
            buttons=(
                LinkButton("Lees", "https://example.org"),
                ActionButton("Eens", showing.mark.on_custom_id("b1:agree:1"), style=3),
            ),
            files=(ShownFile("stand.png", b"plaatje", "De stand van zaken"),),
            role_id=role.id,
        )

    out.render = render
    await out.queue("a", out.stage.algemeen)
    await out.run()
    await revise(out, 2)
    await out.run()

    (message,) = out.messages(out.stage.algemeen)
    assert [one.label for one in message.buttons()] == ["Lees", "Eens"]
    assert [(one.name, one.description) for one in message.attachments] == [
        ("stand.png", "De stand van zaken")
    ]
    assert message.pings.roles == [role.id]
    assert (message.pings.users, message.pings.everyone) == ([], False)


async def test_what_cannot_be_found_again_is_not_sent(out: Outbox) -> None:
    out.render = lambda _showing: Rendered(content="zonder merk")
    await out.queue("a", out.stage.algemeen)

    await out.run()

    assert out.everything() == []
    assert (await out.get("a")).problem is Problem.UNMARKED


async def test_a_text_that_cannot_be_made_does_not_stop_the_next(out: Outbox) -> None:
    def render(showing: Showing) -> Rendered | None:
        if showing.subject_id == 1 and showing.version == 1:
            raise ZeroDivisionError
        return shown(showing)

    out.render = render
    await out.queue("a", out.stage.algemeen)
    second = await out.queue("b", out.stage.algemeen, subject=2)
    await out.run()
    assert (await out.get("a")).problem is Problem.RENDERING
    assert out.said(out.stage.algemeen) == [f"d{second.id} update 2 v1"]

    await revise(out, 2)
    await out.run()
    assert len(out.said(out.stage.algemeen)) == 2
