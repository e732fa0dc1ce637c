"""The bot itself: its user, its application, where its gateway is."""

from bot.sandbox.bodies.base import Body, Snowflake
from bot.sandbox.building import dm_with
from bot.sandbox.enums import PRIVILEGED, Intent
from bot.sandbox.errors import Code, Refused
from bot.sandbox.payloads.channels import channel
from bot.sandbox.payloads.people import own_user, user
from bot.sandbox.permissions import in_guild
from bot.sandbox.routes.call import Call, Route
from bot.sandbox.wire import Payload

LIMITED_FLAGS = {
    Intent.PRESENCES: 1 << 13,
    Intent.MEMBERS: 1 << 15,
    Intent.MESSAGE_CONTENT: 1 << 19,
}
"""Application flags that say that a privileged intent was granted to a small bot."""


class Recipient(Body):
    """Whom to talk with."""

    recipient_id: Snowflake


def get_gateway(call: Call) -> Payload:
    """Say where to connect."""
    return {"url": call.gateway_url}


def get_gateway_bot(call: Call) -> Payload:
    """Say where to connect and with how many shards."""
    limit = {"total": 1000, "remaining": 1000, "reset_after": 86_400_000, "max_concurrency": 16}
    return {"url": call.gateway_url, "shards": 1, "session_start_limit": limit}


def get_me(call: Call) -> Payload:
    """Return the bot's own user."""
    return own_user(call.world.bot)


def get_user(call: Call) -> Payload:
    """Return anybody's user."""
    return user(call.world.user(call.id("user_id")))


def list_my_guilds(call: Call) -> list[Payload]:
    """Return the guilds that the bot is in."""
    bot_id = call.world.bot.id
    guilds = [one for one in call.world.state.guilds.values() if bot_id in one.members]
    return [
        {
            "id": str(guild.id),
            "name": guild.name,
            "icon": None,
            "banner": None,
            "owner": False,
            "features": list(guild.features),
            "permissions": str(in_guild(guild, guild.members[bot_id])),
        }
        for guild in guilds
    ]


def open_dm(call: Call) -> Payload:
    """Open the conversation with somebody; this works for everybody, sending may not."""
    recipient = call.body(Recipient).recipient_id
    person = call.world.state.users.get(recipient)
    if person is None or person.bot:
        raise Refused(Code.INVALID_RECIPIENT)
    return channel(call.world, dm_with(call.world, person))


def get_application(call: Call) -> Payload:
    """Return the application, with its flags and owner."""
    world = call.world
    application = world.state.application
    granted = PRIVILEGED & application.intents
    flags = sum(flag for intent, flag in LIMITED_FLAGS.items() if intent & granted)
    return {
        "id": str(application.id),
        "name": application.name,
        "icon": None,
        "description": application.description,
        "type": None,
        "bot": user(world.bot),
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": flags,
        "flags_new": str(flags),
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": user(world.user(application.owner_id)),
        "approximate_guild_count": len(world.state.guilds),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": [],
        "integration_types_config": {"0": {}},
        "tags": [],
    }


ROUTES = (
    Route("GET", "/gateway", get_gateway, is_open=True),
    Route("GET", "/gateway/bot", get_gateway_bot),
    Route("GET", "/users/@me", get_me),
    Route("GET", "/users/@me/guilds", list_my_guilds),
    Route("POST", "/users/@me/channels", open_dm),
    Route("GET", "/users/{user_id}", get_user),
    Route("GET", "/applications/@me", get_application),
    Route("GET", "/oauth2/applications/@me", get_application),
)
