import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.services.comments.counting import STEP, next_step
from bot.services.comments.errors import NotVotableError, RoundClosedError
from bot.services.comments.ordering import ordered, priority
from bot.services.comments.sending import COMMENT_KIND
from bot.services.comments.voting import Cast
from storage.comment_records import Comment, CommentOrder
from storage.unit_of_work import UnitsOfWork
from storage.vote_records import NO_VOTES, Countable, Tally, VoteValue
from tests.services.comments.scene import (
    ANNA,
    BERT,
    BODY,
    CAROLIEN,
    ELSEWHERE,
    GUILD,
    MARJA,
    OTHER,
    Scene,
    look,
    scene_of,
)

AGREE, PASS, DISAGREE = VoteValue.AGREE, VoteValue.PASS, VoteValue.DISAGREE


def cast(comment: Comment, voter: int, value: VoteValue = AGREE) -> Cast:
    return Cast(GUILD, voter, comment.text.id, value)


async def test_a_member_has_one_vote_and_can_change_it(scene: Scene) -> None:
    comment, voting = await scene.placed(), scene.comments.voting

    first = await voting.vote(cast(comment, BERT))
    second = await voting.vote(cast(comment, BERT, DISAGREE))

    assert (first.number, first.value, first.before) == (1, AGREE, None)
    assert (second.value, second.before) == (DISAGREE, AGREE)
    assert await voting.own(comment.text.id, user_id=BERT) is DISAGREE
    assert await voting.own(comment.text.id, user_id=CAROLIEN) is None
    async with scene.units.reading() as work:
        assert await work.votes.cast_in(GUILD) == ((BERT, comment.text.id, -1),)


async def test_many_at_once_are_all_kept_and_a_burst_of_one_ends_as_its_last(scene: Scene) -> None:
    comment, voting = await scene.placed(), scene.comments.voting
    casts = [cast(comment, 1_000 + number) for number in range(230)]
    casts += [cast(comment, BERT, value) for value in (AGREE, DISAGREE, PASS)]

    done = await asyncio.gather(*map(voting.vote, casts))

    assert [one.before for one in done[-3:]] == [None, AGREE, DISAGREE]
    assert await voting.own(comment.text.id, user_id=BERT) is PASS
    assert await scene.shown(comment) == Tally(agree=230)  # 231 voters, in steps of 5


async def test_what_cannot_be_voted_on_costs_the_others_nothing(scene: Scene) -> None:
    comment, waiting = await scene.placed(), await scene.submit(OTHER)
    other_round = await scene.comments.rounds.find("alv", guild_id=GUILD)
    draft = await scene.draft(OTHER, by=BERT, onderwerp="alv")
    closing = (await scene.comments.submitting.submit(draft)).comment
    await scene.comments.deciding.place(look(closing))
    await scene.comments.rounds.close(other_round.id, guild_id=GUILD, by=MARJA)
    casts = [
        cast(comment, BERT),
        cast(waiting, BERT),
        Cast(ELSEWHERE, BERT, comment.text.id, AGREE),
        Cast(GUILD, BERT, 999, AGREE),
        cast(closing, BERT),
        cast(comment, CAROLIEN),
    ]

    results = await asyncio.gather(*map(scene.comments.voting.vote, casts), return_exceptions=True)

    kinds = [type(one) for one in results if isinstance(one, BaseException)]
    assert kinds == [NotVotableError, NotVotableError, NotVotableError, RoundClosedError]
    assert await scene.comments.voting.own(comment.text.id, user_id=CAROLIEN) is AGREE
    for text_id in (0, -1, 2**70):
        with pytest.raises(NotVotableError):
            await scene.comments.voting.vote(Cast(GUILD, BERT, text_id, AGREE))


async def test_counts_show_from_five_and_move_in_steps_and_the_message_follows(
    scene: Scene,
) -> None:
    comment = await scene.placed()
    seen: list[Tally] = []
    for voter in range(1, 12):
        await scene.vote(comment, voter, 1 if voter % 2 else -1)
        seen.append(await scene.shown(comment))

    assert seen[:4] == [NO_VOTES] * 4
    assert seen[4:9] == [Tally(agree=3, disagree=2)] * 5
    assert seen[9:] == [Tally(agree=5, disagree=5)] * 2
    await scene.vote(comment, 1, -1)
    assert await scene.shown(comment) == Tally(agree=5, disagree=5)  # a change waits for a step
    (copy,) = await scene.deliveries(COMMENT_KIND, comment.text.id)
    assert copy.wanted_version == 3


@given(st.lists(st.integers(-3, 20), max_size=30))
def test_what_is_shown_is_always_a_whole_step_and_never_goes_down(changes: list[int]) -> None:
    voters = shown = 0
    for change in changes:
        voters, before = max(voters + change, 0), shown
        shown = next_step(voters, shown=shown) or shown
        assert shown % STEP == 0
        assert shown >= before
        assert shown == before or shown <= voters


async def test_the_walk_leaves_out_what_one_wrote_voted_on_or_cannot_vote_on(scene: Scene) -> None:
    first, second = await scene.placed(BODY, by=ANNA), await scene.placed(OTHER, by=BERT)
    await scene.submit("Dit wacht nog op een moderator.", by=CAROLIEN)
    voting = scene.comments.voting

    of_anna = await voting.next_for(GUILD, user_id=ANNA)
    assert of_anna is not None
    assert (of_anna.comment, of_anna.left, of_anna.round.title) == (second, 1, "overzicht")
    ballot = await voting.next_for(GUILD, user_id=CAROLIEN)
    assert ballot is not None
    assert ballot.left == 2
    other = await voting.next_for(
        GUILD, user_id=CAROLIEN, skipped=frozenset({ballot.comment.text.id})
    )
    assert other is not None
    assert {ballot.comment.id, other.comment.id} == {first.id, second.id}
    await scene.vote(first, CAROLIEN)
    await scene.vote(second, CAROLIEN, 0)
    assert await voting.next_for(GUILD, user_id=CAROLIEN) is None
    assert await voting.next_for(ELSEWHERE, user_id=CAROLIEN) is None


def test_new_and_dividing_comments_come_first_and_passed_ones_last() -> None:
    new, divided = priority(NO_VOTES), priority(Tally(agree=10, disagree=10))
    assert new > divided > priority(Tally(agree=1, disagree=19))
    assert divided > priority(Tally(agree=2, disagree=3, passed=15))
    assert priority(Tally(agree=5)) > priority(Tally(agree=50))


def test_equal_comments_come_in_another_order_for_everybody() -> None:
    equal = [Countable(number, number, number, NO_VOTES) for number in range(20)]
    firsts = {ordered(equal, user_id=user)[0].number for user in range(200)}

    assert len(firsts) > 15
    assert ordered(equal, user_id=1) == ordered(reversed(equal), user_id=1)


async def test_the_most_supported_come_first_by_what_is_shown(scene: Scene) -> None:
    first, second = await scene.placed(BODY), await scene.placed(OTHER, by=BERT)
    for voter in range(1, 5):
        await scene.vote(first, voter)
    for voter in range(1, 6):
        await scene.vote(second, voter, -1 if voter < 3 else 1)
    reading = scene.comments.reading

    page = await reading.placed(GUILD, order=CommentOrder.SUPPORTED)
    assert [one.number for one in page.items] == [2, 1]  # 3 shown, and 4 that are not shown yet
    await scene.vote(first, 5)
    page = await reading.placed(GUILD, order=CommentOrder.SUPPORTED)
    assert [one.number for one in page.items] == [1, 2]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=5)
@given(
    st.lists(
        st.tuples(st.integers(1, 6), st.integers(0, 1), st.sampled_from((-1, 0, 1))),
        max_size=30,
    )
)
async def test_whatever_is_cast_at_once_the_last_of_everybody_stands(
    units: UnitsOfWork, casts: list[tuple[int, int, int]]
) -> None:
    scene = scene_of(units)
    author = next(_people)
    comments = [await scene.placed(by=author), await scene.placed(OTHER, by=author)]
    both = (scene, scene.another())

    await asyncio.gather(
        *(both[voter % 2].vote(comments[at], author + voter, value) for voter, at, value in casts)
    )

    expected = {(voter, at): value for voter, at, value in casts}
    for (voter, at), value in expected.items():
        own = await scene.comments.voting.own(comments[at].text.id, user_id=author + voter)
        assert own == value
    for at, comment in enumerate(comments):
        voters = len([one for one in expected if one[1] == at])
        assert (await scene.shown(comment)).total == voters // STEP * STEP


_people = iter(range(10_000, 10**6, 10))
