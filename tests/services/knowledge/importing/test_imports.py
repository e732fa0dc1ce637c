"""Imports on both databases: kept until somebody decides, in and out as one."""

import asyncio

import pytest

from bot.services.knowledge.importing.errors import (
    ImportDecidedError,
    ImportGoneError,
    NothingLeftError,
)
from bot.services.knowledge.importing.preparing import File
from bot.services.knowledge.importing.reading import UnreadableFileError
from bot.services.privacy import Privacy
from bot.texts.importing import sentence
from storage.import_records import ImportState
from storage.unit_of_work import UnitsOfWork
from tests.services.knowledge.importing.harbour import BRAM, GUILD, MARJA, NOTE, Harbour, harbour


@pytest.fixture
def at(units: UnitsOfWork) -> Harbour:
    return harbour(units)


async def test_nothing_is_in_before_the_yes_and_all_of_it_right_after(at: Harbour) -> None:
    preview = await at.prepare()
    before = at.ids()

    taken = await at.imports.take_in(preview.waiting.id, guild_id=GUILD, by=MARJA)

    assert before == set()
    assert at.ids() == {"de-kade"}
    assert (taken.state, taken.documents, taken.passages) == (ImportState.TAKEN, 1, 1)
    newest = await at.documents.newest(GUILD, "de-kade")
    assert newest is not None
    assert (newest.actor_id, newest.batch_id) == (MARJA, preview.waiting.id)
    async with at.units.reading() as work:
        assert not await work.imports.content(preview.waiting.id)


async def test_what_waits_is_there_for_another_process(at: Harbour) -> None:
    preview = await at.prepare()
    restarted = harbour(at.units)

    await restarted.imports.take_in(preview.waiting.id, guild_id=GUILD, by=BRAM)

    assert restarted.ids() == {"de-kade"}


async def test_of_two_moderators_one_takes_it_in_and_the_other_hears_who(at: Harbour) -> None:
    waiting = (await at.prepare()).waiting

    done = await asyncio.gather(
        at.imports.take_in(waiting.id, guild_id=GUILD, by=MARJA),
        at.imports.take_in(waiting.id, guild_id=GUILD, by=BRAM),
        return_exceptions=True,
    )

    (refused,) = (one for one in done if isinstance(one, ImportDecidedError))
    (taken,) = (one for one in done if not isinstance(one, BaseException))
    assert refused.found.actor_id == taken.actor_id
    assert f"<@{taken.actor_id}>" in sentence(refused)
    assert at.ids() == {"de-kade"}


async def test_what_was_dropped_cannot_be_taken_in(at: Harbour) -> None:
    waiting = (await at.prepare()).waiting
    await at.imports.drop(waiting.id, guild_id=GUILD, by=BRAM)

    with pytest.raises(ImportDecidedError) as raised:
        await at.imports.take_in(waiting.id, guild_id=GUILD, by=MARJA)

    assert (raised.value.found.state, raised.value.found.actor_id) == (ImportState.DROPPED, BRAM)
    assert at.ids() == set()


async def test_an_import_goes_out_as_one_and_its_versions_stay(at: Harbour) -> None:
    sentences = "\n\n".join(f"Zin {number} over kades. " * 20 for number in range(20))
    chapters = "\n".join(f"# Deel {part}\n\n{sentences}\n" for part in range(1, 4))
    waiting = (await at.prepare(f"# Boek\n\n{chapters}", name="boek.md")).waiting
    await at.imports.take_in(waiting.id, guild_id=GUILD, by=MARJA)
    were = at.ids()

    removed = await at.imports.remove(waiting.id, guild_id=GUILD, by=BRAM)

    assert len(were) == waiting.documents > 1
    assert at.ids() == set()
    assert (removed.state, removed.actor_id) == (ImportState.REMOVED, BRAM)
    history = await at.documents.history(GUILD, next(iter(were)))
    assert [one.is_removed for one in history] == [True, False]
    with pytest.raises(ImportDecidedError):
        await at.imports.remove(waiting.id, guild_id=GUILD, by=MARJA)


async def test_another_guild_has_nothing_to_say_about_it(at: Harbour) -> None:
    waiting = (await at.prepare()).waiting

    with pytest.raises(ImportGoneError):
        await at.imports.take_in(waiting.id, guild_id=GUILD + 1, by=MARJA)
    with pytest.raises(ImportGoneError):
        await at.imports.drop(waiting.id, guild_id=GUILD + 1, by=MARJA)
    await at.imports.take_in(waiting.id, guild_id=GUILD, by=MARJA)
    with pytest.raises(ImportGoneError):
        await at.imports.remove(waiting.id, guild_id=GUILD + 1, by=MARJA)
    assert at.ids(GUILD + 1) == set()


async def test_what_is_known_is_named_and_can_be_left_out(at: Harbour) -> None:
    first = await at.prepare()
    await at.imports.take_in(first.waiting.id, guild_id=GUILD, by=MARJA)
    extra = "De loods staat sinds 1931 naast het spoor en heeft elf deuren van eikenhout."
    second = await at.prepare(f"{NOTE}\n{extra}\n" + "Vul aan. " * 110, name="meer.txt")

    await at.imports.take_in(second.waiting.id, guild_id=GUILD, by=MARJA, without_known=True)

    again = await at.prepare()
    assert first.before is None
    assert again.before is not None
    assert again.before.id == first.waiting.id
    assert [title for title, _ in again.file.known_titles] == ["De kade"]
    with pytest.raises(NothingLeftError):
        await at.imports.take_in(again.waiting.id, guild_id=GUILD, by=MARJA, without_known=True)
    taken = await at.imports.take_in(again.waiting.id, guild_id=GUILD, by=MARJA)
    assert taken.state is ImportState.TAKEN


async def test_what_was_begun_and_broken_off_is_taken_up_without_doubling(at: Harbour) -> None:
    waiting = (await at.prepare()).waiting
    texts = (await at.prepare()).file.texts()
    # As a process leaves it that ended between the documents and the word that they are in.
    async with at.units() as work:
        now = at.clock.now()
        await work.imports.claim(waiting.id, by=MARJA, at=now, given_up=now)
    await at.documents.add_many(GUILD, texts, actor_id=MARJA, batch_id=waiting.id)

    with pytest.raises(ImportDecidedError):
        await at.imports.take_in(waiting.id, guild_id=GUILD, by=BRAM)
    at.clock.forward(minutes=11)
    taken = await at.imports.take_in(waiting.id, guild_id=GUILD, by=BRAM)

    assert taken.state is ImportState.TAKEN
    assert at.ids() == {"de-kade"}


async def test_a_failure_halfway_leaves_it_waiting(
    at: Harbour, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = (await at.prepare()).waiting

    async def fail(*_: object, **__: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(at.documents, "add_many", fail)
        with pytest.raises(RuntimeError):
            await at.imports.take_in(waiting.id, guild_id=GUILD, by=MARJA)

    assert at.ids() == set()
    taken = await at.imports.take_in(waiting.id, guild_id=GUILD, by=MARJA)
    assert taken.state is ImportState.TAKEN


async def test_what_nobody_decides_on_is_forgotten_after_a_week_and_what_is_in_is_not(
    at: Harbour,
) -> None:
    taken, waiting = (await at.prepare()).waiting, (await at.prepare()).waiting
    await at.imports.take_in(taken.id, guild_id=GUILD, by=MARJA)
    at.clock.forward(minutes=8 * 24 * 60)

    await Privacy(at.units).purge_expired(at.clock.now())
    erased = await Privacy(at.units).erase(MARJA)

    async with at.units.reading() as work:
        assert await work.imports.get(waiting.id) is None
        kept = await work.imports.get(taken.id)
    assert kept is not None
    assert (kept.state, kept.actor_id) == (ImportState.TAKEN, None)
    assert erased.rows["imports"] == 1


async def test_a_file_without_text_keeps_nothing(at: Harbour) -> None:
    with pytest.raises(UnreadableFileError):
        await at.prepare("   ")

    assert await at.imports.listed(GUILD) == ()


async def test_title_and_source_are_what_was_typed(at: Harbour) -> None:
    file = File("x.txt", NOTE.encode(), title="Kades", source="Havenboek https://example.org/kade.")
    preview = await at.imports.prepare(GUILD, file, lambda _page, _count: None, by=MARJA)
    await at.imports.take_in(preview.waiting.id, guild_id=GUILD, by=MARJA)

    (document,) = (one for one in at.library.for_guild(GUILD).documents if one.id == "kades")
    source = document.sections[0].sources[0]
    assert (source.title, source.url) == ("Havenboek", "https://example.org/kade")
