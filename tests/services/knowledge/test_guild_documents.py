import asyncio
from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.services.knowledge.answers import Answered
from bot.services.knowledge.documents_errors import (
    DocumentChangedError,
    DocumentUnknownError,
    NothingToChangeError,
    UnsoundDocumentError,
)
from bot.services.knowledge.drafting import markdown_of
from bot.services.knowledge.guild_documents import Listed
from bot.services.knowledge.library import BULK
from bot.services.knowledge.workshop import WorkshopError
from storage.document_records import DocumentAction, KnowledgeNoticeKind
from storage.unit_of_work import UnitsOfWork
from tests.builders import SHELF, WATERNET, document, section
from tests.services.knowledge.guild_scene import (
    COSTS,
    MODERATOR,
    OTHER_GUILD,
    SECOND,
    Scene,
    animal,
)
from tests.storage.examples import GUILD

DEARER = markdown_of(
    document(
        WATERNET.id,
        WATERNET.title,
        section(
            "Het Waterschapshuis kost elk waterschap 55.000 euro per jaar.", questions=(COSTS,)
        ),
    )
)
QUOKKA = "hoeveel poten heeft de quokka"


@pytest.fixture
def scene(units: UnitsOfWork) -> Scene:
    return Scene(units)


async def test_an_added_document_answers_the_next_question_in_its_guild_alone(
    scene: Scene,
) -> None:
    before = await scene.answer(QUOKKA)
    added = await scene.documents.add(GUILD, animal("quokka"), actor_id=MODERATOR)
    reply = scene.library.for_guild(GUILD).answerer.reply(QUOKKA)

    assert (added.document_id, added.version, added.action) == (
        "de-quokka",
        1,
        DocumentAction.ADDED,
    )
    assert (before, await scene.answer(QUOKKA)) == ("", "De quokka heeft 4 poten.")
    assert isinstance(reply, Answered)
    assert reply.citations[0].by_moderator
    assert await scene.answer(QUOKKA, guild_id=OTHER_GUILD) == ""
    assert await scene.answer(QUOKKA, guild_id=None) == ""


async def test_another_process_and_a_restart_find_what_was_added(scene: Scene) -> None:
    elsewhere = Scene(scene.units)
    assert await elsewhere.answer(QUOKKA) == ""
    await scene.documents.add(GUILD, animal("quokka"), actor_id=MODERATOR)
    not_told_yet = await elsewhere.answer(QUOKKA)
    await elsewhere.documents.loading.tick()

    assert (not_told_yet, await elsewhere.answer(QUOKKA)) == ("", "De quokka heeft 4 poten.")
    assert await Scene(scene.units).answer(QUOKKA) == "De quokka heeft 4 poten."


async def test_ids_come_from_titles_and_are_never_given_twice(scene: Scene) -> None:
    ids = [
        (await scene.documents.add(GUILD, text, actor_id=MODERATOR)).document_id
        for text in (animal("quokka"), animal("quokka"), animal("Één & twee!"))
    ]
    await scene.documents.remove(GUILD, ids[0], based_on=1, actor_id=MODERATOR)
    again = await scene.documents.add(GUILD, animal("quokka"), actor_id=MODERATOR)
    with pytest.raises(DocumentChangedError):
        await scene.documents.add(GUILD, animal("x"), actor_id=1, document_id=WATERNET.id)

    assert ids == ["de-quokka", "de-quokka-2", "de-een-twee"]
    assert again.document_id == "de-quokka-3"


async def test_what_does_not_serve_is_refused_with_its_line_and_nothing_is_kept(
    scene: Scene,
) -> None:
    with pytest.raises(UnsoundDocumentError) as caught:
        await scene.documents.add(GUILD, "---\ntitle: x\n---\n\ntekst", actor_id=MODERATOR)

    assert {one.detail for one in caught.value.problems} == {"date", "sources"}
    assert len(await scene.documents.listed(GUILD)) == len(SHELF)


async def test_of_two_who_edit_at_once_one_wins_and_the_other_sees_what_is_there(
    scene: Scene,
) -> None:
    await scene.documents.add(GUILD, animal("quokka"), actor_id=MODERATOR)
    done = await asyncio.gather(
        *(
            scene.documents.edit(
                GUILD, "de-quokka", animal("quokka", legs), based_on=1, actor_id=legs
            )
            for legs in (5, 6)
        ),
        return_exceptions=True,
    )
    lost = [one for one in done if isinstance(one, DocumentChangedError)]

    assert len(lost) == 1
    winner = lost[0].current
    assert (winner.version, winner.action) == (2, DocumentAction.EDITED)
    assert await scene.answer(QUOKKA) == f"De quokka heeft {winner.actor_id} poten."


async def test_a_shipped_document_is_overridden_removed_restored_and_reset(scene: Scene) -> None:
    told: list[tuple[DocumentAction, str]] = []

    async def note(version: object) -> None:
        del version
        newest = await scene.documents.newest(GUILD, WATERNET.id)
        assert newest is not None
        told.append((newest.action, await scene.answer(COSTS)))

    documents, who = scene.documents, MODERATOR
    await note(await documents.edit(GUILD, WATERNET.id, DEARER, based_on=0, actor_id=who))
    await note(await documents.remove(GUILD, WATERNET.id, based_on=1, actor_id=who))
    await note(await documents.restore(GUILD, WATERNET.id, based_on=2, actor_id=who))
    await note(await documents.reset(GUILD, WATERNET.id, based_on=3, actor_id=who))
    await note(await documents.revert(GUILD, WATERNET.id, to_version=1, based_on=4, actor_id=who))
    await note(await documents.revert(GUILD, WATERNET.id, to_version=0, based_on=5, actor_id=who))
    own = "Het Waterschapshuis kost elk waterschap 55.000 euro per jaar."
    ships = WATERNET.sections[0].text if COSTS in WATERNET.sections[0].questions else told[3][1]

    assert told == [
        (DocumentAction.OVERRIDDEN, own),
        (DocumentAction.REMOVED, ""),
        (DocumentAction.RESTORED, own),
        (DocumentAction.RESET, ships),
        (DocumentAction.REVERTED, own),
        (DocumentAction.RESET, ships),
    ]
    assert "40.000" in ships
    assert "40.000" in await scene.answer(COSTS, guild_id=OTHER_GUILD)
    assert scene.library.for_guild(GUILD) is scene.library.shipped


async def test_what_is_so_already_or_does_not_exist_is_said(scene: Scene) -> None:
    documents = scene.documents
    with pytest.raises(NothingToChangeError):
        await documents.reset(GUILD, WATERNET.id, based_on=0, actor_id=1)
    with pytest.raises(NothingToChangeError):
        await documents.restore(GUILD, WATERNET.id, based_on=0, actor_id=1)
    with pytest.raises(NothingToChangeError):
        await documents.keep(GUILD, WATERNET.id, based_on=0, actor_id=1)
    await documents.remove(GUILD, WATERNET.id, based_on=0, actor_id=1)
    with pytest.raises(NothingToChangeError):
        await documents.remove(GUILD, WATERNET.id, based_on=1, actor_id=1)
    for unknown in (
        documents.edit(GUILD, "weg", DEARER, based_on=0, actor_id=1),
        documents.remove(GUILD, "weg", based_on=0, actor_id=1),
        documents.restore(GUILD, "weg", based_on=0, actor_id=1),
        documents.reset(GUILD, "weg", based_on=0, actor_id=1),
        documents.revert(GUILD, WATERNET.id, to_version=9, based_on=1, actor_id=1),
        documents.revert(GUILD, WATERNET.id, to_version=1, based_on=1, actor_id=1),
    ):
        with pytest.raises(DocumentUnknownError):
            await unknown
    assert await documents.newest(GUILD, "weg") is None


async def test_the_history_ends_with_what_ships_and_names_who_did_what(scene: Scene) -> None:
    await scene.documents.edit(GUILD, WATERNET.id, DEARER, based_on=0, actor_id=MODERATOR)
    await scene.documents.remove(GUILD, WATERNET.id, based_on=1, actor_id=SECOND)

    history = await scene.documents.history(GUILD, WATERNET.id)

    assert [(one.version, one.action, one.actor_id) for one in history] == [
        (2, DocumentAction.REMOVED, SECOND),
        (1, DocumentAction.OVERRIDDEN, MODERATOR),
        (0, DocumentAction.ADDED, None),
    ]
    assert [one.text for one in history] == [None, DEARER, markdown_of(WATERNET)]


async def test_an_import_comes_in_as_one_and_goes_as_one(scene: Scene) -> None:
    texts = [animal(f"beest{number}", number) for number in range(3)]
    versions = await scene.documents.add_many(GUILD, texts, actor_id=MODERATOR, batch_id=5)
    reply = scene.library.for_guild(GUILD).answerer.reply("hoeveel poten heeft de beest2")
    await scene.documents.edit(
        GUILD, "de-beest0", animal("beest0", 9), based_on=1, actor_id=MODERATOR
    )
    alone = await scene.documents.add(GUILD, animal("quokka"), actor_id=MODERATOR)
    removed = await scene.documents.remove_batch(GUILD, 5, actor_id=SECOND)
    again = await scene.documents.remove_batch(GUILD, 5, actor_id=SECOND)

    assert {one.action for one in versions} == {DocumentAction.IMPORTED}
    assert isinstance(reply, Answered)
    assert not reply.citations[0].by_moderator
    assert (removed, again) == (3, 0)
    assert await scene.answer("hoeveel poten heeft de beest2") == ""
    assert await scene.answer(QUOKKA) == "De quokka heeft 4 poten."
    left = [one.document_id for one in await scene.documents.listed(GUILD) if not one.is_removed]
    assert set(left) == {alone.document_id, *(one.id for one in SHELF)}


async def test_an_import_with_one_broken_document_takes_in_nothing(scene: Scene) -> None:
    with pytest.raises(UnsoundDocumentError) as caught:
        await scene.documents.add_many(
            GUILD, [animal("a"), "geen gegevens"], actor_id=MODERATOR, batch_id=5
        )

    assert {one.path for one in caught.value.problems} == {"1"}
    assert len(await scene.documents.listed(GUILD)) == len(SHELF)


async def test_a_release_that_changes_an_overridden_document_leaves_it_and_is_seen(
    scene: Scene,
) -> None:
    await scene.documents.edit(GUILD, WATERNET.id, DEARER, based_on=0, actor_id=MODERATOR)
    first, *others = WATERNET.sections
    released = replace(WATERNET, sections=(replace(first, text="Nieuw in deze versie."), *others))
    later = Scene(scene.units, shelf=(released, *SHELF[1:]))

    def outdated(listed: Sequence[Listed]) -> set[str]:
        return {one.document_id for one in listed if one.is_outdated}

    assert outdated(await scene.documents.listed(GUILD)) == set()
    assert outdated(await later.documents.listed(GUILD)) == {WATERNET.id}
    assert "55.000" in await later.answer(COSTS)
    kept = await later.documents.keep(GUILD, WATERNET.id, based_on=1, actor_id=SECOND)
    assert (kept.action, kept.text) == (DocumentAction.KEPT, DEARER)
    assert outdated(await later.documents.listed(GUILD)) == set()


async def test_an_import_that_cannot_be_read_now_takes_in_nothing(scene: Scene) -> None:
    scene.workshop.cannot_read = True
    with pytest.raises(WorkshopError):
        await scene.documents.add_many(GUILD, [animal("a")], actor_id=MODERATOR, batch_id=1)

    assert len(await scene.documents.listed(GUILD)) == len(SHELF)


async def test_what_cannot_be_indexed_stays_out_the_old_answers_and_a_minute_later_it_is_in(
    scene: Scene,
) -> None:
    asked = "hoeveel poten heeft de beest7"
    texts = [animal(f"beest{number}", number) for number in range(BULK)]
    await scene.documents.add(GUILD, animal("quokka"), actor_id=MODERATOR)
    scene.workshop.cannot_index = True
    await scene.documents.add_many(GUILD, texts, actor_id=MODERATOR, batch_id=1)
    await scene.documents.add(GUILD, animal("wombat"), actor_id=MODERATOR)
    meanwhile = [
        await scene.answer(one) for one in (QUOKKA, "hoeveel poten heeft de wombat", asked)
    ]
    notices = await _failures(scene)
    scene.workshop.cannot_index = False
    await scene.documents.loading.tick()
    too_soon = await scene.answer(asked)
    scene.clock.forward(seconds=61)
    await scene.documents.loading.tick()

    assert meanwhile == ["De quokka heeft 4 poten.", "De wombat heeft 4 poten.", ""]
    assert notices == 1
    assert too_soon == ""
    assert await scene.answer(asked) == "De beest7 heeft 7 poten."
    assert await scene.answer("hoeveel poten heeft de wombat") == "De wombat heeft 4 poten."
    assert await scene.answer(QUOKKA) == "De quokka heeft 4 poten."
    assert await _failures(scene) == 0


async def _failures(scene: Scene) -> int:
    async with scene.units.reading() as work:
        kind = KnowledgeNoticeKind.REBUILD_FAILED
        return len(await work.knowledge_notices.unsolved(GUILD, kind))
