from dataclasses import replace

import pytest

from bot.services.directory import Channel, ChannelKind
from bot.services.guild_settings import GuildSettings
from bot.services.knowledge.guild_notices import GuildNotices
from bot.services.knowledge.library import BULK
from bot.services.places import Places
from bot.texts.guild_knowledge import notice as sentence
from storage.delivery_records import ChannelTarget, Delivery
from storage.document_records import KNOWLEDGE_NOTICE_KIND, KnowledgeNoticeKind
from storage.unit_of_work import UnitsOfWork
from tests.builders import SHELF, WATERNET
from tests.fakes import FakeDirectory
from tests.services.knowledge.guild_scene import MODERATOR, Scene, animal
from tests.services.knowledge.test_guild_documents import DEARER
from tests.storage.examples import GUILD

CHANNEL = Channel(GUILD + 9, "moderators", is_open=False, kind=ChannelKind.TEXT)
RELEASED = replace(
    WATERNET,
    sections=(replace(WATERNET.sections[0], text="Nieuwe tekst."), *WATERNET.sections[1:]),
)


@pytest.fixture
def directory() -> FakeDirectory:
    return FakeDirectory()


def notices_of(scene: Scene, directory: FakeDirectory) -> GuildNotices:
    places = Places(GuildSettings(scene.units), scene.units, scene.clock, directory)
    return GuildNotices(scene.units, scene.clock, scene.documents, places)


async def queued(units: UnitsOfWork) -> list[Delivery]:
    async with units.reading() as work:
        keys = [f"{KNOWLEDGE_NOTICE_KIND}:{number}" for number in range(1, 5)]
        found = [await work.deliveries.by_key(key) for key in keys]
    return [one for one in found if one is not None]


async def test_a_release_that_changes_what_a_guild_overrode_is_told_once(
    units: UnitsOfWork, directory: FakeDirectory
) -> None:
    before = Scene(units)
    await before.documents.edit(GUILD, WATERNET.id, DEARER, based_on=0, actor_id=MODERATOR)
    await notices_of(before, directory).tick()
    after = Scene(units, shelf=(RELEASED, *SHELF[1:]))
    notices = notices_of(after, directory)
    await notices.tick()
    without_a_channel = await queued(units)
    directory.channels[GUILD] = (CHANNEL,)
    await notices.tick()
    await notices.tick()
    await notices_of(Scene(units, shelf=(RELEASED, *SHELF[1:])), directory).tick()
    (told,) = await queued(units)
    async with units.reading() as work:
        found = await work.knowledge_notices.get(told.subject_id)

    assert without_a_channel == []
    assert found is not None
    assert (found.kind, found.document_id) == (KnowledgeNoticeKind.SHIPPED_CHANGED, WATERNET.id)
    assert WATERNET.title in sentence(found, title=found.title)


async def test_a_document_that_was_reset_or_removed_is_not_told_of(
    units: UnitsOfWork, directory: FakeDirectory
) -> None:
    before = Scene(units)
    await before.documents.edit(GUILD, WATERNET.id, DEARER, based_on=0, actor_id=MODERATOR)
    await before.documents.reset(GUILD, WATERNET.id, based_on=1, actor_id=MODERATOR)
    await before.documents.remove(GUILD, SHELF[1].id, based_on=0, actor_id=MODERATOR)
    directory.channels[GUILD] = (CHANNEL,)
    await notices_of(Scene(units, shelf=(RELEASED, *SHELF[1:])), directory).tick()

    assert await queued(units) == []


async def test_moderators_are_told_that_new_knowledge_waits_and_that_it_is_in_use(
    units: UnitsOfWork, directory: FakeDirectory
) -> None:
    asked, quokka = "hoeveel poten heeft de beest7", "hoeveel poten heeft de quokka"
    directory.channels[GUILD] = (CHANNEL,)
    scene = Scene(units)
    notices = notices_of(scene, directory)
    await scene.documents.add(GUILD, animal("quokka"), actor_id=MODERATOR)
    scene.workshop.cannot_index = True
    texts = [animal(f"beest{number}", number) for number in range(BULK)]
    await scene.documents.add_many(GUILD, texts, actor_id=MODERATOR, batch_id=1)
    answers = [await scene.answer(one) for one in (quokka, asked)]
    scene.clock.forward(seconds=61)
    await scene.documents.loading.tick()  # fails again: that is not told again
    for _ in range(2):
        await notices.tick()
    (told,) = await queued(units)
    async with units.reading() as work:
        waiting = await work.knowledge_notices.get(told.subject_id)
    scene.workshop.cannot_index = False
    scene.clock.forward(seconds=61)
    await scene.documents.loading.tick()
    await notices.tick()
    (solved,) = await queued(units)
    async with units.reading() as work:
        over = await work.knowledge_notices.get(told.subject_id)

    assert waiting is not None
    assert over is not None
    assert told.target == ChannelTarget(CHANNEL.id)
    assert answers == ["De quokka heeft 4 poten.", ""]
    assert "antwoord ik met wat ik al wist" in sentence(waiting, title="")
    assert (told.wanted_version, solved.wanted_version) == (1, 2)
    assert sentence(over, title="") == "✅ De nieuwe kennis is nu in gebruik."
    assert await scene.answer(asked) == "De beest7 heeft 7 poten."
