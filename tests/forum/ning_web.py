"""The stand-in for Ning as an application: addresses, cache, and what goes wrong on purpose."""

import asyncio
import datetime as dt
import hashlib
import json

from aiohttp import web

from tests.forum import ning_feeds, ning_pages
from tests.forum.content import Content
from tests.forum.ning import Fault, Ning

CACHED = dt.timedelta(seconds=1_800)
KEY = "0123456789abcdef0123456789abcdef"
BLOG, FORUM, COMMENTS, ACTIVITY = 30, 10, 10, 20  # items in a feed


class NingWeb:
    """Answers for a network. `asked` are the addresses that were asked, `agents` who asked."""

    def __init__(self, ning: Ning) -> None:
        self.ning = ning
        self.asked: list[str] = []
        self.agents: set[str] = set()
        self.released = asyncio.Event()
        """Set: slow bodies go on."""
        self._cache: dict[str, tuple[dt.datetime, str]] = {}

    def application(self) -> web.Application:
        """Return what answers."""
        application = web.Application()
        application.router.add_get("/{path:.*}", self._answer)
        return application

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        switches = self.ning.switches
        self.asked.append(request.path_qs)
        self.agents.add(request.headers.get("User-Agent", ""))
        if request.path == "/robots.txt":
            found = switches.robots
            return web.Response(status=404) if found is None else web.Response(text=found)
        if Fault.FORBIDDEN in switches.faults:
            return web.Response(status=403, text="Forbidden")
        if Fault.BUSY in switches.faults or switches.busy_answers > 0:
            switches.busy_answers -= 1
            wait = {"Retry-After": switches.retry_after} if switches.retry_after else {}
            return web.Response(status=503, headers=wait)
        if switches.is_private:
            closed = self._closed(request)
            if closed is not None:
                return closed
        return await self._open(request)

    def _closed(self, request: web.Request) -> web.Response | None:
        """Return what a private network answers to who is no member; its log forgets to ask."""
        if request.path == "/profiles/blog/feed":
            return None if request.query.get("key") == KEY else web.Response(status=403)
        if request.path.startswith("/main/authorization/"):
            return _html(ning_pages.page("Aanmelden", "<form></form>"))
        if request.path == "/activity/log/list":
            return None
        target = f"/main/authorization/signIn?target={request.path}"
        return web.Response(status=302, headers={"Location": target})

    async def _open(self, request: web.Request) -> web.StreamResponse:
        feed = self._feed(request)
        if feed is None:
            return self._page(request)
        kind, text = feed
        text = self._cached(request.path_qs, text)
        faults = self.ning.switches.faults
        if Fault.HTML in faults:
            return _html(ning_pages.list_page(self.ning.store.of_type("BlogPost")))
        if Fault.EMPTY in faults:
            return web.Response(content_type=kind)
        body = text.encode()
        if Fault.LATIN in faults:
            body = text.encode("latin-1", "replace")
        if Fault.CUT in faults:
            body = body[: len(body) * 2 // 3]
        if Fault.SLOW in faults:
            return await self._slow(request, body)
        return self._validated(request, body, kind)

    def _cached(self, address: str, text: str) -> str:
        now = self.ning.clock.now()
        made, kept = self._cache.get(address, (now, text))
        if not self.ning.switches.is_cached or now - made >= CACHED:
            made, kept = now, text
        self._cache[address] = (made, kept)
        return kept

    async def _slow(self, request: web.Request, body: bytes) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": ning_feeds.ATOM})
        await response.prepare(request)
        await response.write(body[: len(body) // 2])
        await self.released.wait()
        await response.write(body[len(body) // 2 :])
        return response

    def _validated(self, request: web.Request, body: bytes, kind: str) -> web.Response:
        if not self.ning.switches.has_validators:
            return web.Response(body=body, content_type=kind, charset="utf-8")
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers={"ETag": etag})
        return web.Response(body=body, content_type=kind, charset="utf-8", headers={"ETag": etag})

    def _feed(self, request: web.Request) -> tuple[str, str] | None:
        """Return a feed's type and text, or None when the address is that of a page."""
        store, query = self.ning.store, request.query
        if request.path == "/activity/log/list":
            return self._activity(query.get("fmt", ""))
        if request.path == "/profiles/blog/feed":
            posts = store.of_type("BlogPost")
            if "user" in query:
                posts = [one for one in posts if one.author.replace(" ", "") == query["user"]]
            if "tag" in query:
                posts = [one for one in posts if query["tag"] in one.tags]
            return self._atom(request, posts[:BLOG], "Alle berichten")
        if request.path == "/events/event/feed":
            return self._atom(request, [], "Evenementen")
        if request.path == "/profiles/comment/feed":
            parent = query.get("attachedTo", "")
            comments = store.of_type("Comment", parent=parent)
            found = store.contents.get(parent)
            return self._atom(request, comments[:COMMENTS], found.title if found else "Reacties")
        if query.get("feed") == "yes":
            return self._forum(request)
        return None

    def _forum(self, request: web.Request) -> tuple[str, str] | None:
        store = self.ning.store
        topics = store.of_type("Topic")
        if request.path.endswith("/listForCategory"):
            slug = request.path.split("/")[-2]
            return self._atom(request, [one for one in topics if one.category == slug], slug)
        if request.path == "/forum/topic/list":
            if request.query.get("sort") == "mostRecent":
                both = [*topics, *store.replies()]
                topics = sorted(both, key=lambda one: (one.published_at, one.id), reverse=True)
            size = int(request.query.get("pageSize", FORUM))
            return self._atom(request, topics[:size], "Alle discussies")
        topic = store.by_path(request.path)
        if topic is None or topic.type != "Topic":
            return None  # as for the bare `/forum?feed=yes`
        replies = store.of_type("Comment", parent=topic.id)[:COMMENTS]
        titles = {one.id: ning_feeds.excerpt(one) for one in replies}
        return self._atom(request, replies, topic.title, titles=titles)

    def _atom(
        self,
        request: web.Request,
        entries: list[Content],
        title: str,
        *,
        titles: dict[str, str] | None = None,
    ) -> tuple[str, str]:
        return ning_feeds.ATOM, ning_feeds.atom(
            entries,
            title=f"{title} - {self.ning.name}",
            address=f"{request.scheme}://{self.ning.host}{request.path_qs}",
            host=self.ning.host,
            now=self.ning.clock.now(),
            titles=titles,
        )

    def _activity(self, kind: str) -> tuple[str, str]:
        lines = list(reversed(self.ning.store.log))[:ACTIVITY]
        if kind == "json":
            values = [{"id": line.id, "title": line.person} for line in lines]
            return "application/json", json.dumps({"total": len(values), "values": values})
        return ning_feeds.RSS, ning_feeds.activity(
            lines,
            self.ning.store,
            title=f"Recente activiteit op {self.ning.name}",
            host=self.ning.host,
            now=self.ning.clock.now(),
        )

    def _page(self, request: web.Request) -> web.Response:
        store = self.ning.store
        if request.path.startswith("/xn/detail/"):
            return self._detail(request.path.removeprefix("/xn/detail/"))
        if request.path in {"/", "/profiles/blog/list", "/forum", "/activity", "/main"}:
            return _html(ning_pages.list_page(store.of_type("BlogPost")))
        found = store.by_path(request.path)
        if found is None:
            return _html(ning_pages.page("404", "<h1>Pagina niet gevonden</h1>"), status=404)
        comments = store.of_type("Comment", parent=found.id)
        number = int(request.query.get("page", "1"))
        return _html(ning_pages.content_page(found, comments, number=number))

    def _detail(self, id_: str) -> web.Response:
        found = self.ning.store.contents.get(id_)
        if found is None:
            return _html(ning_pages.page("404", "<h1>Pagina niet gevonden</h1>"), status=404)
        page = self.ning.store.contents[found.parent] if found.parent else found
        behind = f"?commentId={id_.replace(':', '%3A')}" if found.parent else ""
        return web.Response(status=302, headers={"Location": f"{page.path}{behind}"})


def _html(text: str, *, status: int = 200) -> web.Response:
    return web.Response(text=text, content_type="text/html", status=status)
