"""Sending, reading, changing and deleting messages: what is allowed, and what is refused."""

import pytest

from bot.sandbox import building
from bot.sandbox.enums import ChannelKind, Intent, MessageFlag
from bot.sandbox.people import Person
from bot.sandbox.permissions import Permission
from bot.sandbox.posting import LARGEST_FILE
from tests.discord.clock import HandClock
from tests.discord.stage import Stage
from tests.sandbox.api import Api


def messages(stage: Stage) -> str:
    return f"/channels/{stage.algemeen.id}/messages"


def deny(stage: Stage, denied: Permission) -> None:
    role = building.bot_role(stage.world, stage.guild)
    building.set_overwrite(stage.world, stage.algemeen, role, deny=denied)


@pytest.mark.parametrize("content", [None, "", "  \n ", "\t"])
async def test_an_empty_message_is_refused(api: Api, stage: Stage, content: str | None) -> None:
    assert (await api.post(messages(stage), {"content": content})).code == 50006


async def test_a_message_of_2000_characters_is_the_longest(api: Api, stage: Stage) -> None:
    assert (await api.post(messages(stage), {"content": "x" * 2000})).status == 200
    assert (await api.post(messages(stage), {"content": "x" * 2001})).code == 50035


async def test_embeds_have_limits_alone_and_together(api: Api, stage: Stage) -> None:
    async def code(*embeds: object) -> int:
        return (await api.post(messages(stage), {"embeds": list(embeds)})).code

    field = {"name": "n", "value": "v"}
    assert await code({"description": "x" * 4096}) == 0
    assert await code({"description": "x" * 4097}) == 50035
    assert await code({"description": "x" * 3000}, {"description": "x" * 3000}) == 0
    assert await code({"description": "x" * 3000}, {"description": "x" * 3001}) == 50035
    assert await code(*[{"title": "t"}] * 10) == 0
    assert await code(*[{"title": "t"}] * 11) == 50035
    assert await code({"fields": [field] * 25}) == 0
    assert await code({"fields": [field] * 26}) == 50035
    assert await code({"footer": {"text": "x" * 2049}}) == 50035
    assert await code({"author": {"name": "x" * 257}}) == 50035
    assert await code({"color": 5}) == 50035
    assert await code({"title": "t", "url": "javascript:alert(1)"}) == 50035
    assert await code({"title": "t", "timestamp": "yesterday"}) == 50035


@pytest.mark.parametrize(
    ("denied", "body", "code"),
    [
        (Permission.VIEW_CHANNEL, {"content": "x"}, 50001),
        (Permission.SEND_MESSAGES, {"content": "x"}, 50013),
        (Permission.EMBED_LINKS, {"embeds": [{"title": "x"}]}, 50013),
        (Permission.EMBED_LINKS, {"content": "x"}, 0),
    ],
)
async def test_rights_decide_what_can_be_sent(
    api: Api, stage: Stage, denied: Permission, body: dict[str, object], code: int
) -> None:
    deny(stage, denied)

    assert (await api.post(messages(stage), body)).code == code


async def test_a_forum_takes_no_messages(api: Api, stage: Stage) -> None:
    path = f"/channels/{stage.forum.id}/messages"

    assert (await api.post(path, {"content": "x"})).code == 50008


async def test_files_come_with_a_message(api: Api, stage: Stage) -> None:
    body = {"attachments": [{"id": 0, "description": "alt"}]}
    result = await api.upload(messages(stage), body, {"a.txt": b"inhoud"})
    kept = next(iter(stage.world.state.files.values()))

    assert result.status == 200
    assert (kept.name, kept.data) == ("a.txt", b"inhoud")
    assert stage.world.messages_in(stage.algemeen)[0].attachments[0].description == "alt"
    assert await api.download(str(result.listed("attachments")[0]["url"])) == b"inhoud"


async def test_files_need_their_right_and_have_a_limit(api: Api, stage: Stage) -> None:
    too_large = await api.upload(messages(stage), {}, {"a.bin": bytes(LARGEST_FILE + 1)})
    unknown = await api.post(messages(stage), {"content": "x", "attachments": [{"id": 3}]})
    deny(stage, Permission.ATTACH_FILES)
    denied = await api.upload(messages(stage), {}, {"a.txt": b"x"})

    assert (too_large.status, too_large.code) == (413, 40005)
    assert unknown.faults("attachments", "0") == ["ATTACHMENT_NOT_FOUND"]
    assert denied.code == 50013


async def test_the_same_nonce_makes_one_message_for_some_minutes(
    api: Api, stage: Stage, clock: HandClock
) -> None:
    body = {"content": "x", "nonce": "n1", "enforce_nonce": True}
    first = await api.post(messages(stage), body)
    again = await api.post(messages(stage), body)
    not_enforced = await api.post(messages(stage), {**body, "enforce_nonce": False})
    clock.forward(minutes=6)
    later = await api.post(messages(stage), body)

    assert first.id == again.id
    assert len({first.id, not_enforced.id, later.id}) == 3
    assert first.object["nonce"] == "n1"


async def test_a_nonce_counts_in_its_own_channel_and_is_at_most_25_long(
    api: Api, stage: Stage
) -> None:
    body = {"content": "x", "nonce": "n" * 25, "enforce_nonce": True}
    first = await api.post(messages(stage), body)
    other = await api.post(f"/channels/{stage.reacties.id}/messages", body)
    too_long = await api.post(messages(stage), {**body, "nonce": "n" * 26})

    assert first.id != other.id
    assert too_long.code == 50035


async def test_history_does_not_tell_a_nonce(api: Api, stage: Stage) -> None:
    await api.post(messages(stage), {"content": "x", "nonce": "n1"})

    assert "nonce" not in (await api.get(messages(stage))).objects[0]


async def test_a_reply_needs_its_message_and_the_right_to_read_back(api: Api, stage: Stage) -> None:
    said = stage.anna.say(stage.algemeen, "hoi")
    elsewhere = stage.anna.say(stage.reacties, "hoi")
    good = {"content": "x", "message_reference": {"message_id": str(said.id)}}
    gone = {"content": "x", "message_reference": {"message_id": "1"}}
    other = {"content": "x", "message_reference": {"message_id": str(elsewhere.id)}}
    lenient = {
        "content": "x",
        "message_reference": {"message_id": "1", "fail_if_not_exists": False},
    }

    replied = await api.post(messages(stage), good)
    assert replied.object["type"] == 19
    assert (await api.post(messages(stage), gone)).faults("message_reference") == [
        "MESSAGE_REFERENCE_UNKNOWN_MESSAGE"
    ]
    assert (await api.post(messages(stage), other)).code == 50035
    assert (await api.post(messages(stage), lenient)).object["type"] == 0
    deny(stage, Permission.READ_MESSAGE_HISTORY)
    assert (await api.post(messages(stage), good)).code == 160002


async def test_only_the_author_edits(api: Api, stage: Stage) -> None:
    said = stage.anna.say(stage.algemeen, "hoi")
    own = (await api.post(messages(stage), {"content": "een"})).object["id"]

    assert (await api.patch(f"{messages(stage)}/{said.id}", {"content": "x"})).code == 50005
    changed = await api.patch(f"{messages(stage)}/{own}", {"content": "twee"})
    emptied = await api.patch(f"{messages(stage)}/{own}", {"content": ""})
    assert changed.object["content"] == "twee"
    assert changed.object["edited_timestamp"] is not None
    assert emptied.code == 50006


async def test_deleting_others_messages_needs_the_right(api: Api, stage: Stage) -> None:
    said = stage.anna.say(stage.algemeen, "hoi")
    path = f"{messages(stage)}/{said.id}"
    assert (await api.delete(path)).code == 50013

    role = building.bot_role(stage.world, stage.guild)
    rights = role.permissions | Permission.MANAGE_MESSAGES
    building.set_permissions(stage.world, stage.guild, role, rights)
    assert (await api.delete(path)).status == 204
    assert (await api.delete(path)).code == 10008


async def test_bulk_delete_takes_2_to_100_young_messages(
    api: Api, stage: Stage, clock: HandClock
) -> None:
    role = building.bot_role(stage.world, stage.guild)
    rights = role.permissions | Permission.MANAGE_MESSAGES
    building.set_permissions(stage.world, stage.guild, role, rights)
    ids = [str(stage.anna.say(stage.algemeen, "hoi").id) for _ in range(3)]
    path = f"{messages(stage)}/bulk-delete"

    assert (await api.post(path, {"messages": ids[:1]})).code == 50016
    assert (await api.post(path, {"messages": ids[:2]})).status == 204
    clock.forward(days=15)
    assert (await api.post(path, {"messages": [ids[2], ids[1]]})).code == 50034


async def test_history_pages_in_every_direction(api: Api, stage: Stage) -> None:
    ids = [str(stage.anna.say(stage.algemeen, f"{number}").id) for number in range(6)]

    async def page(query: str) -> list[object]:
        return [one["id"] for one in (await api.get(f"{messages(stage)}?{query}")).objects]

    assert await page("limit=2") == [ids[5], ids[4]]
    assert await page(f"limit=2&before={ids[4]}") == [ids[3], ids[2]]
    assert await page(f"limit=2&after={ids[1]}") == [ids[3], ids[2]]
    assert await page(f"limit=3&around={ids[3]}") == [ids[4], ids[3], ids[2]]
    assert (await api.get(f"{messages(stage)}?limit=101")).code == 50035
    deny(stage, Permission.READ_MESSAGE_HISTORY)
    assert await page("limit=2") == []


async def test_history_withholds_text_until_the_intent_is_granted(api: Api, stage: Stage) -> None:
    stage.anna.say(stage.algemeen, "niet voor de bot")
    assert (await api.get(messages(stage))).objects[0]["content"] == ""

    stage.world.state.application.intents = Intent.MESSAGE_CONTENT
    assert (await api.get(messages(stage))).objects[0]["content"] == "niet voor de bot"


async def test_dms_need_an_open_door_and_a_common_guild(api: Api, stage: Stage) -> None:
    stranger = Person.new(stage.world, "Vreemde")

    async def send(person: Person) -> int:
        channel = await api.post("/users/@me/channels", {"recipient_id": str(person.id)})
        return (await api.post(f"/channels/{channel.object['id']}/messages", {"content": "x"})).code

    assert await send(stage.anna) == 0
    stage.anna.close_dms()
    assert await send(stage.anna) == 50007
    stage.anna.open_dms()
    assert await send(stage.anna) == 0
    assert await send(stranger) == 50007
    bot_id = str(stage.world.bot.id)
    assert (await api.post("/users/@me/channels", {"recipient_id": bot_id})).code == 50033


async def test_only_announcements_are_published_and_once(api: Api, stage: Stage) -> None:
    channel = building.add_channel(stage.world, stage.guild, "updates", ChannelKind.ANNOUNCEMENT)
    path = f"/channels/{channel.id}/messages"
    sent = (await api.post(path, {"content": "nieuws"})).object["id"]
    plain = (await api.post(messages(stage), {"content": "praat"})).object["id"]

    published = await api.post(f"{path}/{sent}/crosspost")
    assert published.object["flags"] == MessageFlag.CROSSPOSTED
    assert (await api.post(f"{path}/{sent}/crosspost")).code == 40033
    assert (await api.post(f"{messages(stage)}/{plain}/crosspost")).code == 50024


async def test_ten_messages_of_a_channel_are_published_in_an_hour(api: Api, stage: Stage) -> None:
    channel = building.add_channel(stage.world, stage.guild, "updates", ChannelKind.ANNOUNCEMENT)
    path = f"/channels/{channel.id}/messages"
    sent = [(await api.post(path, {"content": "nieuws"})).object["id"] for _ in range(11)]
    answers = [await api.post(f"{path}/{one}/crosspost") for one in sent]

    assert [one.status for one in answers] == [*[200] * 10, 429]
    assert 3_500 < float(str(answers[-1].object["retry_after"])) <= 3_600


async def test_pins_need_their_right_and_are_listed(api: Api, stage: Stage) -> None:
    said = stage.anna.say(stage.algemeen, "hoi")
    path = f"{messages(stage)}/pins"
    assert (await api.put(f"{path}/{said.id}")).code == 50013

    role = building.bot_role(stage.world, stage.guild)
    rights = role.permissions | Permission.PIN_MESSAGES
    building.set_permissions(stage.world, stage.guild, role, rights)
    assert (await api.put(f"{path}/{said.id}")).status == 204
    assert said.pinned
    assert len((await api.get(path)).listed("items")) == 1
    assert (await api.delete(f"{path}/{said.id}")).status == 204
    assert not said.pinned


async def test_typing_shows_where_the_bot_may_write(api: Api, stage: Stage) -> None:
    path = f"/channels/{stage.algemeen.id}/typing"
    assert (await api.post(path)).status == 204
    deny(stage, Permission.SEND_MESSAGES)
    assert (await api.post(path)).code == 50013
