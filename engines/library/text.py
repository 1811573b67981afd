"""What plain words search: FTS5's table `words`, one row of texts a media item, and the questions put to it."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

import apsw
import numpy as np
from numpy.typing import NDArray

from engines.library.database import Database, all_rows, first_value, numbers
from engines.library.tag_words import GIVEN_IN, TagWords
from engines.library.term import Term

# What finding a word in each column is worth: what a person wrote about the picture comes before where it lies.
WEIGHTS = {
    "name": 3.0, "folder": 1.0, "title": 4.0, "caption": 2.0, "tags": 3.0, "place": 2.0, "camera": 1.0,
    "description": 2.0, "products": 3.0, "transcript": 1.0,
}  # fmt: skip
COLUMNS = tuple(WEIGHTS)
_WEIGHTS = tuple(WEIGHTS.values())

_SATURATION = 1.2  # BM25's k1: how soon finding a word in one more column stops to count

_VOCABULARY = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab(main, words, row)"


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
class Expression:
    """What is asked of the full-text index at once. text: in FTS5's spelling. terms: those in it, in their order."""

    text: str
    terms: tuple[Term, ...]


def all_of(parts: Sequence[Expression | Term]) -> Expression:
    """Holds where all of these do."""
    return _joined(parts, "AND")


def any_of(parts: Sequence[Expression | Term]) -> Expression:
    """Holds where one of these does."""
    return _joined(parts, "OR")


def _joined(parts: Sequence[Expression | Term], word: str) -> Expression:
    whole = [Expression(str(part), (part,)) if isinstance(part, Term) else part for part in parts]
    if len(whole) == 1:
        return whole[0]
    text = f" {word} ".join(part.text for part in whole)
    return Expression(f"({text})", tuple(term for part in whole for term in part.terms))


class Text:
    """Questions to the table `words`, and to the names of tags that a person gave; any thread may ask."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.tokens = lru_cache(1024)(self._tokens)
        self._given = TagWords(database, self._tokens)

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
        indexed = numbers(found)
        given = self._given.ids(term, low, high)
        return np.union1d(indexed, given) if len(given) else indexed

    def last_ids(self, term: Term, limit: int) -> list[int]:
        """The media added last that hold the term, tags that a person gave apart. 0.2 ms, however many there are."""
        query = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT ?"
        with self._database.read() as connection:
            return [media_id for (media_id,) in all_rows(connection, query, (str(term), limit))]

    def rank(
        self, expression: Expression, worth: Sequence[float], wanted: NDArray[np.bool_], low: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """How well the texts of some media fit, in no order: ids, and scores above 0.

        worth: of each term of the expression, in its order. wanted: bool, for the media from `low` on; of those with a
        tag that a person gave and a term holds, only such as hold the whole expression.
        The others are passed over within SQLite at 60 ns each; a wanted one costs 1 to 2 us.
        """
        given = self._given_to(expression.terms, (low + np.flatnonzero(wanted)).tolist())
        scores = self._ranked(expression, worth, wanted, low, {})
        if given:
            tagged = np.zeros_like(wanted)
            tagged[np.fromiter(given, np.int64) - low] = True
            scores |= {media_id: _score([()] * len(worth), worth, held) for media_id, held in given.items()}
            scores |= self._ranked(any_of(expression.terms), worth, tagged & wanted, low, given)
        return np.fromiter(scores, np.int64, len(scores)), np.fromiter(scores.values(), np.float64, len(scores))

    def _ranked(
        self, expression: Expression, worth: Sequence[float], wanted: NDArray[np.bool_], low: int, given: _Given
    ) -> dict[int, float]:
        with self._database.read() as connection:
            connection.register_fts5_function("fit", _fit)
            rows = all_rows(
                connection,
                "SELECT rowid, fit(words, ?, ? -> ('$.' || rowid)) FROM words WHERE words MATCH ? "
                "AND rowid BETWEEN ? AND ? AND substr(?, rowid - ? + 1, 1) = x'01'",
                (
                    json.dumps(list(worth)),
                    json.dumps(given),
                    expression.text,
                    low,
                    low + len(wanted) - 1,
                    wanted.tobytes(),
                    low,
                ),
            )
        return dict(rows)

    def _given_to(self, terms: Sequence[Term], media_ids: Sequence[int]) -> _Given:
        """By media id, which of the terms tags hold that a person gave."""
        given: dict[int, list[int]] = {}
        for place, term in enumerate(terms):
            for media_id in self._given.among(term, media_ids):
                given.setdefault(media_id, []).append(place)
        return given

    def vocabulary(self) -> Iterator[tuple[str, int]]:
        """Every indexed word, ascending, with the number of media that hold it: 5 s for all of 1,000,000 media.

        Without those of tags that a person gave.
        """
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

    def given(self, words: Iterable[str]) -> list[tuple[str, int]]:
        """Those of the words that are in tags which a person gave, with the number of media that have such a tag."""
        return self._given.known(words)


_Given = Mapping[int, list[int]]  # by media id, the places of terms in an expression
_TAGS = COLUMNS.index(GIVEN_IN)


def _fit(api: apsw.FTS5ExtensionApi, *arguments: Any) -> float:
    """FTS5's own bm25() counts the rows of every term first: 200 ms for a word that a fifth of 1,000,000 rows hold.

    arguments: as JSON the worth of each term, and the terms that tags hold which a person gave, or None.
    """
    worth, given = arguments
    columns = [api.phrase_columns(phrase) for phrase in range(len(_numbers(worth)))]
    return _score(columns, _numbers(worth), _numbers(given) if given else ())


@lru_cache(64)
def _numbers(text: str) -> list[float]:
    numbers: list[float] = json.loads(text)
    return numbers


def _score(columns: Sequence[Sequence[int]], worth: Sequence[float], given: Collection[float]) -> float:
    """BM25 over weighted columns. A word counts once a column, how rare it is was found out before, and a long text is
    worth as much as a short one: reading its length would take longer than all the rest.

    columns: those that hold it, of each term. given: the terms that tags hold which a person gave.
    """
    score = 0.0
    for term, value in enumerate(worth):
        found = 0.0
        for column in columns[term]:
            found += _WEIGHTS[column]
        if term in given and _TAGS not in columns[term]:
            found += _WEIGHTS[_TAGS]
        score += value * found / (found + _SATURATION)
    return score
