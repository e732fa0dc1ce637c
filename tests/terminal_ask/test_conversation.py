import os
import pty
import select
import signal
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.services.knowledge.answering import MAX_LENGTH, Answerer, Thresholds
from bot.terminal.ask import ask
from bot.terminal.conversation import Talk
from bot.texts import knowledge as texts
from bot.texts import terminal as terminal_texts
from tests.builders import plain_answerer, plain_model, searcher, shipped_library

ROOT = Path(__file__).parents[2]
COSTS = "wat kost het waterschapshuis"


def said(talk: Talk, *lines: str) -> list[str]:
    """Say the lines one by one and return what the last one got back."""
    shown: list[str] = []
    for line in lines:
        shown = list(talk.say(line))
    return shown


def talk() -> Talk:
    return Talk(plain_answerer(), options=shipped_library().options)


def unsure() -> Talk:
    """Return a conversation in which everything near is only suggested."""
    return Talk(
        Answerer(searcher(), model=plain_model(), thresholds=Thresholds(answer=1.0, suggest=0.15))
    )


def test_an_answer_comes_with_a_line_per_source() -> None:
    shown = said(talk(), COSTS)

    assert shown == [
        "Het Waterschapshuis kost elk waterschap 40.000 euro per jaar.",
        "  — Waterschapshuis Delfland (opties, 31 maart 2016)",
    ]


def test_a_follow_up_is_about_the_question_before() -> None:
    assert "2019" in said(talk(), "einde van de leesbibliotheek", "en wanneer was dat?")[0]
    assert said(talk(), "en wanneer was dat?") == [texts.UNKNOWN]


def test_sources_are_those_of_the_last_answer() -> None:
    shown = said(talk(), "wat is de leesbibliotheek", COSTS, "/bronnen")

    assert shown == [
        "Waterschapshuis Delfland (opties, 31 maart 2016)\n  Testbron: https://example.org/bron"
    ]


@pytest.mark.parametrize("lines", [(), ("en wie is dat?",), (COSTS, "pannenkoek spek")])
def test_without_an_answer_there_are_no_sources(lines: tuple[str, ...]) -> None:
    assert said(talk(), *lines, "/bronnen") == [terminal_texts.NO_SOURCES]


def test_the_fifteen_options_are_listed_by_number() -> None:
    shown = said(talk(), "/opties")

    assert [int(line.split(".")[0]) for line in shown] == list(range(1, 16))
    assert shown[0] == " 1. Uitvoeringscoöperatie"


@pytest.mark.parametrize("command", ["/help", " /HELP ", "/Help"])
def test_help_says_what_can_be_typed(command: str) -> None:
    assert said(talk(), command) == [terminal_texts.CONVERSATION_HELP]


def test_an_unknown_command_is_named() -> None:
    assert said(talk(), "/kaas") == [terminal_texts.unknown_command("/kaas")]


@pytest.mark.parametrize("line", ["", "   ", "\t"])
def test_an_empty_line_asks_for_a_question(line: str) -> None:
    assert said(talk(), line) == [texts.EMPTY_QUESTION]


def test_a_question_that_is_too_long_is_refused_and_forgotten() -> None:
    conversation = talk()

    assert said(conversation, "x" * (MAX_LENGTH + 1)) == [texts.too_long(MAX_LENGTH)]
    assert said(conversation, "/bronnen") == [terminal_texts.NO_SOURCES]


def test_the_number_of_a_topic_asks_for_that_topic() -> None:
    conversation = unsure()
    shown = said(conversation, COSTS)

    assert shown[0] == texts.not_certain()
    assert shown[1] == "1. Waterschapshuis Delfland: Kosten"
    assert shown[-1] == terminal_texts.CHOOSE_TOPIC
    assert said(conversation, "1") == said(unsure(), COSTS)


@pytest.mark.parametrize("number", ["0", "9", "-1", "1.5", "²", "een"])
def test_any_other_number_is_a_question(number: str) -> None:
    conversation = unsure()
    said(conversation, COSTS, number)

    assert conversation._before == number


def test_a_number_without_topics_is_a_question() -> None:
    assert said(talk(), "1") == [texts.UNKNOWN]


@pytest.mark.parametrize("end", ["", "/stop\nwat is GGU\n", "Doei\nwat is GGU\n", "stop"])
def test_the_conversation_ends_with_the_input_or_a_goodbye(end: str) -> None:
    result = CliRunner().invoke(ask, input="/opties\n" + end)

    assert result.exit_code == 0
    assert "15. " in result.output
    assert result.output.rstrip().endswith("(werkorganisatie)")
    assert terminal_texts.WELCOME not in result.output


def test_a_line_that_is_no_utf_8_does_not_end_the_conversation() -> None:
    result = CliRunner().invoke(ask, input=b"\xff\xfe\n/opties\n")

    assert result.exit_code == 0
    assert "15. " in result.output


@pytest.fixture
def interruptible() -> Generator[None]:
    """Let processes of the test hear SIGINT: a shell starts what runs behind it deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("ending", ["end of input", "interrupt"])
def test_on_a_terminal_it_says_hello_and_goodbye(data_folder: Path, ending: str) -> None:
    screen, keyboard = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "ask"],
        env={**os.environ, "BREED_DATA_DIR": str(data_folder), "PYTHONPATH": str(ROOT)},
        stdin=keyboard,
        stdout=keyboard,
        stderr=subprocess.DEVNULL,
    )
    try:
        os.close(keyboard)
        shown = read_until(screen, terminal_texts.PROMPT)
        os.write(screen, b"/help\n")
        shown += read_until(screen, terminal_texts.PROMPT)
        if ending == "interrupt":
            process.send_signal(signal.SIGINT)
            # The library that reads keys looks for signals only when a key wakes it.
            os.write(screen, b"\n")
        else:
            os.write(screen, b"\x04")
        shown += read_until(screen, terminal_texts.GOODBYE)
        assert process.wait(timeout=30) == 0
    finally:
        process.kill()
        process.wait()
        os.close(screen)

    assert "Hallo!" in shown
    assert "/bronnen" in shown


def read_until(screen: int, text: str) -> str:
    """Read what is shown until `text` stands there; an end or a silence before that is an error."""
    shown = b""
    while text.strip().encode() not in shown:
        ready, _, _ = select.select([screen], [], [], 20)
        assert ready, shown.decode()
        shown += os.read(screen, 1024)
    return shown.decode()
