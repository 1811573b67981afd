"""A made family's photos and videos, as rows: words, tags, dates, places, cameras, sightings as of real ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engines.library.columns import COLOURS
from engines.library.made_rows import MadeItem
from engines.types import FIRST_OBJECT, Fact, Facts, Kind, Sighting
from engines.vocabulary import coco, imagenet, nodes

# Of ten words of a caption six say something; how often each is used falls with its rank (Zipf's law). So the commonest
# is in a quarter of all media and most are in a few, as in collections of real captions.
_WORDS = 30_000
_STOP_WORDS = ("a", "the", "of", "on", "in", "and", "with", "at", "to", "is")
_PATTERN = "{s0} {0} {1} {s1} {s2} {2} {3} {s3} {4} {5}"
_REAL_WORDS = 10  # each so many-th word is the name of a thing, so that some of what is seen is also told of
_TAGS = 2_000
_CAMERAS = 30
_LENSES = 60
_SPOTS = 300

_CAPTIONED, _TITLED, _LOCATED, _PLACED, _RATED, _VIDEOS = 0.6, 0.05, 0.4, 0.15, 0.1, 0.05  # shares of all media
# As in 134 real photos: 4.5 labels and 2.3 objects each, a third show people, the middle score of a label is 0.05.
_LABELS, _OBJECTS, _PEOPLE = 3.5, 2.0, 0.3  # means of Poisson distributions, besides one label; a share
_MOST_SEEN = 8  # of either sort
_SCORES = (0.4, 2.5)  # of a beta distribution
_FOLDER_MEDIA = 200
_FIRST = datetime(2004, 1, 1, tzinfo=UTC)
_SPAN_S = 22 * 365 * 86_400
_CHUNK = 10_000  # items made at once

_CONSONANTS = "bdfgklmnprtvz"
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that is photographed again and again."""

    name: str
    latitude: float
    longitude: float


class MadeLibrary:
    """`count` items; the same ones for each equal count."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._random = np.random.default_rng(7)
        self.words = self._make_words()
        self.tags = [*self.words[:100], *(f"{one} {two}" for one, two in zip(*self._pairs(_TAGS - 100), strict=True))]
        self.cameras = [f"{self.words[500 + number % 8].title()} {number + 1}00D" for number in range(_CAMERAS)]
        self.lenses = [f"{20 + 5 * number}-{60 + 9 * number} mm" for number in range(_LENSES)]
        self.spots = self._make_spots()

    def items(self) -> Iterator[list[MadeItem]]:
        """All of them, some thousand at a time, the oldest first."""
        for start in range(0, self.count, _CHUNK):
            yield list(_Chunk(self, range(start, min(start + _CHUNK, self.count))).items())

    def taken(self, share: float) -> datetime:
        """The date before which that share of the items was taken; every year there are more."""
        return _FIRST + timedelta(seconds=round(_SPAN_S * share**0.5))

    def ranks(self, random: np.random.Generator, of: int, shape: tuple[int, ...]) -> NDArray[np.int64]:
        """Random places in a list of so many, the first ones the most often."""
        weights = 1 / np.arange(1, of + 1)
        return np.searchsorted(np.cumsum(weights / weights.sum()), random.random(shape)).clip(0, of - 1)

    def _make_words(self) -> list[str]:
        """Words that can be spoken, so that they share beginnings as real ones do."""
        syllables = np.array([f"{consonant}{vowel}" for consonant in _CONSONANTS for vowel in _VOWELS])
        drawn = syllables[self._random.integers(0, len(syllables), (2 * _WORDS, 4))]
        lengths = self._random.choice((2, 3, 4), 2 * _WORDS, p=(0.1, 0.5, 0.4))
        made = ("".join(row[:length]) for row, length in zip(drawn, lengths, strict=True))
        words = list(dict.fromkeys(made))[:_WORDS]
        real = [name for name in sorted(nodes()) if name.isalpha()]
        words[_REAL_WORDS - 1 : _REAL_WORDS * len(real) : _REAL_WORDS] = self._random.permutation(real).tolist()
        return words

    def _pairs(self, count: int) -> tuple[list[str], list[str]]:
        first, second = self._random.permutation(len(self.words))[: 2 * count].reshape(2, count)
        return [self.words[place] for place in first], [self.words[place] for place in second]

    def _make_spots(self) -> list[Spot]:
        latitudes, longitudes = self._random.uniform(-55, 65, _SPOTS), self._random.uniform(-120, 150, _SPOTS)
        return [
            Spot(self.words[1000 + number].title(), float(latitude), float(longitude))
            for number, (latitude, longitude) in enumerate(zip(latitudes, longitudes, strict=True))
        ]


class _Chunk:
    """Items with these numbers. All that is random about them is drawn at once, which takes a tenth of the time."""

    def __init__(self, library: MadeLibrary, numbers: range) -> None:
        self._library = library
        self._numbers = numbers
        random, count = np.random.default_rng((11, numbers.start)), len(numbers)
        self._words = library.ranks(random, _WORDS, (count, 8)).tolist()
        self._stops = random.integers(0, len(_STOP_WORDS), (count, 4)).tolist()
        self._tags = library.ranks(random, _TAGS, (count, 5)).tolist()
        self._tag_counts = random.integers(0, 6, count).tolist()
        self._cameras = library.ranks(random, _CAMERAS, (count,)).tolist()
        self._lenses = library.ranks(random, _LENSES, (count,)).tolist()
        self._spots = library.ranks(random, _SPOTS, (count,)).tolist()
        self._colours = random.permuted(np.tile(np.arange(len(COLOURS)), (count, 1)), axis=1)[:, :3].tolist()
        self._chances = random.random((count, 6)).tolist()  # of caption, title, position, place, rating, being a video
        self._measures = random.random((count, 8)).round(3).tolist()
        self._shifts = random.integers(-50, 50, count).tolist()  # of the time, in items: folders are not sorted by it
        self._seen = _Seen(library, random, count)
        self._folders = {
            first: self._folder(first) for first in sorted({_first_in_folder(number) for number in numbers})
        }

    def items(self) -> Iterator[MadeItem]:
        for place, number in enumerate(self._numbers):
            yield self._item(place, number)

    def _item(self, place: int, number: int) -> MadeItem:
        taken = self._library.taken(min(max(number + self._shifts[place], 0) / self._library.count, 1.0))
        is_video = self._chances[place][5] < _VIDEOS
        tags = self._tags_of(place)
        return MadeItem(
            folder=self._folders[_first_in_folder(number)],
            name=_name(number, taken, is_video),
            kind=Kind.VIDEO if is_video else Kind.PHOTO,
            format="mp4" if is_video else "jpeg",
            size_bytes=500_000 + int(8e6 * self._measures[place][7]) * (20 if is_video else 1),
            mtime_s=int(taken.timestamp()),
            findings={
                "metadata": _facts("exif", self._metadata(place, taken, is_video, tags)),
                "content": _facts("pixels", self._content(place)),
            },
            tags=tags,
            sightings=self._seen.of(place),
        )

    def _folder(self, first: int) -> str:
        """As people keep them: by year, named for what happened. first: number of its first item."""
        words = np.random.default_rng((13, first)).integers(0, 2000, 2)
        day = self._library.taken(first / self._library.count)
        return f"{day:%Y}/{day:%Y-%m-%d} {' '.join(self._library.words[word] for word in words)} {first}"

    def _tags_of(self, place: int) -> tuple[str, ...]:
        ranks = self._tags[place][: self._tag_counts[place]]
        return tuple(dict.fromkeys(self._library.tags[rank] for rank in ranks))

    def _metadata(self, place: int, taken: datetime, is_video: bool, tags: tuple[str, ...]) -> dict[str, Any]:
        library, upright = self._library, self._measures[place][6] < 0.3
        facts: dict[str, Any] = {
            "width": 3000 if upright else 4000,
            "height": 4000 if upright else 3000,
            "taken": taken.replace(tzinfo=None).isoformat(timespec="seconds"),
            "camera": library.cameras[self._cameras[place]],
        }
        facts |= _VIDEO if is_video else self._exposure(place)
        captioned, titled, located, placed, rated, _ = self._chances[place]
        spot = library.spots[self._spots[place]]
        if captioned < _CAPTIONED:
            facts["caption"] = self._caption(place)
        if titled < _TITLED:
            facts["title"] = " ".join(library.words[rank] for rank in self._words[place][6:]).capitalize()
        if located < _LOCATED:
            north, east = ((measure - 0.5) / 5 for measure in self._measures[place][:2])  # degrees, so within 15 km
            facts |= {"latitude": spot.latitude + north, "longitude": spot.longitude + east}
        if placed < _PLACED:
            facts["place"] = spot.name
        if rated < _RATED:
            facts["rating"] = 1 + int(rated / _RATED * 5)
        if tags:
            facts["keywords"] = list(tags)
        return facts

    def _exposure(self, place: int) -> dict[str, Any]:
        measures = self._measures[place]
        return {
            "lens": self._library.lenses[self._lenses[place]],
            "iso": 100 << int(6 * measures[2]),
            "aperture": round(1.4 * 2 ** (measures[3] * 3), 1),
            "exposure_s": round(1 / (10 + 2000 * measures[4]), 5),
            "focal_mm": float(18 + int(200 * measures[5])),
        }

    def _caption(self, place: int) -> str:
        said = [self._library.words[rank] for rank in self._words[place][:6]]
        stops = {f"s{number}": _STOP_WORDS[rank] for number, rank in enumerate(self._stops[place])}
        return _PATTERN.format(*said, **stops).capitalize()

    def _content(self, place: int) -> dict[str, Any]:
        quality, sharpness, noise, exposure, contrast = self._measures[place][:5]
        return {
            "quality": quality,
            "sharpness": sharpness,
            "noise": 10 * noise,
            "exposure": exposure,
            "contrast": contrast,
            "colours": [
                {"name": COLOURS[colour], "share": share, "hex": "#808080"}
                for colour, share in zip(self._colours[place], (0.5, 0.2, 0.1), strict=True)
            ],
        }


class _Seen:
    """What networks saw in so many items: some classes often, most seldom."""

    def __init__(self, library: MadeLibrary, random: np.random.Generator, count: int) -> None:
        self._labels = self._draw(library, random, count, [label.index for label in imagenet() if not label.hidden])
        objects = [FIRST_OBJECT + label.index for label in coco() if not label.hidden]
        self._objects = self._draw(library, random, count, objects[1:])
        self._person = objects[0]
        self._scores = random.beta(*_SCORES, (count, 2 * _MOST_SEEN + 1)).clip(0.02, 1).tolist()
        self._label_counts = (1 + random.poisson(_LABELS, count)).tolist()
        self._object_counts = random.poisson(_OBJECTS, count).tolist()
        self._has_people = (random.random(count) < _PEOPLE).tolist()

    @staticmethod
    def _draw(library: MadeLibrary, random: np.random.Generator, count: int, kinds: list[int]) -> list[list[int]]:
        shuffled = np.random.default_rng(5).permutation(kinds)
        drawn: list[list[int]] = shuffled[library.ranks(random, len(kinds), (count, _MOST_SEEN))].tolist()
        return drawn

    def of(self, place: int) -> tuple[Sighting, ...]:
        kinds = [
            *self._labels[place][: self._label_counts[place]],
            *self._objects[place][: self._object_counts[place]],
            *([self._person] if self._has_people[place] else ()),
        ]
        return tuple(Sighting(kind, self._scores[place][at]) for at, kind in enumerate(dict.fromkeys(kinds)))


_VIDEO = {"duration_s": 12.5, "fps": 29.97, "codec": "h264", "audio_codec": "aac"}


def _first_in_folder(number: int) -> int:
    return number - number % _FOLDER_MEDIA


def _name(number: int, taken: datetime, is_video: bool) -> str:
    """As cameras and phones name files: numbers that begin again, or the time."""
    suffix = "mp4" if is_video else "jpg"
    if number // _FOLDER_MEDIA % 3 == 0:
        return f"{taken:%Y%m%d_%H%M%S}_{number % 1000:03}.{suffix}"
    return (
        f"IMG_{number % 10_000:04}.{suffix}"
        if number // _FOLDER_MEDIA % 3 == 1
        else f"DSC{number % 100_000:05}.{suffix}"
    )


def _facts(source: str, values: dict[str, Any]) -> Facts:
    return {name: Fact(value, source) for name, value in values.items()}
