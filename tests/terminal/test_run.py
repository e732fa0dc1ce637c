import json
import shutil
import socket
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from tests.terminal.discord_double import discord
from tests.terminal.processes import ON_DISCORD, ROOT, SERVING, TOKEN, ran

QUESTION: Final = "wat is GGU?\n"

indexed = pytest.mark.usefixtures("indexed")


@indexed
async def test_asking_nothing_talks_in_the_terminal_until_the_end_of_input(
    tmp_path: Path,
) -> None:
    done = await ran("ask", folder=tmp_path, said=QUESTION + "/opties\n")

    assert (done.code, done.err) == (0, "")
    assert "GGU" in done.out
    assert "15. " in done.out, "the fifteen options can be listed"


@pytest.mark.parametrize(
    "variable", [{"BREED_SANDBOX": "0"}, {"BREED_DATABASE_URL": "sqlite:///x.sqlite3"}]
)
async def test_without_a_token_it_refuses_where_it_is_meant_to_serve(
    tmp_path: Path, variable: dict[str, str]
) -> None:
    done = await ran("run", folder=tmp_path, said=QUESTION, environ=variable)

    assert (done.code, done.out) == (2, "")
    assert "DISCORD_TOKEN" in done.err
    assert "Traceback" not in done.err


@indexed
async def test_a_taken_port_is_named_with_its_setting(tmp_path: Path) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        done = await ran("run", folder=tmp_path, DISCORD_TOKEN=TOKEN, BREED_WEB_PORT=port)

    assert done.code == 2
    assert port in done.err
    assert "BREED_WEB_PORT" in done.err
    assert "Traceback" not in done.err


@indexed
async def test_a_host_that_is_not_this_machine_is_named_with_its_setting(tmp_path: Path) -> None:
    # An address that is kept free for documentation (RFC 5737), so no machine has it.
    done = await ran("run", folder=tmp_path, DISCORD_TOKEN=TOKEN, BREED_WEB_HOST="192.0.2.1")

    assert done.code == 2
    assert "BREED_WEB_HOST" in done.err


async def test_a_data_folder_that_cannot_be_written_is_named_with_its_setting(
    tmp_path: Path,
) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")

    done = await ran("run", folder=tmp_path, DISCORD_TOKEN=TOKEN)

    assert done.code == 2
    assert "BREED_DATA_DIR" in done.err
    assert "Traceback" not in done.err


@indexed
async def test_a_database_that_is_gone_at_the_start_is_said_in_a_sentence(tmp_path: Path) -> None:
    done = await ran(
        "run",
        folder=tmp_path,
        DISCORD_TOKEN=TOKEN,
        BREED_DATABASE_URL="postgresql://u:p@127.0.0.1:1/b",
    )

    assert done.code == 1
    assert "De database is niet bereikbaar" in done.err
    assert "Traceback" not in done.err


async def test_a_damaged_database_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "breed.sqlite3").write_bytes(b"no database at all" * 100)

    done = await ran("run", folder=tmp_path, DISCORD_TOKEN=TOKEN)

    assert done.code == 1
    assert "db restore" in done.err
    assert "Traceback" not in done.err


@indexed
async def test_a_refused_token_is_said_in_a_sentence_without_the_token(tmp_path: Path) -> None:
    async with discord(status=401) as double:
        done = await ran(
            "run",
            folder=tmp_path,
            program=ON_DISCORD,
            DISCORD_TOKEN=TOKEN,
            BREED_TEST_DISCORD=double.base,
            BREED_LOG_LEVEL="DEBUG",
        )

    assert done.code == 2
    assert "Discord kent het DISCORD_TOKEN niet" in done.err
    assert TOKEN not in done.err
    assert "Traceback" not in done.err


@indexed
async def test_a_discord_out_of_reach_is_said_in_a_sentence(tmp_path: Path) -> None:
    done = await ran(
        "run",
        folder=tmp_path,
        program=ON_DISCORD,
        DISCORD_TOKEN=TOKEN,
        BREED_TEST_DISCORD="http://127.0.0.1:1",
    )

    assert done.code == 1
    assert "Discord is niet bereikbaar" in done.err
    assert "Traceback" not in done.err


@indexed
async def test_what_nobody_expected_is_logged_under_the_code_that_is_said(tmp_path: Path) -> None:
    done = await ran("broken", folder=tmp_path, program=SERVING)

    logged = next(
        json.loads(line) for line in done.err.splitlines() if '"unexpected_error"' in line
    )
    assert done.code == 1
    assert logged["exception"][0]["exc_value"] == "nobody thought of this"
    assert done.err.splitlines()[-1].endswith(f"bij code {logged['code']}.")
    assert "Traceback" not in done.err


async def test_a_damaged_index_is_made_anew(tmp_path: Path) -> None:
    first = await ran("ask", folder=tmp_path, said=QUESTION)
    cache = tmp_path / "data" / "cache"
    path = next(cache.iterdir())
    path.write_bytes(path.read_bytes()[:1000])

    second = await ran("ask", folder=tmp_path, said=QUESTION)
    third = await ran("ask", folder=tmp_path, said=QUESTION)

    assert (second.code, second.out) == (0, first.out)
    assert "index_cache_unusable" in second.err
    assert (third.out, third.err) == (first.out, "")


async def test_a_broken_document_is_named_with_its_line_and_the_rest_serves(
    tmp_path: Path,
) -> None:
    _copy_of_the_code(tmp_path)
    path = tmp_path / "config" / "knowledge" / "voorbeeld-dimpact.md"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[2] = "onderdeel: bestaat niet\n"
    path.write_text("".join(lines), encoding="utf-8")

    done = await ran("ask", folder=tmp_path, said=QUESTION)
    checked = await ran("check", folder=tmp_path)

    logged = json.loads(done.err.splitlines()[0])
    assert done.code == 0
    assert "GGU" in done.out
    assert (logged["path"], logged["line"]) == ("voorbeeld-dimpact.md", 3)
    assert checked.code == 1
    assert "voorbeeld-dimpact.md, regel 3" in checked.out


def _copy_of_the_code(folder: Path) -> None:
    for package in ("bot", "config", "storage"):
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("*.pyc"))
