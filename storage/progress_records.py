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


class UpdateEvent(enum.StrEnum):
    """What happened to an update. The PROPOSED ones changed nothing: they wait for a yes."""

    CREATED = "created"
    EDITED = "edited"
    PLANNED = "planned"
    UNPLANNED = "unplanned"
    PUBLISHED = "published"
    REPEATED = "repeated"
    WITHDRAWN = "withdrawn"
    EDIT_PROPOSED = "edit_proposed"
    PLAN_PROPOSED = "plan_proposed"
    WITHDRAWAL_PROPOSED = "withdrawal_proposed"


@dataclass(frozen=True, slots=True)
class UpdateContent:
    """What an update shows. `text` is Markdown, `link` an address on the web."""

    title: str
    text: str
    part: Part | None = None
    link: str | None = None
    mentions_role: bool = False


@dataclass(frozen=True, slots=True)
class UpdatePlan:
    """When an update is published by itself.

    `moment` is the next time (UTC), `local` what the wall clock of `zone` shows at the first time
    of all: a repeat keeps to it. `repeat` is the rule as it was typed, or None.
    """

    moment: dt.datetime
    local: dt.datetime
    zone: str
    repeat: str | None = None


@dataclass(frozen=True, slots=True)
class Update:
    """An update as it stands now.

    `number` is what people know it by, counted in its guild from 1. `version` goes up with every
    change of what is shown, or of the plan. `edited_at`: when it was last changed after it was
    published.
    `planned_for` is the next moment (UTC) of what is planned, `repeat` the rule as it was typed;
    `planned_local` and `planned_zone` are those of `UpdatePlan`. `due_at`: the planned moment that
    it was published for. `series_id`: the planned update of which it is one occurrence.
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
    planned_local: dt.datetime | None = None
    planned_zone: str | None = None
    due_at: dt.datetime | None = None
    series_id: int | None = None

    @property
    def content(self) -> UpdateContent:
        """What it shows."""
        return UpdateContent(
            title=self.title,
            text=self.text,
            part=self.part,
            link=self.link,
            mentions_role=self.mentions_role,
        )

    @property
    def plan(self) -> UpdatePlan | None:
        """When it is published by itself; None when it is not planned."""
        if self.planned_for is None or self.planned_local is None or self.planned_zone is None:
            return None
        return UpdatePlan(self.planned_for, self.planned_local, self.planned_zone, self.repeat)


@dataclass(frozen=True, slots=True)
class UpdateChange:
    """One line of an update's history, from which its text as of then can be rebuilt.

    `version` and `content` are those after the change, or those proposed (`version` is then the
    one that would be changed). `actor_id` is None for what happened by itself, and once erased.
    """

    id: int
    update_id: int
    event: UpdateEvent
    at: dt.datetime
    version: int
    content: UpdateContent
    actor_id: int | None = None
    plan: UpdatePlan | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class NewUpdateChange:
    """A line to add to an update's history.

    `content` and `plan` are those of the update unless they are only proposed.
    """

    event: UpdateEvent
    at: dt.datetime
    actor_id: int | None = None
    content: UpdateContent | None = None
    plan: UpdatePlan | None = None
    reason: str | None = None
