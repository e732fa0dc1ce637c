"""Mentions: found in any text, and notifying nobody whom the sender or the rights exclude."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox import building
from bot.sandbox.bodies.messages import AllowedMentions
from bot.sandbox.mentions import Found, Sender, find, notified, resolve
from bot.sandbox.permissions import Permission
from tests.discord.stage import Stage, build_stage
from tests.sandbox.api import Api

HARMLESS = st.text(alphabet=string.ascii_letters + " .\n<>@&!#\u200b\u202e", max_size=20)
STAGE = build_stage()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<@12> <@!34> <@12>", Found(users=(12, 34))),
        ("<@&56>", Found(roles=(56,))),
        ("hoi @everyone", Found(everyone=True)),
        ("foo@here", Found(everyone=True)),
        ("`<@12>` en ```\n@everyone\n```", Found()),
        ("``een ` <@12>`` <@34>", Found(users=(34,))),
        ("`niet gesloten <@12>", Found(users=(12,))),
        ("\\<@12>", Found(users=(12,))),
        ("@\u200beveryone <@\u200b12>", Found()),
        ("<#12> <@abc> <@> @Everyone", Found()),
    ],
)
def test_mentions_are_found_outside_code(text: str, found: Found) -> None:
    assert find(text) == found


@pytest.mark.randomised
@given(before=HARMLESS, after=HARMLESS, number=st.integers(0, 10**19))
def test_a_mention_is_found_wherever_it_stands(before: str, after: str, number: int) -> None:
    assert number in find(f"{before} <@{number}> {after}").users
    assert number in find(f"{before} <@&{number}> {after}").roles


@pytest.mark.randomised
@given(st.text(max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    found = find(text)
    assert found.everyone <= ("@everyone" in text or "@here" in text)


ALLOWED = st.builds(
    AllowedMentions,
    users=st.lists(st.sampled_from(sorted(STAGE.world.state.users)), max_size=3),
    roles=st.lists(st.sampled_from(sorted(STAGE.guild.roles)), max_size=3),
    replied_user=st.booleans(),
)


@pytest.mark.randomised
@given(text=HARMLESS, allowed=ALLOWED, parts=st.data())
def test_nobody_is_notified_who_is_not_allowed(
    text: str, allowed: AllowedMentions, parts: st.DataObject
) -> None:
    someone = st.sampled_from(sorted(STAGE.world.state.users))
    a_role = st.sampled_from(sorted(STAGE.guild.roles))
    content = f"{text} <@{parts.draw(someone)}> <@&{parts.draw(a_role)}> @everyone"
    replied = parts.draw(someone)
    author = STAGE.guild.owner_id  # may mention everyone, so only `allowed` holds back
    sender = Sender(author_id=author, allowed=allowed, replied_to=replied)
    pings = resolve(STAGE.world, STAGE.algemeen, content, sender).pings

    assert set(pings.users) <= {*allowed.users, *([replied] if allowed.replied_user else [])}
    assert set(pings.roles) <= set(allowed.roles)
    assert not pings.everyone


async def test_the_bots_messages_notify_as_told(api: Api, stage: Stage) -> None:
    said = stage.anna.say(stage.algemeen, "hoi")
    text = f"{stage.bram.mention} <@&{stage.lid.id}> @everyone"
    reference = {"message_id": str(said.id)}
    body = {"content": text, "message_reference": reference}
    path = f"/channels/{stage.algemeen.id}/messages"
    role = building.bot_role(stage.world, stage.guild)
    rights = role.permissions | Permission.MENTION_EVERYONE
    building.set_permissions(stage.world, stage.guild, role, rights)
    nobody: dict[str, object] = {"parse": []}
    await api.post(path, body)
    for allowed in (nobody, {"parse": ["roles"]}, {"replied_user": True}):
        await api.post(path, {**body, "allowed_mentions": allowed})

    everything, nothing, by_role, reply = stage.world.messages_in(stage.algemeen)[1:]
    assert everything.pings.users == [stage.bram.id, stage.anna.id]
    assert everything.pings.roles == [stage.lid.id]
    assert everything.pings.everyone
    assert not nothing.pings
    assert nothing.mentions == []
    assert by_role.pings.roles == [stage.lid.id]
    assert reply.pings.users == [stage.anna.id]
    heard = notified(stage.world, stage.algemeen, by_role.pings, author_id=stage.world.bot.id)
    assert heard == {stage.anna.id, stage.bram.id, stage.marja.id}


async def test_everyone_and_roles_need_a_right(api: Api, stage: Stage) -> None:
    path = f"/channels/{stage.algemeen.id}/messages"
    await api.post(path, {"content": f"@everyone <@&{stage.lid.id}>"})
    sent = stage.world.messages_in(stage.algemeen)[0]
    assert not sent.pings

    stage.lid.mentionable = True
    await api.post(path, {"content": f"@everyone <@&{stage.lid.id}>"})
    assert stage.world.messages_in(stage.algemeen)[1].pings.roles == [stage.lid.id]


async def test_lists_and_kinds_exclude_each_other(api: Api, stage: Stage) -> None:
    path = f"/channels/{stage.algemeen.id}/messages"

    async def code(**allowed: object) -> int:
        return (await api.post(path, {"content": "x", "allowed_mentions": allowed})).code

    assert await code(parse=["users"], users=["1"]) == 50035
    assert await code(parse=["roles"], users=["1"]) == 0
    assert await code(parse=["friends"]) == 50035
    assert await code(users=[str(number) for number in range(101)]) == 50035


async def test_an_edit_notifies_nobody_again(api: Api, stage: Stage) -> None:
    path = f"/channels/{stage.algemeen.id}/messages"
    sent = await api.post(path, {"content": "x"})
    await api.patch(f"{path}/{sent.id}", {"content": stage.anna.mention})
    kept = stage.world.messages_in(stage.algemeen)[0]

    assert kept.mentions == [stage.anna.id]
    assert not kept.pings
