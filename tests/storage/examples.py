"""Values that the tests of storage share."""

from datetime import date
from typing import Final

from storage.question_records import NewOpenQuestion
from storage.records import (
    AnswerCitation,
    AnswerContent,
    AnswerStatus,
    AnswerTopic,
    ChannelPlace,
    NewQuestion,
)
from tests.conftest import NOW

GUILD: Final = 112_233_445_566_778_899
OTHER_GUILD: Final = GUILD + 1
# The largest number that Discord's ids can become, and that both databases can hold.
MEMBER: Final = 2**63 - 1
OTHER_MEMBER: Final = 42
CHANNEL: Final = ChannelPlace(guild_id=GUILD, channel_id=GUILD + 10)

QUESTION: Final = NewQuestion(
    place=CHANNEL,
    text="wat adviseert Berenschot nou eigenlijk?",
    status=AnswerStatus.ANSWERED,
    confidence=0.875,
    asked_at=NOW,
    document="kernadvies",
)
ANSWERED: Final = AnswerContent(
    status=AnswerStatus.ANSWERED,
    question="wat adviseert Berenschot nou eigenlijk?",
    text="Berenschot adviseert drie dingen – „samen”.",
    citations=(
        AnswerCitation(
            document="kernadvies",
            section="advies",
            title="Het advies",
            part="kernadvies",
            date=date(2016, 3, 31),
            url="",
            quote="Berenschot adviseert drie dingen.",
        ),
    ),
)
SUGGESTED: Final = AnswerContent(
    status=AnswerStatus.SUGGESTED,
    question="en de centen?",
    topics=(AnswerTopic(document="geld", title="Wat kost het?"),),
)
OPEN_QUESTION: Final = NewOpenQuestion(
    guild_id=GUILD,
    asker_id=MEMBER,
    text="Wie betaalt dat?",
    normalised="wie betaalt dat",
    asked_at=NOW,
    channel_id=CHANNEL.channel_id,
    message_id=GUILD + 20,
)
