"""Where in a film words are said: to the second of each word, whatever sentences they belong to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from engines.library.term import Term
from engines.library.transcripts import Transcript
from engines.search.filter import Ground, text_term
from engines.search.nodes import Field, Pattern, Phrase, Query, Words
from engines.search.readings import read

# What is wanted, all of it: of each group of terms one will do.
Wanted = Sequence[Sequence[Term]]

_LEAD_S = 0.3  # before a word: who jumps there wants to hear its beginning


@dataclass(frozen=True, slots=True)
class Spoken:
    """A stretch of a film in which words are said. said: the words, as they were said."""

    start_s: float
    end_s: float
    said: str


@dataclass(frozen=True, slots=True)
class _Token:
    """A word as the index cut and folded it. word: which one of the film's it belongs to."""

    text: str
    word: int


def wanted_of(leaf: Query, ground: Ground) -> Wanted:
    """What a part of a query looks for in what is said; nothing where it does not ask for words."""
    match leaf:
        case Field(name="transcript", test=Pattern() as pattern):
            term = text_term("transcript", pattern, ground.index)
            return ((term,),) if term is not None else ()
        case Phrase(text):
            tokens = ground.index.text.tokens(text)
            return ((Term(tokens),),) if tokens else ()
        case Words(words):
            return [reading.terms for reading in read(words, ground, datetime.now())]
    return ()


def spoken_in(transcript: Transcript, wanted: Wanted, ground: Ground) -> list[Spoken]:
    """Where it is said: of a single thing each place, of several the sentences that hold all of them; in order."""
    words = [word for sentence in transcript.sentences for word in sentence.words]
    tokens = list(_tokens([word.text for word in words], ground))
    by_group = [sorted({place for term in terms for place in _followed(tokens, term)}) for terms in wanted]
    found = []
    for first, last in by_group[0] if len(by_group) == 1 else _together(by_group, transcript):
        said = " ".join(word.text for word in words[first : last + 1])
        found.append(Spoken(max(0.0, words[first].start_s - _LEAD_S), words[last].end_s, said))
    return found


_Place = tuple[int, int]  # the first and the last word


def _together(by_group: Sequence[Sequence[_Place]], transcript: Transcript) -> Iterator[_Place]:
    first = 0
    for sentence in transcript.sentences:
        end = first + len(sentence.words)
        inside = [[place for place in places if first <= place[0] and place[1] < end] for places in by_group]
        if inside and all(inside):
            yield min(places[0][0] for places in inside), max(places[0][1] for places in inside)
        first = end


def _followed(tokens: Sequence[_Token], term: Term) -> Iterator[_Place]:
    """Where the term's words follow each other."""
    *before, last = term.tokens
    for place in range(len(tokens) - len(before)):
        here = tokens[place : place + len(term.tokens)]
        is_last = here[-1].text.startswith(last) if term.prefix else here[-1].text == last
        if is_last and [token.text for token in here[:-1]] == before:
            yield here[0].word, here[-1].word


def _tokens(words: Sequence[str], ground: Ground) -> Iterator[_Token]:
    """All words cut at once, for each call takes 10 us."""
    encoded = [word.encode("utf-8", "replace") for word in words]
    starts = np.cumsum([0, *(len(word) + 1 for word in encoded)])
    cut = ground.index.text.cut(b" ".join(encoded).decode("utf-8", "replace"))
    places = np.searchsorted(starts, [start for start, _, _ in cut], "right") - 1
    for (_, _, token), word in zip(cut, places.tolist(), strict=True):
        yield _Token(token, word)
