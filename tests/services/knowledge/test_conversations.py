import itertools
from dataclasses import replace

import pytest

from bot.services.knowledge import conversations
from bot.services.knowledge.conversations import Conversations, Thread
from tests.fakes import FakeClock

THREAD = Thread(person=1, place=2, is_private=False)


def test_the_last_question_is_remembered() -> None:
    talks = Conversations(FakeClock())
    talks.remember(THREAD, "wat is GGU")
    talks.remember(THREAD, "wat is CVD")

    assert talks.before(THREAD) == "wat is CVD"


@pytest.mark.parametrize(
    ("seconds", "expected"), [(0, "wat is GGU"), (900, "wat is GGU"), (901, None)]
)
def test_a_question_is_forgotten_after_a_quarter_of_an_hour(
    seconds: int, expected: str | None
) -> None:
    clock = FakeClock()
    talks = Conversations(clock)
    talks.remember(THREAD, "wat is GGU")
    clock.forward(seconds=seconds)

    assert talks.before(THREAD) == expected


def test_every_new_question_starts_a_new_quarter_of_an_hour() -> None:
    clock = FakeClock()
    talks = Conversations(clock)
    for number in range(3):
        talks.remember(THREAD, f"vraag {number}")
        clock.forward(minutes=14)

    assert talks.before(THREAD) == "vraag 2"


@pytest.mark.parametrize(
    "other",
    [replace(THREAD, person=9), replace(THREAD, place=9), replace(THREAD, is_private=True)],
    ids=["person", "place", "visibility"],
)
def test_what_somebody_asked_stays_with_the_person_the_place_and_who_sees_it(
    other: Thread,
) -> None:
    talks = Conversations(FakeClock())
    talks.remember(THREAD, "wat is GGU")

    assert talks.before(other) is None


def test_a_person_is_forgotten_everywhere_and_nobody_else_is() -> None:
    talks = Conversations(FakeClock())
    threads = [Thread(*one) for one in itertools.product((1, 7), (2, 3), (False, True))]
    for thread in threads:
        talks.remember(thread, "wat is GGU")

    talks.forget(1)

    assert [one for one in threads if talks.before(one)] == [
        one for one in threads if one.person == 7
    ]


def test_the_oldest_conversation_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversations, "MOST", 2)
    talks = Conversations(FakeClock())
    first, second, third = (replace(THREAD, person=number) for number in range(3))
    talks.remember(first, "a")
    talks.remember(second, "b")
    talks.remember(first, "c")
    talks.remember(third, "d")

    assert [talks.before(one) for one in (first, second, third)] == ["c", None, "d"]
