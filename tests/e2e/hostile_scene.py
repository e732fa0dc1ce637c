"""Answers of every sort in every sort of place, and custom_ids as nobody made them."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from hypothesis import strategies as st
from hypothesis.vendor.pretty import RepresentationPrinter

from bot.errors import (
    AnswerGoneError,
    ElsewhereError,
    NoSharingError,
    NotInGuildError,
    StaleComponentError,
)
from bot.sandbox import posting
from bot.sandbox.bodies.components import ActionRow
from bot.sandbox.bodies.controls import Button, SelectOption, StringSelect
from bot.sandbox.enums import ComponentKind
from bot.sandbox.message_records import Message
from bot.sandbox.people import Person
from bot.sandbox.records import Channel
from bot.sandbox.slash import OptionValue
from bot.texts.errors import sentence
from tests.e2e.chat import Chat
from tests.e2e.hostile import NONSENSE, QUESTION, VAGUE, Siege, besieged, texts

STALE: Final = sentence(StaleComponentError())
ELSEWHERE: Final = sentence(ElsewhereError())
GONE: Final = sentence(AnswerGoneError())
NO_SHARING: Final = sentence(NoSharingError())
NOT_IN_GUILD: Final = sentence(NotInGuildError())

# The kinds that belong to an answer; `why` is a form. The last number of `topic` is the topic's.
OF_AN_ANSWER: Final = ("src", "up", "down", "mod", "share", "topic", "to")
LARGEST: Final = 2**63 - 1


def _joined(version: str, kind: str, ids: list[int]) -> str:
    return ":".join((version, kind, *map(str, ids)))


numbers = st.integers(0, 12) | st.sampled_from((LARGEST, LARGEST + 1, 10**19 - 1))
people = st.sampled_from(("anna", "bram", "bezoeker", "marja"))
custom_ids = (
    st.builds(
        _joined,
        st.sampled_from(("b1", "b1", "b1", "b0", "b2", "B1", "")),
        st.sampled_from((*OF_AN_ANSWER, "why", "ex", "option", "home", "x", "")),
        st.lists(numbers, max_size=3),
    )
    | texts.map(lambda text: text[:100])
    | st.sampled_from(("b1:up:1\n", "b1:up:01 ", "b1:up:-1", "b1:up:¹", "b1:up:1e3", "b1:up:٣"))
)


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """A siege with answers in it: `public` to `private` in a channel, the rest said to one person.

    `choosing` is an answer to Bram, who is in two guilds, with the menu to choose one.
    """

    siege: Siege
    public: Message
    unknown: Message
    vague: Message
    private: Message
    direct: Message
    unknown_direct: Message
    choosing: Message
    options: Message

    def _repr_pretty_(self, printer: RepresentationPrinter, _cycle: object) -> None:
        """Keep what Hypothesis prints of an example short: a world is too much."""
        printer.text("Scene()")

    @property
    def messages(self) -> tuple[Message, ...]:
        """Everything that can be pressed."""
        in_channel = (self.public, self.unknown, self.vague, self.private, self.options)
        return (*in_channel, self.direct, self.unknown_direct, self.choosing)

    def person(self, name: str) -> Person:
        """Return one of `people`."""
        person = getattr(self.siege.chat.stage, name)
        assert isinstance(person, Person)
        return person

    def foreign_places(self) -> tuple[tuple[Channel, Person], ...]:
        """Return where the answers in the channel are not, with somebody who is there."""
        stage = self.siege.chat.stage
        return (
            (stage.reacties, stage.anna),
            (stage.moderators, stage.marja),
            (self.siege.elsewhere, stage.bram),
            (self.siege.elsewhere, self.siege.outsider),
            (stage.anna.dm_channel(), stage.anna),
            (stage.bram.dm_channel(), stage.bram),
        )

    def planted(self, custom_id: str, channel: Channel) -> Message:
        """Return a message of the bot with a button that it never put there."""
        button = Button(type=ComponentKind.BUTTON, style=2, label="x", custom_id=custom_id)
        return self._posted(button, channel)

    def planted_menu(self, custom_id: str, channel: Channel) -> Message:
        """Return a message of the bot with a menu that it never put there."""
        options = [SelectOption(label="x", value="x")]
        menu = StringSelect(type=ComponentKind.STRING_SELECT, custom_id=custom_id, options=options)
        return self._posted(menu, channel)

    def _posted(self, part: Button | StringSelect, channel: Channel) -> Message:
        world = self.siege.chat.stage.world
        row = ActionRow(type=ComponentKind.ACTION_ROW, components=[part])
        draft = posting.Draft(content="geplant", components=[row])
        return posting.post(world, channel, world.bot.id, draft)


def components_of(message: Message) -> list[tuple[str, ComponentKind]]:
    """Return the custom_ids of the components of a message, with the kind of each."""
    buttons = [(one.custom_id, one.type) for one in message.buttons() if one.custom_id]
    menus = [(one.custom_id, ComponentKind.STRING_SELECT) for one in message.selects()]
    return [*buttons, *menus]


def ids_of(message: Message) -> list[str]:
    """Return the custom_ids of the components of a message."""
    return [custom_id for custom_id, _ in components_of(message)]


@asynccontextmanager
async def set_up(offline: Chat) -> AsyncGenerator[Scene]:
    """Besiege a bot that has given answers."""
    async with besieged(offline) as siege:
        stage = siege.chat.stage
        ask = stage.anna.slash
        options: dict[str, OptionValue] = {"vraag": QUESTION, "openbaar": False}
        yield Scene(
            siege,
            public=await ask(stage.algemeen, "vraag", {"vraag": QUESTION}).reply(),
            unknown=await ask(stage.algemeen, "vraag", {"vraag": NONSENSE}).reply(),
            vague=await ask(stage.algemeen, "vraag", {"vraag": VAGUE}).reply(),
            private=await ask(stage.algemeen, "vraag", options).reply(),
            direct=await siege.chat.reply_to(stage.anna.dm(QUESTION)),
            unknown_direct=await siege.chat.reply_to(stage.anna.dm(NONSENSE)),
            choosing=await siege.chat.reply_to(stage.bram.dm(NONSENSE)),
            options=await ask(stage.algemeen, "opties").reply(),
        )
