"""The evaluation as a table and as a verdict."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.eval.scoring import Score


@dataclass(frozen=True, slots=True)
class Floors:
    """What CI holds (docs/quality.md has the goals beside them)."""

    right: float = 0.75
    wrongly_answered: float = 0.15
    typo_share: float = 0.90


def table(rows: Mapping[str, Score]) -> Iterator[str]:
    """Yield a line per row: counts, then percentages."""
    yield (
        f"{'':<24}{'n':>5}{'right':>8}{'hit@1':>8}{'hit@3':>8}{'MRR':>7}"
        f"{'abstain':>9}{'suggest':>9}{'m':>6}{'false':>8}"
    )
    for name, one in rows.items():
        yield (
            f"{name:<24}{one.answerable:>5}{one.right:>8.1%}{one.hit_at_1:>8.1%}"
            f"{one.hit_at_3:>8.1%}{one.reciprocal_rank:>7.2f}{one.wrongly_abstained:>9.1%}"
            f"{one.suggested_instead:>9.1%}{one.unanswerable:>6}{one.wrongly_answered:>8.1%}"
        )


def broken(clean: Score, typed: Score, floors: Floors) -> list[str]:
    """Return a sentence for each floor that the scores are below."""
    share = typed.right / clean.right if clean.right else 0.0
    found: list[str] = []
    if clean.right < floors.right:
        found.append(f"right answers: {clean.right:.1%} is below {floors.right:.0%}")
    if clean.wrongly_answered > floors.wrongly_answered:
        found.append(
            f"wrongly answered: {clean.wrongly_answered:.1%} is above {floors.wrongly_answered:.0%}"
        )
    if share < floors.typo_share:
        found.append(f"with typing errors: {share:.1%} of the clean score, not 90%")
    return found
