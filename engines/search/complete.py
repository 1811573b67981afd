"""What a few typed letters may mean: names that the library has, and how many items each would find."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from engines.library.term import Term
from engines.search.chips import written_field
from engines.search.facets import Facet, facets, tag_facet
from engines.search.fields import FIELDS
from engines.search.filter import Ground, field_mask
from engines.search.find import Searchable
from engines.search.nodes import fields
from engines.search.patterns import fold
from engines.search.query import parse
from engines.vocabulary import spellings

# In the order they are shown.
GROUPS = ("field", "tag", "object", "product", "kind", "camera", "film", "place", "folder", "date", "file")
EACH = 5  # of a group at most

_GROUP_OF = {
    "type": "kind", "is": "kind", "has": "kind", "state": "kind", "colour": "kind", "rating": "kind",
    "quality": "kind", "camera": "camera", "lens": "camera", "duration": "film", "fps": "film", "codec": "film",
    "place": "place", "folder": "folder", "tag": "tag", "object": "object", "date": "date",
}  # fmt: skip
_MOST_NAMES = 20_000  # of a kind
_MOST_WORDS = 3  # that one name may be typed in: 'golden retr'
_FILES_FROM = 2  # letters; one letter begins half of all names
_DAYS = ("today", "yesterday", "this week", "last week", "this month", "last month", "this year", "last year")
_MONTHS = (
    "January Januar", "February Februar", "March März", "April", "May Mai", "June Juni", "July Juli", "August",
    "September", "October Oktober", "November", "December Dezember",
)  # fmt: skip
_AFTER_ALL = "\U0010ffff"
_TYPED = re.compile(r'(?P<sign>-?)(?:(?P<field>[A-Za-z][A-Za-z-]*)[:=])?(?P<quote>"?)(?P<value>[^"]*)$')
_BREAK = re.compile(r"[\s(]")


@dataclass(frozen=True, slots=True)
class Completion:
    """One proposal. written: what to put in place of what was typed.

    count: how many items it finds, where that is known. detail: where it lies, or the other word that was typed.
    is_open: a value has to follow.
    """

    group: str
    label: str
    written: str
    count: int | None = None
    detail: str = ""
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Completions:
    """Proposals by group, for the characters of the text from start to end."""

    start: int
    end: int
    items: tuple[Completion, ...] = ()


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All names of a library at one moment, the commonest first.

    keys: what can be typed, folded, ascending: each name from each of its words on. places: of their names in `names`.
    """

    change: int
    names: tuple[Completion, ...]
    groups: NDArray[np.int8]
    keys: tuple[str, ...]
    places: NDArray[np.int32]
    words: tuple[str, ...]

    def beginning(self, typed: str, field: str | None, each: int) -> Iterator[Completion]:
        """The names with a word that begins so, the commonest first, some of each group."""
        low, high = bisect_left(self.keys, typed), bisect_left(self.keys, typed + _AFTER_ALL)
        found, first = np.unique(self.places[low:high], return_index=True)
        for number in range(len(GROUPS)):
            left = each
            for place, at in zip(*(values[self.groups[found] == number] for values in (found, first)), strict=True):
                name = self.names[place]
                if not left:
                    break
                if field is None or name.written.startswith((f"{field}:", f"{field}=")):
                    word = self.words[low + at]
                    yield name if not word or name.detail else replace(name, detail=word)
                    left -= 1


def vocabulary(library: Searchable, now: datetime | None = None) -> Vocabulary:
    """All names. 0.2 s at 100,000 items: for the background, after every change."""
    now = now or datetime.now()
    columns = library.index.columns()
    ids = np.flatnonzero(columns.listed)
    kinds = facets(library, "", ids, now=now, most=_MOST_NAMES)
    kinds.append(tag_facet(library, ids, library.index.tag_members(columns), most=_MOST_NAMES))
    seen = library.index.object_members(columns)
    kinds.append(tag_facet(library, ids, seen, name="object", most=_MOST_NAMES))
    names = [name for kind in kinds for name in _names(kind)]
    names += [*_products(library), *_dates(columns["taken_s"][ids])]
    names.sort(key=lambda name: -(name.count or 0))
    keys = sorted((key, place, word) for place, name in enumerate(names) for key, word in _keys(name))
    return Vocabulary(
        columns.change,
        tuple(names),
        np.array([GROUPS.index(name.group) for name in names], np.int8),
        tuple(key for key, _, _ in keys),
        np.array([place for _, place, _ in keys], np.int32),
        tuple(word for _, _, word in keys),
    )


def complete(
    known: Vocabulary, library: Searchable, text: str, cursor: int, *, now: datetime | None = None, each: int = EACH
) -> Completions:
    """What the word before the cursor may become. 1 to 5 ms at 100,000 items."""
    now = now or datetime.now()
    start, sign, field, typed = _typed(text[:cursor])
    if field is not None:
        items = [*_of_field(known, field, typed, each)]
    else:
        start, typed, names = _longest(known, start, typed, each)
        items = [*_fields(typed, each), *names, *_days(typed, library, now), *_files(typed, library, each)]
    items.sort(key=lambda item: GROUPS.index(item.group))
    return Completions(start, cursor, tuple(replace(item, written=sign + item.written) for item in items))


def _names(facet: Facet) -> Iterator[Completion]:
    for value in facet.values:
        folder, _, name = value.label.rpartition("/") if facet.name == "folder" else ("", "", value.label)
        yield Completion(_GROUP_OF[facet.name], name, value.query, value.count, folder)


def _products(library: Searchable) -> Iterator[Completion]:
    for product in library.index.products.overview():
        yield Completion("product", product.name, written_field("product", product.name, whole=True), product.media)


def _dates(taken: NDArray[np.int64]) -> Iterator[Completion]:
    """The years and months in which something was taken."""
    known = taken[taken != np.iinfo(np.int64).min]
    if not len(known):
        return
    months = known.astype("M8[s]").astype("M8[M]").astype(np.int64)
    found, counts = np.unique(months, return_counts=True)
    years: dict[int, int] = {}
    for month, count in zip(found.tolist(), counts.tolist(), strict=True):
        year, number = 1970 + month // 12, month % 12
        years[year] = years.get(year, 0) + count
        yield Completion("date", f"{_MONTHS[number].split()[0]} {year}", f"date:{year:04}-{number + 1:02}", count)
    for year, count in years.items():
        yield Completion("date", f"{year}", f"date:{year:04}", count)


def _keys(name: Completion) -> Iterator[tuple[str, str]]:
    """What can be typed for a name, each with the other word that it is of, if it is none of the label's."""
    yield from ((key, "") for key in _from_each_word(name.label))
    if name.group in ("tag", "object"):
        for word in spellings(name.label.casefold()):
            if word.casefold() != name.label.casefold():
                yield from ((key, word) for key in _from_each_word(word))
    elif name.written.startswith("date:") and "-" in name.written:
        year, month = name.written.removeprefix("date:").split("-")
        for word in (*(f"{spelled} {year}" for spelled in _MONTHS[int(month) - 1].split()[1:]), f"{year}-{month}"):
            yield fold(word), word


def _from_each_word(text: str) -> Iterable[str]:
    folded = fold(text)
    return {folded[match.start() :] for match in re.finditer(r"\w+", folded)} | {folded}


def _typed(before: str) -> tuple[int, str, str | None, str]:
    """Where what is typed before the cursor starts, its minus sign, its field if it has one, and its value.

    Without a field it may be the last words together.
    """
    match = None
    starts = [0, *(found.end() for found in _BREAK.finditer(before))]
    for start in starts:
        match = _TYPED.match(before, start)
        if match is not None and match["field"] and (match["quote"] or start == starts[-1]):
            spec = FIELDS.get(match["field"].lower())
            if spec is not None:
                return start, match["sign"], spec.name, fold(match["value"])
    sign = "-" if before[starts[-1] :].startswith("-") else ""
    if sign:
        return starts[-1], sign, None, before[starts[-1] + 1 :]
    return starts[max(0, len(starts) - _MOST_WORDS)], "", None, before[starts[max(0, len(starts) - _MOST_WORDS)] :]


def _longest(known: Vocabulary, start: int, typed: str, each: int) -> tuple[int, str, list[Completion]]:
    """The names for as many of the last words as there are names for."""
    while True:
        found = [*known.beginning(fold(typed), None, each)] if fold(typed) else []
        blank = _BREAK.search(typed)
        if found or blank is None:
            return start, fold(typed), found
        start, typed = start + blank.end(), typed[blank.end() :]


def _of_field(known: Vocabulary, field: str, typed: str, each: int) -> Iterator[Completion]:
    found = [*known.beginning(typed, field, 2 * each)]
    yield from found
    if not found and not typed:
        example = FIELDS[field].example
        yield Completion("field", f"{field}:{example}", f"{field}:{example}")


def _fields(typed: str, each: int) -> list[Completion]:
    names = [spec.name for name, spec in FIELDS.items() if typed and name.startswith(typed) and spec.has_data]
    return [
        Completion("field", f"{name}:", f"{name}:", detail=FIELDS[name].example, is_open=True)
        for name in list(dict.fromkeys(names))[:each]
    ]


def _days(typed: str, library: Searchable, now: datetime) -> Iterator[Completion]:
    """Today and the like, if anything was taken then."""
    for day in _DAYS if typed else ():
        if day.startswith(typed):
            written = written_field("date", day)
            count = _count(written, library, now)
            if count:
                yield Completion("date", day.capitalize(), written, count)


def _count(written: str, library: Searchable, now: datetime) -> int:
    ground = Ground(library.index, library.index.columns())
    (field,) = fields(parse(written, now))
    return int(np.count_nonzero(field_mask(field, ground) & ground.columns.listed))


def _files(typed: str, library: Searchable, each: int) -> Iterator[Completion]:
    """Files whose names have a word that begins so, those added last first."""
    tokens = library.index.text.tokens(typed) if len(typed) >= _FILES_FROM else ()
    if not tokens:
        return
    names = library.index.names(library.index.text.last_ids(Term(tokens, ("name",), prefix=True), each))
    for name in dict.fromkeys(names.values()):
        yield Completion("file", name, written_field("name", name, whole=True))
