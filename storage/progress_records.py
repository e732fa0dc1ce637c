"""What leaves storage about the progress of the verkenning: updates, milestones, subscriptions."""

import datetime as dt
import enum
from dataclasses import dataclass


class Part(enum.StrEnum):
    """An onderdeel of the verkenning, by the name that people read. Fixed."""

    OVERZICHT = "overzicht"
    INZICHT = "inzicht"
    UITZICHT = "uitzicht"
    KERNADVIES = "kernadvies"
    OPTIES = "opties"
    DIGITALE_AGENDA = "digitale agenda"
    VERVOLG = "vervolg"
    ALV = "alv"


class UpdateState(enum.StrEnum):
    """DRAFT is seen by moderators only; PLANNED is published by itself at its moment."""

    DRAFT = "draft"
    PLANNED = "planned"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Update:
    """An update as it stands now.

    `number` is what people know it by, counted in its guild from 1. `version` goes up with every
    change of what is shown. `edited_at`: when it was last changed after it was published.
    `planned_for` is the next moment (UTC) of what is planned, `repeat` the rule as it was typed.
    """

    id: int
    guild_id: int
    number: int
    version: int
    state: UpdateState
    title: str
    text: str
    part: Part | None
    link: str | None
    mentions_role: bool
    author_id: int | None
    created_at: dt.datetime
    planned_for: dt.datetime | None = None
    repeat: str | None = None
    published_at: dt.datetime | None = None
    edited_at: dt.datetime | None = None
    withdrawn_at: dt.datetime | None = None
    withdrawal_reason: str | None = None
