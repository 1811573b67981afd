"""Why each hit is one: which parts of the query it fits, and where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from engines.library.columns import Columns, Mask
from engines.library.search_index import SearchIndex
from engines.library.term import Term
from engines.library.text import WEIGHTS, Text
from engines.search import patterns
from engines.search.concepts import Concept
from engines.search.evaluate import Leaf
from engines.search.filter import Ground, actions_named, field_mask, tags_named, text_term
from engines.search.find import Results, Searchable
from engines.search.nodes import Field, Named, Pattern, Phrase, Words
from engines.search.readings import read
from engines.search.shown import shown_field
from engines.search.sight import Look
from engines.search.snippets import snippet
from engines.search.wording import describe
from engines.search.words import Reading
from engines.types import FIRST_OBJECT
from engines.vocabulary import name_of

_SIGNALS = {
    "name": "name",
    "title": "text",
    "caption": "text",
    "tags": "tag",
    "description": "description",
    "products": "product",
    "transcript": "transcript",
}  # fmt: skip -- of the other columns: field
_BY_WEIGHT = sorted(WEIGHTS, key=lambda column: -WEIGHTS[column])

_NAMING = ("tag", "object", "product", "action")  # fields that name what they found themselves
_TELLING = 0.1  # what counts less is no reason that a person would understand

Texts = Mapping[str, str]  # of one item, by column of the full-text index


@dataclass(frozen=True, slots=True)
class Reason:
    """signal: the kind of evidence, as the design's JSON calls it. score: above 0, at most 1."""

    signal: str
    detail: str
    score: float


@dataclass(frozen=True, slots=True)
class _Asked:
    """A leaf with what has to be looked up only once. tags: by media id. read_as: fields that words were read as, each
    with the media that it finds.
    """

    leaf: Leaf
    terms: Sequence[Term]
    read_as: Sequence[tuple[Field, Mask]]
    tags: Mapping[int, list[Reason]]

    @property
    def needs_texts(self) -> bool:
        return bool(self.terms) or (isinstance(self.leaf, Field) and self.leaf.name in ("name", "path"))


def explain(library: Searchable, results: Results, now: datetime | None = None) -> list[tuple[Reason, ...]]:
    """The reasons of each hit, in the order of the hits; at least one each. 20 ms for 100 hits.

    now: as given to find().
    """
    index, ids = library.index, results.ids.tolist()
    columns = index.columns()
    ground = Ground(index, columns)
    asked = [_asked(leaf, ground, ids, now or datetime.now()) for leaf, _ in results.leaves]
    seen = index.sightings_of(ids) if results.looks else {}
    texts = index.texts(ids) if any(one.needs_texts for one in asked) else {}
    found = []
    for place, media_id in enumerate(ids):
        fitting = [one for one, (_, truths) in zip(asked, results.leaves, strict=True) if truths[place]]
        reasons = list(_reasons(fitting, media_id, texts.get(media_id, {}), columns, index.text))
        for one in results.looks:
            reasons += seen_reasons(one, media_id, seen.get(media_id, {}))
        found.append(tuple(reasons) or (Reason("field", describe(results.query), 1.0),))
    return found


def _asked(leaf: Leaf, ground: Ground, ids: Sequence[int], now: datetime) -> _Asked:
    index = ground.index
    match leaf:
        case Words(words):
            readings = read(words, ground, now)
            terms = [term for reading in readings for term in reading.terms]
            return _Asked(leaf, terms, [(field, field_mask(field, ground)) for field in _fields(readings)], {})
        case Phrase(text):
            return _Asked(leaf, [Term(index.text.tokens(text))], (), {})
        case Field("title" | "caption" | "description" | "transcript" as column, Pattern() as pattern):
            term = text_term(column, pattern, index)
            return _Asked(leaf, [term] if term is not None else (), (), {})
        case Field("tag", Named(name)):
            return _Asked(leaf, (), (), _tag_reasons("tag", tags_named(name, index.tags.names()), index, ids))
        case Field("action", Named(name)):
            return _Asked(leaf, (), (), _tag_reasons("action", actions_named(name, index.tags.names()), index, ids))
        case Field("product", Named(name)):
            return _Asked(leaf, (), (), _product_reasons(name, index, ids))
        case Field("object", Named(name)):
            return _Asked(leaf, (), (), _object_reasons(name, index, ids))
    return _Asked(leaf, (), (), {})


def _fields(readings: Sequence[Reading]) -> Iterator[Field]:
    """What plain words were read as besides."""
    for reading in readings:
        if reading.when is not None:
            yield Field("date", reading.when, reading.written)
        elif reading.place:
            yield Field("place", Pattern((reading.place,)), reading.written)


def _tag_reasons(
    field: str, tag_ids: Sequence[int], index: SearchIndex, ids: Sequence[int]
) -> Mapping[int, list[Reason]]:
    names = index.tags.names()
    reasons = defaultdict(list)
    for media_id, tag_id, score in index.tags.of_media(ids, tag_ids):
        reasons[media_id].append(Reason("tag", f"{field}: {names[tag_id]}", score))
    return reasons


def _product_reasons(name: Pattern, index: SearchIndex, ids: Sequence[int]) -> Mapping[int, list[Reason]]:
    names = index.products.names()
    reasons = defaultdict(list)
    for media_id, product_id, count, score in index.products.of_media(ids, patterns.within(name, names)):
        times = f", {count} of it" if count > 1 else ""
        reasons[media_id].append(Reason("product", f"product: {names[product_id]}{times}", score))
    return reasons


def _object_reasons(name: Pattern, index: SearchIndex, ids: Sequence[int]) -> Mapping[int, list[Reason]]:
    names = index.tags.names()
    reasons = defaultdict(list)
    for media_id, tag_id, count, score in index.tags.objects_of(ids, tags_named(name, names)):
        times = f", {count} of them" if count > 1 else ""
        reasons[media_id].append(Reason("object", f"object: {names[tag_id]}{times}", score))
    return reasons


def _reasons(fitting: Sequence[_Asked], media_id: int, texts: Texts, columns: Columns, index: Text) -> Iterator[Reason]:
    yield from _text_reasons(texts, [term for one in fitting for term in one.terms], index)
    for one in fitting:
        yield from one.tags.get(media_id, ())
        for field, found in one.read_as:
            if found[media_id]:
                yield Reason("field", shown_field(field, media_id, columns), 1.0)
        if isinstance(one.leaf, Field) and not one.terms and one.leaf.name not in _NAMING:
            yield _field_reason(one.leaf, media_id, texts, columns)


def seen_reasons(look: Look, media_id: int, seen: Mapping[int, float]) -> Iterator[Reason]:
    """The best label and the best object of each concept, then what the picture as a whole has to do with the query."""
    for asked in look.asked:
        concept = asked.concept
        worth = {**concept.near, **concept.hints, **dict.fromkeys(concept.kinds, 1.0)}
        fitting = {kind: seen[kind] for kind in worth.keys() & seen.keys()}
        for is_object in (True, False):
            kinds = [kind for kind in fitting if (kind >= FIRST_OBJECT) is is_object]
            if kinds:
                best = max(kinds, key=lambda kind: fitting[kind] * worth[kind])
                yield from _sighting(concept, best, fitting[best], fitting[best] * worth[best])
        if asked.coloured is not None and asked.coloured[media_id]:
            yield Reason("field", f"colour: {concept.written}", 1.0)
    meaning = float(look.meaning[media_id]) if media_id < len(look.meaning) else 0.0
    if meaning >= _TELLING:
        yield Reason("meaning", f"meaning: like '{look.text}'", min(meaning, 1.0))


def _sighting(concept: Concept, kind: int, score: float, counted: float) -> Iterator[Reason]:
    if counted < _TELLING:
        return
    signal = "object" if kind >= FIRST_OBJECT else "tag"
    beside = "" if kind in concept.kinds else f", akin to {concept.written}"
    yield Reason(signal, f"{signal}: {name_of(kind)}{beside}", score)


def _text_reasons(texts: Texts, terms: Sequence[Term], index: Text) -> Iterator[Reason]:
    """One for each column that holds some of the words, the weightiest first."""
    for column in _BY_WEIGHT if terms else ():
        text = texts.get(column, "")
        shown = snippet(column, text, terms, index) if text else None
        if shown is not None:
            score = WEIGHTS[column] / max(WEIGHTS.values())
            detail = f"file name: {text}" if column == "name" else f"{column}: {shown}"
            yield Reason(_SIGNALS.get(column, "field"), detail, score)


def _field_reason(field: Field, media_id: int, texts: Texts, columns: Columns) -> Reason:
    if field.name == "name":
        return Reason("name", f"file name: {texts.get('name', '')}", 1.0)
    if field.name == "path":
        folder = columns.folders.get(int(columns["folder_id"][media_id]))
        return Reason("name", f"path: {folder.path if folder is not None else ''}/{texts.get('name', '')}", 1.0)
    return Reason("field", shown_field(field, media_id, columns), 1.0)
