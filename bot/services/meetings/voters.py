"""Who may vote for another: a person who is in the server, and a member there."""

from dataclasses import dataclass

from bot.services.meetings.errors import (
    ProxyToBotError,
    ProxyToSelfError,
    ProxyToStrangerError,
    ProxyToVisitorError,
)
from bot.services.places import Standing


@dataclass(frozen=True, slots=True)
class Voter:
    """Somebody as Discord tells of them. `standing`: None for who is not in the server."""

    id: int
    standing: Standing | None
    is_bot: bool = False

    @property
    def may_vote(self) -> bool:
        """Whether they are a person and a member: who gives or holds a proxy."""
        return not self.is_bot and self.standing is not None and self.standing >= Standing.MEMBER


def require_holder(holder: Voter, *, giver: int) -> None:
    """Refuse somebody who cannot hold the proxy of `giver`.

    Raises:
        ProxyProblemError: of the kind that says why.

    """
    if holder.id == giver:
        raise ProxyToSelfError
    if holder.is_bot:
        raise ProxyToBotError
    if holder.standing is None:
        raise ProxyToStrangerError
    if not holder.may_vote:
        raise ProxyToVisitorError
