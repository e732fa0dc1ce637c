from bot.adapters.dictionaries import real_words


def test_usual_dutch_and_english_words_exist_and_misspellings_do_not() -> None:
    words = real_words()

    assert all(one in words for one in ("gemeente", "afval", "burgemeester", "weather"))
    assert not any(one in words for one in ("gemeentte", "colectivisering", "qzxwv", ""))
    assert words.importance("altijd") < words.importance("riolering")
