"""From a checkpoint to networks that can be used: export, prove, write the card, put everything in its place."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import tomli_w

from engines.cancel import CancelToken
from engines.inference.agreement import Agreement, check
from engines.inference.catalogue import CARD, Card, TensorSpec, networks_folder, read_card
from engines.inference.export import parity, to_onnx
from engines.inference.export.forms import Form, load
from engines.inference.recipes import Plan, Recipe
from engines.inference.runner import Runner
from engines.inference.store import Checkpoint, fresh_part, put, sum_of

NETWORK = "network.onnx"
_LABELS = "labels.txt"

StartRunner = Callable[[Card], Runner]


def install(
    recipe: Recipe, checkpoint: Checkpoint, start_runner: StartRunner, token: CancelToken
) -> Iterator[tuple[Card, Agreement]]:
    """Make every network of the recipe and put it into the user's folder, one after the other.

    start_runner: for the proof, in FP32. Raises InferenceError for one that does not say what its original says, and
    Cancelled; then an earlier one of the name stays.
    """
    checkpoint.verify(token)
    for plan in recipe.networks:
        token.check()
        with fresh_part(plan.name) as part:
            card = export(recipe, plan, checkpoint, part)
            found = prove(checkpoint, plan, card, start_runner)
            check(found, card)
            place = networks_folder() / plan.name
            put(part, place)
        yield read_card(place), found


def export(recipe: Recipe, plan: Plan, checkpoint: Checkpoint, folder: Path, *, half: bool = True) -> Card:
    """Write the network of this plan with its card into a folder. half: in FP16, which every back end takes.

    Raises InferenceError.
    """
    form = load(checkpoint.folder, plan, half=half)
    if form.labels:
        (folder / _LABELS).write_text("".join(f"{label}\n" for label in form.labels), "utf-8")
    for name in plan.keeps:
        shutil.copyfile(checkpoint.folder / name, folder / name)
    table = _card(recipe, plan, checkpoint, form, half=half)
    _write_card(folder, table)
    to_onnx.write(form, read_card(folder), folder / NETWORK)
    files = [NETWORK, *([_LABELS] if form.labels else []), *plan.keeps]
    table["files"] = {name: {"size": (folder / name).stat().st_size, "sha256": sum_of(folder / name)} for name in files}
    _write_card(folder, table)
    return read_card(folder)


def _write_card(folder: Path, table: dict[str, Any]) -> None:
    (folder / CARD).write_text(tomli_w.dumps(table), "utf-8")


def prove(checkpoint: Checkpoint, plan: Plan, card: Card, start_runner: StartRunner) -> Agreement:
    """How near the network comes to PyTorch in FP32. Raises InferenceError if it cannot be run."""
    reference = load(checkpoint.folder, plan, half=False)
    runner = start_runner(card)
    runner.load()
    try:
        return parity.agreement(reference, runner)
    finally:
        runner.free()


def _card(recipe: Recipe, plan: Plan, checkpoint: Checkpoint, form: Form, *, half: bool) -> dict[str, Any]:
    """All but the files' sums."""
    optional = {
        "picture": asdict(plan.picture) if plan.picture else None,
        "labels": _LABELS if form.labels else None,
        "max_tokens": plan.tokens,
        "score": plan.score,
    }
    return {
        "name": plan.name,
        "title": plan.title,
        "task": str(plan.task),
        "revision": plan.revision,
        "identity": _identity(plan, checkpoint.origin.sums[recipe.weights]),
        "network": NETWORK,
        "storage": "FP16" if half else "FP32",
        "precisions": ["fp32", "bf16", "fp16"] if half else ["fp32", "bf16"],
        "batch_limit": plan.batch_limit,
        "one_each": plan.one_each,
        "engine_batch": plan.engine_batch,
        **{name: value for name, value in optional.items() if value is not None},
        "inputs": [_tensor(spec) for spec in form.inputs],
        "outputs": [_tensor(spec) for spec in form.outputs],
        "files": {},
        "source": {
            "authors": recipe.authors,
            "packages": [checkpoint.origin.source],
            "licence": recipe.licence,
            "attribution": recipe.attribution,
            "files": dict(checkpoint.origin.sums),
        },
    }


def _identity(plan: Plan, weights: str) -> str:
    side = plan.picture.side if plan.picture else plan.tokens
    parts = (weights, plan.form, plan.revision, to_onnx.RECIPE, side)
    return hashlib.sha256(" ".join(map(str, parts)).encode()).hexdigest()


def _tensor(spec: TensorSpec) -> dict[str, Any]:
    return {"name": spec.name, "dtype": spec.dtype, "shape": list(spec.shape)}
