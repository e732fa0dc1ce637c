import aiohttp
import pytest
from aiohttp import WSServerHandshakeError
from aiohttp.test_utils import make_mocked_request

from bot.sandbox.page.guarding import TOKEN_HEADER, Guard, _is_local
from bot.sandbox.posting import Draft, Upload, post
from tests.discord.stage import Stage
from tests.page.serving import TOKEN, Page


class Peer:
    """The transport of a request that came from an address."""

    def __init__(self, address: str) -> None:
        self.address = address

    def get_extra_info(self, name: str, default: object = None) -> object:
        return (self.address, 5000) if name == "peername" else default


async def test_without_the_token_the_page_says_where_its_address_stands(page: Page) -> None:
    async with aiohttp.ClientSession() as session:
        for path in ("/", "/?token=wrong", "/?token="):
            async with session.get(page.origin + path) as answer:
                text = await answer.text()
                assert answer.status == 403
                assert "Open het adres dat in de terminal staat" in text
                assert TOKEN not in text


async def test_the_page_allows_no_script_style_or_source_from_elsewhere(page: Page) -> None:
    async with aiohttp.ClientSession() as session, session.get(page.url()) as answer:
        policy = answer.headers["Content-Security-Policy"]
        text = await answer.text()

    assert answer.status == 200
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "<script>" not in text
    assert "style=" not in text
    assert TOKEN not in text


@pytest.mark.parametrize("host", ["example.org", "breed.nl:8080", "127.0.0.1.nip.io", ""])
@pytest.mark.parametrize("path", ["/", "/sandbox/static/main.js", "/sandbox/socket"])
async def test_another_host_name_is_refused(page: Page, host: str, path: str) -> None:
    url = f"{page.origin}{path}?token={TOKEN}"
    async with (
        aiohttp.ClientSession() as session,
        session.get(url, headers={"Host": host}) as answer,
    ):
        assert answer.status == 403


@pytest.mark.parametrize("host", ["localhost", "localhost:8080", "127.0.0.1"])
async def test_this_machine_may_be_named_in_either_way(page: Page, host: str) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.get(page.url(), headers={"Host": host}) as answer,
    ):
        assert answer.status == 200


@pytest.mark.parametrize("origin", ["https://example.org", "null", "http://127.0.0.1:1"])
async def test_another_page_cannot_open_the_socket_or_turn_the_clock(
    page: Page, origin: str
) -> None:
    headers = {"Origin": origin, TOKEN_HEADER: TOKEN}
    async with aiohttp.ClientSession() as session:
        with pytest.raises(WSServerHandshakeError, match="403"):
            await session.ws_connect(f"{page.origin}/sandbox/socket?token={TOKEN}", headers=headers)
        for path in ("/sandbox/clock", "/sandbox/reset"):
            async with session.post(page.origin + path, json={}, headers=headers) as answer:
                assert answer.status == 403

    assert page.controls.resets == 0


@pytest.mark.parametrize("path", ["/sandbox/clock", "/sandbox/reset"])
async def test_the_clock_and_the_reset_take_the_token_in_a_header_only(
    page: Page, path: str
) -> None:
    async with aiohttp.ClientSession() as session:
        for headers in ({}, {TOKEN_HEADER: "wrong"}):
            url = f"{page.origin}{path}?token={TOKEN}"
            async with session.post(url, json={}, headers=headers) as answer:
                assert answer.status == 403

    assert page.controls.resets == 0


async def test_the_socket_wants_the_token(page: Page) -> None:
    async with aiohttp.ClientSession() as session:
        for query in ("", "?token=wrong"):
            with pytest.raises(WSServerHandshakeError, match="403"):
                await session.ws_connect(f"{page.origin}/sandbox/socket{query}")


async def test_a_file_is_only_for_who_was_given_its_address(page: Page, stage: Stage) -> None:
    upload = Upload("tekening.svg", b"<svg onload='alert(1)'/>", "image/svg+xml")
    sent = post(stage.world, stage.algemeen, stage.anna.id, Draft(uploads=(upload,)))
    number = sent.attachments[0].id
    path = Guard(TOKEN).file_path(number, "tekening.svg")
    async with aiohttp.ClientSession() as session:
        async with session.get(page.origin + path) as answer:
            assert answer.status == 200
            assert answer.headers["Content-Disposition"] == "attachment"
            assert answer.headers["Content-Type"] == "application/octet-stream"
            assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        wrong = f"/sandbox/files/{'0' * 32}/{number}/tekening.svg"
        async with session.get(page.origin + wrong) as answer:
            assert answer.status == 404


@pytest.mark.parametrize("name", ["page.html", "..%2Fguarding.py", "%2e%2e%2fview.py", "x.js"])
async def test_only_the_pages_own_parts_are_served(page: Page, name: str) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{page.origin}/sandbox/static/{name}") as answer,
    ):
        assert answer.status == 404


@pytest.mark.parametrize(
    ("address", "local"),
    [("127.0.0.1", True), ("127.3.2.1", True), ("::1", True), ("192.168.1.5", False), ("", False)],
)
def test_only_this_machine_is_let_in(address: str, *, local: bool) -> None:
    request = make_mocked_request("GET", "/", transport=Peer(address))

    assert _is_local(request) is local
