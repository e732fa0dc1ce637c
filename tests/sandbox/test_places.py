"""Guilds, channels, members, threads and forum posts over REST."""

import pytest

from bot.sandbox import building
from bot.sandbox.enums import ChannelKind, Intent
from bot.sandbox.errors import NotPossibleError
from bot.sandbox.permissions import Permission
from bot.sandbox.threads import REQUIRE_TAG
from tests.discord.stage import Stage
from tests.sandbox.api import Api


def allow(stage: Stage, extra: Permission) -> None:
    role = building.bot_role(stage.world, stage.guild)
    building.set_permissions(stage.world, stage.guild, role, role.permissions | extra)


def deny(stage: Stage, denied: Permission) -> None:
    everyone = stage.guild.roles[stage.guild.id]
    role = building.bot_role(stage.world, stage.guild)
    for one in (everyone, role):
        rights = one.permissions & ~denied
        building.set_permissions(stage.world, stage.guild, one, rights)


async def test_a_guild_shows_its_parts(api: Api, stage: Stage) -> None:
    guild = f"/guilds/{stage.guild.id}"

    assert (await api.get(guild)).object["name"] == "BREED"
    counted = await api.get(f"{guild}?with_counts=true")
    assert counted.object["approximate_member_count"] == len(stage.guild.members)
    names = {str(one["name"]) for one in (await api.get(f"{guild}/channels")).objects}
    assert names == {"moderators", "algemeen", "reacties", "forum"}
    assert {"lid", "moderator"} <= {
        str(one["name"]) for one in (await api.get(f"{guild}/roles")).objects
    }
    member = await api.get(f"{guild}/members/{stage.anna.id}")
    assert member.object["roles"] == [str(stage.lid.id)]


async def test_members_are_listed_only_with_the_intent(api: Api, stage: Stage) -> None:
    path = f"/guilds/{stage.guild.id}/members"
    assert (await api.get(f"{path}?limit=100")).code == 50001
    found = (await api.get(f"{path}/search?query=an&limit=5")).objects
    assert len(found) == 1

    stage.world.state.application.intents = Intent.MEMBERS
    assert len((await api.get(f"{path}?limit=100")).objects) == len(stage.guild.members)


async def test_only_lower_roles_can_be_given(api: Api, stage: Stage) -> None:
    path = f"/guilds/{stage.guild.id}/members/{stage.bezoeker.id}/roles"
    assert (await api.put(f"{path}/{stage.lid.id}")).code == 50013
    allow(stage, Permission.MANAGE_ROLES)
    own = building.bot_role(stage.world, stage.guild)

    assert (await api.put(f"{path}/{stage.lid.id}")).status == 204
    assert stage.guild.members[stage.bezoeker.id].roles == [stage.lid.id]
    assert (await api.delete(f"{path}/{stage.lid.id}")).status == 204
    assert stage.guild.members[stage.bezoeker.id].roles == []
    assert (await api.put(f"{path}/{own.id}")).code == 50013
    stage.lid.position = own.position
    assert (await api.put(f"{path}/{stage.lid.id}")).code == 50013
    assert (await api.put(f"{path}/1")).code == 10011


async def test_channels_are_made_changed_and_deleted_with_the_right(api: Api, stage: Stage) -> None:
    path = f"/guilds/{stage.guild.id}/channels"
    assert (await api.post(path, {"name": "updates"})).code == 50013
    allow(stage, Permission.MANAGE_CHANNELS)
    overwrite = {"id": str(stage.guild.id), "type": 0, "deny": str(int(Permission.SEND_MESSAGES))}
    body = {"name": "updates", "type": 5, "topic": "t", "permission_overwrites": [overwrite]}
    made = await api.post(path, body)

    assert made.status == 201
    assert made.listed("permission_overwrites")[0]["deny"] == str(int(Permission.SEND_MESSAGES))
    changed = await api.patch(f"/channels/{made.id}", {"name": "nieuws", "topic": None})
    assert (changed.object["name"], changed.object["topic"]) == ("nieuws", None)
    assert (await api.patch(f"/channels/{made.id}", {"name": "x" * 101})).code == 50035
    assert (await api.delete(f"/channels/{made.id}")).status == 200
    assert (await api.get(f"/channels/{made.id}")).code == 10003
    assert (await api.post(path, {"name": "x", "type": 11})).code == 50035
    assert (await api.post(path, {})).faults("name") == ["BASE_TYPE_REQUIRED"]


async def test_a_hidden_channel_is_no_access(api: Api, stage: Stage) -> None:
    role = building.bot_role(stage.world, stage.guild)
    building.set_overwrite(stage.world, stage.moderators, role)

    assert (await api.get(f"/channels/{stage.moderators.id}")).code == 50001


async def test_a_dm_is_no_place_for_channel_settings(api: Api, stage: Stage) -> None:
    dm = stage.anna.dm_channel()

    assert (await api.get(f"/channels/{dm.id}")).object["type"] == ChannelKind.DM
    assert (await api.patch(f"/channels/{dm.id}", {"name": "x"})).code == 50003
    assert (await api.post(f"/channels/{dm.id}/threads", {"name": "x"})).code == 50003


async def test_a_message_carries_one_thread(api: Api, stage: Stage) -> None:
    said = stage.anna.say(stage.algemeen, "overleg")
    path = f"/channels/{stage.algemeen.id}/messages/{said.id}/threads"
    made = await api.post(path, {"name": "Overleg", "auto_archive_duration": 60})

    assert (made.status, made.id) == (201, str(said.id))
    assert (await api.post(path, {"name": "Nog een"})).code == 160004
    assert (await api.post(path, {"name": "x", "auto_archive_duration": 61})).code == 50035
    message = await api.get(f"/channels/{stage.algemeen.id}/messages/{said.id}")
    assert "thread" in message.object


async def test_a_thread_without_a_message_is_private_unless_told(api: Api, stage: Stage) -> None:
    path = f"/channels/{stage.algemeen.id}/threads"
    private = await api.post(path, {"name": "Stil"})
    public = await api.post(path, {"name": "Open", "type": 11})

    assert (private.object["type"], public.object["type"]) == (12, 11)
    hidden = stage.world.channel(int(private.id))
    assert not stage.anna.can(hidden, Permission.VIEW_CHANNEL)
    joined = await api.put(f"/channels/{private.id}/thread-members/{stage.anna.id}")
    assert joined.status == 204
    assert stage.anna.can(hidden, Permission.VIEW_CHANNEL)
    assert len((await api.get(f"/channels/{private.id}/thread-members")).objects) == 2


async def test_rights_decide_about_threads(api: Api, stage: Stage) -> None:
    path = f"/channels/{stage.algemeen.id}/threads"
    thread = await api.post(path, {"name": "Open", "type": 11})
    deny(stage, Permission.CREATE_PUBLIC_THREADS | Permission.SEND_MESSAGES_IN_THREADS)

    assert (await api.post(path, {"name": "Open", "type": 11})).code == 50013
    assert (await api.post(f"/channels/{thread.id}/messages", {"content": "x"})).code == 50013


async def test_an_archived_thread_is_opened_before_it_is_changed(api: Api, stage: Stage) -> None:
    thread = await api.post(f"/channels/{stage.algemeen.id}/threads", {"name": "Open", "type": 11})
    path = f"/channels/{thread.id}"
    sent = await api.post(f"{path}/messages", {"content": "x"})
    await api.patch(path, {"archived": True})

    assert (await api.patch(path, {"name": "Nieuw"})).code == 50083
    assert (await api.patch(f"{path}/messages/{sent.id}", {"content": "y"})).code == 50083
    assert (await api.delete(f"{path}/messages/{sent.id}")).code == 50083
    assert (await api.put(f"{path}/messages/{sent.id}/reactions/👍/@me")).code == 50083
    archived = await api.get(f"/channels/{stage.algemeen.id}/threads/archived/public")
    assert [one["id"] for one in archived.listed("threads")] == [thread.id]
    reopened = await api.patch(path, {"archived": False, "name": "Nieuw"})
    assert reopened.object["name"] == "Nieuw"
    active = await api.get(f"/guilds/{stage.guild.id}/threads/active")
    assert [one["id"] for one in active.listed("threads")] == [thread.id]


async def test_a_new_message_opens_an_archived_thread_unless_locked(api: Api, stage: Stage) -> None:
    thread = await api.post(f"/channels/{stage.algemeen.id}/threads", {"name": "Open", "type": 11})
    path = f"/channels/{thread.id}"
    await api.patch(path, {"archived": True})
    assert (await api.post(f"{path}/messages", {"content": "x"})).status == 200
    kept = stage.world.channel(int(thread.id)).thread
    assert kept is not None
    assert not kept.archived

    assert (await api.patch(path, {"locked": True})).code == 50013
    kept.locked = True
    assert (await api.post(f"{path}/messages", {"content": "x"})).code == 160005
    allow(stage, Permission.MANAGE_THREADS)
    assert (await api.post(f"{path}/messages", {"content": "x"})).status == 200


async def test_a_forum_post_begins_with_a_message_and_tags(api: Api, stage: Stage) -> None:
    path = f"/channels/{stage.forum.id}/threads"
    tags = [str(tag.id) for tag in stage.forum.tags]
    body = {"name": "Post", "message": {"content": "begin"}, "applied_tags": tags[:1]}
    made = await api.post(path, body)
    first = made.object["message"]

    assert isinstance(first, dict)
    assert first["id"] == made.id
    assert made.object["applied_tags"] == tags[:1]
    assert (await api.post(path, {"name": "Post"})).faults("message") == ["BASE_TYPE_REQUIRED"]
    assert (await api.post(path, {**body, "name": "x" * 101})).code == 50035
    assert (await api.post(path, {**body, "applied_tags": ["1"]})).code == 50035
    assert (await api.post(path, {**body, "applied_tags": tags * 3})).code == 50035
    assert (await api.post(path, {**body, "message": {"content": ""}})).code == 50006
    stage.forum.flags = REQUIRE_TAG
    assert (await api.post(path, {**body, "applied_tags": []})).code == 40067


async def test_a_creation_does_not_look_at_nonces(api: Api, stage: Stage) -> None:
    body = {"name": "P", "message": {"content": "x", "nonce": "n", "enforce_nonce": True}}
    path = f"/channels/{stage.forum.id}/threads"

    assert (await api.post(path, body)).id != (await api.post(path, body)).id


async def test_deleting_a_channel_takes_its_threads_along(api: Api, stage: Stage) -> None:
    thread = await api.post(f"/channels/{stage.algemeen.id}/threads", {"name": "Open", "type": 11})
    building.remove_channel(stage.world, stage.algemeen)

    assert (await api.get(f"/channels/{thread.id}")).code == 10003
    with pytest.raises(NotPossibleError):
        stage.anna.say(stage.moderators, "mag ik hier?")


async def test_reactions_need_rights_and_are_unicode_emoji(api: Api, stage: Stage) -> None:
    said = stage.anna.say(stage.algemeen, "hoi")
    path = f"/channels/{stage.algemeen.id}/messages/{said.id}/reactions"

    assert (await api.put(f"{path}/👍/@me")).status == 204
    assert said.reactions == {"👍": [stage.world.bot.id]}
    stage.anna.react(said, "👍")
    assert len((await api.get(f"{path}/👍")).objects) == 2
    assert (await api.put(f"{path}/abc/@me")).code == 10014
    assert (await api.delete(f"{path}/👍/{stage.anna.id}")).code == 50013
    assert (await api.delete(f"{path}/👍/@me")).status == 204
    assert (await api.delete(f"{path}/👍/@me")).code == 10014
    deny(stage, Permission.ADD_REACTIONS)
    assert (await api.put(f"{path}/👎/@me")).code == 50013
    allow(stage, Permission.MANAGE_MESSAGES)
    assert (await api.delete(path)).status == 204
    assert said.reactions == {}


async def test_a_message_has_at_most_twenty_kinds_of_reactions(api: Api, stage: Stage) -> None:
    said = stage.anna.say(stage.algemeen, "hoi")
    for number in range(20):
        stage.anna.react(said, chr(0x1F600 + number))

    path = f"/channels/{stage.algemeen.id}/messages/{said.id}/reactions/👍/@me"
    assert (await api.put(path)).code == 30010


async def test_the_bot_joins_and_leaves_threads(api: Api, stage: Stage) -> None:
    thread = stage.anna.start_thread(stage.anna.say(stage.algemeen, "hoi"), "Draad")
    path = f"/channels/{thread.id}/thread-members"

    assert (await api.put(f"{path}/@me")).status == 204
    assert {str(one["user_id"]) for one in (await api.get(path)).objects} == {
        str(stage.anna.id),
        str(stage.world.bot.id),
    }
    assert (await api.delete(f"{path}/@me")).status == 204
    assert len((await api.get(path)).objects) == 1
    assert thread.thread is not None
    thread.thread.archived = True
    assert (await api.put(f"{path}/@me")).code == 50083
    assert (await api.put(f"/channels/{stage.algemeen.id}/thread-members/@me")).code == 50024
