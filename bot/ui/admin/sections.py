"""The parts of `/beheer controle` after the deliveries: each feature adds one function."""

import datetime as dt
from collections.abc import Awaitable, Callable, Iterator
from typing import Final

import discord

from bot.services.admin.control import State
from bot.services.admin.jobs import JobState
from bot.services.admin.sections import Section
from bot.services.container import Services
from bot.texts import admin as texts
from bot.texts import help as help_texts
from bot.ui.forum.status import feeds_section

SectionOf = Callable[[Services, int], Awaitable[Section | None]]

SECTIONS: Final[tuple[SectionOf, ...]] = (feeds_section,)
"""Functions of features: they get the services and the guild's id. None: nothing to show."""


def setup_section(state: State) -> Section:
    """Return what is missing in the guild: roles, channels and the bot's rights in them."""
    attention = [
        texts.channel_rights(one.id, help_texts.rights(one.missing_rights)) for one in state.mute
    ]
    if state.missing:
        attention.insert(0, help_texts.missing(setting.name for setting in state.missing))
    lines = () if attention else (texts.SETUP_COMPLETE,)
    return Section(texts.SETUP, tuple(attention), lines)


def jobs_section(state: State) -> Section | None:
    """Return how the jobs go; None when this process runs none."""
    if not state.jobs:
        return None
    attention = tuple(line for job in state.jobs for line in _troubles(job, state.now))
    return Section(texts.JOBS, attention, tuple(map(_job, state.jobs)))


def _job(job: JobState) -> str:
    at = job.succeeded_at
    success = None if at is None else discord.utils.format_dt(at, "R")
    return texts.job(job.name, success=success, duration=_seconds(job.took))


def _troubles(job: JobState, now: dt.datetime) -> Iterator[str]:
    if job.failure is not None:
        when = discord.utils.format_dt(job.failure.at, "R")
        yield texts.job_failed(
            job.name, when=when, code=job.failure.code, is_database=job.failure.is_database
        )
    if (late := job.late_by(now)) is not None:
        yield texts.job_late(job.name, late)


def _seconds(took: dt.timedelta | None) -> str:
    return texts.seconds(0 if took is None else took.total_seconds())
