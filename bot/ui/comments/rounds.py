"""Rounds on the screen of a moderator."""

from bot.services.comments.rounds import RoundChange
from bot.services.container import Services
from bot.texts import moderation as texts
from bot.ui.acknowledging import Screen
from bot.ui.markdown import escaped
from storage.moderation_records import Round, RoundCounts


async def round_screen(services: Services, of: Round) -> Screen:
    """Return how a round stands."""
    counts = await services.comments.rounds.counts(of.guild_id)
    said = texts.round_state(of, counts.get(of.id, RoundCounts()), title=escaped(of.title))
    return Screen((said,))


def changed_screen(change: RoundChange) -> Screen:
    """Say what opening or closing came to."""
    of = change.round
    return Screen((texts.round_changed(of, title=escaped(of.title), changed=change.changed),))
