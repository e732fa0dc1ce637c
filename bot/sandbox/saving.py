"""A world as JSON: everything but interactions that were under way."""

from pydantic import TypeAdapter

from bot.sandbox.snowflakes import Now, system_time
from bot.sandbox.world import State, World

_STATE = TypeAdapter(State)


def dump(world: World) -> bytes:
    """Return the world as JSON."""
    return _STATE.dump_json(world.state)


def load(saved: bytes, *, now: Now = system_time) -> World:
    """Return the world that `dump` wrote. Raises ValueError when it is something else."""
    return World(now=now, state=_STATE.validate_json(saved))
