"""What stands on a network: posts, topics, replies and comments, and its log of activity."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

NETWORK = 2098765


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """Something that somebody wrote. Its dates never change, whatever is edited."""

    id: str
    title: str
    html: str
    author: str
    created_at: dt.datetime
    published_at: dt.datetime
    parent: str | None = None
    tags: tuple[str, ...] = ()
    category: str = "algemeen"
    is_public: bool = True

    @property
    def type(self) -> str:
        return self.id.split(":")[1]

    @property
    def slug(self) -> str:
        plain = unicodedata.normalize("NFKD", self.title).encode("ascii", "ignore").decode()
        return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or self.id.split(":")[2]

    @property
    def path(self) -> str:
        place = "forum/topics" if self.type == "Topic" else "profiles/blogs"
        return f"/{place}/{self.slug}"


@dataclass(frozen=True, slots=True)
class Logged:
    """A line of the activity: about one piece of content, several, or somebody who joined."""

    id: str
    at: dt.datetime
    person: str
    about: tuple[str, ...] = ()


@dataclass(slots=True)
class Store:
    """All that stands there, the newest last."""

    contents: dict[str, Content] = field(default_factory=dict[str, Content])
    log: list[Logged] = field(default_factory=list[Logged])
    number: int = 41_000

    def next_id(self, kind: str) -> str:
        self.number += 1
        return f"{NETWORK}:{kind}:{self.number}"

    def of_type(self, *types: str, parent: str | None = None) -> list[Content]:
        """Return public content, the latest published first."""
        found = [
            one
            for one in self.contents.values()
            if one.type in types and one.is_public and (parent is None or one.parent == parent)
        ]
        return sorted(found, key=lambda one: (one.published_at, one.id), reverse=True)

    def replies(self) -> Iterator[Content]:
        topics = {one.id for one in self.of_type("Topic")}
        return (one for one in self.of_type("Comment") if one.parent in topics)

    def by_path(self, path: str) -> Content | None:
        return next((one for one in self.contents.values() if one.path == path), None)

    def change(self, id_: str, *, html: str | None, title: str | None) -> None:
        one = self.contents[id_]
        self.contents[id_] = replace(
            one,
            html=one.html if html is None else html,
            title=one.title if title is None else title,
        )
