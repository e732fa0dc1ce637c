"""Requests to Discord that are made once: discord.py's own buckets and session, not its repeats.

discord.py repeats a request after 500, 502, 504 and 524, up to five times, whatever it creates. It
hands unknown arguments to aiohttp: `raise_for_status` sees the answer before discord.py does, and
an error raised there ends the request. On a reset that its platform numbers 54 or 10054 it repeats
as well; it then reads the form again, and a form that can be read once ends that.
"""

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any, Final, TypeAlias

import aiohttp
import discord
from discord.http import HTTPClient, MultipartParameters, Route

from bot import discord_codes as codes
from bot.services.deliveries.outcomes import NotNowError, OutcomeUnknownError, RefusedError
from bot.services.deliveries.pace import Pace
from bot.services.ports import Clock
from storage.delivery_records import Problem

TIMEOUT: Final = 20.0
"""Seconds for one exchange; less than `transitions.SETTLING`, which rests on it."""
_LONGEST_WAIT: Final = 10.0  # seconds that a courier waits for its channel's limit
_MARGIN: Final = 0.05  # seconds: the limit is counted where the requests arrive
_MOST_KNOWN: Final = 2_000
_NO_WAIT_TOLD: Final = 60.0  # a 429 that names no time is Cloudflare's
_RESET: Final = "connection reset"
_LIMIT: Final = "rate limit"
_TOO_MANY: Final = 429
_SERVER_ERRORS: Final = 500
_PROBLEMS: Final[Mapping[int, Problem]] = {
    codes.UNKNOWN_CHANNEL: Problem.UNKNOWN_CHANNEL,
    codes.UNKNOWN_GUILD: Problem.UNKNOWN_CHANNEL,
    codes.NOT_FOR_TEXT: Problem.UNKNOWN_CHANNEL,
    codes.WRONG_CHANNEL_TYPE: Problem.UNKNOWN_CHANNEL,
    codes.UNKNOWN_MESSAGE: Problem.MESSAGE_GONE,
    codes.NOT_AUTHOR: Problem.MESSAGE_GONE,
    codes.UNKNOWN_USER: Problem.UNKNOWN_PERSON,
    codes.NO_RECIPIENT: Problem.UNKNOWN_PERSON,
    codes.TOO_LARGE: Problem.TOO_LARGE,
    codes.TAG_REQUIRED: Problem.TAG,
    codes.MISSING_ACCESS: Problem.NO_RIGHTS,
    codes.MISSING_PERMISSIONS: Problem.NO_RIGHTS,
    codes.NO_MESSAGES_TO_PERSON: Problem.DM_CLOSED,
    codes.NO_SHARED_GUILD: Problem.DM_CLOSED,
    codes.EMPTY_MESSAGE: Problem.INVALID,
    codes.INVALID_FORM: Problem.INVALID,
    codes.ARCHIVED: Problem.LOCKED,
    codes.LOCKED: Problem.LOCKED,
}


Field: TypeAlias = dict[str, Any]  # as discord.py has them


class OneTry:
    """Makes requests through a client's connection, each at its turn."""

    def __init__(
        self, client: discord.Client, pace: Pace, clock: Clock, *, timeout: float = TIMEOUT
    ) -> None:
        self._client = client
        self._pace = pace
        self._clock = clock
        self._shut: dict[str, dt.datetime] = {}
        self._used_up: dict[str, dt.datetime] = {}
        self._timeout = aiohttp.ClientTimeout(total=timeout)

    async def create(self, route: Route, parameters: MultipartParameters) -> object:
        """Make something of which twice would be two.

        Raises:
            RefusedError, NotNowError: nothing was made.
            OutcomeUnknownError: perhaps it was.

        """
        return await self._ask(route, form=_Once(_form_of(parameters)))

    async def ask(
        self,
        route: Route,
        *,
        parameters: MultipartParameters | None = None,
        json: Mapping[str, object] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> object:
        """Ask something that is harmless to ask again.

        Raises:
            RefusedError, NotNowError: as above; an unknown outcome is "not now".

        """
        more: dict[str, object] = {}
        if json is not None:
            more["json"] = json
        if query is not None:
            more["params"] = query
        if parameters is not None:
            more["form"] = _form_of(parameters)
        try:
            return await self._ask(route, **more)
        except OutcomeUnknownError as error:
            raise NotNowError(error.reason) from error

    async def _ask(self, route: Route, **more: object) -> object:
        self._check_open(route)
        await self._wait_for_room(route)
        http: HTTPClient = self._client.http
        try:
            async with self._pace.turn() as turn:
                return await http.request(
                    route,
                    trace_request_ctx=turn,
                    timeout=self._timeout,
                    raise_for_status=partial(self._check, route),
                    **more,  # type: ignore[arg-type] # what discord.py hands on to aiohttp
                )
        except discord.HTTPException as error:
            raise _meaning_of(error) from error
        except aiohttp.ClientConnectorError as error:
            raise NotNowError(type(error).__name__) from error
        except (aiohttp.ClientError, OSError) as error:  # a timeout is an OSError
            raise OutcomeUnknownError(type(error).__name__) from error

    def _check_open(self, route: Route) -> None:
        """Refuse to ask what Discord said not to ask yet."""
        until = self._shut.get(_bucket_of(route))
        if until is not None and until > (now := self._clock.now()):
            raise NotNowError(_LIMIT, retry_after=(until - now).total_seconds())

    async def _wait_for_room(self, route: Route) -> None:
        """Wait until the route has room, before taking a turn.

        discord.py would wait too, but after the turn: many routes that get room at one moment
        would then ask at once, and break the limit of all.
        """
        until = self._used_up.pop(_bucket_of(route), None)
        if until is not None and until > (now := self._clock.now()):
            await self._pace.wait((until - now).total_seconds())

    def _note_room(self, route: Route, response: aiohttp.ClientResponse) -> None:
        if response.headers.get("X-RateLimit-Remaining") != "0":
            return
        seconds = _seconds(response.headers.get("X-RateLimit-Reset-After", "")) + _MARGIN
        now = self._clock.now()
        known = self._used_up if seconds <= _LONGEST_WAIT else self._shut
        if len(known) >= _MOST_KNOWN:
            for key in [key for key, until in known.items() if until <= now]:
                del known[key]
        known[_bucket_of(route)] = now + dt.timedelta(seconds=seconds)

    async def _check(self, route: Route, response: aiohttp.ClientResponse) -> None:
        """Look at an answer before discord.py does.

        A limit ends the request too: discord.py would wait however long it says, here and, with the
        global one, for everybody, and for ever when the waiting request is cancelled.
        """
        if response.status >= _SERVER_ERRORS:
            raise OutcomeUnknownError(_status(response.status))
        if response.status != _TOO_MANY:
            self._note_room(route, response)
            return
        seconds = _seconds(response.headers.get("Retry-After", ""))
        if response.headers.get("X-RateLimit-Scope") == "global":
            self._pace.pause(seconds)
        now = self._clock.now()
        self._shut = {key: until for key, until in self._shut.items() if until > now}
        self._shut[_bucket_of(route)] = now + dt.timedelta(seconds=seconds)
        raise NotNowError(_LIMIT, retry_after=seconds)


class _Once:
    """The fields of a form that refuses to be read a second time."""

    def __init__(self, fields: Iterable[Field]) -> None:
        self._fields = fields
        self._is_used = False

    def __iter__(self) -> Iterator[Field]:
        if self._is_used:
            raise OutcomeUnknownError(_RESET)
        self._is_used = True
        return iter(self._fields)


def _form_of(parameters: MultipartParameters) -> list[Field]:
    """Return the fields of a form, without files too: only forms are read anew at every try."""
    if parameters.multipart:
        return parameters.multipart
    content = json.dumps(parameters.payload)
    # With a type of its own it is a part of a multipart body; without, aiohttp makes it a query.
    return [{"name": "payload_json", "value": content, "content_type": "application/json"}]


def _meaning_of(error: discord.HTTPException) -> RefusedError | NotNowError:
    # Without a number the answer is not Discord's own but of what stands before it; a token that is
    # not accepted (401) is everybody's trouble and no copy's.
    if error.code == 0:
        return NotNowError(_status(error.status))
    problem = _PROBLEMS.get(error.code, Problem.REFUSED)
    if problem is Problem.INVALID and "applied_tags" in error.text:
        problem = Problem.TAG
    return RefusedError(problem, code=error.code)


def _bucket_of(route: Route) -> str:
    """Return the name under which discord.py too counts requests that it knows no bucket of."""
    return f"{route.key}:{route.major_parameters}"


def _status(status: int) -> str:
    return f"status {status}"


def _seconds(text: str) -> float:
    try:
        return max(0.0, float(text))
    except ValueError:
        return _NO_WAIT_TOLD
