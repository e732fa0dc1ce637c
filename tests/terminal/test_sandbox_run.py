"""`python -m bot run` without a token: real processes, and the page over HTTP."""

import datetime as dt
import json
import signal
import socket
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from bot.terminal.sandbox import has_desktop
from tests.terminal.processes import TOKEN, ended, line_with, ran, started
from tests.terminal.sandbox_process import Sandbox, said_by, sandbox

NOTICE: Final = "oefenserver"

pytestmark = pytest.mark.usefixtures("indexed")


async def test_it_says_what_this_is_and_where_and_serves_its_page_only_with_the_token(
    tmp_path: Path,
) -> None:
    process = await started("run", folder=tmp_path)
    said = [await said_by(process, part) for part in (NOTICE, "http://")]
    running = Sandbox(process, said[-1].strip())

    paths = (f"/?token={running.token}", "/", "/?token=x")
    statuses = [await running.got(path) for path in paths]
    await running.log("discord_ready")
    healthy = await running.got("/healthz")
    done = await running.stopped()

    assert running.origin.startswith("http://127.0.0.1:")
    assert statuses == [200, 403, 403]
    assert healthy == 200
    assert done.code == 0
    assert "DISCORD_TOKEN" in done.out
    assert not (tmp_path / "data" / "breed.sqlite3").exists()


async def test_a_visitor_asks_and_the_bot_answers_with_its_source(tmp_path: Path) -> None:
    async with sandbox(tmp_path) as running:
        answer = await running.do("ask wat is GGU?")
        done = await running.stopped()

    assert "Gezamenlijke Gemeentelijke Uitvoering" in answer
    assert done.code == 0
    assert "sandbox.refused" not in done.err, "the stand-in took all that the bot did"


async def test_a_restart_goes_on_with_what_was_said_and_registers_nothing_anew(
    tmp_path: Path,
) -> None:
    async with sandbox(tmp_path) as first:
        await first.log("commands_synced")
        await first.do("say Tot morgen")
        await first.stopped()

    async with sandbox(tmp_path) as second:
        await second.log("commands_unchanged")
        said = await second.do("said")
        answer = await second.do("ask wat is GGU?")

    assert said.endswith("Tot morgen")
    assert "Gezamenlijke Gemeentelijke Uitvoering" in answer


async def test_a_kill_loses_nothing_that_was_saved_and_breaks_no_file(tmp_path: Path) -> None:
    async with sandbox(tmp_path) as first:
        await first.log("commands_synced")
        await first.do("say Tot straks")
        # Moving the clock saves at once; what is said is else saved within some seconds.
        await first.posted("/sandbox/clock", {"by": {"hours": 1}})
        await first.do("say Net te laat")
        await first.killed()

    async with sandbox(tmp_path) as second:
        said = await second.do("said")
        answer = await second.do("ask wat is GGU?")

    assert "Tot straks" in said
    assert "Gezamenlijke Gemeentelijke Uitvoering" in answer
    assert [one.name for one in (tmp_path / "data").glob("sandbox*")] == ["sandbox"]


async def test_commands_are_there_after_a_kill_right_after_they_were_registered(
    tmp_path: Path,
) -> None:
    async with sandbox(tmp_path) as first:
        await first.log("commands_synced")
        await first.killed()

    async with sandbox(tmp_path) as second:
        await second.log("commands_unchanged")
        assert "Gezamenlijke" in await second.do("ask wat is GGU?")


@pytest.mark.parametrize(
    "damage", [b"", b'{"format": 0}', b"\x00" * 100], ids=["empty", "another format", "zeros"]
)
async def test_a_damaged_world_is_set_aside_with_its_database_and_a_new_one_begins(
    tmp_path: Path, damage: bytes
) -> None:
    async with sandbox(tmp_path) as first:
        await first.log("commands_synced")
        await first.stopped()
    (tmp_path / "data" / "sandbox" / "world.json").write_bytes(damage)

    process = await started("run", folder=tmp_path)
    said = await said_by(process, "niet te lezen")
    running = Sandbox(process, "")
    synced = await running.log("commands_synced")
    done = await running.stopped()

    (aside,) = (tmp_path / "data").glob("sandbox-*")
    assert aside.name in said
    assert (aside / "world.json").read_bytes() == damage
    assert (aside / "breed.sqlite3").exists()
    assert synced["count"]
    assert done.code == 0


async def test_a_damaged_database_is_set_aside_with_its_world_and_a_new_one_begins(
    tmp_path: Path,
) -> None:
    async with sandbox(tmp_path) as first:
        await first.do("say Tot morgen")
        await first.stopped()
    (tmp_path / "data" / "sandbox" / "breed.sqlite3").write_bytes(b"no database at all" * 100)

    async with sandbox(tmp_path) as second:
        answer = await second.do("ask wat is GGU?")
        said = await second.do("said")

    assert "Gezamenlijke" in answer
    assert "Tot morgen" not in said
    assert len(list((tmp_path / "data").glob("sandbox-*"))) == 1


async def test_a_reset_begins_anew_at_the_same_address_in_the_same_process(
    tmp_path: Path,
) -> None:
    async with sandbox(tmp_path) as running:
        await running.log("commands_synced")
        await running.do("say Weg ermee")
        refused = await running.posted("/sandbox/reset", token="x")
        status = await running.posted("/sandbox/reset")
        await running.log("sandbox_reset")
        await running.log("commands_synced")
        await running.log("discord_ready")
        page = await running.got(f"/?token={running.token}")
        said = await running.do("said")
        answer = await running.do("ask wat is GGU?")
        done = await running.stopped()

    assert (refused, status, page) == (403, 202, 200)
    assert "Weg ermee" not in said
    assert "Gezamenlijke" in answer
    assert done.code == 0
    assert "sandbox.refused" not in done.err, "the stand-in took all that the bot did"


async def test_the_clock_moves_forward_for_good(tmp_path: Path) -> None:
    async with sandbox(tmp_path) as first:
        before = dt.datetime.fromisoformat(await first.do("now"))
        status = await first.posted("/sandbox/clock", {"by": {"hours": 48}})
        backwards = await first.posted("/sandbox/clock", {"by": {"hours": -1}})
        await first.do("say Overmorgen")
        after = dt.datetime.fromisoformat(await first.do("now"))
        answer = await first.do("ask wat is GGU?")
        await first.killed()

    async with sandbox(tmp_path) as second:
        later = dt.datetime.fromisoformat(await second.do("now"))

    assert (status, backwards) == (200, 400)
    assert before + dt.timedelta(hours=48) <= after <= later
    assert "Gezamenlijke" in answer


async def test_a_second_run_on_one_data_folder_refuses_and_leaves_the_first_alone(
    tmp_path: Path,
) -> None:
    async with sandbox(tmp_path) as first:
        second = await ran("run", folder=tmp_path)
        on_discord = await ran("run", folder=tmp_path, DISCORD_TOKEN=TOKEN)

        assert "Gezamenlijke" in await first.do("ask wat is GGU?")
    assert (second.code, on_discord.code) == (2, 2)
    assert "Er draait al een bot" in second.err
    assert str(first.process.pid) in second.err
    assert "Er draait al een bot" in on_discord.err


async def test_it_listens_on_this_machine_only_whatever_was_chosen(tmp_path: Path) -> None:
    # An address that is kept free for documentation (RFC 5737), so no machine has it.
    process = await started("run", folder=tmp_path, BREED_WEB_HOST="192.0.2.1")
    said = await said_by(process, "BREED_WEB_HOST=192.0.2.1")
    running = Sandbox(process, (await said_by(process, "http://")).strip())
    await running.stopped()

    assert "127.0.0.1" in said
    assert running.origin.startswith("http://127.0.0.1:")


async def test_a_taken_port_is_named_with_its_setting(tmp_path: Path) -> None:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])

        done = await ran("run", folder=tmp_path, BREED_WEB_PORT=port)

    assert done.code == 2
    assert port in done.err
    assert "BREED_WEB_PORT" in done.err
    assert "Traceback" not in done.err


async def test_it_never_leaves_for_discord_when_told_so_even_with_a_token(tmp_path: Path) -> None:
    process = await started("run", folder=tmp_path, DISCORD_TOKEN=TOKEN, BREED_SANDBOX="1")
    await said_by(process, NOTICE)
    running = Sandbox(process, "")
    await running.log("discord_ready")

    assert (await running.stopped()).code == 0


@pytest.mark.parametrize("token", [{}, {"DISCORD_TOKEN": TOKEN}], ids=["without", "with a token"])
async def test_it_never_uses_the_database_that_was_chosen(
    tmp_path: Path, token: dict[str, str]
) -> None:
    chosen = {"BREED_DATABASE_URL": f"sqlite:///{tmp_path}/x.sqlite3", "BREED_SANDBOX": "1"}

    done = await ran("run", folder=tmp_path, environ={**chosen, **token})

    assert (done.code, done.out) == (2, "")
    assert "BREED_DATABASE_URL" in done.err
    assert not (tmp_path / "x.sqlite3").exists()


async def test_a_signal_ends_it_while_it_is_still_starting(tmp_path: Path) -> None:
    process = await started("run", folder=tmp_path)
    await line_with(process.stderr, '"database upgraded"')
    process.send_signal(signal.SIGINT)

    done = await ended(process)

    assert done.code == 0
    assert "Traceback" not in done.err
    assert json.loads((tmp_path / "data" / "sandbox" / "world.json").read_bytes())["format"]


@pytest.mark.parametrize(
    ("environ", "platform", "expected"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"DISPLAY": ""}, "linux", False),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_a_browser_opens_only_where_there_is_a_screen(
    environ: dict[str, str], platform: str, *, expected: bool
) -> None:
    assert has_desktop(environ, platform=platform) is expected
