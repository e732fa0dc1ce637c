"""Documents out and in again, and many at once."""

import pytest

from bot.services.knowledge.importing.exchange import Named, taken_out
from bot.services.knowledge.importing.preparing import File
from bot.services.knowledge.importing.reading import Progress
from storage.unit_of_work import UnitsOfWork
from tests.services.knowledge.importing.harbour import GUILD, MARJA, Harbour, harbour

MANY = 2_000
READY = """\
---
title: {title}
date: 2016-03-31
sources: [{{title: Bron}}]
questions: [hoe lang is {title}]
terms: [{{term: KZ, meaning: Kade Zutphen}}]
---

{title} heeft steen en staal. Ruïne &amp; **vet**, é.

"""


@pytest.fixture
def at(units: UnitsOfWork) -> Harbour:
    return harbour(units)


def quietly(_name: str) -> Progress:
    return lambda _page, _count: None


async def read(at: Harbour, guild: int, **texts: str) -> list[Named]:
    files = [File(f"{name.replace('_', '-')}.md", text.encode()) for name, text in texts.items()]
    found: list[Named] = []
    async for file, one in at.imports.look_at_each(
        guild, files, lambda _name: lambda _page, _count: None
    ):
        assert not isinstance(one, Exception)
        found.append(Named(file.name.removesuffix(".md"), one))
    return found


async def test_what_goes_out_comes_in_again_as_it_was(at: Harbour) -> None:
    files = await read(
        at,
        GUILD,
        kade_een=READY.format(title="Kade Een"),
        andere_naam=READY.format(title="Kade Twee"),
        tekst="# Kade Drie\n\nGewone tekst over de kade.",
    )
    await at.exchange.bring_in(GUILD, files, title="Kades")
    out = await taken_out(at.units, GUILD)

    other = GUILD + 1
    named = {one.replace("-", "_"): text for one, text in out.items()}
    await at.exchange.bring_in(other, await read(at, other, **named), title="Kades")

    assert set(out) == {"kade-een", "andere-naam", "kade-drie"}
    assert await taken_out(at.units, other) == out
    assert at.ids(other) == at.ids()


async def test_a_changed_file_changes_its_document_and_the_same_changes_nothing(
    at: Harbour,
) -> None:
    one, two = READY.format(title="Kade Een"), READY.format(title="Kade Twee")
    await at.exchange.bring_in(GUILD, await read(at, GUILD, kade_een=one, kade_twee=two), title="")

    done = await at.exchange.bring_in(
        GUILD,
        await read(at, GUILD, kade_een=one.replace("steen", "beton"), kade_twee=two),
        title="",
    )

    assert (done.new, done.changed, done.unchanged) == (None, 1, 1)
    history = await at.documents.history(GUILD, "kade-een")
    assert [version.version for version in history] == [2, 1]
    assert "beton" in (history[0].text or "")


async def test_two_thousand_documents_are_one_import_and_go_out_as_one(at: Harbour) -> None:
    texts = [
        f"---\ntitle: Kade {number}\ndate: 2016-03-31\nsources: [{{title: Bron}}]\n---\n"
        f"Kade {number} is {number} meter lang en heeft bolder q{number}x.\n"
        for number in range(MANY)
    ]

    made = await at.imports.take_in_texts(GUILD, texts, title="Kades", passages=MANY)
    there = len(at.ids())
    found = at.library.for_guild(GUILD).answerer.ranking("welke kade heeft bolder q1234x")
    await at.imports.remove(made.id, guild_id=GUILD, by=MARJA)

    assert (made.documents, there) == (MANY, MANY)
    assert found[0].key[0] == "kade-1234"
    assert at.ids() == set()
