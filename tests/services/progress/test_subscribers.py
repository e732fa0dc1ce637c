"""Private copies go to who is there and may read the updates: asked once each, just before."""

import pytest

from bot.services.progress.subscribers import SubscriberGate
from bot.services.progress.subscriptions import Subscriptions
from bot.ui.progress.updates_list import _details
from storage.delivery_records import DeliveryState, DmTarget, Problem
from storage.engine import Database
from storage.progress_records import Part, Update, UpdateContent
from tests.services.progress.updates_scene import CHANNEL, GUILD, MARJA, Scene, scene_of
from tests.services.sending import CountedUnits, FakeMembers, Sender

ANNA, BRAM, CARO = 41, 42, 43


class Post:
    """A guild with three subscribers, and what is sent to them."""

    def __init__(self, units: CountedUnits) -> None:
        self.scene: Scene = scene_of(units)
        self.members = FakeMembers(units)
        self.gate = SubscriberGate(self.members, self.scene.venues)
        self.sender = Sender(
            units, self.scene.clock, self.scene.directory, self.scene.notices, self.gate
        )
        self.subscriptions = Subscriptions(units, self.scene.clock)

    async def publish(self) -> Update:
        draft = await self.scene.draft(UpdateContent("Nieuws", "Tekst.", Part.ALV))
        update, _ = await self.scene.updates.publish(draft, by=MARJA)
        return update

    async def on(self, person: int) -> list[Part | None]:
        found = await self.subscriptions.of_person(GUILD, person)
        return [one.part for one in found]

    async def state(self, update: Update, person: int) -> tuple[DeliveryState, Problem | None]:
        copies = await self.scene.copies(update)
        (one,) = [copy for copy in copies if copy.target == DmTarget(person)]
        return one.state, one.problem


@pytest.fixture
async def post(database: Database) -> Post:
    made = Post(CountedUnits(database))
    for person in (ANNA, BRAM, CARO):
        await made.subscriptions.switch_on(GUILD, None, person=person)
        await made.subscriptions.switch_on(GUILD, Part.ALV, person=person)
    return made


async def test_who_left_gets_nothing_and_is_switched_off_without_a_notice(post: Post) -> None:
    post.members.gone.add(BRAM)
    update = await post.publish()
    await post.sender.send()

    messenger = post.sender.messenger
    assert [len(messenger.to(person)) for person in (ANNA, BRAM, CARO)] == [1, 0, 1]
    assert sorted(post.members.asked) == [(one, CHANNEL.id) for one in (ANNA, BRAM, CARO)]
    assert await post.state(update, BRAM) == (DeliveryState.CANCELLED, Problem.NOT_ALLOWED)
    assert await post.on(BRAM) == []
    assert await post.on(ANNA) == [None, Part.ALV]
    assert await post.scene.notices.of_guild(GUILD) == ()
    told = list(_details(update, await post.scene.listing.copies_of(update)))[-1]
    assert told.endswith(
        "2 van 2 privéberichten; 1 afgemeld: niet meer in de server of zonder toegang"
    )

    again = await post.publish()
    await post.sender.send()
    assert [len(messenger.to(person)) for person in (ANNA, BRAM, CARO)] == [2, 0, 2]
    assert len(await post.scene.copies(again)) == 3


async def test_while_nobody_can_tell_the_copies_wait(post: Post) -> None:
    post.members.is_silent = True
    update = await post.publish()
    await post.sender.send()
    assert await post.state(update, ANNA) == (DeliveryState.WAITING, None)
    assert post.sender.messenger.to(ANNA) == []

    post.members.is_silent = False
    post.scene.clock.forward(minutes=15)
    await post.sender.send()
    assert await post.state(update, ANNA) == (DeliveryState.SENT, None)
    assert len(post.sender.messenger.to(ANNA)) == 1


async def test_nothing_is_asked_about_channels_and_about_edits(post: Post) -> None:
    update = await post.publish()
    await post.sender.send()
    asked = len(post.members.asked)
    post.members.gone.add(ANNA)
    change = await post.scene.updates.propose_withdrawal(update, "Fout.", by=MARJA)
    await post.scene.updates.confirm(change.id, guild_id=GUILD, by=MARJA)
    await post.sender.send()

    assert len(post.members.asked) == asked == 3
    copies = await post.scene.copies(update)
    assert all(one.withdrawal_shown for one in copies)


async def test_whoever_comes_back_can_switch_on_again(post: Post) -> None:
    post.members.gone.add(ANNA)
    await post.publish()
    await post.sender.send()
    post.members.gone.clear()
    await post.subscriptions.switch_on(GUILD, Part.ALV, person=ANNA)
    await post.publish()
    await post.sender.send()

    assert len(post.sender.messenger.to(ANNA)) == 1
