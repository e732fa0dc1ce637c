"""From what a moderator typed to what a milestone says, or why it cannot."""

import enum
import re
from dataclasses import dataclass
from typing import Final

from bot.dates.periods import NotAPeriod, read_period
from bot.services.progress.timeline import ZONE
from storage.milestone_records import MilestoneContent, MilestoneDraft, MilestoneState
from storage.progress_records import Part

MAX_TITLE: Final = 100
MAX_PERIOD: Final = 100
MAX_NOTE: Final = 600

_LINK: Final = re.compile(r"<?(?P<url>https?://[^\s<>\"]+\.[^\s<>\"]*[^\s<>\".,;:!?)\]])>?")


class TitleProblem(enum.Enum):
    """Why a title cannot stay as it is."""

    NONE = "none"
    TOO_LONG = "too long"


class NoteProblem(enum.Enum):
    """Why an explanation cannot stay as it is."""

    TOO_LONG = "too long"


Problem = TitleProblem | NoteProblem | NotAPeriod


@dataclass(frozen=True, slots=True)
class Typed:
    """What the form holds, as it was sent in."""

    title: str
    period: str
    part: Part
    state: MilestoneState
    note: str


@dataclass(frozen=True, slots=True)
class Read:
    """What a draft says: the content, or every problem that keeps it from being one."""

    content: MilestoneContent | None
    problems: tuple[Problem, ...] = ()


def read_draft(draft: MilestoneDraft) -> Read:
    """Return what a draft says; "morgen" is the day after it was typed."""
    title, problems = " ".join(draft.title.split()), list[Problem]()
    if not title:
        problems.append(TitleProblem.NONE)
    elif len(title) > MAX_TITLE:
        problems.append(TitleProblem.TOO_LONG)
    period = read_period(draft.period, now=draft.written_at, zone=ZONE)
    if isinstance(period, NotAPeriod):
        problems.append(period)
    if len(draft.note) > MAX_NOTE:
        problems.append(NoteProblem.TOO_LONG)
    if problems or isinstance(period, NotAPeriod):
        return Read(None, tuple(problems))
    note, link = _divided(draft.note)
    return Read(
        MilestoneContent(
            title=title,
            first=period.first,
            last=period.last,
            part=draft.part,
            state=draft.state,
            note=note,
            link=link,
        )
    )


def joined(note: str, link: str) -> str:
    """Return explanation and link as one text, which reads back as the two."""
    return note if link in note else "\n".join(one for one in (note, link) if one)


def _divided(text: str) -> tuple[str, str]:
    """Return the explanation and its first web address, which stays where it is in a sentence."""
    found = _LINK.search(text)
    if found is None:
        return text.strip(), ""
    if text[found.end() :].strip():
        return text.strip(), found["url"]
    return text[: found.start()].strip(), found["url"]
