"""Doubles of what the project does not own, made by hand."""

import datetime as dt
from dataclasses import dataclass, field

from bot.services.directory import Channel, Role


class FakeClock:
    """Stands still until it is moved."""

    def __init__(self, now: dt.datetime = dt.datetime(2016, 6, 8, 8, 0, tzinfo=dt.UTC)) -> None:
        self._now = now

    def now(self) -> dt.datetime:
        """Return the moment it stands at."""
        return self._now

    def forward(self, *, minutes: float = 0, seconds: float = 0) -> None:
        """Move on."""
        self._now += dt.timedelta(minutes=minutes, seconds=seconds)


@dataclass(slots=True)
class FakeDirectory:
    """The guilds that a test made up; see `bot.services.directory.Directory`."""

    channels: dict[int, tuple[Channel, ...]] = field(default_factory=dict[int, tuple[Channel, ...]])
    roles: dict[int, tuple[Role, ...]] = field(default_factory=dict[int, tuple[Role, ...]])

    def guild_ids(self) -> tuple[int, ...]:
        """Return the guilds that the test gave channels."""
        return tuple(self.channels)

    def channels_of(self, guild_id: int) -> tuple[Channel, ...]:
        """Return what the test put there."""
        return self.channels.get(guild_id, ())

    def roles_of(self, guild_id: int) -> tuple[Role, ...]:
        """Return what the test put there."""
        return self.roles.get(guild_id, ())

    def role_name(self, guild_id: int, role_id: int) -> str | None:
        """Return the name of one of them."""
        return next((one.name for one in self.roles_of(guild_id) if one.id == role_id), None)
