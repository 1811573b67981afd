"""Which products an item shows, as rows to search by: made from its facts whenever its columns are."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import apsw
import numpy as np
from numpy.typing import NDArray

from engines.library.database import Database, all_rows, first_value, numbers

Seen = Mapping[str, tuple[int, float]]  # by name: how many at once, and the best confidence


def seen_in(value: Any) -> Seen | None:
    """What the fact `products` says; None where nobody looked. At different seconds of a video it is one product."""
    if not isinstance(value, list):
        return None
    at_once: Counter[tuple[str, Any]] = Counter()
    best: dict[str, float] = {}
    for one in value:
        name = one["name"]
        at_once[name, one.get("time_s")] += one.get("count", 1)
        best[name] = max(best.get(name, 0.0), one.get("confidence", 1.0))
    return {
        name: (max(count for (other, _), count in at_once.items() if other == name), score)
        for name, score in best.items()
    }


def save(connection: apsw.Connection, media_id: int, seen: Seen | None) -> None:
    """Let the item be found by these products, and by no others."""
    connection.execute("DELETE FROM media_product WHERE media_id = ?", (media_id,))
    connection.executemany(
        "INSERT INTO media_product (product_id, media_id, count, confidence) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET count = count + excluded.count, confidence = max(confidence, excluded.confidence)",
        [(_product_id(connection, name), media_id, *numbers) for name, numbers in (seen or {}).items()],
    )


def _product_id(connection: apsw.Connection, name: str) -> int:
    folded = name.casefold()
    known = first_value(connection, "SELECT id FROM product WHERE folded = ?", (folded,))
    if known is None:
        connection.execute("INSERT INTO product (name, folded) VALUES (?, ?)", (name, folded))
        known = connection.last_insert_rowid()
    return int(known)


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One product of the library. best: the item that shows it with the highest confidence. first_s, last_s: when it
    was seen, local time as if it were UTC, in Unix seconds. with_others: what it appears with, the most frequent first.
    """

    id: int
    name: str
    media: int
    best: int
    first_s: int
    last_s: int
    with_others: tuple[str, ...]


# As a search has them: without what is hidden or was removed.
_OVERVIEW = """
SELECT product.id, product.name, count(*), min(shown_s), max(shown_s),
       (SELECT media_id FROM media_product AS one JOIN media AS its ON its.id = one.media_id
        WHERE one.product_id = product.id AND its.state <> 'gone' AND its.typed ->> 'hidden' IS NULL
          AND its.typed ->> 'removed' IS NULL ORDER BY confidence DESC, media_id LIMIT 1)
FROM media_product JOIN product ON product.id = product_id JOIN media ON media.id = media_id
WHERE media.state <> 'gone' AND media.typed ->> 'hidden' IS NULL AND media.typed ->> 'removed' IS NULL
GROUP BY product.id ORDER BY count(*) DESC, product.name
"""
_TOGETHER = """
SELECT one.product_id, product.name FROM media_product AS one
JOIN media_product AS other ON other.media_id = one.media_id AND other.product_id <> one.product_id
JOIN product ON product.id = other.product_id
GROUP BY one.product_id, other.product_id ORDER BY one.product_id, count(*) DESC, product.name
"""
_MOST_OTHERS = 5


class Products:
    """Questions to the tables `product` and `media_product`; any thread may ask."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def names(self) -> Mapping[int, str]:
        """All products by id."""
        with self._database.read() as connection:
            return dict(all_rows(connection, "SELECT id, name FROM product"))

    def media(
        self, product_ids: Sequence[int], low: float, high: float, *, low_open: bool, high_open: bool
    ) -> NDArray[np.int64]:
        """The media that show so many of these products at once, both ends included unless open."""
        more, less = (">" if low_open else ">="), ("<" if high_open else "<=")
        with self._database.read() as connection:
            found = first_value(
                connection,
                "SELECT group_concat(media_id) FROM (SELECT media_id FROM media_product "
                "WHERE product_id IN (SELECT value FROM json_each(?)) GROUP BY media_id "
                f"HAVING sum(count) {more} ? AND sum(count) {less} ?)",
                (json.dumps(list(product_ids)), low, high),
            )
        return numbers(found)

    def of_media(self, media_ids: Sequence[int], product_ids: Sequence[int]) -> list[tuple[int, int, int, float]]:
        """Which of these media show which of these products: media, product, how many, confidence."""
        with self._database.read() as connection:
            return all_rows(
                connection,
                "SELECT media_id, product_id, count, confidence FROM media_product "
                "WHERE media_id IN (SELECT value FROM json_each(?)) AND product_id IN (SELECT value FROM json_each(?)) "
                "ORDER BY confidence DESC",
                (json.dumps(list(media_ids)), json.dumps(list(product_ids))),
            )

    def overview(self) -> list[ProductRow]:
        """Every product that an item shows, those of most items first."""
        others: dict[int, list[str]] = {}
        with self._database.read() as connection:
            for product_id, name in connection.execute(_TOGETHER):
                others.setdefault(product_id, []).append(name)
            rows = all_rows(connection, _OVERVIEW)
        return [
            ProductRow(id_, name, media, best, first_s, last_s, tuple(others.get(id_, ())[:_MOST_OTHERS]))
            for id_, name, media, first_s, last_s, best in rows
        ]
