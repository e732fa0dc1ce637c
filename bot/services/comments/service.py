"""Everything around comments, built once."""

from dataclasses import dataclass

from bot.services.comments.authoring import Authoring
from bot.services.comments.blocking import Blocking
from bot.services.comments.deciding import Deciding
from bot.services.comments.exporting import Exporting
from bot.services.comments.landscape import Landscapes
from bot.services.comments.modes import Modes
from bot.services.comments.publishing import Publishing
from bot.services.comments.reading import CommentReading
from bot.services.comments.reporting import Reporting
from bot.services.comments.rounds import Rounds
from bot.services.comments.shown_votes import StepwiseVotes
from bot.services.comments.submitting import Submitting
from bot.services.comments.venues import CommentVenues
from bot.services.comments.voting import Voting
from bot.services.guild_settings import GuildSettings
from bot.services.landscape.drawing import DrawsLandscapes
from bot.services.places import Places
from bot.services.ports import Clock
from storage.unit_of_work import UnitsOfWork


@dataclass(frozen=True, slots=True)
class Comments:
    """The use cases of comments.

    Members: `submitting`, `authoring`, `voting`. Moderators: `deciding`, `rounds`, `modes`,
    `blocking`, `reporting`. Both: `reading`, `exporting`, `landscapes`. `publishing` is a job.
    """

    submitting: Submitting
    authoring: Authoring
    voting: Voting
    deciding: Deciding
    rounds: Rounds
    modes: Modes
    blocking: Blocking
    reading: CommentReading
    exporting: Exporting
    publishing: Publishing
    venues: CommentVenues
    landscapes: Landscapes
    reporting: Reporting


def build_comments(
    units: UnitsOfWork,
    clock: Clock,
    *,
    places: Places,
    settings: GuildSettings,
    drawer: DrawsLandscapes | None = None,
) -> Comments:
    """Build them on one database; without `drawer` there are no landscapes."""
    exporting = Exporting(units)
    landscapes = Landscapes(StepwiseVotes(units), drawer)
    venues = CommentVenues(places, settings)
    return Comments(
        submitting=Submitting(units, clock, venues),
        authoring=Authoring(units, clock, venues),
        voting=Voting(units, clock),
        deciding=Deciding(units, clock, venues),
        rounds=Rounds(units, clock),
        modes=Modes(units, clock, settings),
        blocking=Blocking(units, clock, venues),
        reading=CommentReading(units, clock),
        exporting=exporting,
        landscapes=landscapes,
        reporting=Reporting(units, clock, exporting, landscapes),
        publishing=Publishing(units, clock, venues, places.directory),
        venues=venues,
    )
