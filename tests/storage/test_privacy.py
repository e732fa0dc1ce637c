from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, Text

from bot.services.guild_settings import (
    ANSWER_RETENTION,
    MEMBER_ROLE,
    OPEN_QUESTION_RETENTION,
    QUESTION_RETENTION,
    GuildSettings,
)
from bot.services.privacy import EXEMPT, REGISTRY, Content, Erasure, PersonalTable, Privacy
from storage.errors import DatabaseUnavailableError
from storage.models import Base
from storage.models.base import CleanText
from storage.records import ChannelPlace, DirectPlace, FeedbackValue, NewAnswer
from storage.unit_of_work import UnitsOfWork
from tests.conftest import NOW
from tests.storage.examples import (
    ANSWERED,
    CHANNEL,
    GUILD,
    MEMBER,
    OPEN_QUESTION,
    OTHER_GUILD,
    OTHER_MEMBER,
    QUESTION,
)

DOCUMENT = Path(__file__).parents[2] / "docs" / "privacy.md"
PERSONAL_ENDINGS = (
    "user_id",
    "asker",
    "asker_id",
    "author",
    "author_id",
    "actor",
    "actor_id",
    "changed_by",
    "text",
    "body",
    "reason",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """The ids of what `_keep` stored."""

    answer: int
    open_question: int


async def _keep(units: UnitsOfWork, *, user_id: int) -> Kept:
    """Store something of somebody in every table that can hold it."""
    async with units() as work:
        question = await work.questions.add(QUESTION)
        answer = await work.answers.add(
            NewAnswer(
                place=CHANNEL,
                content=ANSWERED,
                private=False,
                created_at=NOW,
                question_id=question.id,
            )
        )
        await work.feedback.give(
            answer_id=answer.id, user_id=user_id, value=FeedbackValue.DOWN, at=NOW
        )
        await work.feedback.explain(answer_id=answer.id, user_id=user_id, reason="klopt niet")
        passed, _ = await work.open_questions.pass_on(replace(OPEN_QUESTION, asker_id=user_id))
        await work.dm_guilds.remember(user_id=user_id, guild_id=GUILD, at=NOW)
    await GuildSettings(units).choose(user_id % 1000 + 1, MEMBER_ROLE, 7, by=user_id, at=NOW)
    return Kept(answer=answer.id, open_question=passed.id)


async def test_a_take_out_holds_all_of_one_person_and_nothing_of_another(
    units: UnitsOfWork,
) -> None:
    await _keep(units, user_id=OTHER_MEMBER)
    kept = await _keep(units, user_id=MEMBER)

    taken = await Privacy(units).export_of(MEMBER)

    rows = {row.table: dict(row.values) for row in taken.rows}
    assert len(taken.rows) == len(rows) == 4
    assert rows["feedback"] == {
        "answer_id": kept.answer,
        "user_id": MEMBER,
        "value": "down",
        "reason": "klopt niet",
        "created_at": NOW,
    }
    assert rows["open_questions"]["text"] == OPEN_QUESTION.text
    assert rows["dm_guilds"]["guild_id"] == GUILD
    assert rows["guild_settings"]["name"] == MEMBER_ROLE.name


async def test_erasing_leaves_nothing_of_a_person_and_all_of_others(units: UnitsOfWork) -> None:
    privacy = Privacy(units)
    await _keep(units, user_id=OTHER_MEMBER)
    kept = await _keep(units, user_id=MEMBER)
    others = await privacy.export_of(OTHER_MEMBER)

    erased = await privacy.erase(MEMBER)

    kept_rows = {"feedback": 1, "open_questions": 1, "dm_guilds": 1, "guild_settings": 1}
    assert {table: count for table, count in erased.rows.items() if count} == kept_rows
    assert erased.total == 4
    assert (await privacy.export_of(MEMBER)).rows == ()
    assert await privacy.export_of(OTHER_MEMBER) == others
    assert (await privacy.erase(MEMBER)).total == 0
    async with units.reading() as work:
        assert await work.open_questions.get(kept.open_question) is None


async def test_a_setting_outlives_the_person_who_changed_it(units: UnitsOfWork) -> None:
    await GuildSettings(units).choose(GUILD, MEMBER_ROLE, 7, by=MEMBER, at=NOW)

    await Privacy(units).erase(MEMBER)

    async with units.reading() as work:
        setting = await work.settings.get(GUILD, MEMBER_ROLE.name)
    assert setting is not None
    assert (setting.value, setting.changed_by) == ("7", None)


async def test_an_erasure_that_fails_erases_nothing(units: UnitsOfWork) -> None:
    await _keep(units, user_id=MEMBER)
    broken = Privacy(
        units, registry=(*REGISTRY, PersonalTable(name="absent", columns=(), holder="user_id"))
    )

    with pytest.raises(KeyError):
        await broken.erase(MEMBER)

    assert len((await Privacy(units).export_of(MEMBER)).rows) == 4


@pytest.mark.parametrize(
    ("after", "gone"),
    [
        (timedelta(days=30), {}),
        (timedelta(days=30, seconds=1), {"answers": 1}),
        (
            timedelta(days=365, seconds=1),
            {"questions": 1, "answers": 1, "open_questions": 1, "dm_guilds": 1},
        ),
    ],
)
async def test_what_is_older_than_its_retention_is_deleted(
    units: UnitsOfWork, after: timedelta, gone: Mapping[str, int]
) -> None:
    kept = await _keep(units, user_id=MEMBER)

    deleted = await Privacy(units).purge_expired(NOW + after)

    assert {table: count for table, count in deleted.items() if count} == gone
    async with units.reading() as work:
        opinion = await work.feedback.of(answer_id=kept.answer, user_id=MEMBER)
    assert (opinion is None) == bool(gone)


async def test_an_opinion_younger_than_its_answer_goes_along_with_it(units: UnitsOfWork) -> None:
    kept = await _keep(units, user_id=MEMBER)
    async with units() as work:
        await work.feedback.give(
            answer_id=kept.answer,
            user_id=OTHER_MEMBER,
            value=FeedbackValue.UP,
            at=NOW + timedelta(days=29),
        )

    await Privacy(units).purge_expired(NOW + timedelta(days=31))

    assert (await Privacy(units).export_of(OTHER_MEMBER)).rows == ()


async def test_each_guild_has_its_own_retention(units: UnitsOfWork) -> None:
    chosen = GuildSettings(units)
    await chosen.choose(GUILD, QUESTION_RETENTION, 10, by=MEMBER, at=NOW)
    await chosen.choose(OTHER_GUILD, QUESTION_RETENTION, 500, by=MEMBER, at=NOW)
    places = (
        CHANNEL,
        ChannelPlace(guild_id=OTHER_GUILD, channel_id=1),
        ChannelPlace(guild_id=OTHER_GUILD + 1, channel_id=1),
        DirectPlace(),
    )
    async with units() as work:
        short, long, usual, nowhere = [
            (await work.questions.add(replace(QUESTION, place=place))).id for place in places
        ]
    privacy = Privacy(units)

    assert (await privacy.purge_expired(NOW + timedelta(days=11)))["questions"] == 1
    async with units.reading() as work:
        assert await work.questions.get(short) is None
    assert (await privacy.purge_expired(NOW + timedelta(days=366)))["questions"] == 2
    async with units.reading() as work:
        assert await work.questions.get(usual) is None
        assert await work.questions.get(nowhere) is None
        assert await work.questions.get(long) is not None


async def test_an_answer_outlives_its_question(units: UnitsOfWork) -> None:
    kept = await _keep(units, user_id=MEMBER)
    await GuildSettings(units).choose(GUILD, QUESTION_RETENTION, 1, by=MEMBER, at=NOW)

    await Privacy(units).purge_expired(NOW + timedelta(days=2))

    async with units.reading() as work:
        answer = await work.answers.get(kept.answer)
    assert answer is not None
    assert answer.question_id is None


async def test_a_database_that_is_gone_is_a_typed_error_here_too(
    units: UnitsOfWork, tmp_path: Path, dialect: str
) -> None:
    if dialect == "sqlite":
        (tmp_path / "breed.sqlite3").unlink()
        with pytest.raises(DatabaseUnavailableError):
            await Privacy(units).export_of(MEMBER)


def unregistered(metadata: MetaData) -> list[str]:
    """Name the columns that look personal and that neither the registry nor a reason knows."""
    known = {f"{table.name}.{column.name}" for table in REGISTRY for column in table.columns}
    return [
        f"{table.name}.{column.name}"
        for table in metadata.sorted_tables
        for column in table.columns
        if _looks_personal(column) and f"{table.name}.{column.name}" not in known | EXEMPT.keys()
    ]


def _looks_personal(column: Column[object]) -> bool:
    return column.name.endswith(PERSONAL_ENDINGS) or isinstance(column.type, Text | CleanText)


def test_every_personal_column_is_registered() -> None:
    assert unregistered(Base.metadata) == []


@pytest.mark.parametrize("name", ["winner_user_id", "author", "rejected_reason", "remark"])
def test_a_column_that_nobody_registered_is_found(name: str) -> None:
    metadata = MetaData()
    columns: list[Column[object]] = [Column("id", Integer()), Column(name, Text())]
    Table("comments", metadata, *columns)

    assert unregistered(metadata) == [f"comments.{name}"]


def test_the_registry_names_only_what_exists() -> None:
    tables = Base.metadata.tables
    for table in REGISTRY:
        columns = tables[table.name].columns
        assert all(column.name in columns for column in table.columns)
        assert table.holder is None or table.holder in columns
        assert table.retention is None or table.retention.column in columns
        if table.erasure is Erasure.KEY:
            assert table.holder is not None
            assert columns[table.holder].nullable
        if table.retention is not None and not isinstance(table.retention.days, int):
            assert "guild_id" in columns
    for name in EXEMPT:
        table_name, _, column_name = name.partition(".")
        assert column_name in tables[table_name].columns


def test_a_table_with_a_person_in_it_says_whose_its_rows_are() -> None:
    for table in REGISTRY:
        people = [one.name for one in table.columns if one.content is Content.PERSON]
        assert people == ([table.holder] if table.holder else [])


def test_opinions_and_answers_are_kept_thirty_days_at_most() -> None:
    with pytest.raises(ValueError, match="not a value"):
        ANSWER_RETENTION.kind.check(31)
    feedback = next(table for table in REGISTRY if table.name == "feedback")
    assert feedback.retention is not None
    assert feedback.retention.days == 30


def test_the_document_on_privacy_names_every_registered_column() -> None:
    document = DOCUMENT.read_text(encoding="utf-8")
    for table in REGISTRY:
        for column in table.columns:
            assert f"`{table.name}.{column.name}`" in document
            assert column.purpose in document
    for setting in (QUESTION_RETENTION, ANSWER_RETENTION, OPEN_QUESTION_RETENTION):
        assert f"`{setting.name}`" in document
