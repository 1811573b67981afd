"""Photos of the user's own as a network sees them: to calibrate it with, or to compare precisions on."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from engines.analysis.drive import Executor, drive
from engines.analysis.networks import inputs_of
from engines.analysis.phases import alone
from engines.analysis.pipeline import ScanRules
from engines.cancel import CancelToken
from engines.inference.catalogue import Card
from engines.inference.runner import Arrays
from engines.library.library import Library
from engines.media.scan import walk
from engines.media.times import mtime_ns
from engines.types import Kind, Wanted

_Thing = TypeVar("_Thing")


def in_library(library: Library, media_ids: Sequence[int], most: int) -> list[str]:
    """Paths of so many photos among these items, from all over them."""
    items = library.items(_spread(media_ids, 2 * most))  # some of which are films, or away
    there = [item.path for item in items.values() if item.kind == Kind.PHOTO and item.has_file]
    return _spread(there, most)


def in_folder(folder: Path, rules: ScanRules, most: int) -> list[str]:
    """The same among all files below a folder."""
    found = [
        os.path.join(folder, os.fsdecode(listing.path), os.fsdecode(entry.name))
        for listing in walk(os.fsencode(folder), exclude=rules.exclude, follow_links=rules.follow_links)
        for entry in listing.entries
        if entry.promises is Kind.PHOTO
    ]
    return _spread(found, most)


def seen(executor: Executor, paths: Sequence[str], card: Card, token: CancelToken) -> Iterator[Arrays]:
    """The inputs of the network for each of these photos; one that cannot be decoded is left out. Raises Cancelled."""
    for _, examined in drive(executor, _wanted(paths, card), token):
        if examined.to_infer is not None:
            yield inputs_of(card, [examined.to_infer])


def _wanted(paths: Sequence[str], card: Card) -> Iterator[Wanted]:
    for number, path in enumerate(paths, start=1):
        try:
            status = os.stat(path)
        except OSError:  # moved since the library saw it
            continue
        yield Wanted(number, path, status.st_size, mtime_ns(status), (alone(card.name),))


def _spread(things: Sequence[_Thing], most: int) -> list[_Thing]:
    """So many of them, at equal distances."""
    return list(things) if len(things) <= most else [things[place * len(things) // most] for place in range(most)]
