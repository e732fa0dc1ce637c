import pytest

from bot.services.directory import Channel, ChannelKind, Role
from bot.services.guild_settings import (
    DIGEST_CHANNEL,
    MEMBER_ROLE,
    MODERATOR_ROLE,
    MODERATORS_CHANNEL,
    UPDATES_CHANNEL,
    GuildSettings,
)
from bot.services.places import Places, Standing
from storage.unit_of_work import UnitsOfWork
from tests.fakes import FakeClock, FakeDirectory

GUILD, MARJA = 1, 7
LID = Role(10, "lid", manages_messages=False)
MODERATOR = Role(11, "Moderator", manages_messages=True)
POSER = Role(12, "moderator", manages_messages=False)
BOARD = Role(13, "bestuur", manages_messages=False)


@pytest.fixture
def places(units: UnitsOfWork) -> Places:
    return Places(GuildSettings(units), units, FakeClock(), FakeDirectory())


@pytest.mark.parametrize(
    ("roles", "manages_guild", "standing"),
    [
        ((), False, Standing.VISITOR),
        ((LID,), False, Standing.MEMBER),
        ((LID, MODERATOR), False, Standing.MODERATOR),
        ((POSER,), False, Standing.VISITOR),
        ((LID, POSER), False, Standing.MEMBER),
        ((), True, Standing.MODERATOR),
    ],
)
async def test_roles_count_by_their_usual_name_until_the_guild_chooses(
    places: Places, roles: tuple[Role, ...], *, manages_guild: bool, standing: Standing
) -> None:
    assert await places.standing(GUILD, roles=roles, manages_guild=manages_guild) is standing


async def test_a_chosen_role_counts_and_the_usual_name_no_longer(
    places: Places, units: UnitsOfWork
) -> None:
    settings = GuildSettings(units)
    now = FakeClock().now()
    await settings.choose(GUILD, MODERATOR_ROLE, BOARD.id, by=MARJA, at=now)

    assert await places.standing(GUILD, roles=[BOARD], manages_guild=False) is Standing.MODERATOR
    assert await places.standing(GUILD, roles=[MODERATOR], manages_guild=False) is Standing.VISITOR


async def test_another_guilds_choice_changes_nothing_here(
    places: Places, units: UnitsOfWork
) -> None:
    now = FakeClock().now()
    await GuildSettings(units).choose(2, MEMBER_ROLE, BOARD.id, by=MARJA, at=now)

    assert await places.standing(GUILD, roles=[LID], manages_guild=False) is Standing.MEMBER


async def test_what_is_missing_is_named_and_an_open_moderators_channel_is_missing(
    places: Places,
) -> None:
    channels = [
        Channel(1, "updates", is_open=True),
        Channel(2, "moderators", is_open=True),
        Channel(3, "reacties", is_open=True),
        Channel(4, "alv", is_open=True),
        Channel(5, "forum", is_open=True),
    ]
    missing = await places.missing(GUILD, roles=[LID, MODERATOR], channels=channels)
    assert missing == (MODERATORS_CHANNEL,)

    closed = [*channels, Channel(6, "moderators", is_open=False)]
    assert await places.missing(GUILD, roles=[LID, MODERATOR], channels=closed) == ()
    without = [one for one in closed if one.name != "updates"]
    assert await places.missing(GUILD, roles=[POSER], channels=without) == (
        MEMBER_ROLE,
        MODERATOR_ROLE,
        UPDATES_CHANNEL,
    )


async def test_the_guild_of_private_messages_is_remembered_and_forgotten(places: Places) -> None:
    await places.choose_guild(MARJA, GUILD)
    assert await places.guild_of(MARJA) == GUILD

    await places.forget_guild(GUILD)
    assert await places.guild_of(MARJA) is None


async def test_a_setting_means_the_chosen_channel_else_the_one_of_the_usual_name(
    units: UnitsOfWork,
) -> None:
    settings = GuildSettings(units)
    named = Channel(2, "updates", is_open=True, kind=ChannelKind.ANNOUNCEMENT)
    other, closed = Channel(3, "nieuws", is_open=True), Channel(5, "moderators", is_open=False)
    directory = FakeDirectory()
    directory.channels[GUILD] = (
        Channel(1, "updates", is_open=True, kind=ChannelKind.VOICE),
        named,
        other,
        Channel(4, "moderators", is_open=True),
        closed,
    )
    places = Places(settings, units, FakeClock(), directory)
    assert await places.channel_for(GUILD, UPDATES_CHANNEL) == named
    assert await places.channel_for(GUILD, DIGEST_CHANNEL) == named
    assert await places.channel_for(GUILD, MODERATORS_CHANNEL) == closed
    assert await places.channel_for(GUILD + 1, UPDATES_CHANNEL) is None

    moment = FakeClock().now()
    await settings.choose(GUILD, UPDATES_CHANNEL, other.id, by=MARJA, at=moment)
    await settings.choose(GUILD, MODERATORS_CHANNEL, other.id, by=MARJA, at=moment)
    assert await places.channel_for(GUILD, DIGEST_CHANNEL) == other
    assert await places.channel_for(GUILD, MODERATORS_CHANNEL) is None

    await settings.choose(GUILD, UPDATES_CHANNEL, 99, by=MARJA, at=moment)
    assert await places.channel_for(GUILD, UPDATES_CHANNEL) is None
