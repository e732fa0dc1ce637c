import json
import logging

import pytest
import structlog

from bot.logs import HIDDEN, Redaction, configure, correlated, new_code, unexpected
from tests.terminal.processes import TOKEN


def _lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_a_line_is_an_event_with_fields(capsys: pytest.CaptureFixture[str]) -> None:
    configure(level="INFO", form="json")

    structlog.get_logger("breed").info("answer_sent", guild_id=1)
    logging.getLogger("storage").warning("no backup", extra={"reason": "full"})

    first, second = _lines(capsys)
    assert (first["event"], first["guild_id"], first["level"]) == ("answer_sent", 1, "info")
    assert (second["event"], second["reason"], second["logger"]) == ("no backup", "full", "storage")


def test_lines_below_the_level_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    configure(level="WARNING", form="json")

    structlog.get_logger().info("answer_sent")
    logging.getLogger("discord").info("connected")

    assert _lines(capsys) == []


def test_lines_of_one_question_carry_one_id(capsys: pytest.CaptureFixture[str]) -> None:
    configure(level="INFO", form="json")
    log = structlog.get_logger()

    with correlated(guild_id=7):
        log.info("one")
        logging.getLogger("storage").info("two")
    with correlated():
        log.info("three")

    one, two, three = _lines(capsys)
    assert one["correlation"] == two["correlation"] != three["correlation"]
    assert (one["guild_id"], three.get("guild_id")) == (7, None)


@pytest.mark.parametrize("form", ["json", "console"])
def test_secrets_are_hidden_in_messages_fields_and_traces(
    capsys: pytest.CaptureFixture[str], form: str
) -> None:
    configure(
        level="INFO", form="json" if form == "json" else "console", hidden=['pass"word\\', "kort"]
    )
    address = "postgresql://breed:other-secret@host/breed"

    structlog.get_logger().info('with pass"word\\ inside', url=address, nested={"token": TOKEN})
    error = ValueError(f'could not log in with pass"word\\ at {address}')
    logging.getLogger("some.library").error("kort failed", exc_info=error)

    written = capsys.readouterr().err
    assert HIDDEN in written
    assert "could not log in" in written
    secrets = ['pass"word', 'pass\\"word', "other-secret", TOKEN, "kort"]
    assert [secret for secret in secrets if secret in written] == []


@pytest.mark.parametrize("form", ["json", "console"])
def test_traces_show_no_values_of_variables(capsys: pytest.CaptureFixture[str], form: str) -> None:
    configure(level="INFO", form="json" if form == "json" else "console")

    def answer(question: str) -> None:
        raise ValueError(len(question))

    try:
        answer("words of " + "a member")
    except ValueError as error:
        unexpected("answer_failed", error=error, guild_id=3)

    written = capsys.readouterr().err
    assert "answer_failed" in written
    assert "ValueError" in written
    assert "words of a member" not in written


def test_a_text_too_short_to_be_a_secret_is_left_alone() -> None:
    assert Redaction(["a"]).applied("a banana") == "a banana"


def test_lines_without_secrets_are_left_as_they_are() -> None:
    line = '{"event": "web_listening", "address": "http://127.0.0.1:8080", "at": "10:20@x"}'

    assert Redaction().applied(line) == line


def test_an_unexpected_error_is_logged_under_the_code_that_is_returned(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure(level="INFO", form="json")

    code = unexpected("job_failed", error=RuntimeError("no"), job="digest")

    (line,) = _lines(capsys)
    assert (line["event"], line["code"], line["job"]) == ("job_failed", code, "digest")
    assert "RuntimeError" in str(line["exception"])


def test_a_code_is_short_enough_to_read_aloud() -> None:
    assert all(len(new_code()) == 4 and int(new_code(), 16) >= 0 for _ in range(20))
