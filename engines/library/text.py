"""What plain words search: FTS5's table `words`, one row of texts a media item, and the questions put to it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import apsw
import numpy as np
from numpy.typing import NDArray

from engines.library.database import Database, all_rows, first_value

# What finding a word in each column is worth: what a person wrote about the picture comes before where it lies.
WEIGHTS = {
    "name": 3.0, "folder": 1.0, "title": 4.0, "caption": 2.0, "tags": 3.0, "place": 2.0, "camera": 1.0,
    "description": 2.0, "products": 3.0, "transcript": 1.0,
}  # fmt: skip
COLUMNS = tuple(WEIGHTS)
_WEIGHTS = tuple(WEIGHTS.values())

_SATURATION = 1.2  # BM25's k1: how soon finding a word in one more column stops to count

_VOCABULARY = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, words, row)"
_NO_IDS = np.empty(0, np.int64)


def index_media(connection: apsw.Connection, media_id: int, words: Mapping[str, str]) -> None:
    """Let these texts be found. words: by names of COLUMNS; one that lacks is empty."""
    connection.execute(
        f"INSERT OR REPLACE INTO words (rowid, {', '.join(COLUMNS)}) VALUES (?{', ?' * len(COLUMNS)})",
        (media_id, *(words.get(column, "") for column in COLUMNS)),
    )


def remove_media(connection: apsw.Connection, media_id: int) -> None:
    """Let nothing of this item be found by words."""
    connection.execute("DELETE FROM words WHERE rowid = ?", (media_id,))


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or several that follow each other, as FTS5 cuts and folds them.

    columns: where it has to be; anywhere when empty. prefix: the last word may go on.
    """

    tokens: tuple[str, ...]
    columns: tuple[str, ...] = ()
    prefix: bool = False

    def __str__(self) -> str:
        """FTS5's spelling. Tokens hold letters and digits only, so nothing can break out of the quotation marks."""
        columns = f"{{{' '.join(self.columns)}}} : " if self.columns else ""
        return f'{columns}"{" ".join(self.tokens)}"{" *" if self.prefix else ""}'


def all_of(expressions: Sequence[str]) -> str:
    """An FTS5 expression that holds where all of these do."""
    return expressions[0] if len(expressions) == 1 else f"({' AND '.join(expressions)})"


def any_of(expressions: Sequence[str]) -> str:
    """An FTS5 expression that holds where one of these does."""
    return expressions[0] if len(expressions) == 1 else f"({' OR '.join(expressions)})"


class Text:
    """Questions to the table `words`; any thread may ask."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.tokens = lru_cache(1024)(self._tokens)

    def _tokens(self, text: str) -> tuple[str, ...]:
        """The words of a text, cut and folded exactly as the index did it."""
        return tuple(token for _, _, token in self.cut(text))

    def cut(self, text: str) -> list[tuple[int, int, str]]:
        """The words of a text, each with its first byte and the first byte after it in UTF-8. 10 us a sentence."""
        with self._database.read() as connection:
            cut = connection.fts5_tokenizer("unicode61", ["remove_diacritics", "2"])
            plain = text.encode("utf-8", "replace")
            found = cut(plain, apsw.FTS5_TOKENIZE_QUERY, None, include_offsets=True, include_colocated=False)
        return cast(list[tuple[int, int, str]], found)

    def ids(self, term: Term, low: int, high: int) -> NDArray[np.int64]:
        """The media from `low` to `high` (inclusive) that hold the term, ascending.

        The numbers come as one text: 70 ns each, where rows cost 120 to 200 ns (measured on 200,000).
        """
        with self._database.read() as connection:
            found = first_value(
                connection,
                "SELECT group_concat(rowid) FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ?",
                (str(term), low, high),
            )
        return np.fromstring(found, np.int64, sep=",") if found else _NO_IDS

    def last_ids(self, term: Term, limit: int) -> list[int]:
        """The media added last that hold the term. 0.2 ms, however many there are."""
        query = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?"
        with self._database.read() as connection:
            return [media_id for (media_id,) in all_rows(connection, query, (str(term), limit))]

    def rank(
        self, expression: str, worth: Sequence[float], wanted: NDArray[np.bool_], low: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """How well the texts of some media fit, in no order: ids, and scores above 0.

        worth: of each term of the expression, in its order. wanted: bool, for the media from `low` on.
        The others are passed over within SQLite at 60 ns each; a wanted one costs 1 to 2 us.
        """
        with self._database.read() as connection:
            connection.register_fts5_function("fit", _fit)
            rows = all_rows(
                connection,
                "SELECT rowid, fit(words, ?) FROM words WHERE words MATCH ? AND rowid BETWEEN ? AND ? "
                "AND substr(?, rowid - ? + 1, 1) = x'01'",
                (json.dumps(list(worth)), expression, low, low + len(wanted) - 1, wanted.tobytes(), low),
            )
        ids, scores = zip(*rows, strict=True) if rows else ((), ())
        return np.array(ids, np.int64), np.array(scores, np.float64)

    def vocabulary(self) -> Iterator[tuple[str, int]]:
        """Every indexed word, ascending, with the number of media that hold it: 5 s for all of 1,000,000 media."""
        with self._database.read() as connection:
            connection.execute(_VOCABULARY)
            yield from connection.execute("SELECT term, doc FROM temp.vocabulary")

    def known(self, words: Iterable[str]) -> list[tuple[str, int]]:
        """Those of the words that are indexed, with the number of media that hold each. 40 to 100 us a word."""
        with self._database.read() as connection:
            connection.execute(_VOCABULARY)
            return all_rows(
                connection,
                "SELECT term, doc FROM temp.vocabulary WHERE term IN (SELECT value FROM json_each(?))",
                (json.dumps(list(words)),),
            )


def _fit(api: apsw.FTS5ExtensionApi, *arguments: Any) -> float:
    """BM25 over weighted columns. A word counts once a column, how rare it is was found out before, and a long text is
    worth as much as a short one: reading its length would take longer than all the rest.

    arguments: one, the worth of each term as JSON.
    FTS5's own bm25() counts the rows of every term first: 200 ms for a word that a fifth of 1,000,000 rows hold.
    """
    score = 0.0
    for phrase, value in enumerate(_worth(*arguments)):
        found = 0.0
        for column in api.phrase_columns(phrase):
            found += _WEIGHTS[column]
        score += value * found / (found + _SATURATION)
    return score


@lru_cache(64)
def _worth(text: str) -> list[float]:
    worth: list[float] = json.loads(text)
    return worth
