"""A query as people handle it: fields as chips that can be taken away one by one, and the text that is left.

What a query's outermost level asks for in fields becomes chips, from left to right; words, phrases and everything in
parentheses stay text. Chips and text make the query again: it finds the same, since all of its outermost parts have to
fit and their order says nothing. Words that a chip parted stand together then.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from engines.errors import QueryError
from engines.search.nodes import And, Field, Not, Or, Query
from engines.search.query import parse

# Of these an item has one value, so a second chip offers another one; of the others it can have many, so a second chip
# narrows what the first one found.
ONE_VALUE = frozenset(
    {
        "camera", "lens", "folder", "place", "type", "rating", "quality", "label", "format", "codec", "state",
        "duration", "fps",
    }
)  # fmt: skip
# Ranges: a new one takes the place of the one before.
_REPLACED = frozenset({"date", "rating", "quality", "duration", "fps"})

_BARE = re.compile(r"[\w./-]+", re.ASCII)
_UNQUOTABLE = re.compile('["“”„«»\ud800-\udfff]')  # the language has no sign that would let them stand in a value


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that the query asks for, or that it excludes. written: as it stands in the query.

    fields: the field, or several of one name of which any will do.
    """

    written: str
    fields: tuple[Field, ...]
    excluded: bool = False

    @property
    def name(self) -> str:
        """The field's name."""
        return self.fields[0].name


@dataclass(frozen=True, slots=True)
class Parts:
    """A query in two parts."""

    chips: tuple[Chip, ...] = ()
    text: str = ""

    def query(self) -> str:
        """The text of the whole query."""
        return self._beginning() + (f"({self.text})" if self._is_grouped() else self.text.strip())

    def text_start(self) -> int:
        """Where the text begins in the query's, to point at a place in it."""
        blank = len(self.text) - len(self.text.lstrip())
        return len(self._beginning()) + (1 if self._is_grouped() else -blank)

    def _beginning(self) -> str:
        written = " ".join(chip.written for chip in self.chips)
        return f"{written} " if written and self.text.strip() else written

    def _is_grouped(self) -> bool:
        """Whether the text would else take a part of the chips for one of its alternatives."""
        return bool(self.chips) and _is_alternatives(self.text)


def split(query: str, now: datetime | None = None) -> Parts:
    """The chips of a query and the text that is left, which is as it was typed if there are none. Raises QueryError."""
    tree = parse(query, now)
    outermost = tree.parts if isinstance(tree, And) else (tree,)
    chips = [_chip(part) for part in outermost]
    if not any(chips):
        return Parts(text=query)
    left = tuple(part for part, chip in zip(outermost, chips, strict=True) if chip is None)
    return Parts(tuple(chip for chip in chips if chip is not None), str(left[0] if len(left) == 1 else And(left)))


def chip(written: str, now: datetime | None = None) -> Chip:
    """The chip for one field that is written so. Raises QueryError, ValueError if it is no field."""
    parts = split(written, now)
    if len(parts.chips) != 1 or parts.text:
        raise ValueError(f"{written!r} is not one field")
    return parts.chips[0]


def with_chip(parts: Parts, added: Chip) -> Parts:
    """Also ask for this.

    A chip for the opposite goes. Where an item can have only one value, the new one is offered beside those that the
    query asks for already; a range takes the place of the one before.
    """
    opposite = [one for one in parts.chips if one.fields == added.fields and one.excluded != added.excluded]
    chips = [one for one in parts.chips if one not in opposite]
    if added.excluded:
        return replace(parts, chips=tuple(chips if added in chips else [*chips, added]))
    before = [one for one in chips if one.name == added.name and not one.excluded]
    if added.name in _REPLACED:
        chips = [one for one in chips if one not in before]
    elif any(set(added.fields) <= set(one.fields) for one in before):
        return replace(parts, chips=tuple(chips))
    elif added.name in ONE_VALUE and before:
        joined = _any_of([*before[0].fields, *added.fields])
        return replace(parts, chips=tuple(joined if one is before[0] else one for one in chips))
    return replace(parts, chips=(*chips, added))


def without_chip(parts: Parts, written: str) -> Parts:
    """Ask no longer for the chip, or for the one value of a chip, that is written so."""
    chips = []
    for one in parts.chips:
        if one.written == written:
            continue
        left = [field for field in one.fields if str(field) != written]
        if not one.excluded and 0 < len(left) < len(one.fields):
            one = _any_of(left)
        chips.append(one)
    return replace(parts, chips=tuple(chips))


def without_choice(query: str, name: str, now: datetime | None = None) -> str:
    """The query without the chips that choose a value of this field; the same if it has none. Raises QueryError."""
    parts = split(query, now)
    chips = tuple(chip for chip in parts.chips if chip.name != name or chip.excluded)
    return query if len(chips) == len(parts.chips) else replace(parts, chips=chips).query()


def written_field(name: str, value: str, *, whole: bool = False) -> str:
    """A field that asks for this very text, as people would type it: `camera="Canon EOS 5"`.

    whole: the text is all of it. Signs that cannot stand in a value are left open.
    """
    if not _UNQUOTABLE.search(value):
        quoted = value if _BARE.fullmatch(value) and ".." not in value else f'"{value}"'
    else:
        quoted = "*".join(f'"{piece}"' if piece else "" for piece in _UNQUOTABLE.split(value))
    return f"{name}{'=' if whole else ':'}{quoted}"


def _any_of(fields: Sequence[Field]) -> Chip:
    written = " OR ".join(map(str, fields))
    return Chip(f"({written})" if len(fields) > 1 else written, tuple(fields))


def _chip(part: Query) -> Chip | None:
    match part:
        case Field():
            return Chip(str(part), (part,))
        case Not(Field() as field):
            return Chip(str(part), (field,), excluded=True)
        case Or(parts):
            fields = [one for one in parts if isinstance(one, Field)]
            if len(fields) == len(parts) and len({field.name for field in fields}) == 1:
                return _any_of(fields)
    return None


def _is_alternatives(text: str) -> bool:
    try:
        return isinstance(parse(text), Or)
    except QueryError:  # what is wrong is wrong with parentheses around it, too
        return False
