"""Permissions: what roles, overwrites and the rules between them give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.enums import ChannelKind
from bot.sandbox.permissions import (
    EVERYTHING,
    NEED_SENDING,
    Permission,
    in_channel,
    in_guild,
)
from bot.sandbox.records import Channel, Guild, Member, Overwrite, Role
from tests.discord.clock import START

OWNER, PERSON, FIRST, SECOND, GUILD = 1, 2, 11, 12, 10
BITS = st.sets(st.sampled_from(list(Permission)), max_size=6).map(sum)
SAFE = BITS.map(lambda bits: bits & ~Permission.ADMINISTRATOR)


def guild(everyone: int, first: int = 0, second: int = 0) -> Guild:
    roles = {GUILD: everyone, FIRST: first, SECOND: second}
    made = {number: Role(number, "r", bits, 0) for number, bits in roles.items()}
    return Guild(GUILD, "g", OWNER, made)


def member(*roles: int, user_id: int = PERSON) -> Member:
    return Member(user_id, START, list(roles))


def channel(*overwrites: Overwrite) -> Channel:
    return Channel(5, ChannelKind.TEXT, guild_id=GUILD, overwrites=list(overwrites))


SEE, SEND, PIN = Permission.VIEW_CHANNEL, Permission.SEND_MESSAGES, Permission.PIN_MESSAGES


@pytest.mark.parametrize(
    ("overwrites", "bits"),
    [
        ([], SEE | SEND),
        ([Overwrite(GUILD, deny=SEND)], SEE),
        ([Overwrite(GUILD, deny=SEND), Overwrite(FIRST, allow=SEND)], SEE | SEND),
        ([Overwrite(FIRST, deny=SEND), Overwrite(SECOND, allow=SEND)], SEE | SEND),
        ([Overwrite(FIRST, allow=SEND), Overwrite(PERSON, deny=SEND, is_person=True)], SEE),
        ([Overwrite(PERSON, allow=PIN, is_person=True)], SEE | SEND | PIN),
        ([Overwrite(GUILD, deny=SEE), Overwrite(FIRST, allow=PIN)], 0),
        ([Overwrite(99, allow=PIN)], SEE | SEND),
    ],
)
def test_overwrites_go_from_everyone_to_roles_to_the_person(
    overwrites: list[Overwrite], bits: int
) -> None:
    found = in_channel(guild(SEE | SEND), member(FIRST, SECOND), channel(*overwrites))

    assert found == bits


@pytest.mark.randomised
@given(SAFE, SAFE, SAFE)
def test_roles_add_up(everyone: int, first: int, second: int) -> None:
    made = guild(everyone, first, second)

    assert in_guild(made, member(FIRST, SECOND)) == everyone | first | second
    assert in_guild(made, member(FIRST)) == everyone | first


@pytest.mark.randomised
@given(BITS, BITS, BITS)
def test_owner_and_administrators_may_do_all(everyone: int, allow: int, deny: int) -> None:
    made = guild(everyone, int(Permission.ADMINISTRATOR))
    place = channel(Overwrite(GUILD, allow, deny))

    assert in_channel(made, member(user_id=OWNER), place) == EVERYTHING
    assert in_channel(made, member(FIRST), place) == EVERYTHING


@pytest.mark.randomised
@given(SAFE, BITS, BITS, st.sampled_from([SEND, Permission.SEND_MESSAGES_IN_THREADS]))
def test_what_is_missing_takes_along_what_needs_it(
    everyone: int, allow: int, deny: int, sending: Permission
) -> None:
    place = channel(Overwrite(GUILD, allow | NEED_SENDING, deny))
    bits = in_channel(guild(everyone), member(), place, sending=sending)

    assert bits == 0 or bits & SEE
    assert bits & sending or not bits & NEED_SENDING


def test_without_sending_there_are_no_files_or_embeds() -> None:
    rights = SEE | Permission.SEND_MESSAGES_IN_THREADS | Permission.EMBED_LINKS
    made, place = guild(rights), channel()
    in_thread = Permission.SEND_MESSAGES_IN_THREADS

    assert not in_channel(made, member(), place) & Permission.EMBED_LINKS
    assert in_channel(made, member(), place, sending=in_thread) & Permission.EMBED_LINKS


@pytest.mark.randomised
@given(SAFE, SAFE, SAFE)
def test_an_overwrite_for_the_person_has_the_last_word(
    everyone: int, allow: int, deny: int
) -> None:
    place = channel(Overwrite(PERSON, allow, deny, is_person=True))
    bits = in_channel(guild(everyone | SEE | SEND), member(), place)

    if (SEE | SEND) & ~(deny & ~allow) == SEE | SEND:
        assert bits & allow == allow
        assert not bits & deny & ~allow
