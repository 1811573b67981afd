"""What plain words can mean: which of them count, their other forms, and dates that are meant as dates."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from engines.library.term import Term
from engines.search.dates import read_date
from engines.search.nodes import Interval

# They say nothing about a picture. Not among the German ones are those that an English picture can show: hat, war, bin.
_ENGLISH = """
a about all also am an and any are as at be been but by can did do does for from had has have he her his how i if in
into is it its me my no not of off on or our out over she so some than that the their them then there these they this
those to too under up very was we were what when where which while who with would you your
"""
_GERMAN = """
aber als am an auch auf aus bei bis das dass dem den der des die doch du durch ein eine einem einen einer eines er es
fur hatte ich ihr im in ins ist kein keine mein meine mit nach nicht noch nur ob oder sehr sein seine sich sie sind so
uber um und uns unter vom von vor was wie wir wird wo zu zum zur
"""
STOP_WORDS = frozenset((_ENGLISH + _GERMAN).split())

_IRREGULAR = {
    "child": "children", "foot": "feet", "knife": "knives", "leaf": "leaves", "man": "men", "mouse": "mice",
    "person": "people", "tooth": "teeth", "wolf": "wolves", "woman": "women",
}  # fmt: skip
_OTHER_FORM = _IRREGULAR | {many: one for one, many in _IRREGULAR.items()}
# Thai, Lao, Khmer, Chinese and Japanese have no spaces: the index takes a run of their letters for one word, of which a
# search can find the beginning.
_UNSPACED = re.compile("[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_LONGEST_DATE = 3  # words: '22 October 2008'

Tokenise = Callable[[str], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Reading:
    """A word, or a few that are one date or place. terms: any of them will do.

    when: the time that may be meant instead. place: the name of one that may be, where something was taken there, else
    ''. start, end: which of the words. meant: the word that a misspelt one was read as, else ''.
    """

    written: str
    terms: tuple[Term, ...]
    when: Interval | None = None
    start: int = 0
    end: int = 0
    meant: str = ""
    place: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether it has to be there as it is: a date, a place, a number, a beginning, a name with signs in it."""
        plain = self.terms[0]
        return (
            self.when is not None
            or bool(self.place)
            or plain.prefix
            or len(plain.tokens) > 1
            or plain.tokens[0].isdecimal()
        )


def read_words(words: tuple[str, ...], tokenise: Tokenise, now: datetime) -> tuple[Reading, ...]:
    """What is to be found, all of it; nothing if no word holds a letter or digit.

    Stop words count only where nothing else is left.
    """
    readings = [reading for reading in _readings(words, tokenise, now) if reading.terms]
    telling = [reading for reading in readings if not _is_stop_word(reading)]
    return tuple(telling or readings)


def _readings(words: tuple[str, ...], tokenise: Tokenise, now: datetime) -> Iterator[Reading]:
    start = 0
    while start < len(words):
        for length in range(min(_LONGEST_DATE, len(words) - start), 0, -1):
            written = " ".join(words[start : start + length])
            span = read_date(written, now)
            if span is not None or length == 1:
                break
        when = Interval(*span, high_open=True) if span is not None else None
        yield Reading(written, terms_of(written, tokenise), when, start, start + length)
        start += length


def terms_of(word: str, tokenise: Tokenise) -> tuple[Term, ...]:
    """What a word is looked up as in the full-text index."""
    tokens = tokenise(word)
    if not tokens:
        return ()
    if len(tokens) > 1 or word.endswith("*") or _UNSPACED.search(tokens[0]):
        return (Term(tokens, prefix=word.endswith("*") or bool(_UNSPACED.search(tokens[-1]))),)
    return tuple(Term((form,)) for form in dict.fromkeys((*forms(tokens[0]), *_sharp(tokens[0]))))


def _sharp(word: str) -> tuple[str, ...]:
    """'strasse' as 'straße' and the other way round, which the index tells apart."""
    other = word.replace("ß", "ss") if "ß" in word else word.replace("ss", "ß")
    return (other,) if other != word else ()


def _is_stop_word(reading: Reading) -> bool:
    first = reading.terms[0]
    return reading.when is None and not first.prefix and all(token in STOP_WORDS for token in first.tokens)


def forms(word: str) -> tuple[str, ...]:
    """An English noun and its other number, as far as the spelling tells: 'beach' and 'beaches'."""
    if word in _OTHER_FORM:
        return word, _OTHER_FORM[word]
    if len(word) < 3 or not word.isalpha() or not word.isascii():
        return (word,)
    if word.endswith("ies"):
        return word, f"{word[:-3]}y"
    if word.endswith(("ches", "shes", "sses", "xes", "zzes")):
        return word, word[:-2]
    if word.endswith("s"):
        return (word, f"{word}es") if word.endswith(("ss", "us", "is")) else (word, word[:-1])
    if word.endswith("y") and word[-2] not in "aeiou":
        return word, f"{word[:-1]}ies"
    return word, f"{word}es" if word.endswith(("ch", "sh", "x", "z")) else f"{word}s"
