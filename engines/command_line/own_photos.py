"""`networks calibrate` and `networks compare`: what precisions cost and gain on a person's own photos."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engines.analysis import own_photos, price, price_list
from engines.analysis.pipeline import ScanRules
from engines.analysis.pool import start_pool
from engines.cancel import CancelToken
from engines.command_line.output import ProgressLine, say
from engines.command_line.session import open_library
from engines.errors import UsageError
from engines.inference import int8
from engines.inference.catalogue import Card, cards, installed_cards
from engines.inference.runner import Arrays
from engines.search.find import matching
from engines.settings import Settings, usable_cores


def calibrate(command: argparse.Namespace) -> dict[str, Any]:
    card = installed_cards().get(command.network)
    if card is None or card.picture is None:
        text = f"There is no network '{command.network}' that was got and looks at pictures."
        raise UsageError("no_such_network", text, name=command.network)
    line = ProgressLine()
    with _pictures(command, card, int8.PHOTOS) as (count, pictures):

        def tell(photos: int) -> None:
            line.tell(f"{card.title}: {photos} of {count} photos")

        made, agreement = int8.add_int8(card, pictures, threads=usable_cores(), tell=tell)
    line.clear()
    assert made.int8 is not None
    if not command.json:
        say(f"{card.name} has an INT8 form, made with {made.int8.photos} photos; on others: {agreement}.")
        say("It is used with analysis.precision=int8.")
    return {"name": card.name, "photos": made.int8.photos, "agreement": str(agreement)}


def compare(command: argparse.Namespace) -> dict[str, Any]:
    card = cards().get(command.network)
    if card is None or card.picture is None:
        text = f"There is no network '{command.network}' here that looks at pictures."
        raise UsageError("no_such_network", text, name=command.network)
    with _pictures(command, card, price.PHOTOS) as (_, pictures):
        seen = list(pictures)
    measured = price_list.measure(card, seen, command.settings)
    if not command.json:
        for one in measured.prices:
            _print(one)
    return {"name": card.name, "photos": measured.photos, "prices": [asdict(one) for one in measured.prices]}


def _print(one: price.Price) -> None:
    faster = f"{one.faster:.2f} times FP32" if one.faster is not None else ""
    top = f"top results {one.same_top:.1%} the same" if one.same_top is not None else "nothing sure to compare"
    say(f"  {one.precision:<5} {one.back_end:<9} {one.per_second:>8.1f}/s {faster:<16} {top}; {one.agreement}")


@contextmanager
def _pictures(command: argparse.Namespace, card: Card, most: int) -> Iterator[tuple[int, Iterator[Arrays]]]:
    """How many photos, and each as the network sees it, decoded by workers."""
    settings: Settings = command.settings
    if command.origin:
        folder = Path(command.origin).absolute()
        if not folder.is_dir():
            raise UsageError("no_such_path", f"There is no folder {folder}.", path=str(folder))
        rules = ScanRules(settings.folders.exclude, settings.folders.follow_links)
        paths = own_photos.in_folder(folder, rules, most)
    else:
        with open_library(command, writable=False) as library:
            paths = own_photos.in_library(library, matching(library, "type:photo"), most)
    with start_pool(settings) as executor:
        yield len(paths), own_photos.seen(executor, paths, card, CancelToken())
