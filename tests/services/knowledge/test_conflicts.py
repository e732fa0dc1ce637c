"""Of two who change a document the second keeps their text and chooses what becomes of it."""

import asyncio
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.search.documents import Document, Origin
from bot.services.knowledge.conflicts import BeatenAgainError, Conflict, Conflicts
from bot.services.knowledge.differences import paragraphs_in
from bot.services.knowledge.documents_errors import DraftGoneError, UnsoundDocumentError
from bot.services.knowledge.drafting import markdown_of
from bot.services.knowledge.markdown import parse
from bot.services.knowledge.merging import merged, merged_lines
from bot.services.privacy import Privacy
from storage.document_records import DocumentDraft, DocumentVersion
from storage.unit_of_work import UnitsOfWork
from tests.builders import WATERNET
from tests.conftest import NOW
from tests.services.knowledge.guild_scene import MODERATOR, SECOND, Scene, animal
from tests.storage.examples import GUILD

MINE = "Mijn alinea.\n\nEn nog een."
PARAGRAPHS = st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), max_size=5)


@pytest.fixture
def scene(units: UnitsOfWork) -> Scene:
    return Scene(units)


@pytest.fixture
def conflicts(scene: Scene) -> Conflicts:
    return Conflicts(scene.units, scene.clock, scene.documents)


def late(document_id: str = WATERNET.id, *, based_on: int = 0, section: int = 0) -> DocumentDraft:
    """Return what a moderator wrote for a part of a document."""
    return DocumentDraft(
        GUILD, document_id, MODERATOR, based_on, section,
        body=MINE, questions="wat kost dit nou\nen wie betaalt", written_at=NOW,
    )  # fmt: skip


def read(version: DocumentVersion) -> Document:
    return parse(version.text or "", document_id=version.document_id, origin=Origin.MODERATOR)


async def written(scene: Scene, *texts: str | None) -> DocumentVersion:
    """Have somebody else give the parts of a document these texts, as its next version."""
    now = await scene.documents.newest(GUILD, WATERNET.id)
    assert now is not None
    return await scene.documents.edit(
        GUILD, WATERNET.id, _with(now, *texts), based_on=now.version, actor_id=SECOND
    )


def _with(version: DocumentVersion, *texts: str | None) -> str:
    document = read(version)
    sections = [
        one if text is None else replace(one, text=text)
        for one, text in zip(document.sections, [*texts, *[None] * 9], strict=False)
    ]
    return markdown_of(replace(document, sections=tuple(sections)))


async def beaten(scene: Scene, conflicts: Conflicts) -> Conflict:
    """Have somebody else be first."""
    await written(scene, "Hun tekst.", "Hun tweede.")
    return await conflicts.keep(late())


async def take(conflicts: Conflicts, conflict: Conflict) -> DocumentVersion:
    shown = conflict.current.version
    _, after = await conflicts.take(conflict.draft.id, shown=shown, guild_id=GUILD, by=MODERATOR)
    return after


async def test_taking_in_replaces_the_part_and_leaves_what_else_was_changed(
    scene: Scene, conflicts: Conflicts
) -> None:
    conflict = await beaten(scene, conflicts)
    after = await take(conflicts, conflict)
    first, second, *_ = read(after).sections

    assert (conflict.base.version, conflict.current.version, after.version) == (0, 1, 2)
    assert (first.text, second.text) == (MINE, "Hun tweede.")
    assert first.questions == ("wat kost dit nou", "en wie betaalt")
    assert first.sources == WATERNET.sections[0].sources
    assert after.actor_id == MODERATOR
    with pytest.raises(DraftGoneError):
        await take(conflicts, conflict)
    assert await conflicts.waiting(GUILD, WATERNET.id, by=MODERATOR) is None


async def test_of_many_presses_one_makes_a_version(scene: Scene, conflicts: Conflicts) -> None:
    conflict = await beaten(scene, conflicts)
    other = Conflicts(scene.units, scene.clock, Scene(scene.units).documents)
    outcomes = await asyncio.gather(
        *(take(one, conflict) for one in (conflicts, other) * 2), return_exceptions=True
    )

    kinds = {type(one) for one in outcomes}
    assert kinds <= {DocumentVersion, DraftGoneError}
    assert DocumentVersion in kinds
    assert [one.version for one in await scene.documents.history(GUILD, WATERNET.id)] == [2, 1, 0]


async def test_who_is_beaten_again_keeps_the_text_and_sees_the_newest(
    scene: Scene, conflicts: Conflicts
) -> None:
    conflict = await beaten(scene, conflicts)
    await written(scene, "Weer anders.")
    with pytest.raises(BeatenAgainError) as caught:
        await take(conflicts, conflict)
    after = await take(conflicts, caught.value.conflict)

    assert caught.value.conflict.current.version == 2
    assert caught.value.conflict.draft == conflict.draft
    assert (after.version, read(after).sections[0].text) == (3, MINE)


async def test_a_text_taken_in_puts_back_what_was_removed_meanwhile(
    scene: Scene, conflicts: Conflicts
) -> None:
    await scene.documents.remove(GUILD, WATERNET.id, based_on=0, actor_id=SECOND)
    conflict = await conflicts.keep(late())
    after = await take(conflicts, conflict)

    assert conflict.together() == (MINE, "wat kost dit nou\nen wie betaalt")
    assert read(after).sections[0].text == MINE
    assert len(read(after).sections) == len(WATERNET.sections)


async def test_a_part_is_known_by_its_heading_and_put_back_once_it_is_gone(
    scene: Scene, conflicts: Conflicts
) -> None:
    first, second, *others = WATERNET.sections
    document = replace(WATERNET, sections=(first, *others))
    await scene.documents.edit(
        GUILD, WATERNET.id, markdown_of(document), based_on=0, actor_id=SECOND
    )
    conflict = await conflicts.keep(late(section=1))
    sections = read(await take(conflicts, conflict)).sections

    assert sections[-1].heading == second.heading
    assert sections[-1].text == MINE
    assert len(sections) == len(WATERNET.sections)


async def test_what_was_made_of_both_is_taken_in_or_kept_when_beaten_again(
    scene: Scene, conflicts: Conflicts
) -> None:
    conflict = await beaten(scene, conflicts)
    body, questions = conflict.together()

    async def taken(shown: int) -> DocumentVersion:
        _, after = await conflicts.take_other(
            conflict.draft.id, body="Van ons beiden.", questions=questions,
            shown=shown, guild_id=GUILD, by=MODERATOR,
        )  # fmt: skip
        return after

    await written(scene, "Weer anders.")
    with pytest.raises(BeatenAgainError) as caught:
        await taken(1)
    after = await taken(2)

    assert body == f"Hun tekst.\n\n{MINE}"
    assert caught.value.conflict.draft.body == "Van ons beiden."
    assert read(after).sections[0].text == "Van ons beiden."


async def test_a_whole_text_is_kept_likewise_and_an_unsound_one_is_not(
    scene: Scene, conflicts: Conflicts
) -> None:
    added = await scene.documents.add(GUILD, animal("quokka"), actor_id=SECOND)
    await scene.documents.edit(
        GUILD, added.document_id, animal("quokka", 5), based_on=1, actor_id=SECOND
    )
    whole = replace(
        late(added.document_id, based_on=1), section=None, body=animal("quokka", 6), questions=""
    )
    with pytest.raises(UnsoundDocumentError):
        await conflicts.keep(replace(whole, body="geen gegevens"))
    after = await take(conflicts, await conflicts.keep(whole))

    assert after.text == animal("quokka", 6)
    assert await scene.answer("hoeveel poten heeft de quokka") == "De quokka heeft 6 poten."


async def test_a_text_is_its_writers_only_goes_when_they_say_so_and_after_a_week(
    scene: Scene, conflicts: Conflicts
) -> None:
    conflict = await beaten(scene, conflicts)
    for guild_id, by in ((GUILD, SECOND), (GUILD + 1, MODERATOR)):
        with pytest.raises(DraftGoneError):
            await conflicts.get(conflict.draft.id, guild_id=guild_id, by=by)
    stays = await conflicts.drop(conflict.draft.id, guild_id=GUILD, by=MODERATOR)
    with pytest.raises(DraftGoneError):
        await conflicts.drop(conflict.draft.id, guild_id=GUILD, by=MODERATOR)
    kept = await conflicts.keep(late())
    privacy = Privacy(scene.units)
    scene.clock.forward(minutes=6 * 24 * 60)
    await privacy.purge_expired(scene.clock.now())
    await conflicts.get(kept.draft.id, guild_id=GUILD, by=MODERATOR)
    scene.clock.forward(minutes=2 * 24 * 60)
    await privacy.purge_expired(scene.clock.now())

    assert stays.version == 1
    with pytest.raises(DraftGoneError):
        await conflicts.get(kept.draft.id, guild_id=GUILD, by=MODERATOR)


@settings(max_examples=60, deadline=None)
@given(PARAGRAPHS, PARAGRAPHS, PARAGRAPHS)
def test_merging_loses_nothing_that_either_added(
    base: list[str], theirs: list[str], mine: list[str]
) -> None:
    texts = ["\n\n".join(one) for one in (base, theirs, mine)]
    found = paragraphs_in(merged(texts[0], theirs=texts[1], mine=texts[2]))

    assert (set(theirs) | set(mine)) - set(base) <= set(found)
    assert set(found) <= {*base, *theirs, *mine}
    assert merged(texts[0], theirs=texts[0], mine=texts[2]) == texts[2]
    assert merged(texts[0], theirs=texts[1], mine=texts[0]) == texts[1]


def test_changes_in_different_places_are_both_in_and_in_the_same_place_both_stand() -> None:
    before = "Een.\n\nTwee.\n\nDrie."

    assert merged(before, theirs="Een!\n\nTwee.\n\nDrie.", mine="Een.\n\nTwee.\n\nDrie?") == (
        "Een!\n\nTwee.\n\nDrie?"
    )
    assert merged(before, theirs="Een.\n\nT.\n\nDrie.", mine="Een.\n\nZ.\n\nDrie.") == (
        "Een.\n\nT.\n\nZ.\n\nDrie."
    )
    assert merged("A.\n\nB.", theirs="A!\n\nB.", mine="A.\n\nB?") == "A!\n\nB?"
    assert merged("A.\n\nB.", theirs="A!\n\nB.", mine="A?\n\nB?") == "A!\n\nA?\n\nB?"
    assert merged_lines(["a", "b"], theirs=["a", "b", "c"], mine=["b", "d"]) == ["b", "c", "d"]
