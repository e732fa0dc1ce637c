"""A person in the world, and all that person can do: chat, and use the bot.

What Discord's client would not allow raises NotPossibleError; so do missing rights.
"""

from collections.abc import Iterable, Mapping, Sequence

from bot.sandbox import building, posting, reacting, scheduling, threads
from bot.sandbox.asked import Asked
from bot.sandbox.bodies.controls import Button, Select
from bot.sandbox.bodies.messages import LONGEST_CONTENT, AllowedMentions
from bot.sandbox.enums import WRITABLE, Intent, MessageKind
from bot.sandbox.enums import InteractionKind as Kind
from bot.sandbox.errors import impossible
from bot.sandbox.events import Event
from bot.sandbox.forms import Chosen, Filled, chosen_values, submitted
from bot.sandbox.interacting import create, new_token
from bot.sandbox.interaction_records import Interaction
from bot.sandbox.message_records import Message
from bot.sandbox.permissions import Permission
from bot.sandbox.posting import Change, Draft, Upload
from bot.sandbox.records import Channel, Guild, Role, ScheduledEvent, User
from bot.sandbox.resolved import Resolved
from bot.sandbox.slash import OptionValue, Typed, Use, context_use, usable_commands, use_of
from bot.sandbox.threads import Opening
from bot.sandbox.wire import Payload
from bot.sandbox.world import Command, World

ALL_MENTIONS = AllowedMentions(parse=["users", "roles", "everyone"], replied_user=True)
NO_REPLY_PING = AllowedMentions(parse=["users", "roles", "everyone"], replied_user=False)


class Person:
    """Somebody who acts. `user` is the record; several objects may act for one person."""

    def __init__(self, world: World, user: User) -> None:
        self._world = world
        self.user = user

    @classmethod
    def new(cls, world: World, name: str, guild: Guild | None = None, *roles: Role) -> "Person":
        """Add somebody to the world, and to a guild with these roles."""
        user = building.add_person(world, name)
        if guild is not None:
            building.join(world, guild, user, roles)
        return cls(world, user)

    @property
    def id(self) -> int:
        """The person's id."""
        return self.user.id

    @property
    def mention(self) -> str:
        """What others type to mention this person."""
        return f"<@{self.id}>"

    def can(self, channel: Channel, needed: Permission) -> bool:
        """Return whether the person has these rights in a channel."""
        return self._world.permissions(self.id, channel) & needed == needed

    def sees(self, message: Message) -> bool:
        """Return whether the person can read a message."""
        return self._world.can_see(self.id, message)

    def messages(self, channel: Channel) -> list[Message]:
        """Return the messages that the person can read, oldest first."""
        return [one for one in self._world.messages_in(channel) if self.sees(one)]

    def dm_channel(self) -> Channel:
        """Return the person's conversation with the bot."""
        return building.dm_with(self._world, self.user)

    def dm(self, text: str, *, reply_to: Message | None = None) -> Message:
        """Say something to the bot alone."""
        return self.say(self.dm_channel(), text, reply_to=reply_to)

    def close_dms(self) -> None:
        """Accept no messages from bots any more."""
        self.user.accepts_dms = False

    def open_dms(self) -> None:
        """Accept messages from bots again."""
        self.user.accepts_dms = True

    def say(
        self,
        channel: Channel,
        text: str,
        *,
        reply_to: Message | None = None,
        allowed: AllowedMentions = ALL_MENTIONS,
        files: Iterable[Upload] = (),
    ) -> Message:
        """Say something in a channel; a reply notifies the author unless `allowed` says not to."""
        self._check_writing(channel, text)
        draft = Draft(
            content=text,
            uploads=tuple(files),
            allowed=allowed,
            reply_to=None if reply_to is None else reply_to.id,
            kind=MessageKind.DEFAULT if reply_to is None else MessageKind.REPLY,
        )
        if not (draft.content.strip() or draft.uploads):
            raise impossible(why="an empty message cannot be sent")
        return posting.post(self._world, channel, self.id, draft)

    def _check_writing(self, channel: Channel, text: str) -> None:
        needed = Permission.SEND_MESSAGES
        if channel.is_thread:
            needed = Permission.SEND_MESSAGES_IN_THREADS
        if channel.kind not in WRITABLE or not self.can(channel, Permission.VIEW_CHANNEL | needed):
            raise impossible(why=f"{self.user.display} cannot write in {channel.name!r}")
        if len(text) > LONGEST_CONTENT:
            raise impossible(why="the text is longer than 2,000 characters")

    def edit(self, message: Message, text: str) -> None:
        """Change what one said."""
        if message.author_id != self.id:
            raise impossible(why="somebody else said that")
        self._check_writing(self._world.channel(message.channel_id), text)
        posting.edit(self._world, message, Change(content=text, allowed=ALL_MENTIONS))

    def delete(self, message: Message) -> None:
        """Take away what one said, or with the right to manage messages what anybody said."""
        channel = self._world.channel(message.channel_id)
        manages = not channel.is_dm and self.can(channel, Permission.MANAGE_MESSAGES)
        if not (self.id in {message.author_id, message.only_for} or manages):
            raise impossible(why="somebody else said that")
        posting.delete(self._world, message)

    def react(self, message: Message, emoji: str) -> None:
        """React with a Unicode emoji."""
        channel = self._world.channel(message.channel_id)
        needed = Permission.NONE if emoji in message.reactions else Permission.ADD_REACTIONS
        if message.is_ephemeral or not (self.sees(message) and self.can(channel, needed)):
            raise impossible(why="no reaction possible here")
        reacting.react(self._world, message, self.id, emoji)

    def unreact(self, message: Message, emoji: str) -> None:
        """Take one's reaction away."""
        reacting.unreact(self._world, message, self.id, emoji)

    def start_typing(self, channel: Channel) -> None:
        """Show that one is typing."""
        payload: Payload = {
            "channel_id": str(channel.id),
            "user_id": str(self.id),
            "timestamp": int(self._world.now().timestamp()),
        }
        if channel.guild_id is not None:
            payload["guild_id"] = str(channel.guild_id)
        event = Event(
            name="TYPING_START",
            payload=payload,
            guild_id=channel.guild_id,
            channel_id=channel.id,
            intent=Intent.DM_TYPING if channel.is_dm else Intent.GUILD_TYPING,
        )
        self._world.events.emit(event)

    def start_thread(self, message: Message, name: str) -> Channel:
        """Begin a thread on a message."""
        if not self.can(self._world.channel(message.channel_id), Permission.CREATE_PUBLIC_THREADS):
            raise impossible(why="no right to begin a thread")
        return threads.begin_on(self._world, message, self.id, name)

    def post(
        self, forum: Channel, name: str, text: str, *, tags: Iterable[int] = ()
    ) -> tuple[Channel, Message]:
        """Begin a post in a forum."""
        if not self.can(forum, Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES):
            raise impossible(why=f"no right to post in {forum.name!r}")
        opening = Opening(owner_id=self.id, name=name, tags=tuple(tags))
        return threads.begin_post(self._world, forum, opening, Draft(content=text))

    def follow(self, event: ScheduledEvent) -> None:
        """Say that one is interested in a scheduled event."""
        scheduling.subscribe(self._world, self._world.guild(event.guild_id), event, self.id)

    def unfollow(self, event: ScheduledEvent) -> None:
        """Say that one is no longer interested."""
        scheduling.unsubscribe(self._world, self._world.guild(event.guild_id), event, self.id)

    def commands(self, channel: Channel) -> list[Command]:
        """Return the commands that are offered in a channel."""
        return usable_commands(self._world, self.id, channel)

    def slash(
        self, channel: Channel, path: str, options: Mapping[str, OptionValue] | None = None
    ) -> Asked:
        """Use a slash command by its path ("kennis zoeken")."""
        use = use_of(self._world, self.id, channel, Typed(path, options or {}))
        return self._use(Kind.COMMAND, channel, use)

    def autocomplete(
        self,
        channel: Channel,
        path: str,
        focused: str,
        options: Mapping[str, OptionValue] | None = None,
    ) -> Asked:
        """Type in the option `focused` of a slash command; see `Asked.choices`."""
        typed = Typed(path, {focused: "", **(options or {})}, focused)
        use = use_of(self._world, self.id, channel, typed)
        return self._use(Kind.AUTOCOMPLETE, channel, use)

    def menu(self, channel: Channel, name: str, target: Message | User) -> Asked:
        """Use a context menu command on a message or person."""
        if isinstance(target, Message) and not self.sees(target):
            raise impossible(why="that message is not visible")
        use = context_use(self._world, self.id, channel, name, target)
        on = target.id if isinstance(target, Message) else None
        return self._use(Kind.COMMAND, channel, use, message_id=on)

    def click(self, message: Message, button: str) -> Asked:
        """Press a button, named by its label or custom_id."""
        found = [one for one in message.buttons() if button in {one.label, one.custom_id}]
        if not found:
            raise impossible(why=f"no button {button!r}; there is {_names(message.buttons())}")
        if found[0].disabled or found[0].custom_id is None:
            raise impossible(why=f"the button {button!r} cannot be pressed")
        data: Payload = {
            "custom_id": found[0].custom_id,
            "component_type": int(found[0].type),
            "id": found[0].id,
        }
        return self._component(message, data)

    def choose(
        self, message: Message, values: Sequence[Chosen], *, custom_id: str | None = None
    ) -> Asked:
        """Choose in a select, by labels, values or the people, roles and channels themselves."""
        found = [one for one in message.selects() if custom_id in {None, one.custom_id}]
        if len(found) != 1 or found[0].disabled:
            raise impossible(why=f"{len(found)} selects fit, of {len(message.selects())}")
        return self._choose(message, found[0], values)

    def _choose(self, message: Message, select: Select, values: Sequence[Chosen]) -> Asked:
        resolved = Resolved(self._world, self._world.channel(message.channel_id))
        data: Payload = {
            "custom_id": select.custom_id,
            "component_type": int(getattr(select, "type", 0)),
            "id": select.id,
            "values": chosen_values(select, values, resolved),
        }
        return self._component(message, {**data, **resolved.payload()})

    def submit(self, asked: Asked, values: Mapping[str, Filled]) -> Asked:
        """Fill in and send the form that `asked` opened, by label or custom_id."""
        opened = asked.interaction
        if opened.modal is None:
            raise impossible(why="no form is open")
        channel = self._world.channel(opened.channel_id)
        data = submitted(opened.modal, values, Resolved(self._world, channel))
        on = opened.message_id if opened.kind is Kind.COMPONENT else None
        return self._ask(Kind.MODAL_SUBMIT, channel, data, message_id=on)

    def _component(self, message: Message, data: Payload) -> Asked:
        if not self.sees(message):
            raise impossible(why="that message is not visible")
        channel = self._world.channel(message.channel_id)
        return self._ask(Kind.COMPONENT, channel, data, message_id=message.id)

    def _use(
        self, kind: Kind, channel: Channel, use: Use, *, message_id: int | None = None
    ) -> Asked:
        asked = self._new(kind, channel, use.data, message_id)
        asked.command = use.path
        return Asked(self._world, create(self._world, asked))

    def _ask(
        self, kind: Kind, channel: Channel, data: Payload, *, message_id: int | None = None
    ) -> Asked:
        return Asked(self._world, create(self._world, self._new(kind, channel, data, message_id)))

    def _new(
        self, kind: Kind, channel: Channel, data: Payload, message_id: int | None
    ) -> Interaction:
        return Interaction(
            id=self._world.new_id(),
            token=new_token(),
            kind=kind,
            user_id=self.id,
            channel_id=channel.id,
            guild_id=channel.guild_id,
            created_at=self._world.now(),
            data=data,
            message_id=message_id,
            locale=self.user.locale,
        )


def _names(buttons: Iterable[Button]) -> list[str | None]:
    return [one.label or one.custom_id for one in buttons]
