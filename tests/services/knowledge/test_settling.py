import asyncio
from collections.abc import Sequence

import pytest
from typing_extensions import override

from bot.search.documents import Document, Origin
from bot.search.index import Beside
from bot.search.real_words import RealWords
from bot.search.segments import Segment
from bot.services.knowledge.answers import Answered
from bot.services.knowledge.library import BULK, SETTLED_FROM, Library
from bot.services.knowledge.workshop import ThreadWorkshop, WorkshopError
from tests.builders import SHELF, WATERNET, document, section
from tests.services.knowledge.guild_scene import COSTS, library_of
from tests.storage.examples import GUILD


class Gated(ThreadWorkshop):
    """A workshop whose index is not ready before it `may`."""

    def __init__(self) -> None:
        self.may = asyncio.Event()
        self.began = asyncio.Event()
        self.fails = False

    @override
    async def index(
        self, documents: Sequence[Document], *, beside: Beside, real_words: RealWords
    ) -> Segment:
        self.began.set()
        await self.may.wait()
        if self.fails:
            message = "out of order"
            raise WorkshopError(message)
        return await super().index(documents, beside=beside, real_words=real_words)


def rooms(count: int, *, first: int = 0, floor: int = 1) -> dict[str, Document | None]:
    """Return documents of ten passages each, `count` passages together."""
    return {
        f"gang-{number}": document(
            f"gang-{number}",
            f"Gang {number}",
            *(
                section(
                    f"Kamer k{number}x{door} ligt op verdieping {floor}.",
                    heading=f"Deur {door}" if door else "",
                    questions=(f"waar ligt kamer k{number}x{door}",),
                )
                for door in range(10)
            ),
            origin=Origin.MODERATOR,
        )
        for number in range(first, first + count // 10)
    }


def answer(library: Library, question: str) -> str:
    reply = library.for_guild(GUILD).answerer.reply(question)
    return reply.text if isinstance(reply, Answered) else ""


def layers(library: Library) -> list[int]:
    """Return how many documents lie loose, were settled, and ship."""
    return [len(layer.documents) for layer, _ in library.for_guild(GUILD).layers]


async def test_what_lies_loose_is_settled_in_the_background_and_answers_as_one_built_anew() -> None:
    workshop = Gated()
    library = library_of(workshop=workshop)
    await library.change(GUILD, {**rooms(SETTLED_FROM), WATERNET.id: None})
    in_force_at_once = answer(library, "waar ligt kamer k3x7")
    await workshop.began.wait()
    await library.change(GUILD, {**rooms(10, first=3, floor=2), "gang-4": None})
    await library.change(GUILD, rooms(10, first=90, floor=9))
    meanwhile = [answer(library, f"waar ligt kamer k{number}x7") for number in (3, 4, 5, 90)]
    workshop.may.set()
    await library.finish()
    after = [answer(library, f"waar ligt kamer k{number}x7") for number in (3, 4, 5, 90)]

    assert in_force_at_once == "Kamer k3x7 ligt op verdieping 1."
    assert meanwhile == after
    assert [one.rpartition(" ")[2] for one in after] == ["2.", "", "1.", "9."]
    assert layers(library) == [2, 12, 2]
    anew = library_of()
    shelf = library.for_guild(GUILD).shelf
    own = {key: one for key, one in shelf.items() if key.startswith("gang")}
    await anew.change(GUILD, {**own, WATERNET.id: None})
    assert dict(anew.for_guild(GUILD).shelf) == dict(shelf)
    for known in (COSTS, "waar ligt kamer k11x3", "waar ligt kamer k4x3", "k3x1"):
        assert answer(library, known) == answer(anew, known), known
    for word in ("k4x3", "k3x3", "waterschapshuis", "leesbibliotheek", "verdieping"):
        knows = [one.for_guild(GUILD).answerer.known.knows(word) for one in (library, anew)]
        assert knows[0] == knows[1], word


async def test_many_documents_come_into_force_together_and_a_small_change_does_not_wait() -> None:
    workshop = Gated()
    library = library_of(workshop=workshop)
    taking_in = asyncio.create_task(library.change(GUILD, rooms(BULK)))
    await workshop.began.wait()
    await library.change(GUILD, rooms(10, first=3, floor=2))
    small, bulk = answer(library, "waar ligt kamer k3x7"), answer(library, "waar ligt kamer k5x7")
    workshop.may.set()
    await taking_in

    assert (small, bulk) == ("Kamer k3x7 ligt op verdieping 2.", "")
    assert answer(library, "waar ligt kamer k3x7") == small
    assert answer(library, "waar ligt kamer k5x7") == "Kamer k5x7 ligt op verdieping 1."


async def test_many_that_cannot_be_indexed_are_out_as_one_and_come_in_when_tried_again() -> None:
    workshop = Gated()
    workshop.may.set()
    workshop.fails = True
    library = library_of(workshop=workshop)
    before = library.for_guild(GUILD)
    with pytest.raises(WorkshopError):
        await library.change(GUILD, rooms(BULK))
    failed = library.for_guild(GUILD)
    workshop.fails = False
    await library.change(GUILD, rooms(BULK))

    assert failed is before
    assert answer(library, "waar ligt kamer k5x7") == "Kamer k5x7 ligt op verdieping 1."


async def test_settling_that_fails_costs_nothing_and_is_tried_at_the_next_change() -> None:
    workshop = Gated()
    workshop.may.set()
    workshop.fails = True
    library = library_of(workshop=workshop)
    await library.change(GUILD, rooms(SETTLED_FROM))
    await library.finish()
    loose = layers(library)
    workshop.fails = False
    await library.change(GUILD, rooms(10, first=50))
    await library.finish()

    assert loose == [SETTLED_FROM // 10, len(SHELF)]
    assert layers(library) == [0, SETTLED_FROM // 10 + 1, len(SHELF)]
    assert answer(library, "waar ligt kamer k50x7") == "Kamer k50x7 ligt op verdieping 1."


async def test_a_library_that_stops_lets_go_of_what_it_was_settling() -> None:
    library = library_of(workshop=Gated())
    await library.change(GUILD, rooms(SETTLED_FROM))
    await library.stop()

    assert answer(library, "waar ligt kamer k3x7") == "Kamer k3x7 ligt op verdieping 1."
