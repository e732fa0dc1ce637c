"""Which words exist, from the frequency lists of the package `pyspellchecker` (subtitles)."""

from bot.search.analysis import fold
from bot.search.real_words import RealWords, merged

# Below these counts the lists hold misspellings and names as well as words.
_LEAST_COUNT = {"nl": 100, "en": 5_000}


def real_words() -> RealWords:
    """Return the Dutch and the usual English words. Takes about a second: cache what it gives."""
    from spellchecker import SpellChecker  # noqa: PLC0415 # half a second, at an index build only

    return RealWords.of(
        merged(
            {
                fold(word): count
                for word, count in SpellChecker(language=language).word_frequency.dictionary.items()
                if count >= least
            }
            for language, least in _LEAST_COUNT.items()
        )
    )
