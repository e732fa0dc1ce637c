import datetime as dt

import pytest

from bot.ui.markdown import size
from bot.ui.progress.digest import embed_fields
from storage.digest_records import DigestLine, DigestSection, DigestTopic

DAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize("title", ["x" * 300, "*" * 300, "😀" * 300, "@everyone <@1> " * 20])
def test_the_longest_digest_fits_in_one_embed(title: str) -> None:
    line = DigestLine(
        title, url="https://e.nl/" + "a" * 280, note="n" * 300, first=DAY, last=DAY, count=9
    )
    sections = tuple(DigestSection(topic, (line,) * 5, many=9) for topic in DigestTopic)

    fields = embed_fields(sections)

    assert len(fields) == len(DigestTopic)
    assert all(0 < size(text) <= 1_024 for _, text in fields)
    assert sum(size(name) + size(text) for name, text in fields) <= 5_700
    assert all("en nog " in text for _, text in fields)
    assert all("@everyone" not in text and "<@1>" not in text for _, text in fields)


def test_a_line_says_what_when_and_what_became_of_it() -> None:
    section = DigestSection(
        DigestTopic.MILESTONES,
        (
            DigestLine("Het *advies*", note="under_way", first=DAY, last=DAY + dt.timedelta(1)),
            DigestLine("Klaar", url="https://e.nl", note="reached", first=DAY),
        ),
        many=2,
    )

    ((heading, text),) = embed_fields((section,))

    assert heading == "📍 Mijlpalen"
    assert text.splitlines() == [
        r"- Het \*advies\* (23 tot en met 24 november 2026): gewijzigd, is bezig",
        "- [Klaar](<https://e.nl>) (23 november 2026): bereikt",
    ]
