"""What several sources of one file say, made into one fact a name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from engines.facts import PRECEDENCE
from engines.media.metadata import dates
from engines.types import Fact, Facts

# Facts that are only true together come from one source: the first name decides, the others follow or stay away.
_TOGETHER = {
    "longitude": "latitude",
    "altitude_m": "latitude",
    "camera_make": "camera",
    "camera_model": "camera",
}


# The decoders turn a picture by EXIF's orientation, whatever XMP repeats of it.
_EXIF_FIRST = ("exif_orientation",)


@dataclass(frozen=True, slots=True)
class Claims:
    """What one source of a file says. source: one of facts.PRECEDENCE. values: by fact name."""

    source: str
    values: Mapping[str, Any] = field(default_factory=dict)
    dates: tuple[dates.DateClaim, ...] = ()


def given(values: Mapping[str, Any]) -> dict[str, Any]:
    """Only those that were found: neither None, nor an empty text or list."""
    return {name: value for name, value in values.items() if value is not None and value != "" and value != []}


def merge(claims: Iterable[Claims]) -> Facts:
    """One Fact a name, by facts.PRECEDENCE; the date by dates.FIELDS."""
    ranked = sorted(claims, key=lambda claim: PRECEDENCE.index(claim.source))
    facts: Facts = {}
    for claim in ranked:
        for name in sorted(claim.values, key=lambda name: name in _TOGETHER):  # the deciding names first
            leader = facts.get(_TOGETHER.get(name, name))
            if name not in facts and (leader is None or leader.source == claim.source):
                facts[name] = Fact(claim.values[name], claim.source)
        if claim.source == "exif":
            facts |= {name: Fact(claim.values[name], "exif") for name in _EXIF_FIRST if name in claim.values}
    return facts | _date_facts(date for claim in ranked for date in claim.dates)


def _date_facts(claims: Iterable[dates.DateClaim]) -> Facts:
    best = dates.choose(claims)
    if best is None:
        return {}
    moment = best.moment
    certain = "" if moment.certain_to == "second" or best.field == "file name" else f" ({moment.certain_to} only)"
    values = {
        "taken": dates.spell(moment.local),
        "taken_offset_min": moment.offset_min,
        "taken_field": best.field + certain,
    }
    return {name: Fact(value, best.source) for name, value in given(values).items()}
