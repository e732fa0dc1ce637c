from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.delivery_records import ChannelTarget, DeliveryState, DmTarget, Lane, PostTarget
from storage.unit_of_work import UnitsOfWork
from tests.conftest import NOW
from tests.storage.delivery_examples import (
    CHANNEL,
    LANE,
    LATER,
    OTHER_CHANNEL,
    known,
    new,
    put,
    queue,
)
from tests.storage.examples import MEMBER


@given(
    rows=st.lists(
        st.tuples(st.integers(0, 3), st.integers(1, 2), st.booleans(), st.booleans()),
        min_size=1,
        max_size=8,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_the_next_of_a_lane_is_the_earliest_that_may_be_tried(
    units: UnitsOfWork, rows: list[tuple[int, int, bool, bool]]
) -> None:
    async with units() as work:
        before = await work.deliveries.of_subject("update", 1)
        before += await work.deliveries.of_subject("update", 2)
        for one in before:
            if one.state is not DeliveryState.CANCELLED:
                await work.deliveries.put(replace(one, state=DeliveryState.CANCELLED))
    first = max((one.id for one in before), default=0)
    made = await queue(
        units,
        *(new(f"{first}:{n}", subject=row[1], due=row[0] - 1) for n, row in enumerate(rows)),
    )
    for one, (_due, _subject, waits, is_sent) in zip(made, rows, strict=True):
        changed = known(one, DeliveryState.SENT) if is_sent else one
        changed = replace(changed, next_try_at=LATER if waits else None)
        await put(units, replace(changed, sent_version=0) if is_sent else changed)

    expected: list[int] = []
    held_back: set[int] = set()
    for one, row in sorted(
        zip(made, rows, strict=True), key=lambda pair: (pair[0].due_at, pair[0].id)
    ):
        due, subject, waits, is_sent = row
        if due > 1:
            continue
        if waits and not is_sent:
            held_back.add(subject)
        elif not waits and (is_sent or subject not in held_back):
            expected.append(one.id)
    async with units.reading() as work:
        found = await work.deliveries.next_in(LANE, NOW, limit=3)
        lanes = await work.deliveries.lanes_due(NOW, limit=9)
    assert [one.id for one in found] == expected[:3]
    assert lanes == (LANE,) or not expected


async def test_lanes_come_longest_due_first_and_tell_channels_from_people(
    units: UnitsOfWork,
) -> None:
    await queue(
        units,
        new("a", ChannelTarget(OTHER_CHANNEL)),
        new("b", DmTarget(MEMBER), due=-5),
        new("c", PostTarget(CHANNEL, "x"), due=-9),
        new("d", due=-1),
        new("e", ChannelTarget(1), due=1),
    )

    async with units.reading() as work:
        lanes = await work.deliveries.lanes_due(NOW, limit=9)
        limited = await work.deliveries.lanes_due(NOW, limit=1)
        private = await work.deliveries.next_in(Lane(MEMBER, is_private=True), NOW, limit=3)

    other = Lane(OTHER_CHANNEL, is_private=False)
    assert lanes == (LANE, Lane(MEMBER, is_private=True), other)
    assert limited == (LANE,)
    assert [one.key for one in private] == ["b"]
