"""From which scores on the program says what networks see: resources/labels/shown.toml as values."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FILE = Path(__file__).resolve().parents[2] / "resources" / "labels" / "shown.toml"


@dataclass(frozen=True, slots=True)
class LabelLimits:
    """score: of a name; kind_score: of a kind above names; own: of single names and kinds, instead.

    raw: so many labels are kept as they are, from raw_score on.
    """

    score: float
    kind_score: float
    raw: int
    raw_score: float
    own: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class BesidePeople:
    """Kinds that are not named where a person is seen with at least this score."""

    kinds: tuple[str, ...]
    person_score: float


@dataclass(frozen=True, slots=True)
class ObjectLimits:
    """score: of a box; overlap: above this intersection over union two boxes of one kind are one thing."""

    score: float
    overlap: float


@dataclass(frozen=True, slots=True)
class Shown:
    """All limits together."""

    labels: LabelLimits
    beside_people: BesidePeople
    objects: ObjectLimits


@cache
def shown() -> Shown:
    """The limits, read once."""
    table = tomllib.loads(_FILE.read_text("utf-8"))
    people = table["beside_people"]
    return Shown(
        LabelLimits(**table["labels"]),
        BesidePeople(tuple(people["kinds"]), people["person_score"]),
        ObjectLimits(**table["objects"]),
    )
