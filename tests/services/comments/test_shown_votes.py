"""What pictures are drawn of: no two of them differ by one person's vote on any comment."""

import asyncio
from collections import defaultdict

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.landscape.result import Lack, TooLittle
from bot.landscape.steps import RULE
from bot.services.comments.shown_votes import Drawable, StepwiseVotes
from bot.services.privacy import Privacy
from storage.comment_records import Comment
from storage.unit_of_work import UnitsOfWork
from storage.vote_records import ShownVotes
from tests.services.comments.scene import BODY, GUILD, MARJA, Scene, look, scene_of

FIRST = 201  # voters are 201 to 207: as many as a picture takes
EVERYBODY = range(FIRST, FIRST + 7)
Pairs = dict[tuple[int | None, int], int]


async def voted(scene: Scene, *, onderwerp: str = "overzicht") -> list[Comment]:
    """Have everybody agree with five comments."""
    drafts = [await scene.draft(f"{BODY} {at}", by=at, onderwerp=onderwerp) for at in range(1, 6)]
    made = [(await scene.comments.submitting.submit(one)).comment for one in drafts]
    placed = [await scene.comments.deciding.place(look(one)) for one in made]
    await vote(scene, placed, EVERYBODY, 1)
    return placed


async def vote(scene: Scene, comments: list[Comment], voters: range, value: int) -> None:
    await asyncio.gather(*(scene.vote(one, voter, value) for one in comments for voter in voters))


async def drawable(scene: Scene, round_id: int | None = None) -> Drawable:
    return await StepwiseVotes(scene.units).of(GUILD, round_id=round_id)


async def kept(scene: Scene) -> ShownVotes | None:
    async with scene.units.reading() as work:
        return await work.shown_votes.of(GUILD)


def pairs(shown: ShownVotes | None) -> Pairs:
    found: Pairs = {}
    for voter, row in zip(shown.voters, shown.rows, strict=True) if shown else ():
        for text_id, value in zip(shown.text_ids if shown else (), row, strict=True):
            if value is not None:
                found[voter, text_id] = value
    return found


async def test_two_people_change_no_picture_and_a_third_does(scene: Scene) -> None:
    comments = await voted(scene)
    first = await drawable(scene)
    assert first.lack is None
    assert first.matrix.votes.tolist() == [[1] * 5] * 7

    await vote(scene, comments, EVERYBODY[:2], -1)
    await vote(scene, comments[1:], EVERYBODY[2:], -1)  # enough, and not on the first
    second = await drawable(scene)
    assert sorted(second.matrix.votes.tolist()) == [[1, -1, -1, -1, -1]] * 7
    await vote(scene, comments[:1], EVERYBODY[2:3], -1)
    assert (await drawable(scene)).matrix.cast() == second.matrix.cast()  # three, not ten votes
    await vote(scene, comments, EVERYBODY[2:], 0)
    assert sorted((await drawable(scene)).matrix.votes[:, 0].tolist()) == [-1, -1, *[0] * 5]


async def test_the_pictures_of_a_round_and_of_all_are_of_one_step(scene: Scene) -> None:
    comments = await voted(scene)
    await drawable(scene)
    await vote(scene, comments[:3], EVERYBODY[:5], -1)
    of_all = await drawable(scene)
    await vote(scene, comments[:1], EVERYBODY[5:6], -1)
    of_round = await drawable(scene, comments[0].round_id)

    assert of_all.matrix.cast() == of_round.matrix.cast()
    other = await scene.comments.rounds.find("alv", guild_id=GUILD)
    assert (await drawable(scene, other.id)).lack is not None


async def test_until_there_is_a_picture_nothing_is_kept_and_what_is_missing_is_of_now(
    scene: Scene,
) -> None:
    comments = await voted(scene)
    gone = await scene.comments.deciding.reject(look(await scene.now(comments[0])), "Nee.")

    for total in (7, 8):
        found = await drawable(scene)
        assert isinstance(found.lack, TooLittle)
        have = {one.lack: (one.have, one.need) for one in found.lack.shortages}
        assert have == {Lack.COMMENTS: (4, 5)}
        assert await kept(scene) is None
        await vote(scene, comments[1:], range(FIRST + total, FIRST + total + 1), 1)
    assert gone.number not in found.statements


async def test_who_is_forgotten_is_named_nowhere_and_changes_no_picture(scene: Scene) -> None:
    comments = await voted(scene)
    await vote(scene, comments, range(FIRST + 7, FIRST + 8), 1)
    before = await drawable(scene)
    await vote(scene, comments[:1], EVERYBODY[:1], -1)

    await Privacy(scene.units).erase(FIRST)

    shown = await kept(scene)
    assert shown is not None
    assert FIRST not in shown.voters
    assert None in shown.voters
    assert (await drawable(scene)).matrix.cast() == before.matrix.cast()
    await vote(scene, comments, EVERYBODY[1:], -1)
    after = await drawable(scene)
    assert after.matrix.votes.tolist() == [[-1] * 5] * 6 + [[1] * 5]
    shown = await kept(scene)
    assert shown is not None
    assert sorted(one or 0 for one in shown.voters) == [*EVERYBODY[1:], FIRST + 7]


async def test_a_comment_that_goes_takes_its_votes_and_brings_the_shown_ones_back(
    scene: Scene,
) -> None:
    first, *others = await voted(scene)
    extra = await scene.placed(f"{BODY} nog een", by=99)
    await vote(scene, [extra], EVERYBODY, 1)
    before = await drawable(scene)
    await vote(scene, [first], EVERYBODY[:1], -1)
    rejected = await scene.comments.deciding.reject(look(await scene.now(first)), "Nee.")
    assert first.number not in (await drawable(scene)).matrix.comments
    await vote(scene, others, EVERYBODY, -1)
    between = await drawable(scene)
    assert between.matrix.votes[:, 0].tolist() == [-1] * 7  # a step was taken without it

    appealed = await scene.comments.authoring.appeal(
        rejected.id, "Toch wel.", guild_id=GUILD, author_id=first.author_id or 0
    )
    await scene.comments.deciding.place(look(appealed, by=MARJA + 1))
    back = await drawable(scene)

    assert back.matrix.comments == before.matrix.comments
    assert back.matrix.votes[:, 0].tolist() == [1] * 7  # not six, which would tell one


async def test_of_many_who_look_at_once_all_see_one_step(scene: Scene) -> None:
    comments = await voted(scene)
    processes = [scene, scene.another(), scene.another()]
    found = await asyncio.gather(*(drawable(one) for one in processes * 2))
    assert {str(one.matrix.votes.tolist()) for one in found} == {str([[1] * 5] * 7)}
    shown = await kept(scene)
    assert shown is not None
    assert shown.version == 1
    assert sorted(one or 0 for one in shown.voters) == list(EVERYBODY)
    assert set(shown.text_ids) == {one.text.id for one in comments}


_batch = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 4), st.sampled_from((-1, 0, 1))),
    min_size=15,
    max_size=30,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=2)
@given(st.lists(_batch, min_size=2, max_size=3))
async def test_whenever_one_looks_a_step_is_of_many_people_on_each_comment(
    units: UnitsOfWork, batches: list[list[tuple[int, int, int]]]
) -> None:
    scene = scene_of(units)
    comments = await voted(scene)
    await drawable(scene)
    before = pairs(await kept(scene))
    for batch in batches:
        await asyncio.gather(
            *(scene.vote(comments[at], FIRST + voter, value) for voter, at, value in batch)
        )
        await drawable(scene)
        after = pairs(await kept(scene))
        changed: dict[int, set[int | None]] = defaultdict(set)
        for person, text_id in before.keys() | after.keys():
            if before.get((person, text_id)) != after.get((person, text_id)):
                changed[text_id].add(person)
        if changed:
            assert min(map(len, changed.values())) >= RULE.voters_a_comment
            assert sum(map(len, changed.values())) >= RULE.votes
            assert len(set[int | None]().union(*changed.values())) >= RULE.voters
        before = after
