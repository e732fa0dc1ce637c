"""What a guild made of the knowledge base: values, and how they change."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from bot.search.documents import Document
from bot.search.segments import Segment


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Layer:
    """Documents that stay together from one edition to the next: what is made of them is kept."""

    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """Documents of a guild that were indexed together, some time ago."""

    segment: Segment
    layer: Layer
    documents: Mapping[str, Document]


@dataclass(frozen=True, slots=True, eq=False)
class GuildShelf:
    """The documents in force in a guild.

    `own` are those that the guild wrote, `hidden` the shipped ones that it took out or that one of
    its own is in the place of.
    """

    shipped: Mapping[str, Document]
    own: Mapping[str, Document] = field(default_factory=dict[str, Document])
    hidden: frozenset[str] = frozenset()
    settled: Settled | None = None

    @property
    def is_as_shipped(self) -> bool:
        """Whether the guild changed nothing, or put everything back."""
        return not self.own and not self.hidden

    @property
    def documents(self) -> dict[str, Document]:
        """Every document in force: the shipped ones and, in their place or beside them, its own."""
        if not self.hidden:
            return {**self.shipped, **self.own}
        kept = {key: one for key, one in self.shipped.items() if key not in self.hidden}
        return kept | dict(self.own)

    @property
    def loose(self) -> tuple[Document, ...]:
        """Its own documents that are not among the settled ones as they are."""
        if self.settled is None:
            return tuple(self.own.values())
        settled = self.settled.documents
        return tuple(one for key, one in self.own.items() if settled.get(key) is not one)

    @property
    def loose_passages(self) -> int:
        """How many passages those have."""
        return sum(len(one.sections) for one in self.loose)

    @property
    def gone_settled(self) -> frozenset[str]:
        """Which settled documents are not in force any more as they are."""
        if self.settled is None:
            return frozenset()
        return frozenset(
            key for key, one in self.settled.documents.items() if self.own.get(key) is not one
        )

    def changed(self, changes: Mapping[str, Document | None]) -> "GuildShelf":
        """Return the shelf after `changes`: by id the document in force from now on, or None.

        A document that is the one that ships puts that one back.
        """
        own, hidden = dict(self.own), set(self.hidden)
        for key, document in changes.items():
            own.pop(key, None)
            ships = self.shipped.get(key)
            if document is not None and document is ships:
                hidden.discard(key)
                continue
            if ships is not None:
                hidden.add(key)
            if document is not None:
                own[key] = document
        return replace(self, own=own, hidden=frozenset(hidden))
