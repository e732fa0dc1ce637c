from collections.abc import AsyncGenerator

import pytest

from bot.adapters.feeds import WebFeeds
from bot.services.forum.feeds import FeedItem, FeedKind, FeedPage, ItemKind, Validators
from tests.fakes import FakeClock
from tests.forum.engines import Engine, Written, discourse, static_blog, wordpress
from tests.forum.reading import HOST, MOVED, reader
from tests.forum.serving import serving

ENGINES = {"wordpress": wordpress, "discourse": discourse, "static blog": static_blog}


class Website:
    """A website of an engine, and a reader of it."""

    def __init__(self, engine: Engine, feeds: WebFeeds) -> None:
        self.engine = engine
        self._feeds = feeds

    async def read(self) -> FeedPage:
        fetched = await self._feeds.fetch(
            f"http://{self.engine.host}{self.engine.written(self.engine)[0]}", Validators()
        )
        assert fetched is not None
        return await self._feeds.parse(fetched)

    async def find(self) -> str:
        return (await self._feeds.find(self.engine.host)).address


@pytest.fixture(params=ENGINES)
async def website(request: pytest.FixtureRequest) -> AsyncGenerator[Website]:
    async for found in _served(ENGINES[str(request.param)]):
        yield found


async def _served(written: Written) -> AsyncGenerator[Website]:
    engine = Engine(host=HOST, written=written)
    async with serving(engine.application()) as port:
        engine.host = f"{HOST}:{port}"
        yield Website(engine, reader(FakeClock(), HOST, MOVED))


async def only(website: Website) -> FeedItem:
    (item,) = (await website.read()).items
    return item


async def test_an_article_comes_in_whole(website: Website) -> None:
    website.engine.add("Wet & praktijk", "<p>De <em>hele</em> tekst.</p>")
    item = await only(website)

    assert (item.title, item.author) == ("Wet & praktijk", "Sanne de Wit")
    assert item.markdown.startswith("De *hele* tekst.")
    assert item.published_at is not None
    assert item.tags[0] == "Nieuws"
    assert item.link.startswith(f"http://{website.engine.host}/")


async def test_the_feed_is_found_from_the_front_page(website: Website) -> None:
    path = website.engine.written(website.engine)[0]

    assert await website.find() == f"http://{website.engine.host}{path}"


async def test_an_edit_keeps_the_identity_and_changes_the_hash(website: Website) -> None:
    number = website.engine.add("Wet", "<p>Eerst.</p>")
    before = await only(website)
    website.engine.edit(number, "<p>Daarna.</p>")
    after = await only(website)

    assert before.identity == after.identity
    assert before.body_hash != after.body_hash
    assert before.published_at == after.published_at


async def test_what_is_deleted_is_not_in_the_feed(website: Website) -> None:
    number = website.engine.add("Wet", "<p>x</p>")
    website.engine.add("Woo", "<p>y</p>")
    del website.engine.articles[number]

    assert (await only(website)).title == "Woo"


async def test_identities_are_different_and_stay(website: Website) -> None:
    for number in range(5):
        website.engine.add(f"Artikel {number}", "<p>x</p>")
    first = [item.identity for item in (await website.read()).items]
    second = [item.identity for item in (await website.read()).items]

    assert first == second
    assert len(set(first)) == 5


async def test_each_engine_is_recognised() -> None:
    found: dict[str, tuple[FeedKind, ItemKind]] = {}
    for name, written in ENGINES.items():
        async for website in _served(written):
            website.engine.add("Wet", "<p>x</p>")
            page = await website.read()
            found[name] = page.kind, page.items[0].kind

    assert found == {
        "wordpress": (FeedKind.BLOG, ItemKind.POST),
        "discourse": (FeedKind.FORUM, ItemKind.TOPIC),
        "static blog": (FeedKind.BLOG, ItemKind.POST),
    }


async def test_a_pinned_topic_is_one_item_wherever_it_stands() -> None:
    async for website in _served(discourse):
        old = website.engine.add("Welkom", "<p>x</p>")
        website.engine.add("Nieuw", "<p>y</p>")
        before = {item.identity for item in (await website.read()).items}
        website.engine.pin(old)
        after = [item.identity for item in (await website.read()).items]

        assert set(after) == before
        assert after[0].endswith(f"-topic-{old}")
