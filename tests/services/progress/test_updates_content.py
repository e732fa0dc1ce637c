import pytest

from bot.services.progress.updates_content import MAX_TEXT, content_of, reason_of
from bot.services.progress.updates_errors import ContentProblem, UpdateContentError
from storage.progress_records import Part


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c#d"),
        ("example.org", "https://example.org"),
        ("  ", None),
    ],
)
def test_a_link_is_an_address_on_the_web(link: str, kept: str | None) -> None:
    assert content_of(title="a", text="b", part="", link=link).link == kept


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "ftp://example.org",
        "https://",
        "https://me@example.org",
        "https://exa mple.org",
        "https://example.org/<@1>",
        "https://[::1",
        "https://example.org:port",
        "https://localhost",
        "https://example.org/" + "a" * 500,
        "discord://x.y",
    ],
)
def test_what_is_no_address_on_the_web_is_refused(link: str) -> None:
    with pytest.raises(UpdateContentError) as refused:
        content_of(title="a", text="b", part="", link=link)

    assert refused.value.problem is ContentProblem.BAD_LINK


def test_what_was_typed_is_cleaned_and_a_strange_part_is_none() -> None:
    content = content_of(title=" a \n b ", text=" c ", part="bestuur", link="")

    assert (content.title, content.text, content.part) == ("a b", "c", None)
    assert content_of(title="a", text="b", part="digitale agenda", link="").part is (
        Part.DIGITALE_AGENDA
    )


def test_empty_and_long_texts_are_refused_with_the_limit() -> None:
    for title, text, problem in (
        (" ", "b", ContentProblem.NO_TITLE),
        ("a", " ", ContentProblem.NO_TEXT),
        ("a" * 101, "b", ContentProblem.TITLE_TOO_LONG),
        ("a", "b" * (MAX_TEXT + 1), ContentProblem.TEXT_TOO_LONG),
    ):
        with pytest.raises(UpdateContentError) as refused:
            content_of(title=title, text=text, part="", link="")
        assert refused.value.problem is problem
    for reason in (" ", "a" * 501):
        with pytest.raises(UpdateContentError):
            reason_of(reason)
