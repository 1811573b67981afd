"""How a query was understood, in words a person can check."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from engines.search.filter import Ground, has_data
from engines.search.nodes import And, Choice, Field, Near, Not, Or, Phrase, Query, Words, fields
from engines.search.places import written
from engines.search.readings import read
from engines.search.sight import Asked, Look
from engines.search.wording import describe
from engines.search.words import Reading
from engines.vocabulary import name_of

_MOST_NAMES = 4  # of what is like a word; enough to see what it was taken for
_MOST_PARTS = 8  # of a query that found nothing; more are not tried one by one


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the query's text, from start to end, and what it was taken for."""

    start: int
    end: int
    meaning: str


@dataclass(frozen=True, slots=True)
class Understood:
    """meaning: of the whole. notes: what was left out, or cannot be found yet."""

    meaning: str
    parts: tuple[Part, ...]
    notes: tuple[str, ...]


def understand(query: Query, ground: Ground, now: datetime, looks: Sequence[tuple[Words, Look]] = ()) -> Understood:
    """What the query was taken for. looks: what pictures were looked at for, of which words."""
    leaves = list(_leaves(query))
    seen = {(words.start, words.end): _sights(look) for words, look in looks}
    parts = tuple(
        Part(leaf.start, leaf.end, seen.get((leaf.start, leaf.end), "") + _meaning(leaf, ground, now))
        for leaf in leaves
    )
    return Understood(describe(query), parts, tuple(_notes(query, leaves, ground, now)))


def _leaves(query: Query) -> Iterator[Words | Phrase | Field]:
    match query:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _leaves(part)
        case Not(part):
            yield from _leaves(part)
        case _:
            yield query


def _meaning(leaf: Words | Phrase | Field, ground: Ground, now: datetime) -> str:
    if not isinstance(leaf, Words):
        return describe(leaf)
    readings = read(leaf.words, ground, now)
    return " and ".join(map(_reading, readings)) or "nothing, for it holds no letter or digit"


def _sights(look: Look) -> str:
    """What is looked for in pictures: 'to be seen: dog (beagle, …) and red; '."""
    told = [text for asked in look.asked if (text := _sight(asked))]
    return f"to be seen: {' and '.join(told)}; " if told else ""


def _sight(asked: Asked) -> str:
    concept = asked.concept
    if asked.coloured is not None:
        return f"the colour {concept.english}"
    if concept.names:
        return " or ".join(concept.names)
    if concept.hints:
        return f"{concept.english}, told by {_first(concept.hints)}"
    return f"what is like {concept.written}: {_first(concept.near)}" if concept.near else ""


def _first(worth: Mapping[int, float]) -> str:
    """The names of the classes that count most."""
    best = sorted(worth, key=lambda kind: -worth[kind])
    names = dict.fromkeys(name_of(kind) for kind in best)
    return ", ".join(list(names)[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else "")


def _reading(reading: Reading) -> str:
    others = [f'"{term.tokens[0]}"' for term in reading.terms[1:]]
    spellings = " or ".join([f'"{reading.meant or reading.written}"', *others])
    also = ", or as a date" if reading.when is not None else ", or as a place" if reading.place else ""
    return f"{spellings} as text{also}"


def _notes(query: Query, leaves: list[Words | Phrase | Field], ground: Ground, now: datetime) -> Iterator[str]:
    later = dict.fromkeys(_asked(field) for field in fields(query) if not has_data(field))
    if later:
        yield f"Nothing has been looked for yet: {', '.join(later)}."
    for leaf in leaves:
        if isinstance(leaf, Words):
            for reading in read(leaf.words, ground, now):
                if reading.meant:
                    yield f"{reading.written} was read as {reading.meant}."
        if not isinstance(leaf, Field):
            for text in _left_out(leaf, ground):
                yield f"{text} holds no letter or digit, so it was left out."
        elif isinstance(leaf.test, Near) and leaf.test.place is not None:
            yield _about_place(leaf.test.place, ground)


def _left_out(leaf: Words | Phrase, ground: Ground) -> Iterator[str]:
    written = {leaf.text: str(leaf)} if isinstance(leaf, Phrase) else {word: f"'{word}'" for word in leaf.words}
    return (shown for text, shown in written.items() if not ground.index.text.tokens(text))


def _about_place(place: str, ground: Ground) -> str:
    if written(ground.columns, place).any():
        return f"Where {place} lies is told by the photos that name it."
    return f"No photo names {place}, so where it lies is not known: write coordinates, as in near:38.7,-9.1/20km."


def _asked(field: Field) -> str:
    return f"{field.name}:{field.test.value}" if isinstance(field.test, Choice) else field.name
