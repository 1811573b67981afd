"""What a result consists of: how many of its items each date, camera, folder, tag and so on would leave over.

Every count is what a search would find that also asks for the value: the value's `query` is a part of a query to add.
Of what an item has only one value of, the counts are taken without the query's own choice of it, so that another value
can be chosen beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from engines.cancel import CancelToken
from engines.library.columns import COLOURS, Mask
from engines.library.tag_members import TagMembers
from engines.search import patterns
from engines.search.chips import ONE_VALUE, chip, split, with_chip, without_choice, written_field
from engines.search.filter import Ground, field_mask
from engines.search.find import Searchable, find
from engines.search.nodes import fields
from engines.search.query import parse
from engines.search.ranking import Ids
from engines.types import FIRST_OBJECT
from engines.vocabulary import classes_of, nodes, nodes_named

MOST = 100  # values of a facet; who looks for others types


@dataclass(frozen=True, slots=True)
class Value:
    """One value. count: how many items of the result have it. query: what finds them."""

    label: str
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one kind, in the order to show them. more: how many values were left out."""

    name: str
    values: tuple[Value, ...]
    more: int = 0


_CHOICES = {
    "type": ("photo", "video", "raw"),
    "is": ("favourite", "picked", "live", "motion", "panorama", "animated", "screenshot", "duplicate"),
    "has": ("description", "products", "transcript"),
    "state": ("partial", "corrupt", "refused", "unreadable", "offline"),
    "colour": COLOURS,
}
_UNLISTED = {"is": ("hidden", "removed"), "state": ("missing", "unsupported")}  # found only by who asks for it
_RANGES = {
    "rating": ("5", "4", "3", "2", "1"),
    "quality": (">=0.75", "0.5..0.75", "0.25..0.5", "<0.25"),
    "duration": ("<10s", "10s..1min", "1min..10min", ">10min"),
    "fps": ("<20", "20..35", "35..70", ">70"),
}
_TERMS = ("camera", "lens", "place", "codec")
_BY_COUNT = ("colour", "is")


def facets(
    library: Searchable,
    query: str,
    ids: Ids,
    *,
    now: datetime | None = None,
    token: CancelToken | None = None,
    most: int = MOST,
) -> list[Facet]:
    """All but tags and objects, which take longer; those without a value are left out. 5 to 15 ms at 100,000 items.

    ids: what the query found. most: values of a facet. Raises QueryError, Cancelled, LibraryError.
    """
    now, token = now or datetime.now(), token or CancelToken()
    ground = Ground(library.index, library.index.columns())
    result = _mask(ids, ground)
    found = []
    for name in ("type", "is", "has", "rating", "quality", "duration", "fps", *_TERMS, "folder", "colour", "state"):
        token.check()
        others = without_choice(query, name, now) if name in ONE_VALUE else query
        mask = result if others == query else _mask(_found(library, others, now, token), ground)
        facet = _facet(name, mask, ground, now, most)
        found.append(replace(facet, values=(*facet.values, *_unlisted(library, name, others, ground, now, token))))
    return [facet for facet in found if facet.values]


def word_facets(library: Searchable, ids: Ids) -> tuple[Facet, Facet]:
    """Tags and objects so that neither repeats the other.

    Objects are kinds of things that were seen one by one. Tags are all other words: a person's, the files', what a
    picture shows as a whole, the wider kinds that objects belong to. A tag that finds no more than the object of its
    name is left out, and so is one within others, such as 'People/Marie Curie', whose own name is a tag as well.
    """
    columns = library.index.columns()
    tags = tag_facet(library, ids, library.index.tag_members(columns), most=2 * MOST)
    seen = tag_facet(library, ids, library.index.object_members(columns), name="object", most=2 * MOST)
    objects = tuple(value for value in seen.values if _is_object(value.label))
    shown = {patterns.fold(value.label): value.count for value in objects}
    names = {patterns.fold(value.label) for value in tags.values}
    words = tuple(
        value
        for value in tags.values
        if shown.get(patterns.fold(value.label)) != value.count and not _has_own_name(value.label, names)
    )
    return replace(tags, values=words[:MOST]), replace(seen, values=objects[:MOST])


def _is_object(label: str) -> bool:
    """Whether a network sees such things themselves; of the kinds above them it only knows from them."""
    return label not in nodes() or any(number >= FIRST_OBJECT for number in classes_of(label, with_kinds=False))


def _has_own_name(label: str, names: Collection[str]) -> bool:
    return "/" in label and patterns.fold(label).rpartition("/")[2].strip() in names


def tag_facet(library: Searchable, ids: Ids, members: TagMembers, *, name: str = "tag", most: int = MOST) -> Facet:
    """The tags of the result, the commonest first. members: of the library now. 3 ms at 100,000 items.

    name: the field, 'object' where the members are those of objects.
    """
    ground = Ground(library.index, library.index.columns())
    mask = _mask(ids, ground)
    names = ground.index.tags.names()
    counts = members.counts(mask)
    by_label: dict[str, str] = {}
    for tag_id in sorted(counts, key=lambda tag_id: -counts[tag_id])[: 2 * most]:
        by_label.setdefault(patterns.fold(names[tag_id]), names[tag_id])
    levels = _levels(names)
    values = [
        Value(label, _count(_called(label, levels), counts, members, mask), written_field(name, label))
        for label in by_label.values()
    ]
    values.sort(key=lambda value: (-value.count, value.label.casefold()))
    return Facet(name, tuple(values[:most]), max(0, len(counts) - most))


def _mask(ids: Ids, ground: Ground) -> Mask:
    mask = ground.nothing()
    mask[ids[ids < ground.columns.count]] = True
    return mask


def _found(library: Searchable, query: str, now: datetime, token: CancelToken) -> Ids:
    return find(library, query, limit=None, order="date", now=now, token=token).ids


def _facet(name: str, mask: Mask, ground: Ground, now: datetime, most: int) -> Facet:
    if name in _TERMS:
        return _of_terms(name, mask, ground, most)
    if name == "folder":
        return _of_folders(mask, ground)
    queries = [f"{name}:{value}" for value in (*_CHOICES.get(name, ()), *_RANGES.get(name, ()))]
    values = [Value(query.partition(":")[2], _found_by(query, mask, ground, now), query) for query in queries]
    if name in _BY_COUNT:
        values.sort(key=lambda value: -value.count)
    return Facet(name, tuple(value for value in values if value.count))


def _found_by(query: str, mask: Mask, ground: Ground, now: datetime) -> int:
    (field,) = fields(parse(query, now))
    return int(np.count_nonzero(field_mask(field, ground) & mask))


def _unlisted(
    library: Searchable, name: str, query: str, ground: Ground, now: datetime, token: CancelToken
) -> Iterator[Value]:
    """Values that no result has which does not ask for them."""
    for value in _UNLISTED.get(name, ()):
        written = f"{name}:{value}"
        if _found_by(written, ~ground.columns.state("gone"), ground, now):
            asked = with_chip(split(query, now), chip(written, now)).query()
            count = len(_found(library, asked, now, token))
            if count:
                yield Value(value, count, written)


def _of_terms(name: str, mask: Mask, ground: Ground, most: int) -> Facet:
    counts = np.bincount(ground.columns[name][mask])
    texts = ground.columns.terms[name]
    labelled = [(texts[number], int(counts[number])) for number in np.flatnonzero(counts).tolist() if number in texts]
    values = [Value(label, count, written_field(name, label, whole=True)) for label, count in _joined(labelled)]
    return Facet(name, tuple(values[:most]), max(0, len(values) - most))


def _joined(labelled: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Labels that a query cannot tell apart taken together; the commonest first."""
    labels: dict[str, str] = {}
    counts: defaultdict[str, int] = defaultdict(int)
    for label, count in labelled:
        counts[patterns.fold(label)] += count
        labels.setdefault(patterns.fold(label), label)
    ordered = sorted(counts, key=lambda folded: (-counts[folded], folded))
    return [(labels[folded], counts[folded]) for folded in ordered]


def _of_folders(mask: Mask, ground: Ground) -> Facet:
    """Each folder that holds something, and those above it up to the one that holds everything; by path.

    The labels are paths, so that a tree can be made of them.
    """
    columns = ground.columns
    counts = np.bincount(columns["folder_id"][mask])
    totals: defaultdict[str, int] = defaultdict(int)
    shown: dict[str, str] = {}
    for folder_id in np.flatnonzero(counts).tolist():
        folder = columns.folders.get(folder_id)
        for path in _upwards(folder.path.replace("\\", "/")) if folder is not None else ():
            totals[patterns.fold(path)] += int(counts[folder_id])
            shown.setdefault(patterns.fold(path), path)
    whole = max(totals.values(), default=0)
    tops = [path for path, count in totals.items() if count == whole]
    top = max(tops, key=len, default="")
    kept = sorted(path for path in totals if path.startswith(top))
    values = [Value(shown[path], totals[path], written_field("folder", shown[path], whole=True)) for path in kept]
    return Facet("folder", tuple(values))


def _upwards(path: str) -> Iterator[str]:
    """The path and all above it."""
    while path.strip("/"):
        yield path
        path = path.rpartition("/")[0]


def _levels(names: Mapping[int, str]) -> Mapping[str, Sequence[int]]:
    """By folded name or run of levels of it, the tags that a query for it finds: 'animals/dog' is a 'dog'."""
    levels: defaultdict[str, list[int]] = defaultdict(list)
    for tag_id, name in names.items():
        parts = [part.strip() for part in patterns.fold(name).split("/")]
        runs = {"/".join(parts[low:high]) for low in range(len(parts)) for high in range(low + 1, len(parts) + 1)}
        for run in runs | {patterns.fold(name)}:
            levels[run].append(tag_id)
    return levels


def _called(label: str, levels: Mapping[str, Sequence[int]]) -> Sequence[int]:
    """The tags that a query for the label finds, as filter.tags_named does."""
    names = dict.fromkeys([patterns.fold(label), *map(patterns.fold, nodes_named(label))])
    return list(dict.fromkeys(tag_id for name in names for tag_id in levels.get(name, ())))


def _count(tag_ids: Sequence[int], counts: Mapping[int, int], members: TagMembers, mask: Mask) -> int:
    if len(tag_ids) == 1:
        return counts.get(tag_ids[0], 0)
    media = np.unique(np.concatenate([members.of(tag_id) for tag_id in tag_ids]))
    return int(np.count_nonzero(mask[media]))
