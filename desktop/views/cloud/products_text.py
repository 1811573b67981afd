"""Products as lines that a person can edit: '2 Coke can', one kind of product a line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engines.library.products import seen_in

_LINE = re.compile(r"\s*(?:(\d{1,4})\s*[x×]?\s+)?(.*?)\s*")  # noqa: RUF001 -- the sign for times
_LONGEST = 120  # characters of a name

Products = Sequence[Mapping[str, Any]]  # as the fact `products` has them


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of product. count: seen at once. confidence: the best; None where nobody gave one."""

    name: str
    count: int
    confidence: float | None


def kinds(products: Products) -> list[Kind]:
    """The kinds of products, the most frequent first."""
    seen = seen_in(list(products)) or {}
    sure = {one["name"] for one in products if "confidence" in one}
    found = [Kind(name, count, score if name in sure else None) for name, (count, score) in seen.items()]
    return sorted(found, key=lambda kind: (-kind.count, kind.name))


def as_text(products: Products) -> str:
    return "\n".join(f"{kind.count} {kind.name}" for kind in kinds(products))


def from_text(text: str, before: Products) -> list[dict[str, Any]]:
    """What a person typed; kinds that are as before keep their boxes."""
    known = {kind.name: kind.count for kind in kinds(before)}
    products: list[dict[str, Any]] = []
    for name, count in _typed(text).items():
        if known.get(name) == count:
            products += [dict(one) for one in before if one["name"] == name]
        else:
            products.append({"name": name, "count": count})
    return products


def without(products: Products, name: str) -> list[dict[str, Any]]:
    return [dict(one) for one in products if one["name"] != name]


def _typed(text: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in text.splitlines():
        match = _LINE.fullmatch(line)
        if match is not None and match[2]:
            name = match[2][:_LONGEST]
            found[name] = found.get(name, 0) + max(1, int(match[1] or 1))
    return found
