from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UnknownOptionError
from bot.search.documents import Document
from bot.services.knowledge.options import find_option, offer_options
from tests.builders import shipped_library

OPTIONS = shipped_library().options


@pytest.mark.parametrize("found", [pytest.param(one, id=one.id) for one in OPTIONS])
def test_an_option_is_found_by_its_id_number_and_title(found: Document) -> None:
    assert find_option(OPTIONS, found.id) == found
    assert find_option(OPTIONS, str(found.option)) == found
    assert find_option(OPTIONS, found.title.upper()) == found


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("cooperatie van gemeenten", "Coöperatie van gemeenten"),
        ("BVO", "Bedrijfsvoeringsorganisatie (BVO)"),
        ("stichtign", "Stichting"),
        ("regie", "Regiegroep"),
    ],
)
def test_an_option_is_found_by_something_like_its_name(typed: str, title: str) -> None:
    assert find_option(OPTIONS, typed).title == title


@given(st.text(max_size=200))
def test_whatever_is_typed_names_an_option_or_is_refused(typed: str) -> None:
    assert set(offer_options(OPTIONS, typed)) <= set(OPTIONS)
    with suppress(UnknownOptionError):
        assert find_option(OPTIONS, typed) in OPTIONS


def test_no_option_is_no_guess() -> None:
    with pytest.raises(UnknownOptionError):
        find_option(OPTIONS, "banaan")
