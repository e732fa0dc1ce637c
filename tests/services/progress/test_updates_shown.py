"""What an update looks like, with anything in it; and the sentences around dates."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.dates.facts import Shift
from bot.dates.reading import Doubt, NotUnderstood, Problem
from bot.dates.repeats import Repeat, read_repeat
from bot.dates.writing import write_repeat
from bot.services.deliveries.rendered import Mark
from bot.services.progress.updates_sending import Venue
from bot.texts import dates as texts
from bot.ui.markdown import size
from bot.ui.progress.updates_shown import update_message
from storage.delivery_records import ChannelTarget, DmTarget
from storage.progress_records import Part, Update, UpdateState
from tests.services.progress.test_updates_states import DRAFT
from tests.services.progress.updates_scene import CHANNEL, START

VENUE = Venue(channel=CHANNEL, role_id=9, role_name="Nieuws", crossposts=True)
PUBLISHED = replace(DRAFT, state=UpdateState.PUBLISHED, published_at=START, mentions_role=True)
WITHDRAWN = replace(
    PUBLISHED, state=UpdateState.WITHDRAWN, withdrawn_at=START, withdrawal_reason="Fout @here."
)
MARK = Mark(12)
SPICES = (
    "@everyone",
    "@here",
    "<@1>",
    "<@!2>",
    "<@&9>",
    "~~",
    "```\n",
    "\n- ",
    "\n1. ",
    "😀",
    "x ",
)
hostile = st.lists(
    st.sampled_from(SPICES) | st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
    max_size=20,
).map("".join)


def description(update: Update) -> str:
    return str(update_message(update, VENUE, MARK).embeds[0]["description"])


def test_only_a_copy_in_a_channel_mentions_the_role_and_is_crossposted() -> None:
    channel = update_message(PUBLISHED, VENUE, MARK, target=ChannelTarget(77))
    private = update_message(PUBLISHED, VENUE, MARK, target=DmTarget(1))
    gone = update_message(WITHDRAWN, VENUE, MARK, target=ChannelTarget(77))

    assert (channel.content, channel.role_id, channel.crosspost) == ("<@&9>", 9, True)
    for other in (private, gone):
        assert (other.content, other.role_id, other.crosspost) == ("", None, False)
    assert all(one.carries(MARK) for one in (channel, private, gone))


def test_a_withdrawn_text_is_struck_through_line_by_line_below_the_reason() -> None:
    text = "# Kop\n\n- een ~~oud~~\n> citaat\n```\ncode\n```"
    first, *lines = description(replace(WITHDRAWN, text=text)).split("\n")

    assert first.endswith("**: Fout @\u200bhere.")
    assert lines == ["# ~~Kop~~", "", "- ~~een oud~~", "> ~~citaat~~", "~~code~~"]


def test_a_late_or_edited_update_says_so_below_code_that_was_never_closed() -> None:
    due = replace(
        PUBLISHED, due_at=START - dt.timedelta(minutes=11), edited_at=START, text="```\na"
    )
    lines = description(due).split("\n")

    assert lines[:3] == ["```", "a", "```"]
    assert lines[3].startswith("-# Verlaat: gepland voor <t:")
    assert lines[4].startswith("-# Bijgewerkt op <t:")
    on_time = replace(PUBLISHED, due_at=START - dt.timedelta(minutes=10))
    assert "Verlaat" not in description(on_time)


@pytest.mark.randomised
@given(title=hostile, text=hostile, times=st.integers(1, 200), reason=hostile)
@example(title="@here" * 20, text="😀", times=3_000, reason="@everyone")
@example(title="<@1>" * 25, text="@1", times=1_500, reason="<@&9>" * 99)
@example(title="<@~~1>", text="<@~~1> @~~here ", times=9, reason="<@~~1>")
@example(title="~~", text="x\n", times=1_500, reason="")
def test_no_text_breaks_the_limits_or_mentions_anybody(
    title: str, text: str, times: int, reason: str
) -> None:
    typed = replace(
        PUBLISHED, title=title[:100], text=(text * times)[:3_000], part=Part.ALV, edited_at=START
    )
    gone = replace(typed, state=UpdateState.WITHDRAWN, withdrawn_at=START, withdrawal_reason=reason)
    for update in (typed, gone):
        (embed,) = update_message(update, VENUE, MARK).embeds
        shown = f"{embed['title']}{embed['description']}"
        assert size(str(embed["title"])) <= 256
        assert size(str(embed["description"])) <= 4_096
        assert "@everyone" not in shown
        assert "@here" not in shown
        assert re.search(r"<@[!&]?\d", shown) is None


@pytest.mark.parametrize("problem", Problem)
def test_every_problem_with_a_date_has_its_own_sentence(problem: Problem) -> None:
    others = [texts.not_understood(NotUnderstood(one)) for one in Problem if one is not problem]

    assert texts.not_understood(NotUnderstood(problem)) not in others
    assert texts.repeat_not_understood(NotUnderstood(problem)).endswith(".")


def test_sentences_about_dates_tell_the_moments_and_words() -> None:
    wall = dt.datetime(2027, 3, 28, 1, 59, tzinfo=dt.UTC)
    gap = NotUnderstood(Problem.GAP, (wall, wall.replace(hour=3, minute=0)))

    assert "op 28 maart 2027 springt de klok van 01.59 naar 03.00 uur" in texts.not_understood(gap)
    for problem in (Problem.PAST, Problem.TOO_FAR):
        said = texts.not_understood(NotUnderstood(problem, (wall,)))
        assert "zondag 28 maart 2027 om 01.59 uur" in said
    weekday = NotUnderstood(Problem.CONTRADICTION, weekday=1)
    assert texts.not_understood(weekday).endswith("die datum is een dinsdag.")
    assert "banaan" in texts.not_understood(NotUnderstood(Problem.WORDS), words="banaan")


@pytest.mark.parametrize("doubt", Doubt)
def test_every_doubt_is_asked_about(doubt: Doubt) -> None:
    assert texts.which_moment([doubt]).endswith("?") or doubt is Doubt.CLOCK_CHANGE
    assert texts.which_moment([doubt, Doubt.NIGHT]).count(texts.which_moment([])) == 1


def test_a_choice_is_explained_by_how_far_away_it_is() -> None:
    today = dt.date(2026, 3, 25)
    said = [
        texts.choice(
            dt.datetime.combine(today + dt.timedelta(days=days), dt.time(hour)), today=today
        )
        for days, hour in ((0, 2), (1, 7), (2, 13), (9, 19))
    ]

    assert said == [
        "vandaag, 's nachts",
        "morgen, 's ochtends",
        "overmorgen, 's middags",
        "over 9 dagen, 's avonds",
    ]


@pytest.mark.randomised
@given(
    st.builds(Shift, days=st.integers(1, 100) | st.integers(1, 100).map(lambda n: 7 * n))
    | st.builds(Shift, months=st.integers(1, 100) | st.integers(1, 100).map(lambda n: 12 * n))
)
def test_a_rule_is_printed_so_that_it_reads_back(step: Shift) -> None:
    assert read_repeat(write_repeat(Repeat(step))) == Repeat(step)


def test_rules_on_a_weekday_read_back_too() -> None:
    week, month = Shift(days=7), Shift(months=1)
    rules = [Repeat(week, weekday=day) for day in range(7)]
    rules += [
        Repeat(month, weekday=day, nth=nth) for day in range(7) for nth in (-1, 1, 2, 3, 4, 5)
    ]

    assert [read_repeat(write_repeat(one)) for one in rules] == rules
