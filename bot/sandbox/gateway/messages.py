"""What the bot sends over the gateway."""

from typing import Annotated

from pydantic import Field, JsonValue

from bot.sandbox.bodies.base import Body, Snowflake


class Frame(Body):
    """One payload of the bot."""

    op: int
    d: JsonValue = None


class Properties(Body):
    """What a client says about itself."""

    os: str
    browser: str
    device: str


class Identify(Body):
    """The start of a session."""

    token: str
    properties: Properties
    intents: int = Field(ge=0)
    large_threshold: int = Field(default=50, ge=50, le=250)
    shard: Annotated[list[int], Field(min_length=2, max_length=2)] | None = None


class Resume(Body):
    """The continuation of a session from the last event seen."""

    token: str
    session_id: str
    seq: int


class RequestMembers(Body):
    """A wish for members by id or by the beginning of their name."""

    guild_id: Snowflake
    query: str | None = None
    limit: int = Field(default=0, ge=0)
    user_ids: list[Snowflake] | Snowflake | None = None
    nonce: str | None = Field(default=None, max_length=32)
