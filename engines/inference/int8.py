"""Gives a network that was got an INT8 form beside the one it has, made with photos of the user's own.

It is proved on others of them, lies in the network's folder and is the same network: what it finds counts as found by
that.
"""

from __future__ import annotations

import os
import shutil
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import tomli_w

from engines.cancel import CancelToken
from engines.errors import InferenceError, WorkerError
from engines.inference.agreement import Agreement, check, compared
from engines.inference.calibration import Calibration
from engines.inference.catalogue import CARD, Card, networks_folder, read_card
from engines.inference.extras import need_packages
from engines.inference.openvino_engine import OpenVinoRunner
from engines.inference.runner import Arrays, Runner
from engines.inference.store import fresh_part, put, sum_of
from engines.workers.alone import Alone

PHOTOS = 240  # that are asked for: 200 to see how large numbers get, …
_HELD_BACK = 6  # … and every sixth to compare INT8 with FP32 on
_LEAST = 30  # with fewer the limits would be those of single photos

_FILE = "network-int8.onnx"
_SECONDS = 600.0  # for writing the file, at most

Tell = Callable[[int], None]  # photos that were looked at


def add_int8(
    card: Card,
    pictures: Iterable[Arrays],
    *,
    threads: int,
    tell: Tell = lambda photos: None,
    token: CancelToken | None = None,
    log: Path | None = None,
) -> tuple[Card, Agreement]:
    """Make the INT8 form of a network in the user's folder; its card with it, and how near it comes to FP32.

    pictures: inputs for one each, in any order. Raises InferenceError if there are too few, if the network has nothing
    to round, or if INT8 says something else than FP32; then all stays as it was. Cancelled.
    """
    if card.network == _FILE:
        text = f"{card.title} is kept in {_FILE} itself, where its INT8 form would be written. Call its file otherwise."
        raise InferenceError("int8_name", text, network=card.name)
    need_packages("A network is written in INT8 with", ("onnx",))
    token, process = token or CancelToken(), Alone(log)  # which onnx does not hold up the window from
    try:
        return _made(card, pictures, threads, tell, token, process)
    except WorkerError as error:
        text = f"{card.title} could not be written in INT8: {error}"
        raise InferenceError("int8", text, network=card.name) from error
    finally:
        process.close()


def _made(
    card: Card, pictures: Iterable[Arrays], threads: int, tell: Tell, token: CancelToken, process: Alone
) -> tuple[Card, Agreement]:
    network = card.files[card.network].path
    card.read(card.network)  # a damaged one is told before anything is done
    tensors = process.call(_tensors, network, seconds=_SECONDS)
    if not tensors:
        text = f"{card.title} has no layer that INT8 would make faster."
        raise InferenceError("int8_nothing", text, network=card.name)
    calibration, held, seen = Calibration(card, tensors, threads=threads), [], 0
    for number, inputs in enumerate(pictures, start=1):
        token.check()
        if number % _HELD_BACK:
            calibration.see(inputs)
            seen += 1
        else:
            held.append(inputs)
        tell(number)
    if seen + len(held) < _LEAST:
        text = f"INT8 is made with {_LEAST} photos or more, better {PHOTOS}; there are {seen + len(held)}."
        raise InferenceError("int8_photos", text, network=card.name, photos=seen + len(held))
    with fresh_part(card.name) as part:
        _link_files(card, part)
        process.call(_write, network, part / _FILE, calibration.limits(), seconds=_SECONDS)
        found = _proved(_noted(part, seen), held, threads, token)
        _noted(part, seen, str(found))
        place = networks_folder() / card.name
        put(part, place)
    return read_card(place), found


def int8_form(card: Card, folder: Path, pictures: Sequence[Arrays], threads: int) -> Card:
    """The same in the folder of a network that is to be measured only: nothing is proved. Raises InferenceError."""
    from engines.inference.export.quantise import tensors, write

    network = card.files[card.network].path
    calibration = Calibration(card, tensors(network), threads=threads)
    for inputs in pictures:
        calibration.see(inputs)
    write(network, folder / _FILE, calibration.limits())
    return _noted(folder, len(pictures))


def _tensors(network: Path) -> tuple[str, ...]:
    from engines.inference.export.quantise import tensors

    return tensors(network)


def _write(network: Path, target: Path, limits: dict[str, float]) -> None:
    from engines.inference.export.quantise import write

    write(network, target, limits)


def _link_files(card: Card, part: Path) -> None:
    """All that belongs to the network, without an earlier INT8 form, as the same files where the disk can do that."""
    earlier = card.int8.file if card.int8 is not None else None
    for source in [one.path for name, one in card.files.items() if name != earlier]:
        try:
            os.link(source, part / source.name)
        except OSError:
            shutil.copyfile(source, part / source.name)
    shutil.copyfile(networks_folder() / card.name / CARD, part / CARD)


def _noted(part: Path, photos: int, agreement: str = "") -> Card:
    """The card of the network in this folder, which tells of its INT8 form from now on."""
    path = part / CARD
    table: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    table["files"][_FILE] = {"size": (part / _FILE).stat().st_size, "sha256": sum_of(part / _FILE)}
    table["precisions"] = list(dict.fromkeys([*table["precisions"], "int8"]))
    table["int8"] = {"file": _FILE, "photos": photos, "agreement": agreement}
    path.write_text(tomli_w.dumps(table), "utf-8")
    return read_card(part)


def _answers(runner: Runner, held: Sequence[Arrays], token: CancelToken) -> Iterator[Arrays]:
    for inputs in held:
        token.check()
        yield runner.run(inputs)


def _proved(card: Card, held: Sequence[Arrays], threads: int, token: CancelToken) -> Agreement:
    """Raises InferenceError if INT8 does not say what FP32 says."""
    answers = []
    for precision in ("fp32", "int8"):
        runner = OpenVinoRunner(card, threads=threads, precision=precision)
        runner.load()
        try:
            answers.append(list(_answers(runner, held, token)))
        finally:
            runner.free()
    wanted, found = (
        {name: np.concatenate([one[name] for one in of_precision]) for name in of_precision[0]}
        for of_precision in answers
    )
    agreement = compared(wanted, found)
    check(agreement, card, "int8")
    return agreement
