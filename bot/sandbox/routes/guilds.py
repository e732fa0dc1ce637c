"""Guilds: themselves, their roles and their members."""

from bot.sandbox.building import set_roles
from bot.sandbox.enums import Intent
from bot.sandbox.errors import Code, Refused
from bot.sandbox.payloads.channels import channel
from bot.sandbox.payloads.guilds import guild as guild_payload
from bot.sandbox.payloads.people import member, role
from bot.sandbox.permissions import Permission
from bot.sandbox.records import Guild, Member, Role
from bot.sandbox.routes.call import Call, Route
from bot.sandbox.wire import Payload


def get_guild(call: Call) -> Payload:
    """Return a guild."""
    found = call.guild()
    counts: Payload = {
        "approximate_member_count": len(found.members),
        "approximate_presence_count": len(found.members),
    }
    return {**guild_payload(found), **(counts if call.query.get("with_counts") else {})}


def list_channels(call: Call) -> list[Payload]:
    """Return the channels of a guild, without threads."""
    found = call.world.channels_of(call.guild())
    return [channel(call.world, one) for one in found if not one.is_thread]


def list_roles(call: Call) -> list[Payload]:
    """Return the roles of a guild."""
    return [role(one) for one in call.guild().roles.values()]


def get_member(call: Call) -> Payload:
    """Return one member; this needs no intent."""
    guild = call.guild()
    return _shown(call, call.world.member(guild, call.id("user_id")))


def list_members(call: Call) -> list[Payload]:
    """Return members by id; Discord gives them only with the privileged intent."""
    guild = call.guild()
    if not call.world.state.application.intents & Intent.MEMBERS:
        raise Refused(Code.MISSING_ACCESS, why="the members intent was not granted")
    after = call.query_id("after") or 0
    limit = call.number("limit", 1, most=1000)
    found = sorted(one for one in guild.members if one > after)[:limit]
    return [_shown(call, guild.members[one]) for one in found]


def search_members(call: Call) -> list[Payload]:
    """Return members whose name or nick begins with the query."""
    guild = call.guild()
    text = call.query.get("query", "").casefold()
    limit = call.number("limit", 1, most=1000)
    found = [one for one in guild.members.values() if _is_called(call, one, text)]
    return [_shown(call, one) for one in found[:limit]]


def _is_called(call: Call, found: Member, text: str) -> bool:
    names = (call.world.user(found.user_id).name, found.nick or "")
    return any(name.casefold().startswith(text) for name in names)


def _shown(call: Call, found: Member) -> Payload:
    return member(found, call.world.user(found.user_id))


def give_role(call: Call) -> None:
    """Give somebody a role below the bot's own highest one."""
    guild, found, given = _role_change(call)
    if given.id not in found.roles:
        _set(call, guild, found, [*found.roles, given.id])


def take_role(call: Call) -> None:
    """Take a role from somebody."""
    guild, found, taken = _role_change(call)
    if taken.id in found.roles:
        _set(call, guild, found, [one for one in found.roles if one != taken.id])


def _role_change(call: Call) -> tuple[Guild, Member, Role]:
    guild = call.guild(Permission.MANAGE_ROLES)
    found = call.world.member(guild, call.id("user_id"))
    changed = call.world.role(guild, call.id("role_id"))
    own = guild.members[call.world.bot.id].roles
    highest = max((guild.roles[one].position for one in own), default=0)
    if changed.position >= highest or changed.bot_id is not None or changed.id == guild.id:
        raise Refused(Code.MISSING_PERMISSIONS, why=f"the role {changed.name} is too high")
    return guild, found, changed


def _set(call: Call, guild: Guild, found: Member, roles: list[int]) -> None:
    person = call.world.user(found.user_id)
    set_roles(call.world, guild, person, [guild.roles[one] for one in roles])


_GUILD = "/guilds/{guild_id}"
_MEMBER = f"{_GUILD}/members/{{user_id}}"

ROUTES = (
    Route("GET", _GUILD, get_guild),
    Route("GET", f"{_GUILD}/channels", list_channels),
    Route("GET", f"{_GUILD}/roles", list_roles),
    Route("GET", f"{_GUILD}/members", list_members),
    Route("GET", f"{_GUILD}/members/search", search_members),
    Route("GET", _MEMBER, get_member),
    Route("PUT", f"{_MEMBER}/roles/{{role_id}}", give_role),
    Route("DELETE", f"{_MEMBER}/roles/{{role_id}}", take_role),
)
