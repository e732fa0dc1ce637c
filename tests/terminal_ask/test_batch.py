import json
import os
import pty
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.terminal.ask import ask
from bot.texts import terminal as texts

ROOT = Path(__file__).parents[2]
GGU = b'{"id": "1", "q": "wat is GGU"}'


def batch(*lines: bytes) -> Result:
    return CliRunner().invoke(ask, ["--batch"], input=b"\n".join(lines))


def objects(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def statuses(result: Result) -> Sequence[tuple[object, object]]:
    return [(one["id"], one["status"]) for one in objects(result)]


def test_every_line_gets_one_object_with_its_id_in_order() -> None:
    result = batch(GGU, b'{"id": 7, "q": "hoe bak ik een pannenkoek"}', b"")

    assert result.exit_code == 0
    assert statuses(result) == [("1", "answered"), (7, "unknown")]
    for one in objects(result):
        assert list(one) == ["id", "status", "answer", "confidence", "citations", "suggestions"]
    assert result.stderr == ""


def test_lines_know_nothing_of_each_other() -> None:
    follow_up = b'{"id": "2", "q": "en wanneer was dat?"}'

    alone = objects(batch(follow_up))[0]
    after = objects(batch(b'{"id": "1", "q": "wanneer was de alv van 2016"}', follow_up))[1]

    assert after == alone


def test_a_line_may_name_the_question_before() -> None:
    line = {
        "id": 1,
        "q": "en wanneer was dat?",
        "prev_q": "wat was de alv van 2016 in haarlemmermeer",
    }

    assert "8 juni 2016" in str(objects(batch(json.dumps(line).encode()))[0]["answer"])


@pytest.mark.parametrize(
    ("line", "identity"),
    [
        (b"geen json", None),
        (b'{"id": "1", "q": "afgekapt', None),
        (b"\xff\xfe", None),
        (b"[]", None),
        (b"null", None),
        (b'"wat is GGU"', None),
        (b'{"id": "9"}', "9"),
        (b'{"id": "9", "q": 3}', "9"),
        (b'{"id": "9", "q": null}', "9"),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_the_rest_is_answered(
    line: bytes, identity: str | None
) -> None:
    result = batch(GGU, line, b'{"id": "3", "q": "wat is GGU"}')

    assert result.exit_code == 1
    assert statuses(result) == [("1", "answered"), (identity, "error"), ("3", "answered")]
    assert objects(result)[1]["answer"] == texts.unreadable_line(2)
    assert objects(result)[1]["citations"] == []
    assert result.stderr == f"{texts.unreadable_lines(1)}\n"


def test_empty_lines_are_passed_over_and_no_lines_give_nothing() -> None:
    assert statuses(batch(b"", GGU, b"   ", b"")) == [("1", "answered")]
    assert batch().stdout == ""
    assert batch().exit_code == 0


@pytest.mark.parametrize("question", ["", "?!", "wat is " + "x" * 5_000, "\\u0000", "wat\\nis ggu"])
def test_an_odd_question_still_gets_an_object(question: str) -> None:
    result = batch(f'{{"id": "1", "q": "{question}"}}'.encode())

    assert result.exit_code == 0
    assert [identity for identity, _ in statuses(result)] == ["1"]


def test_a_terminal_shows_the_progress_beside_the_answers(data_folder: Path) -> None:
    screen, behind = pty.openpty()
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "bot", "ask", "--batch"],
            env={**os.environ, "BREED_DATA_DIR": str(data_folder), "PYTHONPATH": str(ROOT)},
            input=GGU + b"\n" + GGU,
            stdout=subprocess.PIPE,
            stderr=behind,
            timeout=60,
            check=True,
        )
        shown = os.read(screen, 10_000).decode()
    finally:
        os.close(screen)
        os.close(behind)

    assert len(ended.stdout.splitlines()) == 2
    assert texts.answered(1) in shown
    assert texts.answered(2) in shown
