from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.adapters import knowledge_files
from bot.services.knowledge.checks import FACTS
from bot.terminal.knowledge import knowledge
from bot.texts import knowledge as texts

SOUND = f"""\
---
title: Zeilclub
onderdeel: opties
date: 2016-03-31
sources: [{{title: Bron}}]
facts: [{", ".join(FACTS)}]
questions: [wat is de zeilclub, wie zeilt er, waar zeilt men]
---
De zeilclub vaart.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "zeilclub.md").write_text(SOUND, encoding="utf-8")
    return tmp_path


def checked(folder: Path) -> Result:
    return CliRunner().invoke(knowledge, ["check", "--folder", str(folder)])


def test_the_shipped_knowledge_base_is_in_order() -> None:
    result = CliRunner().invoke(knowledge, ["check"])

    assert result.exit_code == 0, result.output
    assert f"{len(knowledge_files.read().documents)} documenten" in result.output


def test_a_sound_folder_is_counted(folder: Path) -> None:
    result = checked(folder)

    assert result.exit_code == 0
    assert result.output == texts.sound(documents=1, passages=1, questions=3) + "\n"


def test_every_problem_is_named_with_file_and_line_and_the_exit_code_is_1(folder: Path) -> None:
    (folder / "stuk.md").write_text(SOUND.replace("opties", "kaas"), encoding="utf-8")
    (folder / "kort.md").write_text(
        SOUND.replace("[wat is de zeilclub, wie zeilt er, waar zeilt men]", "[wat dan]"),
        encoding="utf-8",
    )

    result = checked(folder)

    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "stuk.md, regel 3: het onderdeel kaas bestaat niet",
        "kort.md, regel 9: Zeilclub heeft minder dan 3 vraagvarianten",
        texts.problems(2),
    ]


def test_an_empty_folder_is_not_in_order(tmp_path: Path) -> None:
    result = checked(tmp_path)

    assert result.exit_code == 1
    assert result.output.splitlines()[-1] == texts.problems(len(FACTS) + 1)


def test_a_folder_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    assert checked(tmp_path / "weg").exit_code == 2
