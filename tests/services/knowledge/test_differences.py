from hypothesis import given
from hypothesis import strategies as st

from bot.services.knowledge.differences import Change, Difference, difference

WORDS = st.lists(st.sampled_from(["de", "kat", "zit", "op", "het", "dak", "3.000"]), max_size=12)
TEXTS = st.lists(WORDS.map(" ".join), max_size=4).map("\n\n".join)


def shown(found: Difference) -> list[list[tuple[str, str]]]:
    return [[(one.change.value, one.text) for one in each.pieces] for each in found.paragraphs]


def test_words_that_changed_stand_between_a_few_that_did_not() -> None:
    before = "Een twee drie vier vijf zes zeven acht negen kost 40 euro per jaar."
    found = difference(before, before.replace("40", "55"))

    assert shown(found) == [
        [
            ("same", "… vijf zes zeven acht negen kost"),
            ("removed", "40"),
            ("added", "55"),
            ("same", "euro per jaar."),
        ]
    ]


def test_paragraphs_that_came_and_went_are_whole_and_the_same_ones_are_left_out() -> None:
    found = difference("Blijft.\n\nDit gaat weg.", "Blijft.\n\nHeel iets anders erbij!")

    assert shown(found) == [[("added", "Heel iets anders erbij!")], [("removed", "Dit gaat weg.")]]


def test_other_line_breaks_are_no_change() -> None:
    assert difference("een twee\ndrie", "een twee drie").paragraphs == ()
    assert difference("gelijk", "gelijk") == Difference(())


def test_what_does_not_fit_is_counted_and_something_is_always_shown() -> None:
    before = "\n\n".join(f"Alinea {number} {'woord ' * 20}" for number in range(9))
    found = difference(before, "", room=300)
    tight = difference(before, "", room=40)

    assert (len(found.paragraphs), found.left_out) == (2, 7)
    assert tight.left_out == 8
    assert sum(one.length for one in tight.paragraphs) <= 40
    assert shown(tight)[0][0][1].endswith("…")


@given(TEXTS, TEXTS, st.integers(20, 200))
def test_a_difference_fits_and_names_only_words_of_that_version(
    before: str, after: str, room: int
) -> None:
    found = difference(before, after, room=room)

    assert sum(one.length for one in found.paragraphs) <= room
    for one in (piece for each in found.paragraphs for piece in each.pieces):
        whole = {Change.ADDED: after, Change.REMOVED: before}.get(one.change)
        if whole is not None and not one.text.endswith("…"):
            assert " ".join(one.text.split()) in " ".join(whole.split())


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert difference(text, text) == Difference(())
