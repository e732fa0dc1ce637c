"""A person's use of a command: found, checked as Discord's client does, and put into words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot.sandbox.bodies.commands import CommandBody, Option
from bot.sandbox.enums import CommandKind
from bot.sandbox.enums import OptionKind as Kind
from bot.sandbox.errors import impossible
from bot.sandbox.message_records import Message
from bot.sandbox.permissions import Permission
from bot.sandbox.posting import Upload
from bot.sandbox.records import Channel, Role, User
from bot.sandbox.resolved import Resolved
from bot.sandbox.wire import Payload
from bot.sandbox.world import Command, World

OptionValue: TypeAlias = str | int | float | bool | User | Role | Channel | Upload
NESTING = frozenset({Kind.SUBCOMMAND, Kind.SUBCOMMAND_GROUP})
LONGEST_TEXT = 6000
LARGEST_NUMBER = 1 << 53


@dataclass(frozen=True, slots=True)
class Use:
    """A checked use of a command: what the bot gets as `data`."""

    command: Command
    path: str
    data: Payload


def usable_commands(world: World, user_id: int, channel: Channel) -> list[Command]:
    """Return the commands that a person is offered in `channel`, a guild's own before global."""
    found = [
        one
        for one in world.state.commands.values()
        if one.guild_id in {None, channel.guild_id} and _may_use(world, user_id, channel, one.body)
    ]
    return sorted(found, key=lambda one: one.guild_id is None)


def _may_use(world: World, user_id: int, channel: Channel, body: CommandBody) -> bool:
    if channel.is_dm:
        return body.works_in_dms
    bits = world.permissions(user_id, channel)
    if not bits & Permission.USE_APPLICATION_COMMANDS:
        return False
    needed = body.default_member_permissions
    if needed is None:
        return True
    if bits & Permission.ADMINISTRATOR:
        return True
    return needed != 0 and bits & needed == needed


def find_command(
    world: World, user_id: int, channel: Channel, name: str, kind: CommandKind
) -> Command:
    """Return the command that a person means. Raises NotPossibleError."""
    for one in usable_commands(world, user_id, channel):
        if one.body.name == name and one.body.type is kind:
            return one
    known = any(one.body.name == name for one in world.state.commands.values())
    reason = "is not offered to this person here" if known else "is not registered"
    raise impossible(why=f"{name!r} {reason}")


@dataclass(frozen=True, slots=True)
class Typed:
    """What a person typed: a command by its path ("kennis zoeken") and its options.

    `focused` is the option that the person is typing in (autocomplete): then required options may
    still be missing.
    """

    path: str
    options: Mapping[str, OptionValue]
    focused: str | None = None


def use_of(world: World, user_id: int, channel: Channel, typed: Typed) -> Use:
    """Return the use of a slash command. Raises NotPossibleError."""
    path, options, focused = typed.path, typed.options, typed.focused
    name, *below = path.split()
    command = find_command(world, user_id, channel, name, CommandKind.CHAT_INPUT)
    chain, expected = _descend(command.body, below)
    _check_names(expected, options, focused)
    resolved = Resolved(world, channel)
    given: list[Payload] = []
    for option in expected:
        if option.name in options:
            is_focused = option.name == focused
            value = _value(option, options[option.name], resolved, is_focused=is_focused)
            item: Payload = {"name": option.name, "type": int(option.type), "value": value}
            given.append({**item, "focused": True} if is_focused else item)
    for step in reversed(chain):
        given = [{"name": step.name, "type": int(step.type), "options": given}]
    data: Payload = {
        "id": str(command.id),
        "name": name,
        "type": int(CommandKind.CHAT_INPUT),
        "options": given,
        **resolved.payload(),
    }
    if command.guild_id is not None:
        data["guild_id"] = str(command.guild_id)
    return Use(command, path, data)


def context_use(
    world: World, user_id: int, channel: Channel, name: str, target: Message | User
) -> Use:
    """Return the use of a context menu command on a message or person."""
    kind = CommandKind.MESSAGE if isinstance(target, Message) else CommandKind.USER
    command = find_command(world, user_id, channel, name, kind)
    resolved = Resolved(world, channel)
    resolved.add(target)
    data: Payload = {
        "id": str(command.id),
        "name": name,
        "type": int(kind),
        "target_id": str(target.id),
        **resolved.payload(),
    }
    return Use(command, name, data)


def _descend(body: CommandBody, below: list[str]) -> tuple[list[Option], list[Option]]:
    chain: list[Option] = []
    options = body.options
    for step in below:
        found = next((one for one in options if one.name == step and one.type in NESTING), None)
        if found is None:
            raise impossible(why=f"/{body.name} has no subcommand {step!r}")
        chain.append(found)
        options = found.options
    if any(one.type in NESTING for one in options):
        raise impossible(why=f"/{body.name} needs a subcommand")
    return chain, options


def _check_names(
    expected: list[Option], options: Mapping[str, OptionValue], focused: str | None
) -> None:
    names = {one.name for one in expected}
    unknown = set(options) - names
    if unknown:
        raise impossible(why=f"no option {sorted(unknown)}; there is {sorted(names)}")
    missing = [one.name for one in expected if one.required and one.name not in options]
    if missing and focused is None:
        raise impossible(why=f"required option {missing} is missing")
    if focused is not None and not any(one.autocomplete for one in expected if one.name == focused):
        raise impossible(why=f"{focused!r} has no autocomplete")


def _value(
    option: Option, value: OptionValue, resolved: Resolved, *, is_focused: bool
) -> str | int | float | bool:
    kind = option.type
    if isinstance(value, User | Role | Channel | Upload):
        return _refer(option, value, resolved)
    if is_focused:
        return str(value)
    fits = {
        Kind.STRING: isinstance(value, str),
        Kind.INTEGER: isinstance(value, int) and not isinstance(value, bool),
        Kind.NUMBER: isinstance(value, int | float) and not isinstance(value, bool),
        Kind.BOOLEAN: isinstance(value, bool),
    }
    if not fits.get(kind, False):
        raise impossible(why=f"{option.name!r} takes {kind.name}, not {value!r}")
    _check_bounds(option, value)
    if option.choices and value not in [one.value for one in option.choices]:
        raise impossible(why=f"{value!r} is not among the choices of {option.name!r}")
    return value


def _check_bounds(option: Option, value: str | float) -> None:
    if isinstance(value, str):
        size: float = len(value)
        low: float = option.min_length or 0
        high: float = option.max_length or LONGEST_TEXT
    elif isinstance(value, bool):
        return
    else:
        low = -LARGEST_NUMBER if option.min_value is None else option.min_value
        high = LARGEST_NUMBER if option.max_value is None else option.max_value
        size = value
    if not low <= size <= high or (option.required and value == ""):
        raise impossible(why=f"{option.name!r} must be {low} to {high}")


def _refer(option: Option, value: User | Role | Channel | Upload, resolved: Resolved) -> str:
    takes = {
        Kind.USER: User,
        Kind.CHANNEL: Channel,
        Kind.ROLE: Role,
        Kind.MENTIONABLE: User | Role,
        Kind.ATTACHMENT: Upload,
    }.get(option.type)
    if takes is None or not isinstance(value, takes):
        raise impossible(why=f"{option.name!r} takes {option.type.name}, not {value!r}")
    types = option.channel_types
    if isinstance(value, Channel) and types and value.kind not in types:
        raise impossible(why=f"{option.name!r} does not take a {value.kind.name} channel")
    return resolved.add(value)
