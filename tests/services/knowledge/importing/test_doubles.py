import pytest

from bot.services.knowledge.importing.doubles import KnownPassages
from tests.builders import document, section

LONG = (
    "De verkenning van de stichting is op 4 april aangeboden aan de commissie Water, die er in "
    "juni over besluit. Daarna gaat het voorstel naar alle raden van de gemeenten langs de Waal."
)
KNOWN = KnownPassages([document("zeil", "Zeil", section(LONG))])


def test_the_same_words_are_known_whatever_their_signs() -> None:
    found = KNOWN.find(LONG.upper().replace(",", " -"))

    assert found is not None
    assert (found.title, found.is_same) == ("Zeil", True)


def test_nearly_the_same_is_known_as_such() -> None:
    found = KNOWN.find(f"{LONG} Dat duurt even.")

    assert found is not None
    assert not found.is_same


@pytest.mark.parametrize(
    "text",
    [
        "De verkenning is op 4 april aangeboden.",
        "De raad van de gemeente besluit in juni over de haven en de kosten van de ligplaatsen.",
        "",
    ],
)
def test_another_text_is_not_known(text: str) -> None:
    assert KNOWN.find(text) is None


def test_a_passage_that_comes_twice_in_a_file_is_known_the_second_time() -> None:
    text = "Een zin die nog nergens in de hele kennisbank van deze server voorkomt, met twaalf."

    first, second = KnownPassages([]).find_each([text, text], title="Nieuw")

    assert first is None
    assert second is not None
    assert second.title == "Nieuw"
