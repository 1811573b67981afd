"""What was measured: rows of numbers, each beside its bar, for programs and for people."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "≥": operator.ge,
    ">": operator.gt,
    "≤": operator.le,
    "<": operator.lt,
}
_DIGITS = 4  # that a number keeps; no measurement repeats itself more closely
_VERDICTS = {True: "yes", False: "NO", None: ""}
_HEAD = ("what", "value", "unit", "bar", "holds", "note")


@dataclass(frozen=True, slots=True)
class Bar:
    """What a value has to be: at least, at most, above or below a limit in the value's own unit."""

    sign: str
    limit: float

    def holds(self, value: float) -> bool:
        return _COMPARISONS[self.sign](value, self.limit)

    def __str__(self) -> str:
        return f"{self.sign} {_written(self.limit)}"


@dataclass(frozen=True, slots=True)
class Row:
    """One number. value: None where this computer cannot measure it; then the note says why."""

    name: str
    value: float | None
    unit: str
    bar: Bar | None = None
    note: str = ""

    @property
    def holds(self) -> bool | None:
        """Whether the bar is reached; None without a bar or a value."""
        return None if self.bar is None or self.value is None else self.bar.holds(self.value)

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "value": None if self.value is None else _rounded(self.value),
            "unit": self.unit,
            "bar": None if self.bar is None else str(self.bar),
            "holds": self.holds,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """All rows of one measurement. machine: what it ran on, ready for JSON."""

    machine: Mapping[str, Any]
    rows: Sequence[Row]

    def as_json(self) -> dict[str, Any]:
        return {"machine": dict(self.machine), "rows": [row.as_json() for row in self.rows]}

    def as_text(self) -> str:
        """A line about the computer, then a table."""
        machine = self.machine
        where = f"{machine['cpu']}, {machine['cores']} cores, {machine['memory_gb']} GB, {machine['os']}"
        return (
            f"{where}, Python {machine['python']}, load {machine['load']}\n\n{_table([_HEAD, *map(_cells, self.rows)])}"
        )


def _cells(row: Row) -> tuple[str, ...]:
    value = "not measured" if row.value is None else _written(row.value)
    return row.name, value, row.unit, str(row.bar or ""), _VERDICTS[row.holds], row.note


def _table(lines: Sequence[tuple[str, ...]]) -> str:
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if number == 1 else cell.ljust(width)
            for number, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _written(value: float) -> str:
    """Short, with commas between thousands, never in powers of ten."""
    value = _rounded(value)
    return f"{value:,.0f}" if value == round(value) else f"{value:,}"


def _rounded(value: float) -> float:
    return float(f"{value:.{_DIGITS}g}")
