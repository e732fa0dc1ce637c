"""What an export gathers: consent, addresses, what is left out, and the landscape."""

from collections.abc import Mapping

from bot.adapters.exports.comments import ExportFile
from bot.landscape.result import TooLittle
from bot.landscape.votes import VoteMatrix
from bot.services.comments.landscape import Landscapes
from bot.services.comments.reporting import Report, Reporting, Stage
from bot.services.comments.shown_votes import StepwiseVotes
from bot.services.landscape.drawing import DrawnLandscape, LandscapeNotDrawnError
from bot.texts import comments_export as texts
from bot.ui.comments.exporting import answer_to
from storage.comment_records import Consents
from tests.services.comments.scene import ALL, BERT, BODY, CAROLIEN, GUILD, OTHER, Scene, look


class Pencil:
    """Draws nothing, and keeps what it was asked."""

    def __init__(self, answer: TooLittle | LandscapeNotDrawnError) -> None:
        self.answer = answer
        self.asked: list[tuple[VoteMatrix, dict[int, str]]] = []

    async def draw(
        self, matrix: VoteMatrix, statements: Mapping[int, str]
    ) -> DrawnLandscape | TooLittle:
        self.asked.append((matrix, dict(statements)))
        if isinstance(self.answer, LandscapeNotDrawnError):
            raise self.answer
        return self.answer


async def gathered(scene: Scene, pencil: Pencil, stages: list[Stage], topic: str = "") -> Report:
    async def tell(stage: Stage, _count: int) -> None:
        stages.append(stage)

    of = await scene.comments.rounds.find(topic, guild_id=GUILD) if topic else None
    exporting, landscapes = scene.comments.exporting, Landscapes(StepwiseVotes(scene.units), pencil)
    return await Reporting(scene.units, scene.clock, exporting, landscapes).gather(GUILD, of, tell)


async def fill(scene: Scene) -> None:
    some = Consents(vng=True)
    drafts = [
        await scene.draft(BODY, consents=ALL),
        await scene.draft(OTHER, by=BERT, consents=some, onderwerp="inzicht"),
        await scene.draft("Ik wil dit niet doorgeven.", by=CAROLIEN, consents=Consents(name=True)),
    ]
    made = [(await scene.comments.submitting.submit(one)).comment for one in drafts]
    placed = [await scene.comments.deciding.place(look(one)) for one in made]
    for voter in range(201, 206):
        for one in placed:
            await scene.vote(one, voter)


async def test_only_what_may_be_passed_on_is_gathered(scene: Scene) -> None:
    await fill(scene)
    pencil, stages = Pencil(TooLittle(())), list[Stage]()
    report = await gathered(scene, pencil, stages)

    assert [(one.number, one.author) for one in report.rows] == [(1, "Lid 101"), (2, None)]
    assert (report.left_out, report.landscape, report.title) == (1, None, None)
    assert stages == [Stage.READING, Stage.DRAWING, Stage.WRITING]
    assert pencil.asked == []  # three comments are too few


async def test_an_export_is_drawn_of_the_votes_that_the_landscape_shows(scene: Scene) -> None:
    drafts = [await scene.draft(f"{BODY} {at}", by=at, consents=ALL) for at in range(1, 6)]
    made = [(await scene.comments.submitting.submit(one)).comment for one in drafts]
    placed = [await scene.comments.deciding.place(look(one)) for one in made]
    for voter in range(201, 208):
        for one in placed:
            await scene.vote(one, voter)
    pencil = Pencil(LandscapeNotDrawnError())

    first = await gathered(scene, pencil, [])
    await scene.vote(placed[0], 201, -1)
    await gathered(scene, pencil, [])

    assert first.landscape is None
    (before, statements), (after, _) = pencil.asked
    assert set(statements) == {1, 2, 3, 4, 5}
    assert (before.voters, before.comments) == (tuple(range(7)), (1, 2, 3, 4, 5))
    assert before.cast() == after.cast()


async def test_a_report_of_one_topic_holds_no_other(scene: Scene) -> None:
    await fill(scene)
    pencil = Pencil(LandscapeNotDrawnError())
    report = await gathered(scene, pencil, [], "inzicht")

    assert [one.number for one in report.rows] == [2]
    assert (report.left_out, report.landscape) == (0, None)


async def test_without_comments_nothing_is_drawn(scene: Scene) -> None:
    pencil, stages = Pencil(TooLittle(())), list[Stage]()
    report = await gathered(scene, pencil, stages)
    assert (report.rows, pencil.asked, stages) == ((), [], [Stage.READING])
    assert answer_to(report, None, command="") == (texts.nothing(0), None)


async def test_what_discord_does_not_take_becomes_a_command(scene: Scene) -> None:
    await fill(scene)
    report = await gathered(scene, Pencil(TooLittle(())), [])
    file = ExportFile("reacties.csv", b"x" * 1_048_577)

    assert answer_to(report, file, command="python -m bot", most=2) == (texts.done(2, 1), file)
    said, sent = answer_to(report, file, command="python -m bot comments export", most=1)
    assert sent is None
    assert "`python -m bot comments export`" in said
