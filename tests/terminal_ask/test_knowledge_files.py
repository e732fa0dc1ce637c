"""`python -m bot knowledge import`, `list`, `export` and `remove`, on both databases."""

import asyncio
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.terminal.knowledge import knowledge
from bot.texts import terminal_knowledge as texts
from storage.engine import open_database
from storage.unit_of_work import UnitsOfWork
from tests.adapters.documents import samples

READY = """\
---
title: De steiger
date: 2016-03-31
sources: [{title: Bron}]
---
De steiger van Doesburg is zestig meter lang.
"""


@pytest.fixture(autouse=True)
def served(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work on a migrated, empty database."""
    monkeypatch.setenv("BREED_DATABASE_URL", database_url)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    folder = tmp_path / "bestanden"
    (folder / "onder").mkdir(parents=True)
    (folder / "post.txt").write_text(samples.POST, encoding="utf-8")
    (folder / "onder" / "de-steiger.md").write_text(READY, encoding="utf-8")
    (folder / "stuk.pdf").write_bytes(b"%PDF-1.4 stuk")
    (folder / "plaatje.png").write_bytes(b"geen document")
    return folder


def ran(*arguments: str) -> Result:
    return CliRunner().invoke(knowledge, list(arguments))


def test_a_folder_goes_in_is_listed_goes_out_and_is_taken_away(files: Path, tmp_path: Path) -> None:
    taken = ran("import", str(files), "--guild", "41")
    listed = ran("list")
    out = ran("export", str(tmp_path / "uit"))
    removed = ran("remove", "1")

    assert taken.exit_code == 1, "one of them cannot be read"
    assert "stuk.pdf: Het bestand is beschadigd" in taken.stderr
    assert "Opgenomen als import 1: 2 documenten" in taken.stdout
    assert listed.exit_code == 0
    assert "de-steiger" in listed.stdout
    assert "import 1: 2 bestanden" in listed.stdout
    assert out.exit_code == 0
    assert (tmp_path / "uit" / "de-steiger.md").read_text(encoding="utf-8") == READY
    assert (removed.exit_code, removed.stdout) == (0, f"{texts.removed(1)}\n")


def test_a_trial_takes_nothing_in(files: Path) -> None:
    trial = ran("import", str(files / "post.txt"), "--proef", "--guild", "41")

    assert trial.exit_code == 0
    assert trial.stdout.splitlines()[-1] == texts.NOTHING
    assert ran("list", "--guild", "41").stdout == f"{texts.NO_DOCUMENTS}\n"


async def used_by(url: str, *guilds: int) -> None:
    """Have the database know of guilds."""
    database = open_database(url)
    async with UnitsOfWork(database)() as work:
        for guild_id in guilds:
            await work.documents.take_turn(guild_id)
    await database.close()


def test_what_cannot_be_done_is_said_in_a_sentence(
    database_url: str, files: Path, tmp_path: Path
) -> None:
    (tmp_path / "leeg").mkdir()

    nobody = ran("list")
    nothing = ran("import", str(tmp_path / "leeg"), "--guild", "41")
    titled = ran("import", str(files), "--titel", "X", "--guild", "41")
    filled = ran("export", str(files), "--guild", "41")
    unknown = ran("remove", "7", "--guild", "41")
    asyncio.run(used_by(database_url, 41, 42))
    several = ran("list")

    assert (nobody.exit_code, nobody.stderr) == (2, f"{texts.NO_GUILD}\n")
    assert (nothing.exit_code, texts.NO_FILES[:40] in nothing.stderr) == (2, True)
    assert (titled.exit_code, texts.ONE_TITLE in titled.stderr) == (2, True)
    assert filled.exit_code == 2
    assert (unknown.exit_code, "bewaar ik niet meer" in unknown.stderr) == (1, True)
    assert (several.exit_code, several.stderr) == (2, f"{texts.which_guild((41, 42))}\n")


def test_an_old_database_is_left_alone(
    bare_database_url: str, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BREED_DATABASE_URL", bare_database_url)

    refused = ran("import", str(files / "post.txt"), "--guild", "41")

    assert refused.exit_code == 1
    assert "Traceback" not in refused.stderr
    assert refused.stderr.strip()
