"""Moderators read of jobs and messages by names in Dutch, never by those of the code."""

from bot.jobs import jobs_of
from bot.texts import admin_names
from bot.ui.rendering import RENDERINGS
from storage.unit_of_work import UnitsOfWork
from tests.bare_services import bare_services

OF_THE_CHAT = ("deliveries", "notices")


def test_every_kind_of_message_has_a_name() -> None:
    unnamed = [one for one in RENDERINGS if admin_names.things([one], 1) == "1 bericht"]

    assert unnamed == []


async def test_every_job_has_a_name(units: UnitsOfWork) -> None:
    jobs = [*OF_THE_CHAT, *(one.name for one in jobs_of(bare_services(units)))]

    assert [one for one in jobs if admin_names.job(one) == one] == []
