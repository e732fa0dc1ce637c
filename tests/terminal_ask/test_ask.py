import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.services.knowledge.answering import MAX_LENGTH
from bot.services.knowledge.answers import Answered, Reply, Suggested, Topic, Unknown
from bot.terminal.ask import as_object, ask, rendered
from bot.texts import knowledge as texts
from tests.builders import plain_answerer

ROOT = Path(__file__).parents[2]
# As `python -m bot`, on a disk where no file may grow beyond a few hundred bytes.
FULL_DISK = (
    "import resource, runpy, sys;"
    "resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500));"
    "sys.argv = ['bot', *sys.argv[1:]];"
    "runpy.run_module('bot', run_name='__main__')"
)


def asked(*arguments: str) -> Result:
    return CliRunner().invoke(ask, arguments)


def reply(question: str) -> Reply:
    return plain_answerer().reply(question)


def test_a_question_is_answered_with_its_source() -> None:
    result = asked("wanneer", "was", "de", "alv", "van", "2016")

    assert result.exit_code == 0
    assert "8 juni 2016" in result.output
    assert "Bron: De ALV van 8 juni 2016 in Haarlemmermeer (alv, 8 juni 2016)" in result.output
    assert "http" in result.output


def test_a_question_outside_the_knowledge_base_is_not_answered() -> None:
    result = asked("hoe bak ik een pannenkoek met spek")

    assert result.exit_code == 0
    assert result.output == f"{texts.UNKNOWN}\n"


def test_the_question_before_is_used() -> None:
    result = asked("en wanneer was dat?", "--before", "wat was de alv van 2016 in haarlemmermeer")

    assert "8 juni 2016" in result.output


@pytest.mark.parametrize("arguments", [("",), ("  ", ""), ("--json",), ("--json", " ")])
def test_an_empty_question_gets_a_sentence(arguments: tuple[str, ...]) -> None:
    result = asked(*arguments)

    assert result.exit_code == 2
    assert texts.EMPTY_QUESTION in result.output


def test_a_question_of_the_greatest_length_is_read_and_a_longer_one_is_refused() -> None:
    longest = ("wat is ggu " * MAX_LENGTH)[:MAX_LENGTH]

    assert asked(longest).exit_code == 0
    refused = asked(longest + "x")
    assert refused.exit_code == 2
    assert texts.too_long(MAX_LENGTH) in refused.output


def test_json_has_exactly_the_promised_shape() -> None:
    result = asked("--json", "wanneer was de alv van 2016")
    found = json.loads(result.output)

    assert list(found) == ["status", "answer", "confidence", "citations", "suggestions"]
    assert found["status"] == "answered"
    assert 0 < found["confidence"] <= 1
    assert found["suggestions"] == []
    for one in found["citations"]:
        assert list(one) == ["title", "part", "date", "url", "quote", "document"]
        assert one["quote"] in found["answer"]
    assert found["citations"][0]["part"] == "alv"
    assert found["citations"][0]["date"] == "2016-06-08"
    assert found["citations"][0]["document"] == "alv-2016-06-08"


def test_what_is_not_answered_has_no_citations_in_json() -> None:
    gap = reply("wie is voorzitter van het waterschapshuis")
    topics = Suggested((Topic("Kosten", "wat kost het", "waternet", 1),), 0.3)

    assert isinstance(gap, Unknown)
    assert as_object(gap) == {
        "status": "unknown",
        "answer": gap.gap,
        "confidence": round(gap.confidence, 4),
        "citations": [],
        "suggestions": [],
    }
    assert as_object(topics) == {
        "status": "suggested",
        "answer": texts.not_certain(),
        "confidence": 0.3,
        "citations": [],
        "suggestions": ["Kosten"],
    }
    assert as_object(Unknown())["answer"] == texts.UNKNOWN


def test_every_source_of_an_answer_is_shown() -> None:
    answered = reply("Wat kost het waterschapshuis? Waarom sloot de leesbibliotheek?")
    assert isinstance(answered, Answered)

    lines = list(rendered(answered))

    assert lines[0] == answered.text
    assert [line.startswith("Bron: ") for line in lines[2:]] == [True, True]


def test_topics_are_numbered() -> None:
    topics = tuple(Topic(f"Onderwerp {one}", "vraag", "a", one) for one in range(2))

    assert list(rendered(Suggested(topics, 0.3))) == [
        texts.not_certain(),
        "1. Onderwerp 0",
        "2. Onderwerp 1",
    ]


def program(*arguments: str, data: Path, database: str = "") -> subprocess.CompletedProcess[bytes]:
    environ = {**os.environ, "BREED_DATA_DIR": str(data), "PYTHONPATH": str(ROOT)}
    if database:
        environ["BREED_DATABASE_URL"] = database
    return subprocess.run(
        [sys.executable, "-B", *arguments],
        env=environ,
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_asking_needs_no_token_and_no_database(tmp_path: Path) -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/nothing"

    ended = program("-m", "bot", "ask", "wat is GGU", data=tmp_path / "data", database=nowhere)

    assert ended.returncode == 0, ended.stderr
    assert "Gezamenlijke Gemeentelijke Uitvoering" in ended.stdout.decode()
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["cache"]


def test_a_full_disk_changes_no_answer_and_leaves_nothing_behind(
    tmp_path: Path, data_folder: Path
) -> None:
    question = ("ask", "--json", "wat is GGU")
    expected = program("-m", "bot", *question, data=data_folder)

    ended = program("-c", FULL_DISK, *question, data=tmp_path / "full")

    assert ended.returncode == 0, ended.stderr
    assert ended.stdout == expected.stdout
    assert b"index_cache_not_written" in ended.stderr
    assert list((tmp_path / "full" / "cache").iterdir()) == []
