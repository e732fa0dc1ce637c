import json
import signal
from asyncio.subprocess import Process
from pathlib import Path

import aiohttp
import pytest

from bot.app import Patience
from tests.terminal.discord_double import discord
from tests.terminal.processes import ON_DISCORD, SERVING, TOKEN, ended, line_with, ran, started

pytestmark = pytest.mark.usefixtures("indexed")


async def _address_of(process: Process) -> str:
    address = json.loads(await line_with(process.stderr, '"web_listening"'))["address"]
    assert isinstance(address, str)
    return address


async def _health(address: str) -> tuple[int, dict[str, str]]:
    async with aiohttp.ClientSession() as session, session.get(f"{address}/healthz") as response:
        return response.status, (await response.json())["parts"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_lets_the_answer_being_given_end_and_then_stops(
    tmp_path: Path, number: signal.Signals
) -> None:
    process = await started("answer", folder=tmp_path, program=SERVING)
    await line_with(process.stdout, "answering")
    await line_with(process.stderr, '"serving"')
    process.send_signal(number)
    stopping = json.loads(await line_with(process.stderr, '"stopping"'))
    process.send_signal(number)  # an operator who is in a hurry cuts nobody short
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


async def test_a_signal_ends_it_while_it_is_still_starting(tmp_path: Path) -> None:
    process = await started("connecting", folder=tmp_path, program=SERVING)
    await line_with(process.stdout, "connecting")
    process.send_signal(signal.SIGTERM)

    done = await ended(process)

    assert (done.code, done.out) == (0, "chat closed\n")


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


async def test_it_connects_is_healthy_and_says_goodbye(tmp_path: Path) -> None:
    async with discord(is_ready=False) as double:
        process = await started(
            "run",
            folder=tmp_path,
            program=ON_DISCORD,
            DISCORD_TOKEN=TOKEN,
            BREED_TEST_DISCORD=double.base,
        )
        address = await _address_of(process)
        before = await _health(address)
        double.may_be_ready.set()
        await line_with(process.stderr, '"discord_ready"')
        status, parts = await _health(address)
        process.send_signal(signal.SIGTERM)
        done = await ended(process)

    assert (before[0], before[1]["discord"]) == (503, "not connected")
    assert (status, parts["discord"]) == (200, "ok")
    assert done.code == 0, done.err
    assert double.closed_with == [1000]
    # https://discord.com/developers/docs/topics/gateway#list-of-intents: servers, messages in them
    # and by DM, scheduled events. No privileged bit is set.
    assert double.identified[0]["intents"] == 1 << 0 | 1 << 9 | 1 << 12 | 1 << 16


@pytest.mark.parametrize(
    ("close_code", "exit_code", "said"),
    [
        (4004, 2, "Discord kent het DISCORD_TOKEN niet"),
        (4011, 2, "BREED_SHARD_COUNT"),
        (4013, 1, "code 4013"),
    ],
)
async def test_a_connection_that_discord_ends_for_good_is_said_in_a_sentence(
    tmp_path: Path, close_code: int, exit_code: int, said: str
) -> None:
    async with discord(close_code=close_code) as double:
        done = await ran(
            "run",
            folder=tmp_path,
            program=ON_DISCORD,
            DISCORD_TOKEN=TOKEN,
            BREED_TEST_DISCORD=double.base,
        )

    assert done.code == exit_code
    assert said in done.err.splitlines()[-1]
