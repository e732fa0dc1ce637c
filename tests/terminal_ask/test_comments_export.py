"""`python -m bot comments export`, on both databases."""

import asyncio
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.terminal.comments import comments
from bot.texts import comments_export as texts
from storage.engine import open_database
from storage.unit_of_work import UnitsOfWork
from tests.services.comments.scene import ALL, BODY, GUILD, look, scene_of


@pytest.fixture(autouse=True)
def served(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BREED_DATABASE_URL", database_url)


async def placed(url: str) -> None:
    database = open_database(url)
    scene = scene_of(UnitsOfWork(database))
    made = await scene.comments.submitting.submit(await scene.draft(consents=ALL))
    await scene.comments.deciding.place(look(made.comment))
    await scene.placed("Dit blijft hier.")
    await database.close()


def ran(output: Path, *arguments: str) -> Result:
    given = ["export", "--format", "json", "--output", str(output), *arguments]
    return CliRunner().invoke(comments, given)


def test_comments_are_written_and_everything_else_is_a_sentence(
    database_url: str, tmp_path: Path
) -> None:
    output = tmp_path / "uit.json"
    empty = ran(output, "--guild", str(GUILD))
    assert (empty.exit_code, empty.stderr) == (1, f"{texts.nothing(0)}\n")
    assert not output.exists()

    asyncio.run(placed(database_url))
    done = ran(output)
    assert (done.exit_code, done.stdout) == (0, f"{texts.written(1, str(output), 1)}\n")
    found = json.loads(output.read_text(encoding="utf-8"))
    assert [one["text"] for one in found["comments"]] == [BODY]
    assert list(tmp_path.glob(".*.part")) == []

    unknown = ran(output, "--topic", "bestaat niet")
    assert (unknown.exit_code, unknown.stderr) == (2, f"{texts.UNKNOWN_TOPIC}\n")
    nowhere = ran(tmp_path / "weg" / "uit.json")
    assert nowhere.exit_code == 1
    assert "Kies een ander bestand met --output" in nowhere.stderr
