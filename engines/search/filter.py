"""Which media a field finds: comparisons of the columns in memory, and questions to the index for names and tags."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property, partial

import numpy as np
from numpy.typing import NDArray

from engines import towns
from engines.library.columns import FLAGS, KINDS, Columns, Mask
from engines.library.search_index import SearchIndex
from engines.library.sightings import Sightings
from engines.library.tags import ScoreRange
from engines.library.term import Term
from engines.search import patterns, places
from engines.search.fields import FIELDS, HAS_LATER
from engines.search.nodes import Choice, Field, Interval, Named, Near, Pattern, Test
from engines.search.sense import Sense
from engines.search.spelling import meant_word
from engines.search.text_encoder import TextEncoder
from engines.types import State
from engines.vocabulary import activities, nodes_named, scenes_named


@dataclass(frozen=True)
class Ground:
    """What a search looks at: one library at one moment. encoder: None for the one of this process."""

    index: SearchIndex
    columns: Columns
    encoder: TextEncoder | None = None

    @cached_property
    def sense(self) -> Sense:
        return Sense.of(self.index, self.columns, self.encoder)

    @cached_property
    def sightings(self) -> Sightings:
        return self.index.sightings(self.columns)

    def meant(self, word: str) -> str | None:
        """What a word that no file holds was meant to be; see spelling.meant_word."""
        if word not in self._meant:
            self._meant[word] = meant_word(word, self.index, self.columns)
        return self._meant[word]

    def nothing(self) -> Mask:
        return np.zeros(self.columns.count, np.bool_)

    def taken_in(self, place: str) -> Mask:
        """What was taken in a town, country or state of this name, by position."""
        if place not in self._taken_in:
            self._taken_in[place] = places.taken_in(place, self.index, self.columns)
        return self._taken_in[place]

    @cached_property
    def _taken_in(self) -> dict[str, Mask]:
        return {}

    @cached_property
    def _meant(self) -> dict[str, str | None]:
        return {}

    @cached_property
    def has_positions(self) -> bool:
        return bool(self.columns.known("latitude").any())


_Filter = Callable[[Ground, Test], Mask]


def has_data(field: Field) -> bool:
    """Whether this version of the program collects what the field asks for; if not, it finds nothing."""
    later = field.name == "has" and isinstance(field.test, Choice) and field.test.value in HAS_LATER
    return FIELDS[field.name].has_data and not later


def field_mask(field: Field, ground: Ground) -> Mask:
    """The media that the field finds. What is not known of an item is never found by comparing."""
    return _FILTERS[field.name](ground, field.test) if has_data(field) else ground.nothing()


def within(values: NDArray[np.number], interval: Interval, known: Mask) -> Mask:
    """Where the values lie in the interval and are known."""
    found = known
    if interval.low is not None:
        found = found & (values > interval.low if interval.low_open else values >= interval.low)
    if interval.high is not None:
        found = found & (values < interval.high if interval.high_open else values <= interval.high)
    return found


# numbers


def _column(name: str, ground: Ground, test: Test) -> Mask:
    assert isinstance(test, Interval)
    return within(ground.columns[name], test, ground.columns.known(name))


def _megapixels(ground: Ground, test: Test) -> Mask:
    assert isinstance(test, Interval)
    columns = ground.columns
    known = columns.known("width") & columns.known("height")
    return within(columns["width"].astype(np.int64) * columns["height"] / 1e6, test, known)


def _added(ground: Ground, test: Test) -> Mask:
    """The test's times are local, the column's are not."""
    assert isinstance(test, Interval)
    there = Interval(_unix(test.low), _unix(test.high), test.low_open, test.high_open)
    return within(ground.columns["added_s"], there, ground.columns.known("added_s"))


def _unix(local: float | None) -> float | None:
    if local is None:
        return None
    try:
        return (datetime(1970, 1, 1) + timedelta(seconds=local)).timestamp()
    except (OSError, OverflowError, ValueError):  # a year that the system's clock cannot tell; an hour matters little
        return local


# a choice of few


def _colour(ground: Ground, test: Test) -> Mask:
    assert isinstance(test, Choice)
    return ground.columns.colour(test.value)


def _kind(kind: str, columns: Columns) -> Mask:
    return np.asarray(columns["kind"] == KINDS.index(kind))


def _type(ground: Ground, test: Test) -> Mask:
    assert isinstance(test, Choice)
    if test.value in KINDS:
        return _kind(test.value, ground.columns)
    return ground.columns.flag("is_raw") if test.value == "raw" else _format(ground, test)


def _format(ground: Ground, test: Test) -> Mask:
    assert isinstance(test, Choice)
    terms = ground.columns.terms["format"]
    return ground.columns.with_terms("format", [term_id for term_id, text in terms.items() if text == test.value])


def _orientation(ground: Ground, test: Test) -> Mask:
    assert isinstance(test, Choice)
    width, height = ground.columns["width"], ground.columns["height"]
    known = ground.columns.known("width") & ground.columns.known("height")
    compared: Mask = {"landscape": width > height, "portrait": width < height, "square": width == height}[test.value]
    return compared & known


def _state(ground: Ground, test: Test) -> Mask:
    assert isinstance(test, Choice)
    return _in_state(test.value, ground.columns)


def _in_state(state: str, columns: Columns) -> Mask:
    """Nothing is known now of what is offline, whatever was known last."""
    there = ~columns.state("gone") & ~columns.state("missing") & ~columns.state("excluded")
    if state == State.OFFLINE:
        return columns.offline & there
    if state in (State.MISSING, State.EXCLUDED):
        return columns.state(state)
    return columns.state(state) & ~columns.offline


_HAS_COLUMN = {
    "gps": "latitude", "date": "taken_s", "rating": "rating", "camera": "camera", "lens": "lens", "place": "place",
    "label": "label",
}  # fmt: skip


def _has(ground: Ground, test: Test) -> Mask:
    assert isinstance(test, Choice)
    columns = ground.columns
    if test.value == "rating":  # no stars is no rating
        known = columns.known("rating")
        return within(columns["rating"], Interval(high=-1), known) | within(columns["rating"], Interval(low=1), known)
    if test.value in ("objects", "products"):
        return within(columns[test.value], Interval(low=1), columns.known(test.value))
    if test.value in _HAS_COLUMN:
        return columns.known(_HAS_COLUMN[test.value])
    return columns.flag(f"has_{test.value}")


def _is(ground: Ground, test: Test) -> Mask:
    assert isinstance(test, Choice)
    columns = ground.columns
    if test.value in KINDS:
        return _kind(test.value, columns)
    if f"is_{test.value}" in FLAGS:
        return columns.flag(f"is_{test.value}")
    if test.value == "duplicate":
        return columns.duplicated
    if test.value == "rejected":
        return within(columns["rating"], Interval(high=-1), columns.known("rating"))
    return _in_state(test.value, columns)


# names


def _term(kind: str, ground: Ground, test: Test) -> Mask:
    assert isinstance(test, Pattern)
    return ground.columns.with_terms(kind, patterns.within(test, ground.columns.terms[kind]))


_SAME_CODEC = {"h265": "hevc", "avc": "h264", "x264": "h264", "x265": "hevc"}


def _codec(ground: Ground, test: Test) -> Mask:
    assert isinstance(test, Pattern)
    same = _SAME_CODEC.get(str(test).lower()) if test.is_plain else None
    return _term("codec", ground, replace(test, pieces=(same,)) if same is not None else test)


def _folder(ground: Ground, test: Test) -> Mask:
    assert isinstance(test, Pattern)
    paths = {folder_id: folder.path for folder_id, folder in ground.columns.folders.items()}
    return ground.columns.in_folders(patterns.as_folder(test, paths))


def _path(ground: Ground, test: Test) -> Mask:
    assert isinstance(test, Pattern)
    return ground.index.with_path(test.pieces, ground.columns)


def _text(column: str, ground: Ground, test: Test) -> Mask:
    assert isinstance(test, Pattern)
    term = text_term(column, test, ground.index)
    return ground.index.with_words(term, ground.columns) if term is not None else ground.nothing()


def text_term(column: str, pattern: Pattern, index: SearchIndex) -> Term | None:
    """What to ask the full-text index for; None if the pattern holds no letter or digit."""
    tokens = index.text.tokens(pattern.pieces[0])
    return Term(tokens, (column,), prefix=not pattern.is_plain) if tokens else None


def _name(ground: Ground, test: Test) -> Mask:
    """Whole words of the name; with a '*' elsewhere than at the end, or after '=', the name itself."""
    assert isinstance(test, Pattern)
    if test.whole:
        return ground.index.with_name(test.pieces, ground.columns)
    if test.is_plain or (len(test.pieces) == 2 and not test.pieces[1] and test.pieces[0]):
        return _text("name", ground, test)
    return ground.index.with_name(test.pieces, ground.columns)


def _tag(ground: Ground, test: Test) -> Mask:
    assert isinstance(test, Named)
    scores = score_range(test.amount)
    found = ground.nothing()
    for tag_id in tags_named(test.name, ground.index.tags.names()):
        found |= ground.index.with_tag(tag_id, scores, ground.columns)
    return found


def _action(ground: Ground, test: Test) -> Mask:
    assert isinstance(test, Named)
    scores = score_range(test.amount)
    found = ground.nothing()
    for tag_id in actions_named(test.name, ground.index.tags.names()):
        found |= ground.index.with_tag(tag_id, scores, ground.columns)
    return found


def _product(ground: Ground, test: Test) -> Mask:
    """Names that hold the words: a person asks for 'coke', the package says 'Coca-Cola Coke Zero'."""
    assert isinstance(test, Named)
    products, found = ground.index.products, ground.nothing()
    wanted = test.amount or Interval()
    low, high = (1.0 if wanted.low is None else wanted.low), (np.inf if wanted.high is None else wanted.high)
    ids = patterns.within(test.name, products.names())
    if ids:
        media = products.media(ids, low, high, low_open=wanted.low_open, high_open=wanted.high_open)
        found[media[media < len(found)]] = True
    return found


def _object(ground: Ground, test: Test) -> Mask:
    assert isinstance(test, Named)
    counts = count_range(test.amount)
    found = ground.nothing()
    for tag_id in tags_named(test.name, ground.index.tags.names()):
        found |= ground.index.with_objects(tag_id, counts, ground.columns)
    return found


def tags_named(name: Pattern, tags: Mapping[int, str]) -> list[int]:
    """The ids of the tags of this name, and of those of things that are called so, in English or German."""
    ids = patterns.as_level(name, tags)
    for thing in (*nodes_named(str(name)), *scenes_named(str(name))) if name.is_plain else ():
        ids += patterns.as_level(replace(name, pieces=(thing,)), tags)
    return list(dict.fromkeys(ids))


def actions_named(name: Pattern, tags: Mapping[int, str]) -> list[int]:
    """Those of tags_named that are for what people do."""
    return [tag_id for tag_id in tags_named(name, tags) if tags[tag_id] in activities()]


def count_range(amount: Interval | None) -> ScoreRange:
    """At least one where nothing is said."""
    least = Interval(low=1) if amount is None else amount
    low, high = least.low or 0.0, math.inf if least.high is None else least.high
    return ScoreRange(low, high, low_open=least.low_open, high_open=least.high_open)


def score_range(amount: Interval | None) -> ScoreRange:
    """The scores that an interval allows; all if there is none."""
    if amount is None:
        return ScoreRange()
    low, high = amount.low, amount.high
    return ScoreRange(
        0.0 if low is None else low,
        1.0 if high is None else high,
        low_open=amount.low_open,
        high_open=amount.high_open,
    )


# places


def _near(ground: Ground, test: Test) -> Mask:
    assert isinstance(test, Near)
    columns = ground.columns
    if test.place is None:
        assert test.latitude is not None
        assert test.longitude is not None
        return places.around(columns, test.latitude, test.longitude, test.km)
    named = places.written(columns, test.place)
    known = named & columns.known("latitude")
    if not known.any():
        return places.around_towns(columns, towns.named(test.place)[:1], test.km) | named
    latitude, longitude = (float(np.median(columns[name][known])) for name in ("latitude", "longitude"))
    return named | places.around(columns, latitude, longitude, test.km)


def _place(ground: Ground, test: Test) -> Mask:
    """Where the written place holds this name, and what was taken in a town, country or state of this name."""
    assert isinstance(test, Pattern)
    found = _term("place", ground, test)
    return found | ground.taken_in(str(test)) if test.is_plain else found


_INTERVALS = {
    "iso": "iso", "rating": "rating", "quality": "quality", "sharpness": "sharpness", "noise": "noise",
    "objects": "objects", "date": "taken_s", "width": "width", "height": "height", "size": "size_bytes", "fps": "fps",
    "duration": "duration_s", "aperture": "aperture", "exposure": "exposure_s", "focal": "focal_mm",
}  # fmt: skip

_FILTERS: Mapping[str, _Filter] = {
    **{field: partial(_column, column) for field, column in _INTERVALS.items()},
    **{kind: partial(_term, kind) for kind in ("camera", "lens", "label")},
    **{column: partial(_text, column) for column in ("title", "caption", "description", "transcript")},
    "action": _action,
    "added": _added,
    "codec": _codec,
    "colour": _colour,
    "folder": _folder,
    "format": _format,
    "has": _has,
    "is": _is,
    "megapixels": _megapixels,
    "name": _name,
    "near": _near,
    "object": _object,
    "orientation": _orientation,
    "path": _path,
    "place": _place,
    "product": _product,
    "products": partial(_column, "products"),
    "tracks": partial(_column, "tracks"),
    "state": _state,
    "tag": _tag,
    "type": _type,
}
