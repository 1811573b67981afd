"""What else a plain word of a query could mean: a date, or a name that the library has, or nothing but text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from engines.errors import QueryError
from engines.search.chips import written_field
from engines.search.complete import Vocabulary
from engines.search.dates import read_date
from engines.search.nodes import And, Query, Words
from engines.search.patterns import fold
from engines.search.query import parse

_LONGEST = 3  # words that are one date or name together
_NAMED = ("tag", "kind", "camera", "place")


@dataclass(frozen=True, slots=True)
class Alternative:
    """written: the words as they stand in the text. group: 'text', or as of a Completion.

    text: the text without them, or with them in quotation marks. field: the field to ask for beside it; '' for none.
    """

    written: str
    group: str
    label: str
    text: str
    field: str = ""


def alternatives(text: str, known: Vocabulary | None, now: datetime | None = None) -> list[Alternative]:
    """The other meanings, in the order of the words; none if the text cannot be read. 0.1 ms.

    known: the library's names, if they were gathered.
    """
    now = now or datetime.now()
    try:
        tree = parse(text, now)
    except QueryError:
        return []
    return [one for words in _words(tree) for one in _of_words(text, words.words, known, now)]


def _words(tree: Query) -> list[Words]:
    """Those that have to be found in any case."""
    return [part for part in (tree.parts if isinstance(tree, And) else (tree,)) if isinstance(part, Words)]


def _of_words(text: str, words: tuple[str, ...], known: Vocabulary | None, now: datetime) -> Iterator[Alternative]:
    start = 0
    while start < len(words):
        for length in range(min(_LONGEST, len(words) - start), 0, -1):
            written = " ".join(words[start : start + length])
            found = list(_of_one(text, written, known, now))
            if found:
                yield from found
                break
        start += length


def _of_one(text: str, written: str, known: Vocabulary | None, now: datetime) -> Iterator[Alternative]:
    words = r"\s+".join(map(re.escape, written.split()))
    place = re.search(rf"(?<!\S){words}(?!\S)", text)
    if place is None:  # it stands at a parenthesis, or in several parts
        return
    without = " ".join((text[: place.start()] + " " + text[place.end() :]).split())
    if read_date(written, now) is not None:
        yield Alternative(written, "date", written, without, written_field("date", written))
        quoted = " ".join(f'{text[: place.start()]} "{written}" {text[place.end() :]}'.split())
        yield Alternative(written, "text", written, quoted)
    elif known is not None:
        for name in known.beginning(fold(written), None, 1):
            if name.group in _NAMED and fold(written) in (fold(name.label), fold(name.detail)):
                yield Alternative(written, name.group, name.label, without, name.written)
