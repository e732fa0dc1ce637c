import ssl
from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from aiohttp import web

from bot.adapters.feeds import WebFeeds, WebRules
from bot.adapters.feeds.guarding import checked, is_public
from bot.services.forum.feeds import FeedError, FeedProblem, Validators
from tests.fakes import FakeClock
from tests.forum.serving import LOOPBACK, Names, serving

HOST = "breed.example"
# Made once with openssl, for a hundred years: a root, an authority below it, and the certificate of
# HOST with its key. The bundle is what an operator would put beside it; the root's key is gone.
CERTIFICATES = Path(__file__).parent / "certificates"
BUNDLE = CERTIFICATES / "bundle.pem"


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.255.255.254",
        "0.0.0.0",  # noqa: S104 - an address to refuse, nothing listens there
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.8",
        "192.88.99.1",
        "198.18.0.1",
        "192.0.2.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "2001:db8::1",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "geen adres",
        "127.1",
    ],
)
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "145.100.1.1", "2a00:1450:400e::200e"])
def test_a_public_address_may_be_asked(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("address", "problem"),
    [
        ("http://127.0.0.1/", FeedProblem.PRIVATE_ADDRESS),
        ("http://[::1]/", FeedProblem.PRIVATE_ADDRESS),
        ("http://[::ffff:10.0.0.1]/", FeedProblem.PRIVATE_ADDRESS),
        ("https://example.com:22/", FeedProblem.PRIVATE_ADDRESS),
        ("https://example.com:25/", FeedProblem.PRIVATE_ADDRESS),
        ("https://example.com:0/", FeedProblem.PRIVATE_ADDRESS),
        ("https://user@example.com/", FeedProblem.NO_ADDRESS),
        ("ftp://example.com/", FeedProblem.NO_ADDRESS),
        ("file:///etc/passwd", FeedProblem.NO_ADDRESS),
        ("https://", FeedProblem.NO_ADDRESS),
        ("https://[/", FeedProblem.NO_ADDRESS),
        ("https://example.com:99999/", FeedProblem.NO_ADDRESS),
        ("https://example.com/" + "x" * 3_000, FeedProblem.NO_ADDRESS),
    ],
)
def test_an_address_that_may_not_be_asked_says_why(address: str, problem: FeedProblem) -> None:
    with pytest.raises(FeedError) as caught:
        checked(address, private_hosts=())

    assert caught.value.problem is problem


@pytest.mark.parametrize(
    "address",
    ["http://example.com/", "https://example.com:8443/", "https://EXAMPLE.com", "http://8.8.8.8/"],
)
def test_websites_may_be_asked(address: str) -> None:
    assert checked(address, private_hosts=()).host is not None


def test_what_the_operator_allows_may_be_asked_at_any_port() -> None:
    assert checked("http://10.0.0.8:81/", private_hosts={"10.0.0.8"}).port == 81


async def hello(_: web.Request) -> web.Response:
    return web.Response(text="hallo")


def application() -> web.Application:
    made = web.Application()
    made.router.add_get("/{path:.*}", hello)
    return made


async def problem_of(feeds: WebFeeds, address: str) -> FeedProblem:
    with pytest.raises(FeedError) as caught:
        await feeds.fetch(address, Validators())
    return caught.value.problem


@pytest.mark.parametrize("answer", ["127.0.0.1", "8.8.8.8 10.0.0.1", "::1", "::ffff:127.0.0.1"])
async def test_a_name_that_leads_inside_is_refused(answer: str) -> None:
    names = Names({"intern.example": [answer]})
    feeds = WebFeeds(FakeClock(), WebRules(spacing=0), resolver=lambda: names)

    assert await problem_of(feeds, "http://intern.example/") is FeedProblem.PRIVATE_ADDRESS


async def test_a_name_that_leads_inside_the_second_time_is_refused_then() -> None:
    """The robots.txt comes from the one answer, the feed would come from the other."""
    allowed = frozenset({"eerst.example"})
    names = Names({"eerst.example": [LOOPBACK], "wissel.example": ["127.0.0.1"]})

    async def moves(request: web.Request) -> web.StreamResponse:
        if request.path == "/robots.txt":
            return web.Response(status=404)
        assert request.url.port is not None
        to = f"http://wissel.example:{request.url.port}/"
        return web.Response(status=302, headers={"Location": to})

    made = web.Application()
    made.router.add_get("/{path:.*}", moves)
    async with serving(made) as port:
        rules = WebRules(spacing=0, private_hosts=allowed)
        feeds = WebFeeds(FakeClock(), rules, resolver=lambda: names)
        problem = await problem_of(feeds, f"http://eerst.example:{port}/feed")

    assert problem is FeedProblem.PRIVATE_ADDRESS
    assert names.asked == ["eerst.example", "eerst.example", "wissel.example"]


async def test_no_answer_of_the_name_server_is_used_without_being_checked() -> None:
    """Rebinding: public when somebody looks, private when the connection is made."""
    names = Names({"wissel.example": ["8.8.8.8", "127.0.0.1"]})
    await names.resolve("wissel.example")
    feeds = WebFeeds(FakeClock(), WebRules(spacing=0), resolver=lambda: names)

    assert await problem_of(feeds, "http://wissel.example/") is FeedProblem.PRIVATE_ADDRESS


@pytest.mark.parametrize("host", ["localhost", "127.1", "2130706433", "0x7f.1"])
async def test_other_ways_to_write_loopback_lead_nowhere(host: str) -> None:
    feeds = WebFeeds(FakeClock(), WebRules(spacing=0))
    problem = await problem_of(feeds, f"http://{host}/")

    assert problem in {
        FeedProblem.PRIVATE_ADDRESS,
        FeedProblem.UNREACHABLE,
        FeedProblem.NO_ADDRESS,
    }


def chain() -> ssl.SSLContext:
    """Return what a website uses that leaves out the authority in between."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / "site.pem")
    return context


@pytest.fixture
async def port() -> AsyncGenerator[int]:
    async with serving(application(), tls=chain()) as found:
        yield found


def reader(**bundles: Path) -> WebFeeds:
    names = Names({HOST: [LOOPBACK], "ander.example": [LOOPBACK]})
    rules = WebRules(
        spacing=0,
        private_hosts=frozenset({HOST, "ander.example"}),
        ca_bundles={name.replace("_", "."): path for name, path in bundles.items()},
    )
    return WebFeeds(FakeClock(), rules, resolver=lambda: names)


async def test_an_incomplete_chain_is_refused(port: int) -> None:
    address = f"https://{HOST}:{port}/feed"

    assert await problem_of(reader(), address) is FeedProblem.CERTIFICATE


async def test_an_incomplete_chain_is_complete_with_the_operators_file(port: int) -> None:
    feeds = reader(breed_example=BUNDLE)
    fetched = await feeds.fetch(f"https://{HOST}:{port}/feed", Validators())

    assert fetched is not None
    assert fetched.content == b"hallo"


async def test_the_file_of_one_host_is_not_trusted_for_another(port: int) -> None:
    feeds = reader(breed_example=BUNDLE)
    address = f"https://ander.example:{port}/feed"

    assert await problem_of(feeds, address) is FeedProblem.CERTIFICATE


async def test_the_name_in_the_certificate_is_checked(port: int) -> None:
    feeds = reader(ander_example=BUNDLE)
    address = f"https://ander.example:{port}/feed"

    assert await problem_of(feeds, address) is FeedProblem.CERTIFICATE


async def test_a_file_that_holds_no_certificate_is_a_problem_of_certificates(
    port: int, tmp_path: Path
) -> None:
    (tmp_path / "leeg.pem").write_text("geen certificaat")
    feeds = reader(breed_example=tmp_path / "leeg.pem")

    assert await problem_of(feeds, f"https://{HOST}:{port}/") is FeedProblem.CERTIFICATE
