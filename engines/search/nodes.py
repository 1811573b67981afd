"""A query as a tree of values. Each node knows its place in the text it came from, and str() makes such a text."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Interval:
    """Numbers from low to high; None is no limit; a limit belongs to it unless that end is open."""

    low: float | None = None
    high: float | None = None
    low_open: bool = False
    high_open: bool = False


@dataclass(frozen=True, slots=True)
class Pattern:
    """A text, or the pieces of one between which anything may stand. whole: nothing may stand before or behind it."""

    pieces: tuple[str, ...]
    whole: bool = False

    @property
    def is_plain(self) -> bool:
        return len(self.pieces) == 1

    def __str__(self) -> str:
        return "*".join(self.pieces)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a field's few values."""

    value: str


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a name, such as a tag; limited by its score, or by how often it is there."""

    name: Pattern
    amount: Interval | None = None


@dataclass(frozen=True, slots=True)
class Near:
    """Within so many kilometres of a point in degrees, or of a place with a name."""

    km: float
    latitude: float | None = None
    longitude: float | None = None
    place: str | None = None


Test = Interval | Pattern | Choice | Named | Near


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """start, end: the characters of the query's text that it was read from."""

    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Words(Node):
    """Plain words that stand together; all are wanted, in any order. One may end in '*'."""

    words: tuple[str, ...]

    def __str__(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True, slots=True)
class Phrase(Node):
    """Words that follow each other exactly so."""

    text: str

    def __str__(self) -> str:
        return f'"{self.text}"'


@dataclass(frozen=True, slots=True)
class Field(Node):
    """A field and what its value has to be. written: the value as it was typed."""

    name: str
    test: Test
    written: str = field(compare=False)

    def __str__(self) -> str:
        return f"{self.name}{'' if self.written.startswith('=') else ':'}{self.written}"


@dataclass(frozen=True, slots=True)
class Not(Node):
    """All that the part does not find."""

    part: Query

    def __str__(self) -> str:
        return f"-{_grouped(self.part, And, Or)}" if not _is_many_words(self.part) else f"-({self.part})"


@dataclass(frozen=True, slots=True)
class And(Node):
    """What all parts find; everything, if there are none."""

    parts: tuple[Query, ...]

    def __str__(self) -> str:
        return " ".join(_grouped(part, Or) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Or(Node):
    """What at least one part finds."""

    parts: tuple[Query, ...]

    def __str__(self) -> str:
        return " OR ".join(str(part) for part in self.parts)


Query = Words | Phrase | Field | Not | And | Or


def fields(query: Query) -> list[Field]:
    """All fields of the tree, from left to right."""
    match query:
        case Field():
            return [query]
        case Not(part):
            return fields(part)
        case And(parts) | Or(parts):
            return [field for part in parts for field in fields(part)]
        case _:
            return []


def _is_many_words(query: Query) -> bool:
    return isinstance(query, Words) and len(query.words) > 1


def _grouped(query: Query, *kinds: type[Node]) -> str:
    return f"({query})" if isinstance(query, kinds) else str(query)
