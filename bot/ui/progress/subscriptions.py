"""Subscriptions on the screen: what one gets, and the buttons that switch it on and off."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Final, Self

import discord
from typing_extensions import override

from bot.errors import NotInGuildError, NotYoursError, StaleComponentError
from bot.services.deliveries import rendered
from bot.services.deliveries.rendered import ActionButton, Mark
from bot.services.progress.subscriptions import Switched
from bot.texts import subscriptions as texts
from bot.ui.acknowledging import Screen, StoredButtons, in_time, show
from bot.ui.custom_ids import custom_id, template
from bot.ui.host import host_of
from bot.ui.items import StoredItem
from storage.progress_records import Part
from storage.subscription_records import Subscription

# Their order is part of custom_ids, so add at the end only.
TOPICS: Final[tuple[Part | None, ...]] = (
    None,
    Part.OVERZICHT,
    Part.INZICHT,
    Part.UITZICHT,
    Part.KERNADVIES,
    Part.OPTIES,
    Part.DIGITALE_AGENDA,
    Part.VERVOLG,
    Part.ALV,
)
_IDS: Final = ("guild", "person", "topic")

_Button = discord.ui.Button[StoredButtons]


def topic_name(part: Part | None) -> str:
    """Return how people call a part, or everything."""
    return texts.EVERYTHING if part is None else part.value


def part_named(topic: str) -> Part | None:
    """Return the part that a command was given; None: everything.

    Raises:
        StaleComponentError: when there is none called like this.

    """
    if topic == texts.EVERYTHING:
        return None
    try:
        return Part(topic)
    except ValueError:
        raise StaleComponentError from None


def unsubscribe_button(*, guild_id: int, person: int, mark: Mark) -> ActionButton:
    """Return **Afmelden** for below a private message that somebody gets as a subscriber."""
    identity = custom_id("unsub", guild_id, person)
    return ActionButton(texts.UNSUBSCRIBE_LABEL, mark.on_custom_id(identity))


def list_screen(
    subscriptions: Sequence[Subscription],
    mentions: Mapping[str, str],
    *,
    guild_id: int,
    person: int,
) -> Screen:
    """Return what somebody gets, with buttons to end it, and what stopped by itself and why."""
    on = [one.part for one in subscriptions if one.is_on]
    off = [one for one in subscriptions if not one.is_on]
    lines = [texts.own(map(topic_name, on))] if on else []
    if off:
        lines.append(_stopped(off))
    if not lines:
        lines.append(texts.none_yet(on=mentions["abonnement aan"]))
    restart = [one.part for one in off] if off or on else [None]
    return Screen(
        ("\n\n".join(lines),),
        StoredButtons(
            *(OffButton(guild_id, person, TOPICS.index(part)) for part in on),
            *(OnButton(guild_id, person, TOPICS.index(part)) for part in restart),
        ),
    )


def on_screen(switched: Switched, mentions: Mapping[str, str]) -> Screen:
    """Say what switching on came to."""
    topic, off = topic_name(switched.part), mentions["abonnement uit"]
    said = texts.switched_on if switched.changed else texts.was_on
    lines = [said(topic, off=off)]
    if switched.part is not None and None in switched.on:
        lines.append(texts.included(topic))
    return _with_stopped(lines, switched)


def off_screen(switched: Switched, mentions: Mapping[str, str]) -> Screen:
    """Say what switching off came to, and what goes on."""
    topic = topic_name(switched.part)
    lines = [texts.switched_off(topic) if switched.changed else texts.was_off(topic)]
    others = [topic_name(part) for part in switched.on]
    if None in switched.on:
        lines.append(texts.still_everything(topic, off=mentions["abonnement uit"]))
    elif others:
        lines.append(texts.still_on(others))
    elif switched.changed:
        lines.append(texts.nothing_left(on=mentions["abonnement aan"]))
    return _with_stopped(lines, switched)


class SubscriptionButton(StoredItem[_Button], template="(?!)"):
    """A button about one subject, for one person in one guild."""

    kind: ClassVar[str]

    def __init__(self, guild_id: int, person: int, topic: int) -> None:
        """Belong to the subject with this number in `TOPICS`."""
        super().__init__(
            discord.ui.Button(
                label=self.label_of(topic_name(TOPICS[topic]) if topic < len(TOPICS) else "…"),
                custom_id=custom_id(self.kind, guild_id, person, topic),
            )
        )
        self._guild_id = guild_id
        self._person = person
        self._topic = topic

    @classmethod
    @abstractmethod
    def label_of(cls, topic: str) -> str:
        """Return what stands on the button."""

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        return cls(numbers["guild"], numbers["person"], numbers["topic"])

    async def part_for(self, interaction: discord.Interaction[Any]) -> Part | None:
        """Return the subject, once it is certain that whoever presses may choose it."""
        _check_person(interaction, self._person)
        if self._topic >= len(TOPICS):
            raise StaleComponentError
        return TOPICS[self._topic]


class OnButton(SubscriptionButton, template=template("subon", *_IDS)):
    """Begins a subscription; outside the guild for those who are in it only."""

    kind = "subon"

    @classmethod
    @override
    def label_of(cls, topic: str) -> str:
        return texts.on_label(topic)

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        switched = await in_time(interaction, self._switch(interaction), ephemeral=True)
        screen = on_screen(switched, host_of(interaction).command_mentions)
        await show(interaction, screen, ephemeral=interaction.guild_id is not None)

    async def _switch(self, interaction: discord.Interaction[Any]) -> Switched:
        part = await self.part_for(interaction)
        host = host_of(interaction)
        is_elsewhere = interaction.guild_id != self._guild_id
        if is_elsewhere and not await host.membership.is_member(self._guild_id, self._person):
            raise NotInGuildError
        return await host.services.subscriptions.switch_on(
            self._guild_id, part, person=self._person
        )


class OffButton(SubscriptionButton, template=template("suboff", *_IDS)):
    """Ends a subscription."""

    kind = "suboff"

    @classmethod
    @override
    def label_of(cls, topic: str) -> str:
        return texts.off_label(topic)

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        switched = await in_time(interaction, self._switch(interaction), ephemeral=True)
        screen = off_screen(switched, host_of(interaction).command_mentions)
        await show(interaction, screen, ephemeral=interaction.guild_id is not None)

    async def _switch(self, interaction: discord.Interaction[Any]) -> Switched:
        part = await self.part_for(interaction)
        return await host_of(interaction).services.subscriptions.switch_off(
            self._guild_id, part, person=self._person
        )


class UnsubscribeButton(
    StoredItem[_Button], template=f"{template('unsub', 'guild', 'person')}:{rendered.MARK}"
):
    """**Afmelden** below an update in private messages: ends all, and offers the way back.

    Whoever left the guild can use it too.
    """

    def __init__(self, guild_id: int, person: int) -> None:
        """Belong to what `person` gets from a guild."""
        super().__init__(
            discord.ui.Button(
                label=texts.UNSUBSCRIBE_LABEL,
                custom_id=Mark(0).on_custom_id(custom_id("unsub", guild_id, person)),
            )
        )
        self._guild_id = guild_id
        self._person = person

    @classmethod
    @override
    def matched(cls, numbers: dict[str, int]) -> Self:
        return cls(numbers["guild"], numbers["person"])

    @override
    async def pressed(self, interaction: discord.Interaction[Any]) -> None:
        switched = await in_time(interaction, self._end(interaction), ephemeral=True)
        before = switched.before
        text = texts.unsubscribed(map(topic_name, before))
        back = [
            OnButton(self._guild_id, self._person, TOPICS.index(part)) for part in before or (None,)
        ]
        screen = Screen((text if before else texts.UNSUBSCRIBED_BEFORE,), StoredButtons(*back))
        await show(interaction, screen, ephemeral=interaction.guild_id is not None)

    async def _end(self, interaction: discord.Interaction[Any]) -> Switched:
        _check_person(interaction, self._person)
        return await host_of(interaction).services.subscriptions.switch_off(
            self._guild_id, None, person=self._person
        )


BUTTONS: Final = (OnButton, OffButton, UnsubscribeButton)


def _check_person(interaction: discord.Interaction[Any], person: int) -> None:
    if interaction.user.id != person:
        raise NotYoursError


def _with_stopped(lines: Iterable[str], switched: Switched) -> Screen:
    """Add what stopped by itself, which nobody could be told in private messages."""
    stopped = [_stopped(switched.stopped)] if switched.stopped else []
    return Screen(("\n".join((*lines, *stopped)),))


def _stopped(stopped: Sequence[Subscription]) -> str:
    last = max(one.stopped_at for one in stopped if one.stopped_at is not None)
    return texts.stopped((topic_name(one.part) for one in stopped), on=last.date())
