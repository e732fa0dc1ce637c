from pathlib import Path

import pytest

from bot.adapters.meetings_file import UnsoundMeetingsError, read, shipped
from bot.services.meetings.past import find_past

ONE = """meetings:
  - {kind: ALV, date: '2016-06-08', time: '', place: '', decisions: [], agenda: [],
     source: {title: x, url: 'https://example.org'}}
"""


def test_the_assemblies_that_ship_are_sound_the_latest_first() -> None:
    dates = [one.date for one in shipped()]

    assert dates == sorted(dates, reverse=True)
    assert all(one.source_url.startswith("http") for one in shipped())
    assert find_past(shipped(), "ALV van 8 juni 2016") == find_past(shipped(), "d2016-06-08")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("meetings: [", 0),
        (ONE.replace("ALV", "feest"), 1),
        (ONE.replace("2016-06-08", "8 juni"), 1),
        (ONE.replace("place", "plek"), 1),
    ],
)
def test_what_is_wrong_is_named_with_its_meeting(tmp_path: Path, text: str, number: int) -> None:
    path = tmp_path / "meetings.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnsoundMeetingsError) as caught:
        read(path)

    assert caught.value.number == number
