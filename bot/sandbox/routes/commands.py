"""Application commands: registered for all guilds or for one, singly or all at once."""

from bot.sandbox.bodies.base import parse
from bot.sandbox.bodies.commands import CommandBody, check_set
from bot.sandbox.errors import Code, Refused
from bot.sandbox.events import Event
from bot.sandbox.routes.call import Call, Route
from bot.sandbox.wire import JsonObject, Payload, snowflake
from bot.sandbox.world import Command


def list_commands(call: Call) -> list[Payload]:
    """Return the commands of a scope."""
    return [shown(call, one) for one in _in_scope(call, _scope(call))]


def get_command(call: Call) -> Payload:
    """Return one command."""
    return shown(call, _one(call))


def set_commands(call: Call) -> list[Payload]:
    """Replace all commands of a scope; one that keeps its name and type keeps its id."""
    scope = _scope(call)
    bodies = parse(list[CommandBody], [] if call.data is None else call.data)
    check_set(bodies)
    before = {(one.body.type, one.body.name): one for one in _in_scope(call, scope)}
    after = [_stored(call, scope, body, before.get((body.type, body.name))) for body in bodies]
    commands = call.world.state.commands
    for old in before.values():
        del commands[old.id]
    commands |= {one.id: one for one in after}
    _tell(call, scope)
    return [shown(call, one) for one in after]


def add_command(call: Call) -> Payload:
    """Add one command, or replace the one with its name and type."""
    scope = _scope(call)
    body = call.body(CommandBody)
    others = [one for one in _in_scope(call, scope) if not _same(one.body, body)]
    check_set([*(one.body for one in others), body])
    old = next((one for one in _in_scope(call, scope) if _same(one.body, body)), None)
    made = _stored(call, scope, body, old)
    call.world.state.commands[made.id] = made
    _tell(call, scope)
    return shown(call, made)


def edit_command(call: Call) -> Payload:
    """Change fields of one command."""
    found = _one(call)
    given: JsonObject = call.data if isinstance(call.data, dict) else {}
    old = found.body.model_dump(mode="json", exclude_unset=True)
    body = parse(CommandBody, {**old, **given, "type": int(found.body.type)})
    changed = _stored(call, found.guild_id, body, found)
    call.world.state.commands[found.id] = changed
    _tell(call, found.guild_id)
    return shown(call, changed)


def delete_command(call: Call) -> None:
    """Delete one command."""
    found = _one(call)
    del call.world.state.commands[found.id]
    _tell(call, found.guild_id)


def shown(call: Call, found: Command) -> Payload:
    """Return a command object."""
    body = found.body
    allowed = body.default_member_permissions
    return {
        **body.wire(),
        "id": str(found.id),
        "application_id": str(call.world.bot.id),
        "version": str(found.version),
        "type": int(body.type),
        "default_member_permissions": None if allowed is None else str(allowed),
        "dm_permission": body.works_in_dms,
        "contexts": None if body.contexts is None else [int(one) for one in body.contexts],
        "integration_types": body.integration_types or [0],
        **({} if found.guild_id is None else {"guild_id": snowflake(found.guild_id)}),
    }


def _tell(call: Call, scope: int | None) -> None:
    event = Event(name="COMMANDS_CHANGED", payload={}, guild_id=scope, for_bot=False)
    call.world.events.emit(event)


def _same(one: CommandBody, other: CommandBody) -> bool:
    return (one.type, one.name) == (other.type, other.name)


def _stored(call: Call, scope: int | None, body: CommandBody, old: Command | None) -> Command:
    if old is not None and old.body == body:
        return old
    number = call.world.new_id() if old is None else old.id
    return Command(number, call.world.new_id(), scope, body)


def _scope(call: Call) -> int | None:
    if call.id("application_id") != call.world.bot.id:
        raise Refused(Code.UNKNOWN_APPLICATION)
    return call.guild().id if "guild_id" in call.params else None


def _in_scope(call: Call, scope: int | None) -> list[Command]:
    return [one for one in call.world.state.commands.values() if one.guild_id == scope]


def _one(call: Call) -> Command:
    number = call.id("command_id")
    for found in _in_scope(call, _scope(call)):
        if found.id == number:
            return found
    raise Refused(Code.UNKNOWN_COMMAND)


def _all_for(base: str) -> tuple[Route, ...]:
    one = f"{base}/{{command_id}}"
    return (
        Route("GET", base, list_commands),
        Route("PUT", base, set_commands),
        Route("POST", base, add_command, status=201),
        Route("GET", one, get_command),
        Route("PATCH", one, edit_command),
        Route("DELETE", one, delete_command),
    )


ROUTES = (
    *_all_for("/applications/{application_id}/commands"),
    *_all_for("/applications/{application_id}/guilds/{guild_id}/commands"),
)
