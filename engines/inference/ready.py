"""Networks that others exported: an ONNX file of the hub becomes a network here with OpenVINO alone.

So the full set is there on the basic install, on a patient processor. What such a file says cannot be compared with its
original, which is not fetched; it has to run and to give numbers that can be meant. TensorRT and PyTorch want the
checkpoint.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import tomli_w

from engines.cancel import CancelToken
from engines.errors import InferenceError
from engines.inference.catalogue import CARD, Card, Task, networks_folder, read_card
from engines.inference.checks import check_runs
from engines.inference.openvino_adapter import GIVES, lacks
from engines.inference.recipes import Plan, ReadySource, Recipe
from engines.inference.silent_openvino import openvino
from engines.inference.store import Checkpoint, fresh_part, put, sum_of

NETWORK, _LABELS, _CONFIG = "network.onnx", "labels.txt", "config.json"
_NO_LABEL = "N/A"


def as_recipe(recipe: Recipe, source: ReadySource) -> Recipe:
    """What has to be fetched for it, as `sources` takes it."""
    files = (_CONFIG, *source.keeps, *source.files.values())
    return replace(recipe, name=recipe.ready_name, sources=(source.hub,), files=files, sums=source.sums)


def install(
    recipe: Recipe, source: ReadySource, fetched: Checkpoint, *, threads: int, token: CancelToken | None = None
) -> Iterator[Card]:
    """Put every network of the recipe into the user's folder, one after the other.

    Raises InferenceError for a file that is no such network; then an earlier one of the name stays. Cancelled.
    """
    token = token or CancelToken()
    fetched.verify(token)
    for plan in recipe.networks:
        token.check()
        with fresh_part(plan.name) as part:
            card = _made(recipe, plan, source, fetched, part)
            check_runs(card, threads=threads)
            place = networks_folder() / plan.name
            put(part, place)
        yield read_card(place)


def _made(recipe: Recipe, plan: Plan, source: ReadySource, fetched: Checkpoint, part: Path) -> Card:
    _take(fetched.folder / source.files[plan.name], part / NETWORK)
    for name in plan.keeps:
        shutil.copyfile(fetched.folder / name, part / name)
    classes, labels = _classes(fetched.folder) if plan.task is Task.OBJECTS else ((), ())
    if labels:
        (part / _LABELS).write_text("".join(f"{label}\n" for label in labels), "utf-8")
    files = [NETWORK, *([_LABELS] if labels else []), *plan.keeps]
    sizes = {name: {"size": (part / name).stat().st_size, "sha256": sum_of(part / name)} for name in files}
    optional = {
        "picture": asdict(plan.picture) if plan.picture else None,
        "labels": _LABELS if labels else None,
        "max_tokens": plan.tokens,
        "score": plan.score,
    }
    table: dict[str, Any] = {
        "name": plan.name,
        "title": plan.title,
        "task": str(plan.task),
        "revision": plan.revision,
        "network": NETWORK,
        "storage": "as it was got",
        "precisions": ["fp32", "bf16"],
        "batch_limit": plan.batch_limit,
        "one_each": plan.one_each,
        **{name: value for name, value in optional.items() if value is not None},
        **_tensors(plan, part / NETWORK, fetched.folder / _CONFIG, len(labels)),
        "adapter": {"mean": plan.mean, "deviation": plan.deviation, "classes": classes},
        "files": sizes,
        "source": {
            "authors": recipe.authors,
            "packages": [fetched.origin.source],
            "licence": recipe.licence,
            "attribution": recipe.attribution,
            "files": dict(fetched.origin.sums),
        },
    }
    (part / CARD).write_text(tomli_w.dumps(table), "utf-8")
    return read_card(part)


def _take(source: Path, target: Path) -> None:
    """The same file where the disk can do that."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def _classes(folder: Path) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """The numbers of the classes that have names, and these. Raises InferenceError."""
    names = _config(folder / _CONFIG)["id2label"]
    numbered = sorted((number, name) for number, name in names.items() if name != _NO_LABEL)
    return tuple(number for number, _ in numbered), tuple(name for _, name in numbered)


def _config(path: Path) -> dict[str, Any]:
    """Raises InferenceError for one that does not tell of classes and queries."""
    try:
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
        if not isinstance(found["id2label"], dict) or not isinstance(found["num_queries"], int):
            raise ValueError("it tells of no classes or no queries")
        found["id2label"] = {int(number): str(name) for number, name in found["id2label"].items()}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InferenceError("network_unfit", f"{path} cannot be used: {error}.", file=str(path)) from error
    return found


def _tensors(plan: Plan, network: Path, config: Path, classes: int) -> dict[str, Any]:
    """Inputs and outputs of the card. config: tells how many queries there are, which exported files often leave open.

    Raises InferenceError if the file is no such network.
    """
    try:
        model = openvino.Core().read_model(str(network))
        fault = lacks(model, plan.task)
    except RuntimeError as error:
        fault = f"OpenVINO cannot read it ({str(error).strip().splitlines()[-1]})"
    axes = _axes(model, plan.task) if fault is None else ()
    if fault is None and (len(axes) < 2 or axes[-1] is None):
        fault = f"it does not say how large its {GIVES[plan.task][0]} are"
    if fault is not None:
        raise InferenceError("network_unfit", f"The file for {plan.title} is not used: {fault}.", network=plan.name)
    if plan.task is Task.TEXT:
        inputs = [_tensor(name, "int64", plan.tokens or 0) for name in ("tokens", "mask")]
        return {"inputs": inputs, "outputs": [_tensor("vectors", "float32", axes[-1] or 0)]}
    assert plan.picture is not None
    side = plan.picture.side
    inputs = [_tensor("picture", "uint8", side, side, 3)]
    if plan.task is Task.MEANING:
        return {"inputs": inputs, "outputs": [_tensor("vectors", "float32", axes[-1] or 0)]}
    queries = axes[1] or int(_config(config)["num_queries"])
    outputs = [_tensor("boxes", "float32", queries, 4), _tensor("scores", "float32", queries, classes)]
    return {"inputs": [*inputs, _tensor("extent", "int64", 2)], "outputs": outputs}


def _axes(model: openvino.Model, task: Task) -> tuple[int | None, ...]:
    """The axes of what it gives first; None for an open one."""
    shape = model.output(GIVES[task][0]).get_partial_shape()
    axes = () if shape.rank.is_dynamic else tuple(shape)
    return tuple(int(axis.get_length()) if axis.is_static else None for axis in axes)


def _tensor(name: str, dtype: str, *shape: int) -> dict[str, Any]:
    return {"name": name, "dtype": dtype, "shape": ["batch", *shape]}
