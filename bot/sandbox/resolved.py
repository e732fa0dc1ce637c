"""The objects that an interaction's options, targets and choices refer to."""

from bot.sandbox.message_records import Message
from bot.sandbox.payloads import people as people_payloads
from bot.sandbox.payloads.attachments import attachment
from bot.sandbox.payloads.channels import channel as channel_payload
from bot.sandbox.payloads.messages import message
from bot.sandbox.posting import Upload, store
from bot.sandbox.records import Channel, Role, User
from bot.sandbox.wire import Payload
from bot.sandbox.world import World


class Resolved:
    """Collects objects by kind and id, as they stand in `data.resolved`."""

    def __init__(self, world: World, channel: Channel) -> None:
        self._world = world
        self._channel = channel
        self._found: dict[str, Payload] = {}

    def payload(self) -> Payload:
        """Return the `resolved` part; empty when there is nothing in it."""
        return {"resolved": dict(self._found)} if self._found else {}

    def add(self, value: User | Role | Channel | Message | Upload) -> str:
        """Add an object and return its id; a file is stored and gets one."""
        if isinstance(value, User):
            self._add_user(value)
        elif isinstance(value, Role):
            self._put("roles", value.id, people_payloads.role(value))
        elif isinstance(value, Channel):
            bits = self._world.permissions(self._world.bot.id, value)
            shown = {**channel_payload(self._world, value), "permissions": str(bits)}
            self._put("channels", value.id, shown)
        elif isinstance(value, Message):
            # A person chose to show it, so its text comes along without the privileged intent.
            self._put("messages", value.id, message(self._world, value))
        else:
            return self._add_file(value)
        return str(value.id)

    def _add_user(self, person: User) -> None:
        self._put("users", person.id, people_payloads.user(person))
        guild = self._world.guild_of(self._channel)
        found = None if guild is None else guild.members.get(person.id)
        if found is not None:
            bits = self._world.permissions(person.id, self._channel)
            shown = {**people_payloads.partial_member(found), "permissions": str(bits)}
            self._put("members", person.id, shown)

    def _add_file(self, upload: Upload) -> str:
        kept = store(self._world, self._channel, [upload])[0]
        self._put("attachments", kept.id, attachment(self._world, kept, ephemeral=True))
        return str(kept.id)

    def _put(self, kind: str, number: int, payload: Payload) -> None:
        self._found.setdefault(kind, {})[str(number)] = payload
