"""Gateway v10: sessions that are identified, told what happens, and resumed."""

import json
from collections.abc import Callable
from typing import cast

from aiohttp import WSMsgType, web
from pydantic import JsonValue

from bot.sandbox.bodies.base import parse
from bot.sandbox.enums import PRIVILEGED, Intent
from bot.sandbox.errors import Refused
from bot.sandbox.events import Event
from bot.sandbox.gateway.compression import PACKS
from bot.sandbox.gateway.connection import Close, Connection, Op, Session
from bot.sandbox.gateway.messages import Frame, Identify, RequestMembers, Resume
from bot.sandbox.payloads import guilds as guild_payloads
from bot.sandbox.payloads import messages as message_payloads
from bot.sandbox.payloads.people import member, own_user
from bot.sandbox.permissions import Permission
from bot.sandbox.records import Guild
from bot.sandbox.wire import Payload
from bot.sandbox.world import World

LONGEST_FRAME = 4096
KNOWN_INTENTS = (1 << 26) - 1
FEWEST_FOR_TIMEOUT = 1.6
"""How many heartbeat intervals may pass without a word before the connection is closed."""


class Gateway:
    """All sessions of the bot. `report` is called with every violation of the protocol."""

    def __init__(
        self,
        world: World,
        *,
        token: str,
        report: Callable[[str], None],
        heartbeat_seconds: float = 41.25,
    ) -> None:
        self._world = world
        self._token = token
        self._report = report
        self._heartbeat_seconds = heartbeat_seconds
        self.url = ""
        self.sessions: dict[str, Session] = {}
        self.connections: set[Connection] = set()

    def is_ready(self) -> bool:
        """Return whether every shard of the bot is connected and identified."""
        live = [one for one in self.sessions.values() if one.connection is not None]
        return bool(live) and len({one.shard[0] for one in live}) == live[0].shard[1]

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one WebSocket until it closes."""
        socket = web.WebSocketResponse(max_msg_size=0, heartbeat=None)
        await socket.prepare(request)
        connection = Connection(request, socket)
        self.connections.add(connection)
        try:
            await self._serve(connection)
        finally:
            self.connections.discard(connection)
            self._lose(connection)
            await connection.finish()
        return socket

    async def close(self) -> None:
        """Close every connection, as Discord does when it goes down."""
        for connection in tuple(self.connections):
            await connection.socket.close(code=1001)

    def on_event(self, event: Event) -> None:
        """Tell an event to the sessions that may know it."""
        if not event.for_bot:
            return
        for session in tuple(self.sessions.values()):
            if session.serves(event.guild_id) and self._concerns(session, event):
                session.dispatch(event.name, self._fit(session, event))

    async def _serve(self, connection: Connection) -> None:
        query = connection.request.query
        known = query.get("compress") in {None, *PACKS}
        if query.get("v") != "10" or query.get("encoding", "json") != "json" or not known:
            await self._refuse(connection, Close.INVALID_VERSION, f"query {dict(query)}")
            return
        interval = int(self._heartbeat_seconds * 1000)
        connection.send(Op.HELLO, {"heartbeat_interval": interval, "_trace": ["[]"]})
        while True:
            try:
                patience = self._heartbeat_seconds * FEWEST_FOR_TIMEOUT
                received = await connection.socket.receive(timeout=patience)
            except TimeoutError:
                await self._refuse(connection, Close.SESSION_TIMED_OUT, "no heartbeat")
                return
            if received.type is not WSMsgType.TEXT:
                return
            await self._take(connection, cast("str", received.data))

    def _lose(self, connection: Connection) -> None:
        session = connection.session
        if session is None or session.connection is not connection:
            return
        session.connection = None
        if connection.socket.close_code in {1000, 1001}:  # the bot said good-bye
            self.sessions.pop(session.id, None)

    async def _refuse(self, connection: Connection, code: Close, why: str) -> None:
        self._report(f"gateway closed with {code} {code.name}: {why}")
        await connection.close(code)

    async def _take(self, connection: Connection, text: str) -> None:
        if len(text.encode()) > LONGEST_FRAME:
            await self._refuse(connection, Close.DECODE_ERROR, "payload over 4,096 bytes")
            return
        try:
            frame = parse(Frame, cast("JsonValue", json.loads(text)))
            await self._act(connection, frame)
        except (ValueError, Refused) as error:
            await self._refuse(connection, Close.DECODE_ERROR, str(error))

    async def _act(self, connection: Connection, frame: Frame) -> None:
        if frame.op == Op.HEARTBEAT:
            connection.send(Op.HEARTBEAT_ACK)
        elif frame.op == Op.IDENTIFY:
            await self._identify(connection, parse(Identify, frame.d))
        elif frame.op == Op.RESUME:
            await self._resume(connection, parse(Resume, frame.d))
        elif connection.session is None:
            await self._refuse(connection, Close.NOT_AUTHENTICATED, f"op {frame.op} too soon")
        elif frame.op == Op.REQUEST_MEMBERS:
            self._send_members(connection.session, parse(RequestMembers, frame.d))
        elif frame.op not in {Op.PRESENCE, Op.VOICE_STATE, Op.REQUEST_SOUNDBOARD}:
            await self._refuse(connection, Close.UNKNOWN_OPCODE, f"op {frame.op}")

    async def _identify(self, connection: Connection, asked: Identify) -> None:
        refusal = self._reason_to_refuse(connection, asked)
        if refusal is not None:
            await self._refuse(connection, *refusal)
            return
        index, count = asked.shard or [0, 1]
        session = Session(asked.intents, (index, count), connection)
        connection.session = session
        self.sessions[session.id] = session
        guilds = [one for one in self._guilds() if session.serves(one.id)]
        session.dispatch("READY", self._ready(session, guilds))
        for guild in guilds if asked.intents & Intent.GUILDS else ():
            session.dispatch("GUILD_CREATE", guild_payloads.guild_create(self._world, guild))
        self._tell_people("SESSION_READY")

    def _reason_to_refuse(
        self, connection: Connection, asked: Identify
    ) -> tuple[Close, str] | None:
        index, count = asked.shard or [0, 1]
        if connection.session is not None:
            return Close.ALREADY_AUTHENTICATED, "identified twice"
        if asked.token.removeprefix("Bot ") != self._token:
            return Close.AUTHENTICATION_FAILED, "wrong token"
        if not 0 <= index < count:
            return Close.INVALID_SHARD, f"shard {index} of {count}"
        if asked.intents & ~KNOWN_INTENTS:
            return Close.INVALID_INTENTS, f"intents {asked.intents}"
        if asked.intents & PRIVILEGED & ~self._world.state.application.intents:
            return Close.DISALLOWED_INTENTS, f"intents {asked.intents} were not granted"
        return None

    def _guilds(self) -> list[Guild]:
        everything = self._world.state.guilds.values()
        return [one for one in everything if self._world.bot.id in one.members]

    def _ready(self, session: Session, guilds: list[Guild]) -> Payload:
        application = self._world.state.application
        return {
            "v": 10,
            "user": own_user(self._world.bot),
            "guilds": [{"id": str(one.id), "unavailable": True} for one in guilds],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": list(session.shard),
            "application": {"id": str(application.id), "flags": 0},
            "private_channels": [],
            "_trace": ["[]"],
        }

    async def _resume(self, connection: Connection, asked: Resume) -> None:
        if asked.token.removeprefix("Bot ") != self._token:
            await self._refuse(connection, Close.AUTHENTICATION_FAILED, "wrong token")
            return
        session = self.sessions.get(asked.session_id)
        if session is not None and asked.seq > session.sequence:
            del self.sessions[session.id]
            await self._refuse(connection, Close.INVALID_SEQUENCE, f"sequence {asked.seq}")
            return
        missed = None if session is None else session.missed_since(asked.seq)
        if session is None or missed is None:
            connection.send(Op.INVALID_SESSION, data=False)
            return
        session.connection, connection.session = connection, session
        for text in missed:
            connection.send_text(text)
        session.dispatch("RESUMED", {"_trace": ["[]"]})
        self._tell_people("SESSION_READY")

    def _tell_people(self, name: str) -> None:
        self._world.events.emit(Event(name=name, payload={}, for_bot=False))

    def _concerns(self, session: Session, event: Event) -> bool:
        if event.intent and not session.intents & event.intent:
            return False
        world = self._world
        guild = world.state.guilds.get(event.guild_id or 0)
        if guild is not None and world.bot.id not in guild.members:
            return False
        channel = world.state.channels.get(event.channel_id or 0)
        if channel is None or event.intent is Intent.NONE:
            return True
        if event.intent is Intent.GUILDS and not channel.is_thread:
            return True  # bots are told of channels that they cannot look into
        return bool(world.permissions(world.bot.id, channel) & Permission.VIEW_CHANNEL)

    def _fit(self, session: Session, event: Event) -> Payload:
        if event.message is None:
            return event.payload
        shown = message_payloads.for_bot(self._world, event.message, intents=session.intents)
        return message_payloads.event(self._world, event.message, shown)

    def _send_members(self, session: Session, asked: RequestMembers) -> None:
        guild = self._world.guild(asked.guild_id)
        wanted = asked.user_ids
        ids = [wanted] if isinstance(wanted, int) else wanted
        if ids is None:
            text = (asked.query or "").casefold()
            if not text and not session.intents & Intent.MEMBERS:
                self._report("gateway: all members asked for without the members intent")
                return
            everybody = [self._world.user(one) for one in guild.members]
            ids = [one.id for one in everybody if one.name.casefold().startswith(text)]
            ids = ids[: asked.limit or None]
        known = [one for one in ids if one in guild.members]
        payload: Payload = {
            "guild_id": str(guild.id),
            "members": [member(guild.members[one], self._world.user(one)) for one in known],
            "chunk_index": 0,
            "chunk_count": 1,
            "not_found": [str(one) for one in ids if one not in guild.members],
        }
        if asked.nonce is not None:
            payload["nonce"] = asked.nonce
        session.dispatch("GUILD_MEMBERS_CHUNK", payload)
