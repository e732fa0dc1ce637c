"""Whatever moderators do, in whatever order: the library is what the newest versions say."""

import random
from collections.abc import Awaitable, Callable, Sequence

import pytest

from bot.services.knowledge.documents_errors import (
    DocumentChangedError,
    DocumentUnknownError,
    NothingToChangeError,
)
from storage.document_records import DocumentAction, DocumentVersion
from storage.unit_of_work import UnitsOfWork
from tests.builders import SHELF
from tests.seeds import SEEDS
from tests.services.knowledge.guild_scene import COSTS, OTHER_GUILD, Scene, animal
from tests.storage.examples import GUILD

_STEPS = 12
_EXPECTED = (DocumentChangedError, DocumentUnknownError, NothingToChangeError)
_NAMES = ("quokka", "wombat", "okapi")
_ASKED = (COSTS, *(f"hoeveel poten heeft de {name}" for name in _NAMES))


async def _one_step(scene: Scene, chance: random.Random) -> None:
    """Do something that may be refused, on a version that may be an old one."""
    documents, guild_id = scene.documents, chance.choice((GUILD, OTHER_GUILD))
    document_id = chance.choice([one.document_id for one in await documents.listed(guild_id)])
    newest = await documents.newest(guild_id, document_id)
    based_on = (newest.version if newest is not None else 0) - chance.choice((0, 0, 0, 1))
    text = animal(chance.choice(_NAMES), chance.randint(1, 99))
    steps: Sequence[Callable[[], Awaitable[object]]] = [
        lambda: documents.add(guild_id, text, actor_id=7),
        lambda: documents.add_many(guild_id, [text, text], actor_id=7, batch_id=1),
        lambda: documents.remove_batch(guild_id, 1, actor_id=7),
        lambda: documents.edit(guild_id, document_id, text, based_on=based_on, actor_id=7),
        lambda: documents.remove(guild_id, document_id, based_on=based_on, actor_id=7),
        lambda: documents.restore(guild_id, document_id, based_on=based_on, actor_id=7),
        lambda: documents.reset(guild_id, document_id, based_on=based_on, actor_id=7),
        lambda: documents.keep(guild_id, document_id, based_on=based_on, actor_id=7),
        lambda: documents.revert(
            guild_id, document_id, to_version=chance.randint(0, 3), based_on=based_on, actor_id=7
        ),
    ]
    try:
        await chance.choice(steps)()
    except _EXPECTED:
        return


def _replayed(history: tuple[DocumentVersion, ...], shipped: str | None) -> str | None:
    """Return the text that a history leads to, told from its first version on."""
    text: str | None = None
    for one in reversed(history):
        match one.action:
            case DocumentAction.REMOVED:
                text = None
            case DocumentAction.RESET:
                text = shipped
            case _:
                text = one.text
    return text


async def _answers(scene: Scene, guild_id: int) -> list[object]:
    edition = await scene.library.ready(guild_id)
    return [edition.answerer.reply(question) for question in _ASKED]


@pytest.mark.randomised
@pytest.mark.parametrize("seed", range(min(SEEDS, 25)))
async def test_a_library_that_went_along_is_one_built_anew(units: UnitsOfWork, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 # repeatable, nothing secret
    scene, beside = Scene(units), Scene(units)
    for _ in range(_STEPS):
        await _one_step(scene, chance)
        if chance.random() < 0.3:
            await beside.documents.loading.tick()
    await beside.documents.loading.tick()
    anew = Scene(units)

    for guild_id in (GUILD, OTHER_GUILD):
        expected = await anew.library.ready(guild_id)
        for one in (scene, beside):
            edition = one.library.for_guild(guild_id)
            assert dict(edition.shelf) == dict(expected.shelf)
            assert await _answers(one, guild_id) == await _answers(anew, guild_id)
            for word in (*_NAMES, "poten", "waterschap", "leesbibliotheek"):
                assert edition.answerer.known.knows(word) == expected.answerer.known.knows(word)
        for listed in await scene.documents.listed(guild_id):
            history = await scene.documents.history(guild_id, listed.document_id)
            ships = scene.documents.shipped(guild_id, listed.document_id)
            newest = await scene.documents.newest(guild_id, listed.document_id)
            assert newest is not None
            assert newest.text == _replayed(history, ships.text if ships is not None else None)
            assert (listed.document_id in expected.shelf) is (newest.text is not None)
            numbers = [one.version for one in history]
            assert numbers == list(range(listed.version, -1 if ships is not None else 0, -1))


async def test_a_guild_that_changed_nothing_shares_what_ships(units: UnitsOfWork) -> None:
    scene = Scene(units)
    await scene.documents.add(OTHER_GUILD, animal("quokka"), actor_id=7)

    assert (await scene.library.ready(GUILD)) is scene.library.shipped
    assert len(scene.library.for_guild(OTHER_GUILD).documents) == len(SHELF) + 1
