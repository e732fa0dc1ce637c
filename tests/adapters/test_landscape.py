"""Landscapes drawn in a process of their own: the same every time, in time, and of nobody."""

import asyncio
import os
import pickle
import signal
import struct
import sys
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from bot.adapters import landscape as adapter
from bot.adapters.landscape import LandscapeDrawer
from bot.adapters.landscape_child import drawn
from bot.adapters.landscape_messages import Limits, Request
from bot.landscape.result import Lack, Shortage, TooLittle
from bot.services.landscape.drawing import DrawnLandscape, LandscapeNotDrawnError
from tests.landscape.electorates import planted

MARK = "BREED_TEST_DRAWING"
VOTES, _ = planted((12, 9), 12, seed=1)
PATIENT = Limits(seconds=250, processor=200)  # a busy machine is no failure
STATEMENTS = {number: f"Stelling {number}" for number in VOTES.comments}


def marked() -> list[int]:
    """Return the processes of our drawings, as Linux shows them."""
    mark, found = f"{MARK}={os.getpid()}".encode(), list[int]()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it ended meanwhile, or is somebody else's
            if mark in (process / "environ").read_bytes().split(b"\0"):
                found.append(int(process.name))
    return found


async def become(count: int) -> list[int]:
    """Wait until the drawings have so many processes; return those there are in the end."""
    for _ in range(1_000):
        if len(marked()) == count:
            break
        await asyncio.sleep(0.005)
    return marked()


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


async def test_a_drawing_that_is_given_up_leaves_no_process_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(MARK, f"{os.getpid()}")
    votes, _ = planted((500, 500), 500, seed=1, loyal=0.5, seen=0.3)  # takes a second and more
    statements = {number: f"Stelling {number}" for number in votes.comments}
    drawing = asyncio.create_task(LandscapeDrawer(PATIENT).draw(votes, statements))
    both = await become(2)  # what draws, and what does the sums
    for process in both:
        os.kill(process, signal.SIGSTOP)  # neither can end by itself any more

    drawing.cancel()
    await asyncio.wait({drawing}, timeout=20)
    left = await become(0)
    for process in left:
        os.kill(process, signal.SIGKILL)
    assert (len(both), left, drawing.cancelled()) == (2, [], True)


async def test_a_drawing_that_cannot_begin_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/program")

    with pytest.raises(LandscapeNotDrawnError):
        await LandscapeDrawer().draw(VOTES, STATEMENTS)


def test_a_request_is_small() -> None:
    votes, _ = planted((600, 400), 500, seed=2)

    assert len(pickle.dumps(Request(votes, Limits()))) < 600_000
    assert votes.votes.dtype == np.int8
