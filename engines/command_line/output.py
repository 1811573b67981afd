"""How answers look: JSON for programs, lines for people."""

from __future__ import annotations

import json
import sys
import time
import unicodedata
from typing import Any, TextIO

_JOINERS = "\u200c\u200d"  # Persian words and emoji of several people are written with them
_EVERY_S = {True: 0.2, False: 10.0}  # a terminal's line is rewritten, a log gets a new one


def print_json(value: Any, *, indent: int | None = 2) -> None:
    """ASCII only, so that file names which are not UTF-8 arrive whole, as os.fsdecode spells them."""
    print(json.dumps(value, indent=indent))


def say(text: str, stream: TextIO | None = None) -> None:
    """One line for people, on stdout unless another stream is given.

    Names and captions are written by strangers: what would move the cursor, recolour the screen or turn the direction
    of writing is shown as its escape sequence, and what has several lines in one.
    """
    print("".join(one if _is_harmless(one) else _escaped(one) for one in text), file=stream or sys.stdout)


def _is_harmless(character: str) -> bool:
    return character.isprintable() or character in _JOINERS or unicodedata.category(character) == "Zs"


def _escaped(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def columns(text: str) -> int:
    """How many columns of a terminal a text takes as say() prints it: East Asian letters take two, accents none."""
    return sum(_columns(one) if _is_harmless(one) else len(_escaped(one)) for one in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or character in _JOINERS:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


class ProgressLine:
    """One line about running work, rewritten in a terminal, repeated now and then elsewhere."""

    def __init__(self, stream: TextIO = sys.stderr) -> None:
        self._stream = stream
        self._rewrites = stream.isatty()
        self._next = time.monotonic() + (0 if self._rewrites else _EVERY_S[False])
        self._width = 0

    def tell(self, text: str) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + _EVERY_S[self._rewrites]
        end = "" if self._rewrites else "\n"
        start = "\r" if self._rewrites else ""
        print(f"{start}{text:<{self._width}}", end=end, file=self._stream, flush=True)
        self._width = len(text)

    def clear(self) -> None:
        if self._rewrites and self._width:
            print(f"\r{'':<{self._width}}\r", end="", file=self._stream, flush=True)
            self._width = 0


def duration(seconds: float) -> str:
    """'42 s', '3 min 5 s', '2 h 10 min'."""
    if seconds < 60:
        return f"{seconds:.0f} s" if seconds >= 10 else f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s" if minutes < 60 else f"{minutes // 60} h {minutes % 60} min"


def files(count: int) -> str:
    return f"{count:,} file" if count == 1 else f"{count:,} files"


def clock(seconds: float) -> str:
    """A place in a film: '0:42', '1:02:03'."""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02}" if minutes < 60 else f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
