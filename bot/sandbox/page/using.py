"""How a person uses the bot by the page: commands, menus, buttons, selects, forms."""

from collections.abc import Mapping

from pydantic import JsonValue

from bot.sandbox.asked import Asked
from bot.sandbox.bodies.commands import Option
from bot.sandbox.bodies.controls import EntitySelect
from bot.sandbox.bodies.modals import FileUpload, FormField, Modal
from bot.sandbox.enums import CommandKind, OptionKind
from bot.sandbox.errors import NotPossibleError
from bot.sandbox.forms import Chosen, Filled
from bot.sandbox.message_records import Message
from bot.sandbox.page.reading import Fault, PageError, Wanted, id_of, invalid, upload
from bot.sandbox.page.view import View
from bot.sandbox.records import Channel, Role, User
from bot.sandbox.slash import OptionValue, find_command
from bot.sandbox.wire import Payload


def channel_of(view: View, wanted: Wanted, name: str = "channel") -> Channel:
    """Return a channel that the person sees. Raises PageError for any other."""
    found = view.world.state.channels.get(wanted.id(name))
    if found is None or not view.may_see(found.id):
        raise PageError(Fault.NOT_FOUND)
    return found


def message_of(view: View, wanted: Wanted) -> Message:
    """Return a message that the person sees. Raises PageError for any other."""
    channel = channel_of(view, wanted)
    found = view.world.state.messages.get(channel.id, {}).get(wanted.id("message"))
    if found is None or not view.person.sees(found):
        raise PageError(Fault.NOT_FOUND)
    return found


def commands(view: View, wanted: Wanted) -> Payload:
    """Return the commands and menus that the person may use in a channel."""
    found = view.person.commands(channel_of(view, wanted))
    return {"commands": [{**one.body.wire(), "id": str(one.id)} for one in found]}


def slash(view: View, wanted: Wanted) -> Payload:
    """Use a slash command."""
    channel, path = channel_of(view, wanted), wanted.text("path")
    return _asked(view.person.slash(channel, path, _options(view, channel, wanted)))


def autocomplete(view: View, wanted: Wanted) -> Payload:
    """Type in an option of a slash command; what the bot offers comes as an event."""
    channel, path, focused = channel_of(view, wanted), wanted.text("path"), wanted.text("focused")
    options = _options(view, channel, wanted, focused=focused)
    return _asked(view.person.autocomplete(channel, path, focused, options))


def menu(view: View, wanted: Wanted) -> Payload:
    """Use a context menu command on a message."""
    channel = channel_of(view, wanted)
    return _asked(view.person.menu(channel, wanted.text("name"), message_of(view, wanted)))


def click(view: View, wanted: Wanted) -> Payload:
    """Press a button."""
    return _asked(view.person.click(message_of(view, wanted), wanted.text("custom_id")))


def choose(view: View, wanted: Wanted) -> Payload:
    """Choose in a select."""
    message, custom_id = message_of(view, wanted), wanted.text("custom_id")
    select = next((one for one in message.selects() if one.custom_id == custom_id), None)
    is_entity = isinstance(select, EntitySelect)
    values: list[Chosen] = [
        _entity(view, one) if is_entity else one for one in wanted.texts("values")
    ]
    return _asked(view.person.choose(message, values, custom_id=custom_id))


def submit(view: View, wanted: Wanted) -> Payload:
    """Send a form that the bot opened for this person."""
    opened = view.world.interactions.get(wanted.id("interaction"))
    if opened is None or opened.user_id != view.person.id or opened.modal is None:
        raise PageError(Fault.NOT_FOUND)
    filled = _filled(view, opened.modal, wanted.values("values"))
    return _asked(view.person.submit(Asked(view.world, opened), filled))


def _asked(asked: Asked) -> Payload:
    return {"interaction": str(asked.interaction.id)}


def _options(
    view: View, channel: Channel, wanted: Wanted, *, focused: str | None = None
) -> dict[str, OptionValue]:
    given = wanted.values("options")
    name, *below = wanted.text("path").split() or [""]
    body = find_command(view.world, view.person.id, channel, name, CommandKind.CHAT_INPUT).body
    expected: list[Option] = body.options
    for step in below:
        expected = next((one.options for one in expected if one.name == step), list[Option]())
    known = {one.name: one for one in expected}
    if set(given) - set(known):
        raise invalid()
    return {
        key: str(value) if key == focused else _option(view, known[key], value)
        for key, value in given.items()
    }


def _option(view: View, option: Option, value: JsonValue) -> OptionValue:
    kind = option.type
    if kind in {OptionKind.USER, OptionKind.ROLE, OptionKind.CHANNEL, OptionKind.MENTIONABLE}:
        return _entity(view, value)
    if kind is OptionKind.ATTACHMENT:
        return upload(value)
    if isinstance(value, str | int | float | bool):
        return value
    raise invalid()


def _entity(view: View, value: JsonValue) -> User | Role | Channel:
    wanted, state = id_of(value), view.world.state
    if wanted in state.users:
        return state.users[wanted]
    if wanted in state.channels and view.may_see(wanted):
        return state.channels[wanted]
    for guild in state.guilds.values():
        if wanted in guild.roles and view.person.id in guild.members:
            return guild.roles[wanted]
    raise PageError(Fault.NOT_FOUND)


def _filled(view: View, modal: Modal, values: Mapping[str, JsonValue]) -> dict[str, Filled]:
    fields = {one.custom_id: one for one in modal.fields()}
    if set(values) - set(fields):
        raise NotPossibleError
    return {key: _field(view, fields[key], value) for key, value in values.items()}


def _field(view: View, field: FormField, value: JsonValue) -> Filled:
    if isinstance(value, str | bool):
        return value
    if not isinstance(value, list):
        raise invalid()
    if isinstance(field, FileUpload):
        return [upload(one) for one in value]
    if isinstance(field, EntitySelect):
        return [_entity(view, one) for one in value]
    if not all(isinstance(one, str) for one in value):
        raise invalid()
    return [str(one) for one in value]
