import json
import shutil
import signal
import socket
from asyncio.subprocess import Process
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest

from bot.app import Patience
from tests.terminal.discord_double import discord
from tests.terminal.processes import (
    ON_DISCORD,
    ROOT,
    SERVING,
    TOKEN,
    ended,
    line_with,
    ran,
    started,
)

QUESTION = "wat is GGU?\n"


async def _address_of(process: Process) -> str:
    address = json.loads(await line_with(process.stderr, '"web_listening"'))["address"]
    assert isinstance(address, str)
    return address


async def _health(address: str) -> tuple[int, dict[str, str]]:
    async with aiohttp.ClientSession() as session, session.get(f"{address}/healthz") as response:
        return response.status, (await response.json())["parts"]


async def test_without_a_token_it_talks_in_the_terminal_until_the_end_of_input(
    tmp_path: Path,
) -> None:
    done = await ran("run", folder=tmp_path, said=QUESTION + "/opties\n")

    assert (done.code, done.err) == (0, "")
    assert "GGU" in done.out
    assert "15. " in done.out, "the fifteen options can be listed"


@pytest.mark.parametrize(
    "variable", [{"BREED_SANDBOX": "0"}, {"BREED_DATABASE_URL": "sqlite:///x.sqlite3"}]
)
async def test_without_a_token_it_refuses_where_it_is_meant_to_serve(
    tmp_path: Path, variable: dict[str, str]
) -> None:
    done = await ran("run", folder=tmp_path, said=QUESTION, **variable)

    assert (done.code, done.out) == (2, "")
    assert "DISCORD_TOKEN" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_lets_the_answer_being_given_end_and_then_stops(
    tmp_path: Path, number: signal.Signals
) -> None:
    process = await started("answer", folder=tmp_path, program=SERVING)
    await line_with(process.stdout, "answering")
    await line_with(process.stderr, '"serving"')
    process.send_signal(number)
    stopping = json.loads(await line_with(process.stderr, '"stopping"'))
    assert stopping["running_answers"] == 1
    assert process.returncode is None

    done = await ended(process, said="\n")

    assert done.code == 0
    assert done.out.splitlines() == ["answered", "chat closed"]


async def test_an_answer_that_never_ends_does_not_keep_it_from_stopping(tmp_path: Path) -> None:
    process = await started("endless", folder=tmp_path, program=SERVING)
    await line_with(process.stdout, "answering")
    await line_with(process.stderr, '"serving"')
    process.send_signal(signal.SIGTERM)

    done = await ended(process)

    assert done.code == 0
    assert '"stopped_before_it_was_done"' in done.err
    assert "chat closed" in done.out


def test_stopping_takes_less_than_five_seconds_whatever_hangs() -> None:
    patience = Patience()

    assert patience.answers + patience.chat + patience.web + patience.database < 5


async def test_a_second_run_on_one_data_folder_refuses_and_leaves_the_first_alone(
    tmp_path: Path,
) -> None:
    first = await started("idle", folder=tmp_path, program=SERVING)
    address = await _address_of(first)
    await line_with(first.stderr, '"serving"')

    second = await ran("run", folder=tmp_path, DISCORD_TOKEN=TOKEN)

    assert second.code == 2
    assert "Er draait al een bot" in second.err
    assert str(first.pid) in second.err
    assert (await _health(address))[0] == 200
    first.kill()
    await first.wait()
    third = await started("idle", folder=tmp_path, program=SERVING)
    await line_with(third.stderr, '"serving"')
    third.send_signal(signal.SIGTERM)
    assert (await ended(third)).code == 0, "a crash leaves no lock behind"


async def test_two_data_folders_with_one_sqlite_file_are_refused_too(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'shared' / 'breed.sqlite3'}"
    first = await started("idle", folder=tmp_path, program=SERVING, BREED_DATABASE_URL=url)
    await line_with(first.stderr, '"serving"')

    second = await ran(
        "run",
        folder=tmp_path,
        DISCORD_TOKEN=TOKEN,
        BREED_DATABASE_URL=url,
        BREED_DATA_DIR=str(tmp_path / "other"),
    )

    assert second.code == 2
    assert "Er draait al een bot" in second.err
    first.send_signal(signal.SIGTERM)
    assert (await ended(first)).code == 0


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


async def test_a_database_that_is_gone_at_the_start_is_said_in_a_sentence(tmp_path: Path) -> None:
    done = await ran(
        "run", folder=tmp_path, DISCORD_TOKEN=TOKEN, BREED_DATABASE_URL="postgresql://u:p@127.0.0.1:1/b"
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


async def test_a_database_that_vanishes_makes_it_unhealthy_and_not_dead(tmp_path: Path) -> None:
    process = await started("idle", folder=tmp_path, program=SERVING)
    address = await _address_of(process)
    await line_with(process.stderr, '"serving"')
    healthy = await _health(address)
    (tmp_path / "data" / "breed.sqlite3").unlink()

    unhealthy = await _health(address)

    process.send_signal(signal.SIGTERM)
    done = await ended(process)
    assert healthy == (200, dict.fromkeys(("database", "knowledge", "discord", "process"), "ok"))
    assert unhealthy[0] == 503
    assert unhealthy[1]["database"] == "DatabaseUnavailableError"
    assert unhealthy[1]["knowledge"] == "ok"
    assert done.code == 0


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


async def test_it_connects_is_healthy_and_says_goodbye(tmp_path: Path) -> None:
    async with discord() as double:
        process = await started(
            "run",
            folder=tmp_path,
            program=ON_DISCORD,
            DISCORD_TOKEN=TOKEN,
            BREED_TEST_DISCORD=double.base,
        )
        address = await _address_of(process)
        await line_with(process.stderr, '"discord_ready"')
        status, parts = await _health(address)
        process.send_signal(signal.SIGTERM)
        done = await ended(process)

    assert (status, parts["discord"]) == (200, "ok")
    assert done.code == 0, done.err
    assert double.closed_with == [1000]
    # https://discord.com/developers/docs/topics/gateway#list-of-intents: no privileged bit is set.
    assert double.identified[0]["intents"] == 1 << 0 | 1 << 9 | 1 << 12


async def test_a_token_that_is_withdrawn_later_ends_it_with_a_sentence(tmp_path: Path) -> None:
    async with discord(close_code=4004) as double:
        done = await ran(
            "run",
            folder=tmp_path,
            program=ON_DISCORD,
            DISCORD_TOKEN=TOKEN,
            BREED_TEST_DISCORD=double.base,
        )

    assert done.code == 2
    assert "Discord kent het DISCORD_TOKEN niet" in done.err


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
    first = await ran("run", folder=tmp_path, said=QUESTION)
    cache = tmp_path / "data" / "cache"
    path = next(cache.iterdir())
    path.write_bytes(path.read_bytes()[:1000])

    second = await ran("run", folder=tmp_path, said=QUESTION)
    third = await ran("run", folder=tmp_path, said=QUESTION)

    assert (second.code, second.out) == (0, first.out)
    assert "index_cache_damaged" in second.err
    assert (third.out, third.err) == (first.out, "")


async def test_a_broken_document_is_named_with_its_line_and_the_rest_serves(
    tmp_path: Path,
) -> None:
    _copy_of_the_code(tmp_path)
    path = tmp_path / "config" / "knowledge" / "voorbeeld-dimpact.md"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[2] = "onderdeel: bestaat niet\n"
    path.write_text("".join(lines), encoding="utf-8")

    done = await ran("run", folder=tmp_path, said=QUESTION)
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
