"""What stands behind a field's colon, read as the field needs it: numbers with units, dates, names, choices, places."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from difflib import get_close_matches

from engines.search.dates import read_date
from engines.search.nodes import Choice, Interval, Named, Near, Pattern, Test


class ValueProblem(Exception):  # noqa: N818 -- the parser makes a QueryError of it, which knows the place
    """A value that the field cannot have. Its text is the sentence for the person."""


@dataclass(frozen=True, slots=True)
class Value:
    """text: as typed, without quotation marks. bare: of the same length; what was within them is NUL.

    now: local time, for dates.
    """

    text: str
    bare: str
    now: datetime

    def part(self, start: int, end: int | None = None) -> Value:
        return Value(self.text[start:end], self.bare[start:end], self.now)


@dataclass(frozen=True, slots=True)
class Amount:
    """A written number as the comparisons see it.

    equal: what `field:amount` finds, as exact as it was written. first, last: its ends, for <, >= and >, <=.
    last_open: the last is the first that does not belong to it any more (of a year, say).
    """

    equal: Interval
    first: float
    last: float
    last_open: bool = False


Reader = Callable[[Value], Test]
AmountReader = Callable[[str, datetime], Amount | None]

_MOST_PIECES = 5  # of a pattern: each more can make comparing slower by the length of the text
_OPERATOR = re.compile(r"(>=|<=|>|<|=)\s*")
_AMOUNT_AT_END = re.compile(r"\s*(>=|<=|>|<|=)\s*[\d.]+%?$")
_NUMBER = re.compile(r"(-?\d+)(?:\.(\d+))?\s*")


def interval(read: AmountReader, expected: str) -> Reader:
    """A reader of `4`, `>4`, `>=4`, `<4`, `<=4`, `=4`, `4..5`, `4..` and `..5`. expected: what the field wants."""

    def amount(value: Value) -> Amount:
        found = read(value.text.strip(), value.now)
        if found is None:
            raise ValueProblem(f"'{value.text}' is not {expected}.")
        return found

    def read_value(value: Value) -> Interval:
        if operator := _OPERATOR.match(value.bare):
            return _compared(operator[1], amount(value.part(operator.end())))
        dots = value.bare.find("..")
        if dots < 0:
            return amount(value).equal
        low, high = value.part(0, dots), value.part(dots + 2)
        if not low.text and not high.text:
            raise ValueProblem(f"The range needs {expected} on at least one side.")
        return _range(amount(low) if low.text else None, amount(high) if high.text else None)

    return read_value


def _compared(operator: str, amount: Amount) -> Interval:
    if operator == ">":
        return Interval(low=amount.last, low_open=not amount.last_open)
    if operator == ">=":
        return Interval(low=amount.first)
    if operator == "<":
        return Interval(high=amount.first, high_open=True)
    if operator == "<=":
        return Interval(high=amount.last, high_open=amount.last_open)
    return amount.equal


def _range(low: Amount | None, high: Amount | None) -> Interval:
    if low is not None and high is not None and low.first > high.last:
        raise ValueProblem("This range runs backwards: put the smaller value first.")
    return Interval(
        low=low.first if low is not None else None,
        high=high.last if high is not None else None,
        high_open=high.last_open if high is not None else False,
    )


def number(units: Mapping[str, float], *, prefix: str = "", tolerance: float | None = 0.5) -> AmountReader:
    """A reader of numbers with units. units: factors by lower-case name; '' for none. prefix: may stand before it.

    tolerance: of the last written digit, so that 2.8 finds what is shown as 2.8; None: exact.
    """

    def read(text: str, now: datetime) -> Amount | None:
        text = text.lower().removeprefix(prefix)
        match = _NUMBER.match(text)
        factor = units.get(text[match.end() :]) if match else None
        if match is None or factor is None or len(match[0]) > 18:  # more digits than any true value has
            return None
        value = float(match[0]) * factor
        half = (tolerance or 0.0) * factor * 0.1 ** len(match[2] or "")
        return Amount(Interval(value - half, value + half, high_open=bool(half)), value, value)

    return read


def duration(text: str, now: datetime) -> Amount | None:
    """'1:30', '1:02:03', '90', '90s', '2min', '1.5h'; in seconds."""
    if ":" not in text:
        return _seconds(text, now)
    parts = text.split(":")
    if len(parts) > 3 or not all(part.isdecimal() and len(part) <= 4 for part in parts):
        return None
    value = 0.0
    for part in parts:
        value = value * 60 + int(part)
    return Amount(Interval(value - 0.5, value + 0.5, high_open=True), value, value)


_SECOND = {"": 1.0, "s": 1.0, "sec": 1.0, "second": 1.0, "seconds": 1.0}
_seconds = number(
    {**_SECOND, "ms": 0.001, "m": 60, "min": 60, "minute": 60, "minutes": 60, "h": 3600, "hour": 3600, "hours": 3600}
)
_EXPOSURE_TOLERANCE = 0.04  # cameras store 1/60 as 1/64


def exposure(text: str, now: datetime) -> Amount | None:
    """'1/250', '0.5', '2s'; in seconds."""
    text = text.lower().removesuffix("s").strip()
    over = text.removeprefix("1/")
    match = _NUMBER.fullmatch(over)
    value = float(over) if match is not None and len(over) <= 18 else 0.0
    if value <= 0:
        return None
    value = 1 / value if over != text else value
    return Amount(Interval(value * (1 - _EXPOSURE_TOLERANCE), value * (1 + _EXPOSURE_TOLERANCE)), value, value)


def moment(text: str, now: datetime) -> Amount | None:
    """A date or time; in Unix seconds, local time as if it were UTC."""
    span = read_date(text, now)
    if span is None:
        return None
    start, end = span
    return Amount(Interval(start, end, high_open=True), start, end, last_open=True)


def pattern(value: Value) -> Pattern:
    """A text in which a '*' outside quotation marks stands for anything."""
    pieces, start = [], 0
    for place, letter in enumerate(value.bare):
        if letter == "*":
            pieces.append(value.text[start:place])
            start = place + 1
    pieces.append(value.text[start:])
    if not any(piece.strip() for piece in pieces):
        raise ValueProblem("This needs at least one letter or digit.")
    if len(pieces) > _MOST_PIECES:
        raise ValueProblem(f"There can be at most {_MOST_PIECES - 1} * in one value.")
    return Pattern(tuple(pieces))


def part_or_whole(value: Value) -> Pattern:
    """A text as in pattern(); after '=' all of what it is compared with: `camera="Canon EOS 5"` is no EOS 5D."""
    if not value.bare.startswith("="):
        return pattern(value)
    return replace(pattern(value.part(1)), whole=True)


def words(value: Value) -> Pattern:
    """A text whose last word may go on: a '*' can stand at its end only."""
    found = pattern(value)
    if len(found.pieces) > 2 or (len(found.pieces) == 2 and (found.pieces[1] or not found.pieces[0].strip())):
        raise ValueProblem("Here a * can stand only at the end of a word.")
    return found


def named(amounts: AmountReader) -> Reader:
    """A reader of names with an amount behind: `dog`, `dog>0.5`, `person>=3`, and of whole ones: `="Coke can"`."""

    def read(value: Value) -> Named:
        found = _AMOUNT_AT_END.search(value.bare)
        if found is None or not found.start():
            return Named(part_or_whole(value))
        amount = interval(amounts, "a number")(value.part(found.start(1)))
        assert isinstance(amount, Interval)
        return Named(pattern(value.part(0, found.start())), amount)

    return read


def choice(none: str, values: Sequence[str], aliases: Mapping[str, str] = {}) -> Reader:
    """A reader of one of a few values, which may be written with spaces, '-' or '_' alike.

    none: how the sentence begins that says that there is no such value.
    """

    def read(value: Value) -> Choice:
        text = re.sub(r"[-_\s]+", "-", value.text.strip().lower())
        text = aliases.get(text, text)
        if text in values:
            return Choice(text)
        nearest = get_close_matches(text, [*values, *aliases], 1)
        raise ValueProblem(
            f"{none} '{value.text}'. " + (f"Did you mean {nearest[0]}?" if nearest else f"It can be {_listed(values)}.")
        )

    return read


def _listed(values: Sequence[str]) -> str:
    return f"{', '.join(values[:-1])} or {values[-1]}"


_POINT = re.compile(r"(-?\d{1,3}(?:\.\d{1,9})?)\s*,\s*(-?\d{1,3}(?:\.\d{1,9})?)")
_DISTANCE = re.compile(r"/\s*(\d{1,5}(?:\.\d{1,3})?)\s*(km|m|mi)?\s*$")
_KM = {"km": 1.0, "m": 0.001, "mi": 1.609344, None: 1.0}
_USUAL_KM = 20.0


def near(value: Value) -> Near:
    """`38.7,-9.1/20km`, `38.7,-9.1`, `Lisbon/5km`, `Lisbon`; m, km and mi."""
    distance = _DISTANCE.search(value.bare)
    km = float(distance[1]) * _KM[distance[2]] if distance else _USUAL_KM
    where = value.text[: distance.start()].strip() if distance else value.text.strip()
    if not km:
        raise ValueProblem("The distance has to be greater than 0, such as near:38.7,-9.1/20km.")
    if point := _POINT.fullmatch(where):
        latitude, longitude = float(point[1]), float(point[2])
        if abs(latitude) > 90 or abs(longitude) > 180:
            raise ValueProblem("Latitude goes from -90 to 90 and longitude from -180 to 180.")
        return Near(km, latitude, longitude)
    if not any(letter.isalpha() for letter in where):
        raise ValueProblem("This is neither a point, such as 38.7,-9.1/20km, nor the name of a place.")
    return Near(km, place=where)
