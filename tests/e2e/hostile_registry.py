"""Everything that outlives a restart, from the registry itself, and all that it could change."""

import random
import re
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

import discord
from sqlalchemy import select

from bot.sandbox import building, posting
from bot.sandbox.asked import Asked
from bot.sandbox.bodies.components import ActionRow
from bot.sandbox.bodies.controls import Button, EntitySelect, SelectOption, StringSelect
from bot.sandbox.enums import ComponentKind, ResponseKind
from bot.sandbox.message_records import Message
from bot.sandbox.people import Person
from bot.sandbox.permissions import Permission
from bot.sandbox.records import Channel
from bot.services.deliveries import transitions
from bot.services.forum.linking import Wish
from bot.services.progress.milestones_typed import Typed
from bot.ui.items import StoredItem
from bot.ui.stored import STORED, STORED_FORMS
from storage.delivery_records import ChannelTarget, NewDelivery, Problem
from storage.milestone_records import MilestoneState
from storage.models.base import Base
from storage.progress_records import Part, UpdateContent, UpdatePlan
from tests.e2e.chat import Chat
from tests.e2e.hostile import QUESTION, Siege, besieged
from tests.fake_feeds import BLOG, item

LARGEST: Final = 2**63 - 1
TYPED: Final = {"Titel": "Voorjaar", "Plaats": "Hangar 32", "Link": "https://example.org/alv"}
_GROUP: Final = re.compile(r"\(\?P<(\w+)>[^)]*\)")
_MARK: Final = re.compile(r"\(\?::d\[0-9\]\{1,19\}\)\?|d\[0-9\]\{1,19\}")
_FIELDS: Final = (
    *("title", "text", "link", "when", "repeat", "reason", "period", "note", "place", "words"),
    *("answer", "name", "minutes", "agenda", "file", "x"),
)
_PICKED: Final = ("part", "state", "kind", "x")
# Written on behalf of whoever asks, or by the bot itself: no right of anybody.
_ANYBODYS: Final = frozenset({"answers", "questions", "leases", "dm_guilds", "command_sync"})
# What a member's own act may add: a question to moderators, a round that every part has, telling.
_ADDED: Final = frozenset({"deliveries", "question_groups", "comment_rounds"})
# What changes along with what is theirs: a proxy and telling of it, the number of a comment.
_ALONG: Final = frozenset({"meeting_proxy_holders", "meeting_proxy", "comment_counters"})
_PATIENCE: Final = 30.0  # seconds; pictures take long on a busy machine

Rows = frozenset[tuple[str, tuple[object, ...]]]


@dataclass(frozen=True, slots=True)
class Place:
    """Who presses where, and the ids that things made there cannot do without."""

    person: Person
    channel: Channel
    home: int | None = None
    is_sure: bool = False
    """Only ids that exist are pressed."""


@dataclass(frozen=True, slots=True, eq=False)
class Registry:
    """A siege of a guild in which there is one of everything."""

    siege: Siege
    stranger: Person
    rng: random.Random

    def names(self, *, is_sure: bool = False) -> Iterable[tuple[str, int]]:
        """Yield a custom_id of every button and menu with the kind of its component."""
        for one in STORED:
            pattern = one.__discord_ui_compiled_template__.pattern
            yield self.custom_id(pattern, is_sure=is_sure), _kind_of(one)

    def forms(self, *, is_sure: bool = False) -> Iterable[str]:
        """Yield a custom_id of every form."""
        for pattern in STORED_FORMS:
            yield self.custom_id(pattern.pattern, is_sure=is_sure)

    def custom_id(self, pattern: str, *, is_sure: bool = False) -> str:
        """Return what a template matches, with ids that exist, and some that do not."""
        stage = self.siege.chat.stage
        people = (stage.anna.id, stage.marja.id)

        def number(found: re.Match[str]) -> str:
            chosen = {"guild": (stage.guild.id, self.siege.other.id), "person": people}.get(
                found[1]
            )
            anything = (0, 1, 1, 1, 2, 2, 3, 4, LARGEST, LARGEST + 1, 10**19 - 1)
            return str(self.rng.choice(chosen or ((1,) if is_sure else anything)))

        marked = _MARK.sub(lambda found: ":d1" if found[0].startswith("(") else "d1", pattern)
        made = _GROUP.sub(number, marked)
        assert re.fullmatch(pattern, made), (pattern, made)
        return made

    def values(self) -> list[str]:
        """Return what a menu may send."""
        stage = self.siege.chat.stage
        known = ("1", "2", "m1", "s1", str(stage.guild.id), str(self.siege.other.id))
        odd = ("", "x", "-1", str(LARGEST + 1), str(stage.bram.id), "²", "@everyone")
        return self.rng.choices(known + odd, k=self.rng.choice((0, 1, 1, 1, 2)))

    def fields(self) -> list[object]:
        """Return what a form may send in: most of its fields, with something in them."""
        texts = (
            "8 juni 2027",
            "morgen 9 uur",
            "https://example.org/",
            "@everyone",
            "x" * 4_000,
            "",
        )
        found: list[object] = [
            _labelled({"type": 4, "custom_id": name, "value": self.rng.choice(texts)})
            for name in _FIELDS
            if self.rng.random() < 0.9
        ]
        picked = ("alv", "planned", "1", "x")
        for name in _PICKED:
            values = self.rng.choices(picked, k=1)
            found.append(_labelled({"type": 3, "custom_id": name, "values": values}))
        return found

    def planted(self, custom_id: str, kind: int, channel: Channel) -> Message:
        """Return a message of the bot with such a component, where it never put it."""
        world = self.siege.chat.stage.world
        part: Button | StringSelect | EntitySelect
        match ComponentKind(kind):
            case ComponentKind.BUTTON:
                part = Button(type=ComponentKind.BUTTON, style=2, label="x", custom_id=custom_id)
            case ComponentKind.STRING_SELECT as chosen:
                options = [SelectOption(label="x", value="x")]
                part = StringSelect(type=chosen, custom_id=custom_id, options=options)
            case (
                ComponentKind.USER_SELECT
                | ComponentKind.ROLE_SELECT
                | ComponentKind.MENTIONABLE_SELECT
                | ComponentKind.CHANNEL_SELECT
            ) as chosen:
                part = EntitySelect(type=chosen, custom_id=custom_id)
            case other:
                message = f"nothing stored is of kind {other}"
                raise AssertionError(message)
        row = ActionRow(type=ComponentKind.ACTION_ROW, components=[part])
        draft = posting.Draft(content="geplant", components=[row])
        return posting.post(world, channel, world.bot.id, draft)

    async def press_all(self, place: Place) -> list[Asked]:
        """Press every button and menu, and send in every form, one after the other.

        With made-up ids half of them, drawn anew in each place.
        """
        asked: list[Asked] = []
        for custom_id, kind in self.names(is_sure=place.is_sure):
            if not place.is_sure and self.rng.random() < 0.5:
                continue
            message = self.planted(custom_id, kind, place.channel)
            chosen = [] if kind == ComponentKind.BUTTON else self.values()
            one = self.siege.press(place.person, message, custom_id, *chosen, kind=kind)
            await self.answered(one, custom_id)
            asked.append(one)
        for custom_id in self.forms(is_sure=place.is_sure):
            one = self.siege.send_in(place.person, place.channel, custom_id, self.fields())
            await self.answered(one, custom_id)
            asked.append(one)
        return asked

    async def answered(self, asked: Asked, custom_id: str) -> ResponseKind:
        """Return the response; fail when there is none, or when it waits for ever."""
        try:
            response = await asked.acknowledged(timeout=_PATIENCE)
            if response is ResponseKind.DEFERRED_MESSAGE:
                await asked.reply(timeout=_PATIENCE)
        except TimeoutError:
            message = f"no answer to {custom_id}"
            raise AssertionError(message) from None
        try:
            self.siege.unharmed(names_people=True)
        except AssertionError as error:
            message = f"harm after {custom_id}: {error}"
            raise AssertionError(message) from error
        return response

    async def rows(self) -> Rows:
        """Return every row that is stored."""
        found: set[tuple[str, tuple[object, ...]]] = set()
        async with self.siege.chat.units.reading() as work:
            session = work.answers._session
            for table in Base.metadata.sorted_tables:
                if table.name not in _ANYBODYS:
                    for row in await session.execute(select(table)):
                        found.add((table.name, tuple(map(_plain, row))))
        return frozenset(found)


def gained(before: Rows, after: Rows, *own: int | None) -> list[tuple[str, tuple[object, ...]]]:
    """Return the rows that came, went or changed and that hold none of these ids.

    What anybody may set off is left out, as long as nothing that was there changes by it.
    """
    ids = {one for one in own if one is not None}
    found = {one for one in before ^ after if not ids & set(one[1]) and not _is(one, _ALONG)}
    return sorted((one for one in found if one in before or one[0] not in _ADDED), key=str)


def _is(row: tuple[str, tuple[object, ...]], what: frozenset[str]) -> bool:
    """Whether a row is in one of these tables, or a delivery of one of these kinds."""
    table, values = row
    return table in what or (table == "deliveries" and not what.isdisjoint(values))


@asynccontextmanager
async def registry(offline: Chat, *, seed: int) -> AsyncGenerator[Registry]:
    """Besiege a bot in whose guild there is one of everything, and a moderator of another guild."""
    stage = offline.stage
    rights = Permission.MANAGE_MESSAGES | Permission.MANAGE_GUILD
    building.set_permissions(stage.world, stage.guild, stage.moderator, rights)
    for name in ("updates", "alv"):
        building.add_channel(stage.world, stage.guild, name)
    async with besieged(offline) as siege:
        role = building.add_role(stage.world, siege.other, "moderator", permissions=rights)
        stranger = Person.new(stage.world, "Olga", siege.other, role)
        made = Registry(siege, stranger, random.Random(seed))  # noqa: S311 # no secret
        await siege.chat.settled()
        await _furnished(siege)
        yield made


async def _furnished(siege: Siege) -> None:
    """Make one of everything, as moderators and members do."""
    chat, stage = siege.chat, siege.chat.stage
    services, guild_id, by = chat.services, stage.guild.id, stage.marja.id
    await stage.anna.slash(stage.algemeen, "vraag", {"vraag": QUESTION}).reply()
    updates = services.updates
    written = [
        await updates.write(guild_id, UpdateContent(f"Update {number}", "Tekst."), by=by)
        for number in range(3)
    ]
    plan = services.update_planning.read("morgen 9 uur")
    assert isinstance(plan, UpdatePlan)
    await updates.propose_plan(written[-1], plan, by=by)
    await updates.publish(await updates.find(2, guild_id=guild_id), by=by)
    typed = Typed("Besluit", "juni 2027", Part.VERVOLG, MilestoneState.PLANNED, "")
    await services.milestone_writing.write(guild_id, typed, person=by)
    await services.subscriptions.switch_on(guild_id, None, person=stage.anna.id)
    chat.feeds.write(BLOG, item(1))
    wish = Wish(guild_id, BLOG, stage.reacties.id, 1, by)
    draft = await services.forum.linking.recognise(wish)
    await services.forum.linking.start(draft.feed.id, guild_id=guild_id)
    await services.places.choose_guild(stage.anna.id, guild_id)
    await _troubled(chat, guild_id)
    options = {"soort": "ALV", "wanneer": "8 juni 2016 11.00 uur", "duur": "anderhalf uur"}
    opened = stage.marja.slash(stage.algemeen, "vergadering plannen", dict(options))
    await opened.modal()
    shown = await stage.marja.submit(opened, dict(TYPED)).reply()
    await stage.marja.click(shown, "Opslaan en vertellen").reply()


async def _troubled(chat: Chat, guild_id: int) -> None:
    async with chat.units() as work:
        new = NewDelivery("x", guild_id, ChannelTarget(1), "update", 1, chat.clock())
        await work.deliveries.queue(new)
        found = await work.deliveries.by_key("x")
        assert found is not None
        failed = transitions.failed(found, Problem.NO_RIGHTS)
        await work.deliveries.put(await chat.services.notices.note_in(work, failed, None))


def _kind_of(stored: type[StoredItem[Any]]) -> int:
    pattern = stored.__discord_ui_compiled_template__
    numbers = dict.fromkeys(pattern.groupindex, 1)
    kept: discord.ui.Item[Any] = stored.matched(numbers).item
    return int(kept.type.value)


def _labelled(part: object) -> object:
    return {"type": 18, "component": part}


def _plain(value: object) -> object:
    return value if isinstance(value, int | str | None) else repr(value)


def tampered(custom_id: str) -> Sequence[str]:
    """Return custom_ids that are nearly this one and none that the bot made."""
    version, _, rest = custom_id.partition(":")
    return (f"b0:{rest}", f"{version.upper()}:{rest}", f"{custom_id}:", f"{custom_id}:1e3", rest)
