"""The Messenger port over discord.py."""

import datetime as dt
import io
from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any, Final, TypeAlias, cast

import discord
from discord.http import MultipartParameters, Route, handle_message_parameters
from discord.utils import MISSING

from bot import discord_codes as codes
from bot.adapters.one_try import OneTry
from bot.services.deliveries.outcomes import CannotLookError, RefusedError
from bot.services.deliveries.rendered import LinkButton, Mark, Rendered
from storage.delivery_records import Copy, PostTarget, Problem

CLOCKS_APART: Final = dt.timedelta(minutes=2)
"""By how much our clock may run ahead of Discord's before a look would begin too late."""
PAGE: Final = 100
MOST_PAGES: Final = 100

Payload: TypeAlias = Mapping[str, Any]  # JSON as Discord sends it


class DiscordMessenger:
    """Says things through a client that is logged in; a gateway is not needed."""

    def __init__(self, client: discord.Client, requests: OneTry) -> None:
        self._client = client
        self._requests = requests

    async def open_dm(self, user_id: int) -> int:
        """See `Messenger`."""
        opened = await self._requests.ask(
            Route("POST", "/users/@me/channels"), json={"recipient_id": str(user_id)}
        )
        return _id_of(opened)

    async def send(self, channel_id: int, message: Rendered, *, nonce: str) -> Copy:
        """See `Messenger`."""
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
        with _parameters(message, nonce=nonce) as parameters:
            made = await self._requests.create(route, parameters)
        return Copy(channel_id, _id_of(made))

    async def post(self, target: PostTarget, message: Rendered) -> Copy:
        """See `Messenger`."""
        route = Route("POST", "/channels/{channel_id}/threads", channel_id=target.channel_id)
        post: dict[str, object] = {"name": target.title}
        if target.tags:
            post["applied_tags"] = [str(tag) for tag in target.tags]
        with _parameters(message, channel_payload=post) as parameters:
            made = await self._requests.create(route, parameters)
        return _first_of(_id_of(made))

    async def edit(self, copy: Copy, message: Rendered) -> None:
        """See `Messenger`."""
        route = _message_route("PATCH", copy)
        try:
            await self._edit(route, message)
        except RefusedError as error:
            if error.code != codes.ARCHIVED:
                raise
            await self._reopen(copy.channel_id)
            await self._edit(route, message)

    async def _edit(self, route: Route, message: Rendered) -> None:
        with _parameters(message, is_edit=True) as parameters:
            await self._requests.ask(route, parameters=parameters)

    async def rename(self, copy: Copy, title: str) -> None:
        """See `Messenger`."""
        route = Route("PATCH", "/channels/{channel_id}", channel_id=copy.channel_id)
        try:
            await self._requests.ask(route, json={"name": title})
        except RefusedError as error:
            if error.code != codes.ARCHIVED:
                raise
            await self._reopen(copy.channel_id)
            await self._requests.ask(route, json={"name": title})

    async def delete(self, copy: Copy) -> None:
        """See `Messenger`. Of a post the first message goes; what others wrote below it stays."""
        route = _message_route("DELETE", copy)
        try:
            await self._requests.ask(route)
        except RefusedError as error:
            if error.code == codes.ARCHIVED:
                await self._reopen(copy.channel_id)
                await self._requests.ask(route)
            elif error.problem not in {Problem.MESSAGE_GONE, Problem.UNKNOWN_CHANNEL}:
                raise

    async def publish(self, copy: Copy) -> bool:
        """See `Messenger`."""
        path = "/channels/{channel_id}/messages/{message_id}/crosspost"
        route = Route("POST", path, channel_id=copy.channel_id, message_id=copy.message_id)
        try:
            await self._requests.ask(route)
        except RefusedError as error:
            if error.code in {codes.WRONG_CHANNEL_TYPE, codes.UNKNOWN_MESSAGE}:
                return False
            if error.code != codes.ALREADY_CROSSPOSTED:
                raise
        return True

    async def _reopen(self, thread_id: int) -> None:
        route = Route("PATCH", "/channels/{channel_id}", channel_id=thread_id)
        await self._requests.ask(route, json={"archived": False})

    async def find(self, channel_id: int, mark: Mark, *, since: dt.datetime) -> tuple[Copy, ...]:
        """See `Messenger`."""
        after = discord.utils.time_snowflake(since - CLOCKS_APART)
        found: list[Copy] = []
        is_empty = True
        async for message in self._history(channel_id, after):
            is_empty = False
            if self._is_ours(message, mark):
                found.append(Copy(channel_id, _id_of(message)))
        if is_empty:
            await self._check_reading(Copy(channel_id, after))
        return tuple(sorted(found, key=lambda copy: copy.message_id))

    async def _history(self, channel_id: int, after: int) -> AsyncIterator[Payload]:
        route = Route("GET", "/channels/{channel_id}/messages", channel_id=channel_id)
        for _page in range(MOST_PAGES):
            query = {"after": str(after), "limit": str(PAGE)}
            page = cast("list[Payload]", await self._look(route, query))
            for message in page:
                yield message
            if len(page) < PAGE:
                return
            after = max(map(_id_of, page))
        raise CannotLookError

    async def _check_reading(self, nowhere: Copy) -> None:
        """Ask for a message that does not exist: a list is empty also for who may not read it."""
        try:
            await self._look(_message_route("GET", nowhere))
        except RefusedError as error:
            if error.problem is not Problem.MESSAGE_GONE:
                raise

    async def find_post(
        self, forum: PostTarget, mark: Mark, *, guild_id: int, since: dt.datetime
    ) -> tuple[Copy, ...]:
        """See `Messenger`."""
        after = discord.utils.time_snowflake(since - CLOCKS_APART)
        found: list[Copy] = []
        async for thread in self._threads(forum.channel_id, guild_id):
            thread_id = _id_of(thread)
            is_ours = int(thread.get("owner_id") or 0) == self._own_id
            in_forum = int(thread.get("parent_id") or 0) == forum.channel_id
            if is_ours and in_forum and thread_id > after:
                first = await self._first_message(thread_id)
                if first is not None and self._is_ours(first, mark):
                    found.append(_first_of(thread_id))
        return tuple(sorted(set(found), key=lambda copy: copy.message_id))

    async def _threads(self, forum_id: int, guild_id: int) -> AsyncIterator[Payload]:
        """Yield the open threads of the guild and the archived ones of the forum."""
        for thread in _threads_in(
            await self._look(Route("GET", "/guilds/{guild_id}/threads/active", guild_id=guild_id))
        ):
            yield thread
        path = "/channels/{channel_id}/threads/archived/public"
        route = Route("GET", path, channel_id=forum_id)
        query = {"limit": str(PAGE)}
        for _page in range(MOST_PAGES):
            page = await self._look(route, query)
            threads = _threads_in(page)
            for thread in threads:
                yield thread
            if not (threads and cast("Payload", page).get("has_more")):
                return
            query["before"] = str(threads[-1]["thread_metadata"]["archive_timestamp"])
        raise CannotLookError

    async def _first_message(self, thread_id: int) -> Payload | None:
        try:
            return cast("Payload", await self._look(_message_route("GET", _first_of(thread_id))))
        except RefusedError as error:
            if error.problem is not Problem.MESSAGE_GONE:
                raise
            return None

    async def _look(self, route: Route, query: Mapping[str, str] | None = None) -> object:
        try:
            return await self._requests.ask(route, query=query)
        except RefusedError as error:
            if error.problem is Problem.NO_RIGHTS:
                raise CannotLookError(code=error.code) from error
            raise

    def _is_ours(self, message: Payload, mark: Mark) -> bool:
        """Whether the bot said it: others can put any link in a message."""
        return int(message["author"]["id"]) == self._own_id and any(
            map(mark.is_on, _places_in(message))
        )

    @property
    def _own_id(self) -> int:
        # Known from logging in; before that there is no message to look for.
        return 0 if self._client.user is None else self._client.user.id


def _parameters(
    message: Rendered,
    *,
    nonce: str | None = None,
    channel_payload: dict[str, object] = MISSING,
    is_edit: bool = False,
) -> MultipartParameters:
    """Return the message as discord.py sends it; a nonce is enforced there, an edit replaces."""
    role = [] if message.role_id is None else [discord.Object(message.role_id)]
    allowed = discord.AllowedMentions(everyone=False, users=False, roles=role, replied_user=False)
    files = [
        discord.File(io.BytesIO(one.content), one.name, description=one.alt)
        for one in message.files
    ]
    view = _view(message)
    return handle_message_parameters(
        content=message.content or (None if is_edit else MISSING),
        embeds=[discord.Embed.from_dict(one) for one in message.embeds],
        view=MISSING if view is None and not is_edit else view,
        attachments=files,
        nonce=nonce,
        allowed_mentions=allowed,
        channel_payload=channel_payload,
        message_reference=MISSING if is_edit else _reference(message),
    )


def _reference(message: Rendered) -> Any:  # noqa: ANN401 # discord.py types it as what it is not
    """Return what a message answers; once that is gone, it stands on its own."""
    if message.reply_to is None:
        return MISSING
    return {"message_id": str(message.reply_to), "fail_if_not_exists": False}


def _view(message: Rendered) -> discord.ui.View | None:
    """Return the buttons; what answers them finds them by their custom_id."""
    if not message.buttons:
        return None
    view = discord.ui.View(timeout=None)
    for one in message.buttons:
        if isinstance(one, LinkButton):
            view.add_item(discord.ui.Button(label=one.label, url=one.url))
        else:
            style = discord.ButtonStyle(one.style)
            view.add_item(discord.ui.Button(label=one.label, custom_id=one.custom_id, style=style))
    return view


def _places_in(part: object) -> Iterator[str]:
    """Yield every custom_id and embed URL of a message, however deep rows put them."""
    if isinstance(part, list):
        for one in cast("list[object]", part):
            yield from _places_in(one)
    elif isinstance(part, dict):
        payload = cast("dict[str, object]", part)
        for name in ("custom_id", "url"):
            if isinstance(value := payload.get(name), str):
                yield value
        for name in ("components", "embeds"):
            yield from _places_in(payload.get(name))


def _threads_in(page: object) -> list[Payload]:
    return cast("list[Payload]", cast("Payload", page)["threads"])


def _message_route(method: str, copy: Copy) -> Route:
    return Route(
        method,
        "/channels/{channel_id}/messages/{message_id}",
        channel_id=copy.channel_id,
        message_id=copy.message_id,
    )


def _first_of(thread_id: int) -> Copy:
    """Return the first message of a post: it has the thread's id."""
    return Copy(thread_id, thread_id)


def _id_of(payload: object) -> int:
    return int(cast("Payload", payload)["id"])
