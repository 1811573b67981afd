"""The prices of precisions that were measured last, by network: kept beside the networks, for all libraries."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from engines.analysis import own_photos
from engines.analysis.pool import start_pool
from engines.analysis.price import PHOTOS, Price, prices
from engines.cancel import CancelToken
from engines.errors import InferenceError
from engines.inference import sets
from engines.inference.back_ends import BackEnd, back_end_of
from engines.inference.catalogue import Card, cards, networks_folder
from engines.library.library import Library
from engines.settings import Settings, usable_cores

_FILE = "prices.json"

Tell = Callable[[str, float], None]  # the network's title, how much of its work is done, 0 to 1


@dataclass(frozen=True, slots=True)
class Measured:
    """at_s: since 1970. photos: that it was measured on. sha256: of the network."""

    at_s: float
    photos: int
    sha256: str
    prices: tuple[Price, ...]


def known() -> dict[str, Measured]:
    """By network, of those that are here and are the ones that were measured."""
    here = cards()
    found = {name: _read(table) for name, table in _tables().items()}
    return {
        name: one for name, one in found.items() if one is not None and name in here and here[name].sha256 == one.sha256
    }


def keep(name: str, measured: Measured) -> None:
    """In place of what was measured before. Raises OSError."""
    path = _path()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_suffix(f".{os.getpid()}")
    new.write_text(json.dumps({**_tables(), name: asdict(measured)}, indent=2), "utf-8")
    os.replace(new, path)


def measure_all(
    library: Library, media_ids: Sequence[int], settings: Settings, tell: Tell, token: CancelToken
) -> dict[str, Measured]:
    """Measure every network of the set in use that looks at pictures, on photos among these items of the library, and
    keep what came out.

    Raises InferenceError without photos; Cancelled.
    """
    if not (paths := own_photos.in_library(library, media_ids, PHOTOS)):
        raise InferenceError("no_photos", "There are no photos to compare precisions on.")
    for name in sets.in_use().pictures:
        card = cards()[name]
        tell(card.title, 0.0)
        with start_pool(settings) as executor:  # its processes would share the processor with what is measured
            pictures = list(own_photos.seen(executor, paths, card, token))
        measure(card, pictures, settings, tell=lambda share: tell(card.title, share), token=token)  # noqa: B023
    return known()


def measure(
    card: Card,
    pictures: list[Any],
    settings: Settings,
    *,
    tell: Callable[[float], None] = lambda share: None,
    token: CancelToken | None = None,
) -> Measured:
    """Measure one network and keep what came out. pictures: inputs for one photo each.

    Raises InferenceError, Cancelled.
    """

    def start(precision: str) -> BackEnd:
        return back_end_of(settings.with_value("analysis.precision", precision))

    found = prices(card, pictures, start, threads=usable_cores(), token=token, tell=tell)
    measured = Measured(time.time(), len(pictures), card.sha256, tuple(found))
    keep(card.name, measured)
    return measured


def _path() -> Path:
    return networks_folder() / _FILE


def _tables() -> Mapping[str, Any]:
    try:
        return dict(json.loads(_path().read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return {}


def _read(table: Any) -> Measured | None:
    """None for what another version wrote."""
    try:
        return Measured(**{**table, "prices": tuple(Price(**price) for price in table["prices"])})
    except (KeyError, TypeError):
        return None
