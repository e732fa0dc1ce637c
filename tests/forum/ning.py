"""A stand-in for a classic Ning network: what stands on it, and how it behaves.

What is known of Ning's own behaviour is kept to: limits, half an hour of cache for each exact
address, links with `http://`, dates that no edit changes. Faults are switched on one by one.
"""

import datetime as dt
import enum
from dataclasses import dataclass, field, replace

from tests.fakes import FakeClock
from tests.forum.content import Content, Logged, Store


class Fault(enum.Enum):
    """What can be wrong with a network."""

    FORBIDDEN = "403 everywhere"
    BUSY = "503 everywhere"
    SLOW = "a body that stops halfway"
    CUT = "XML that ends halfway"
    HTML = "HTML where XML was due"
    EMPTY = "an answer without a body"
    LATIN = "bytes of Latin-1 in UTF-8"


@dataclass(slots=True)
class Switches:
    """How the network behaves now."""

    faults: set[Fault] = field(default_factory=set[Fault])
    busy_answers: int = 0
    retry_after: str | None = None
    is_private: bool = False
    has_validators: bool = False
    is_cached: bool = True
    robots: str | None = None


class Ning:
    """The network. `host` is the name in its links and ids; `tests.forum.ning_web` serves it."""

    def __init__(
        self, clock: FakeClock, *, host: str, name: str = "BREED - voorbeeldnetwerk"
    ) -> None:
        self.clock = clock
        self.host = host
        self.name = name
        self.store = Store()
        self.switches = Switches()

    def post(
        self,
        title: str = "Zaaktypen opschonen",
        html: str = "<p>Na drie sessies zijn het er 168.</p>",
        *,
        author: str = "Noor van Dalen",
        created_at: dt.datetime | None = None,
        tags: tuple[str, ...] = (),
        is_public: bool = True,
    ) -> str:
        """Publish a blog post; one that was queued has an older date than its publication."""
        one = self._made("BlogPost", title, html, author)
        created = created_at or one.created_at
        return self._add(replace(one, created_at=created, tags=tags, is_public=is_public))

    def topic(
        self,
        title: str = "Wie gebruikt al een e-depot?",
        html: str = "<p>Korte peiling.</p>",
        *,
        author: str = "Ruud Wessels",
        category: str = "algemeen",
    ) -> str:
        """Open a topic in the forum."""
        return self._add(replace(self._made("Topic", title, html, author), category=category))

    def reply(
        self,
        to: str,
        html: str = "<p>Wij zijn in januari gestart.</p>",
        *,
        author: str = "Joost Hamer",
    ) -> str:
        """Answer a topic, or comment on a post."""
        parent = self.store.contents[to]
        return self._add(replace(self._made("Comment", parent.title, html, author), parent=to))

    comment = reply

    def edit(self, id_: str, *, html: str | None = None, title: str | None = None) -> None:
        """Change what stands there; no date changes."""
        self.store.change(id_, html=html, title=title)

    def delete(self, id_: str) -> None:
        """Take content away, and what was said below it."""
        for below in [one.id for one in self.store.contents.values() if one.parent == id_]:
            self.delete(below)
        del self.store.contents[id_]
        self.store.log = [line for line in self.store.log if id_ not in line.about]

    def join(self, person: str = "Mila Groen") -> None:
        """Let somebody become a member."""
        self.log(person)

    def log(self, person: str, *about: str) -> None:
        """Write a line of activity: once more about the same, or about several at once."""
        number = self.store.next_id("ActivityLogItem")
        self.store.log.append(Logged(number, self.clock.now(), person, about))

    def _made(self, kind: str, title: str, html: str, author: str) -> Content:
        now = self.clock.now()
        return Content(
            id=self.store.next_id(kind),
            title=title,
            html=html,
            author=author,
            created_at=now,
            published_at=now,
        )

    def _add(self, one: Content) -> str:
        self.store.contents[one.id] = one
        if one.is_public:
            self.log(one.author, one.id)
        return one.id
