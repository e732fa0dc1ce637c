"""Landscapes drawn in a process of their own: the same every time, in time, and of nobody."""

import asyncio
import pickle
import struct
import sys

import numpy as np
import pytest

from bot.adapters import landscape as adapter
from bot.adapters.landscape import LandscapeDrawer
from bot.adapters.landscape_child import drawn
from bot.adapters.landscape_messages import Limits, Request
from bot.landscape.result import Lack, Shortage, TooLittle
from bot.services.landscape.drawing import DrawnLandscape, LandscapeNotDrawnError
from tests.landscape.electorates import planted

VOTES, _ = planted((12, 9), 12, seed=1)
PATIENT = Limits(seconds=250, processor=200)  # a busy machine is no failure
STATEMENTS = {number: f"Stelling {number}" for number in VOTES.comments}


async def test_the_same_votes_are_the_same_picture_after_a_restart_too() -> None:
    found = await LandscapeDrawer(PATIENT).draw(VOTES, STATEMENTS)
    again = drawn(Request(adapter._nameless(VOTES, STATEMENTS), Limits()))

    assert isinstance(found, DrawnLandscape)
    assert found.picture == again.picture
    assert found.landscape == again.landscape
    assert len(found.landscape.groups) == 2
    assert found.picture.startswith(b"\x89PNG")
    assert struct.unpack(">I", found.picture[16:20]) == (1_080,)
    assert len(found.picture) < 500_000
    assert "Groep A: ongeveer 10 mensen." in found.alt
    assert len(found.alt) <= 1_024


async def test_drawings_asked_at_once_are_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    drawer = LandscapeDrawer()
    asked: list[bytes] = []
    within = drawn(Request(adapter._nameless(VOTES, STATEMENTS), Limits()))

    async def answer(request: bytes) -> object:
        asked.append(request)
        await asyncio.sleep(0)
        return within

    monkeypatch.setattr(drawer, "_ask", answer)
    found = await asyncio.gather(*(drawer.draw(VOTES, STATEMENTS) for _ in range(3)))

    assert len(asked) == 1
    assert len({id(one.picture) for one in found if isinstance(one, DrawnLandscape)}) == 1


async def test_nobodys_id_leaves_the_process_and_other_comments_do_not_count() -> None:
    nameless = adapter._nameless(VOTES, {101: "een", 105: "vijf", 999: "elders"})

    assert nameless.voters == tuple(range(21))
    assert nameless.comments == (101, 105)
    assert (nameless.votes == VOTES.votes[:, [1, 5]]).all()


async def test_too_little_says_what_is_missing() -> None:
    few = {number: STATEMENTS[number] for number in list(STATEMENTS)[:4]}

    assert await LandscapeDrawer().draw(VOTES, few) == TooLittle((Shortage(Lack.COMMENTS, 4, 5),))


@pytest.mark.parametrize("limits", [Limits(seconds=0.001), Limits(megabytes=8)])
async def test_a_drawing_beyond_its_limits_is_ended_and_the_next_one_may_try(
    limits: Limits,
) -> None:
    drawer = LandscapeDrawer(limits)

    with pytest.raises(LandscapeNotDrawnError):
        await drawer.draw(VOTES, STATEMENTS)
    with pytest.raises(LandscapeNotDrawnError):
        await drawer.draw(VOTES, STATEMENTS)


async def test_a_drawing_that_cannot_begin_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/program")

    with pytest.raises(LandscapeNotDrawnError):
        await LandscapeDrawer().draw(VOTES, STATEMENTS)


def test_a_request_is_small() -> None:
    votes, _ = planted((600, 400), 500, seed=2)

    assert len(pickle.dumps(Request(votes, Limits()))) < 600_000
    assert votes.votes.dtype == np.int8
