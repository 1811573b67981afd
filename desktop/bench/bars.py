"""The bars of the window: each number that is measured, with its bar and the number that the bar has among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engines.bench.report import Bar, Row


@dataclass(frozen=True, slots=True)
class Rule:
    """number: U1 to U18; '' for what is asked for besides. bars: by the size of the library up to which each holds."""

    number: str
    unit: str
    bars: Mapping[float, Bar]

    def bar(self, size: int) -> Bar | None:
        return next((bar for limit, bar in self.bars.items() if size <= limit), None)


_ANY = float("inf")


def _below(limit: float) -> Mapping[float, Bar]:
    return {_ANY: Bar("<", limit)}


def _at_most(limit: float) -> Mapping[float, Bar]:
    return {_ANY: Bar("≤", limit)}


_HELD_UP = _below(100)  # ms, by whatever
RULES = {
    "start to window": Rule("U1", "s", _below(0.8)),
    "start to thumbnails": Rule("U2", "s", {100_000: Bar("<", 1.5), 1_000_000: Bar("<", 2)}),
    "heavy imports before the window": Rule("U3", "modules", _at_most(0)),
    "frozen, start to a picture of the window": Rule("U4", "s", _below(1)),
    "memory at rest": Rule("U5", "MB", {0: Bar("<", 150), 100_000: Bar("<", 250), 1_000_000: Bar("<", 450)}),
    "clicks to the first photo": Rule("U6", "clicks", _at_most(2)),
    "clicks and keys to the first result": Rule("U7", "", _at_most(3)),
    "folder chosen to the first result": Rule("U7", "s", _below(60)),
    "folder chosen to the first rows": Rule("U8", "s", _below(1)),
    "2,000 files listed with thumbnails": Rule("U8", "s", _below(45)),
    "grid opens": Rule("", "ms", _below(500)),
    "scroll, 99 % of frames": Rule("U9", "ms", _below(16)),
    "scroll, 99 % of frames, processor time": Rule("U9", "ms", {}),
    "jump, 99 %": Rule("U10", "ms", _below(33)),
    "resize, worst": Rule("U11", "ms", _below(50)),
    "all on one day: opens": Rule("U12", "ms", _below(200)),
    "all on one day: scroll, 99 % of frames": Rule("U12", "ms", _below(16)),
    "all on one day: scroll, 99 % of frames, processor time": Rule("U12", "ms", {}),
    "pictures after a jump, 95 %": Rule("U13", "ms", _below(150)),
    "key to painted answer, 95 %": Rule("U14", "ms", _below(50)),
    "search behind a key, 95 %": Rule("U14", "ms", _below(50)),  # the words are encoded in this time, too
    "UI held up while typing, worst": Rule("U14", "ms", _HELD_UP),
    "nearest by meaning, 95 %": Rule("U15", "ms", {100_000: Bar("<", 10), 1_000_000: Bar("<", 20)}),
    "nearest by meaning, recall": Rule("U15", "", {_ANY: Bar("≥", 0.95)}),
    "select all: UI held up, worst": Rule("U16", "ms", _HELD_UP),
    "tag 10,000": Rule("U16", "ms", _below(1000)),
    "tag 10,000: UI held up, worst": Rule("U16", "ms", _HELD_UP),
    "undo that": Rule("U16", "ms", {}),
    "undo that: UI held up, worst": Rule("U16", "ms", _HELD_UP),
    "commands undone after a restart": Rule("U17", "%", {_ANY: Bar("≥", 100)}),
    "import: first pictures": Rule("U18", "s", _below(2)),
    "import: a view of pictures": Rule("U18", "s", {}),
    "import: heartbeat, 99 %": Rule("U18", "ms", _below(33)),
    "import: heartbeat, worst": Rule("U18", "ms", _below(100)),
}


def row(what: str, value: float | None, note: str = "", *, size: int | None = None) -> Row:
    """A number beside its bar. size: of the library; None where it does not matter. value: None: the note says why."""
    rule = RULES[what]
    name = f"{rule.number} {what}" if size is None else f"{rule.number} {size:,} files: {what}"
    return Row(name.strip(), value, rule.unit, rule.bar(size or 0), note)
