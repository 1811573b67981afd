"""`networks`: which there are, and getting more of them."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

from engines.analysis.getting import Made, Step, fetched, get, prover
from engines.command_line import own_photos, speech
from engines.command_line.output import ProgressLine, print_json, say
from engines.errors import InferenceError, UsageError
from engines.inference.agreement import check
from engines.inference.back_ends import capability_of, on_cards, precision_on_tensorrt, workspace_on
from engines.inference.built_runner import BuiltRunner, batches_of, key_of
from engines.inference.catalogue import Card, installed_cards, networks_folder, starter_cards
from engines.inference.engine_cache import EngineCache, EngineGpu, EngineKey
from engines.inference.extras import need_export
from engines.inference.hardware import Hardware, hardware_here
from engines.inference.recipes import LEFT_OUT, Recipe, recipe_of, recipes
from engines.inference.runner import Runner
from engines.inference.shelf import Offer, offers, remove_recipe
from engines.inference.speech import recipe as speech_recipe
from engines.inference.store import Checkpoint, fresh_part
from engines.inference.tensorrt_build import build, job_of

_WORKSPACE_MB = 4096  # for engines that are built into a file of one's own


def networks(command: argparse.Namespace) -> int:
    actions = {
        "list": _list, "get": _get, "export": _export, "build": _build, "remove": _remove,
        "calibrate": own_photos.calibrate, "compare": own_photos.compare,
    }  # fmt: skip
    try:
        answer = actions[command.action](command)
    except BrokenPipeError:
        raise
    except OSError as error:  # as for want of room
        text = f"{error.filename or networks_folder()} cannot be used: {error.strerror or error}."
        raise InferenceError("disk", text) from error
    if getattr(command, "json", False):
        print_json(answer)
    return 0


def _list(command: argparse.Namespace) -> dict[str, Any]:
    ready = {**starter_cards(), **installed_cards()}
    made = {plan.name for recipe in recipes().values() for plan in recipe.networks}
    answer = {
        "folder": str(networks_folder()),
        "networks": [_record(card, made) for card in ready.values()],
        "to_get": [_offer(offer) for offer in offers()],
        "left_out": [{"name": name, "reason": reason} for name, reason in LEFT_OUT.items()],
    }
    if not command.json:
        _print_list(answer)
    return answer


def _record(card: Card, made: set[str]) -> dict[str, Any]:
    origin = "starter" if card.name in starter_cards() else "got" if card.name in made else "own"
    return {
        "name": card.name,
        "title": card.title,
        "task": str(card.task),
        "origin": origin,
        "size": card.files[card.network].size,
        "sha256": card.sha256,
        "storage": card.storage,
        "licence": card.source.licence,
        "source": list(card.source.packages),
        "int8": None if card.int8 is None else {"photos": card.int8.photos, "agreement": card.int8.agreement},
    }


def _offer(offer: Offer) -> dict[str, Any]:
    recipe = offer.recipe
    return {
        "name": recipe.name,
        "title": recipe.title,
        "purpose": recipe.purpose,
        "set": recipe.set,
        "state": offer.state,
        "download_mb": recipe.download_mb,
        "licence": recipe.licence,
        "sources": [str(source) for source in recipe.sources],
    }


def _print_list(answer: dict[str, Any]) -> None:
    say("ready to be used:")
    for one in answer["networks"]:
        say(f"  {one['name']:<22} {one['task']:<8} {one['origin']:<8} {one['size'] / 1e6:>6.0f} MB  {one['licence']}")
    say("to get with `networks get NAME`:")
    for one in answer["to_get"]:
        say(f"  {one['name']:<22} {one['state']:<11} {one['download_mb']:>5} MB  {one['purpose']} ({one['licence']})")
    say("left out:")
    for one in answer["left_out"]:
        say(f"  {one['name']:<22} {one['reason']}")


def _get(command: argparse.Namespace) -> dict[str, Any]:
    if command.network == speech_recipe().name:
        return speech.get(command)
    recipe = recipe_of(command.network)
    line = ProgressLine()

    def tell(step: Step, done: int, total: int) -> None:
        if step is Step.FETCH:
            _tell_fetched(line, recipe, done, total)
        elif step is Step.WORDS:
            line.tell(f"Names that pictures are asked for: {done:,} of {total:,}")

    try:
        offline = command.settings.cloud.offline
        got = get(recipe, origin=command.origin, ready=command.ready, offline=offline, tell=tell)
    finally:
        line.clear()
    if not command.json:
        for one in got.networks:
            _say_ready(one, got.source)
    return {
        "name": recipe.name,
        "source": got.source,
        "commit": got.commit,
        "networks": [asdict(one) for one in got.networks],
    }


def _say_ready(one: Made, source: str) -> None:
    if one.agreement is None:
        say(f"{one.name} is ready, as {source} exported it; it runs on the processor.")
    else:
        say(f"{one.name} is ready: it says what its original says ({one.agreement}).")


def _fetched(recipe: Recipe, command: argparse.Namespace) -> Checkpoint:
    line = ProgressLine()
    tell = partial(_tell_fetched, line, recipe)
    try:
        return fetched(recipe, origin=command.origin, offline=command.settings.cloud.offline, tell=tell)
    finally:
        line.clear()


def _tell_fetched(line: ProgressLine, recipe: Recipe, done: int, total: int) -> None:
    line.tell(f"{recipe.title}: {done / 1e6:,.0f} of {total / 1e6:,.0f} MB")


def _export(command: argparse.Namespace) -> dict[str, Any]:
    need_export()
    from engines.inference.export.install import export, prove

    recipe = recipe_of(command.network)
    plans = [plan for plan in recipe.networks if command.network in (plan.name, recipe.name)]
    if command.image_size:
        plans = [plan.with_side(command.image_size) for plan in plans]
    found = _fetched(recipe, command)
    made = []
    for plan in plans:
        with fresh_part(f"export-{plan.name}") as part:
            card = export(recipe, plan, found, part, half=command.precision == "fp16")
            agreement = prove(found, plan, card, prover)
            check(agreement, card)
            place = Path(command.output).absolute() / plan.name
            _deliver(part, place)
        made.append({"name": plan.name, "folder": str(place), "agreement": str(agreement)})
        if not command.json:
            say(f"{plan.name} is in {place}: it says what its original says ({agreement}).")
    return {"name": recipe.name, "precision": command.precision, "networks": made}


def _deliver(part: Path, place: Path) -> None:
    """Into the person's own folder, which may be on another disk; nothing there is overwritten."""
    import shutil

    if place.exists():
        raise UsageError("output_exists", f"{place} is there already: name another folder.", folder=str(place))
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(part, place)


def _build(command: argparse.Namespace) -> dict[str, Any]:
    card = {**starter_cards(), **installed_cards()}.get(command.network)
    if card is None:
        text = f"There is no network '{command.network}' here; `networks list` names those that there are."
        raise UsageError("no_such_network", text, name=command.network)
    hardware = on_cards(hardware_here(), command.settings.inference.device)[0]
    library, version = _builder(hardware, command)
    precision = precision_on_tensorrt(card, command.settings.analysis.precision)
    line = ProgressLine()

    def tell(steps: int) -> None:
        line.tell(f"{card.title}: {steps} steps")

    if command.output:
        target = Path(command.output).absolute()
        if target.exists():
            raise UsageError("output_exists", f"{target} is there already: name another file.", file=str(target))
        batches, workspace = batches_of(card, command.max_batch or 0), (command.workspace or _WORKSPACE_MB) << 20
        job = job_of(card, target, library, batches, precision, workspace=workspace, capability=command.capability)
        build(job, card.title, tell=tell)
    else:
        gpu, wanted = hardware.gpus[0], command.settings.inference
        _need_no_other(command)
        place = EngineGpu(gpu.index, gpu.name, capability_of(gpu), hardware.driver or "unknown")
        workspace = workspace_on(gpu, wanted.vram_percent)
        key = key_of(card, place, library, version, wanted.engine_batch, workspace, precision)
        capability = place.capability if library == "tensorrt_rtx" else None
        BuiltRunner(card, key, _opens_nothing, tell=tell, for_capability=capability).build()
        target = EngineCache().path(key)
    line.clear()
    answer = {"name": card.name, "library": library, "version": version, "precision": precision,
              "file": str(target), "size": target.stat().st_size}  # fmt: skip
    if not command.json:
        say(f"{card.title} is built by {library} {version} in {precision}: {target}")
    return answer


def _need_no_other(command: argparse.Namespace) -> None:
    """Raises UsageError for an engine that no run would ask for."""
    other = command.max_batch is not None and command.max_batch != command.settings.inference.engine_batch
    if other or command.workspace is not None:
        text = (
            "Runs ask for an engine as the settings say it: set inference.engine_batch and inference.vram_percent, or "
            "name a file of your own with --output."
        )
        raise UsageError("engine_unasked", text)


def _builder(hardware: Hardware, command: argparse.Namespace) -> tuple[str, str]:
    """The library that builds. For a card that is not here only TensorRT for RTX can, into a file that is named."""
    known = dict(hardware.tensorrt)
    if not known:
        text = "TensorRT is not installed; `pip install tensorrt-rtx` brings it."
        raise InferenceError("extra_missing", text, lacking=["tensorrt-rtx"])
    if hardware.gpus and not command.capability:
        return next(iter(known.items()))
    if "tensorrt_rtx" not in known or not (command.capability and command.output):
        reason = hardware.no_gpu or "The card is another one."
        text = f"{reason} For a card that is not here, name it with --for, a file with --output, and have tensorrt-rtx."
        raise UsageError("no_card", text)
    return "tensorrt_rtx", known["tensorrt_rtx"]


def _opens_nothing(card: Card, engine: Path, key: EngineKey) -> Runner:
    raise AssertionError("an engine is only built here")


def _remove(command: argparse.Namespace) -> dict[str, Any]:
    gone = remove_recipe(command.network)
    if not gone:
        raise UsageError(
            "no_such_network", f"There is no network '{command.network}' that was got.", name=command.network
        )
    if not command.json:
        say(f"Deleted: {', '.join(gone)}.")
    return {"removed": gone}
