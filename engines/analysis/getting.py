"""Gets the networks of a recipe: its checkpoint is fetched, networks are made of it and proved, their words prepared.

Making them imports PyTorch and keeps the interpreter busy for seconds, which a window cannot stand; it may be done in
a process of its own, which ends at once when somebody asks to stop.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any

from engines.cancel import CancelToken
from engines.errors import InferenceError
from engines.inference.back_ends import back_ends_of, choose
from engines.inference.catalogue import Card, installed_cards
from engines.inference.extras import can_export, need_export
from engines.inference.recipes import Recipe, recipe_of
from engines.inference.runner import Runner
from engines.inference.sets import FULL, text_card
from engines.inference.sources import from_folder, from_hub
from engines.inference.store import Checkpoint, checkpoint, parts_folder, remove
from engines.settings import Settings, usable_cores
from engines.workers.alone import Alone, Memory

_MAKE_S = 3600.0  # on the slowest processor
_COUNTED = 8  # bytes of shared memory: how much is done, of how much


class Step(StrEnum):
    """What is done, in this order."""

    FETCH = "fetch"  # told in bytes
    MAKE = "make"
    WORDS = "words"  # the vectors of what pictures are asked for, which takes minutes, once
    BUILD = "build"  # the engines of TensorRT, by themselves; told in steps, of nobody knows how many


Count = Callable[[int, int], None]  # how much is done, of how much; 0 of 0 where nobody counts
Tell = Callable[[Step, int, int], None]
_Run = Callable[..., Any]  # of a step's function with its arguments, here or elsewhere


@dataclass(frozen=True, slots=True)
class Made:
    """A network that is ready. agreement: with its original, in words; None where that was not got."""

    name: str
    sha256: str
    agreement: str | None


@dataclass(frozen=True, slots=True)
class Got:
    """What came of it. source, commit: of the checkpoint."""

    source: str
    commit: str | None
    networks: tuple[Made, ...]


def get(
    recipe: Recipe,
    *,
    origin: str | None = None,
    ready: bool = False,
    offline: bool = False,
    apart: bool = False,
    tell: Tell = lambda step, done, total: None,
    token: CancelToken | None = None,
) -> Got:
    """Make the networks of this recipe usable. origin: see fetched. ready: as ONNX that others exported, which is also
    done where networks cannot be made of checkpoints. apart: in a process of its own.

    Raises InferenceError, WorkerError; Cancelled, after which the next call goes on where a download was left.
    """
    token = token or CancelToken()
    fetch = partial(fetched, origin=origin, offline=offline, tell=partial(tell, Step.FETCH), token=token)
    run = partial(_apart, token, tell) if apart else partial(_here, tell)
    if not recipe.networks:  # its checkpoint is used as it is
        return _got(fetch(recipe), ())
    if recipe.ready and (ready or not can_export()):
        got = _as_others_made(recipe, fetch, run)
    else:
        need_export()  # before hundreds of megabytes are fetched for nothing
        found = fetch(recipe)
        got = _got(found, run(Step.MAKE, make, recipe.name, found))
    if FULL.text in {plan.name for plan in recipe.networks}:
        run(Step.WORDS, make_words)
    return got


def _as_others_made(recipe: Recipe, fetch: Callable[[Recipe], Checkpoint], run: _Run) -> Got:
    """From the first source that serves. Raises InferenceError with what the last one says."""
    from engines.inference.ready import as_recipe  # loads OpenVINO

    faults = []
    for place, source in enumerate(recipe.ready):
        wanted = as_recipe(recipe, source)
        try:
            found = fetch(wanted)
            got = _got(found, run(Step.MAKE, take, recipe.name, place, found))
        except InferenceError as error:
            faults.append(error)
            continue
        remove(wanted.name)  # all that is needed of it lies with the networks
        return got
    raise faults[-1]


def _got(found: Checkpoint, made: Sequence[Made]) -> Got:
    return Got(found.origin.source, found.origin.commit, tuple(made))


def build(
    recipe: Recipe, settings: Settings, *, tell: Tell = lambda step, done, total: None, token: CancelToken | None = None
) -> None:
    """Build the engines of this recipe's networks, as runs with these settings ask for them.

    Raises InferenceError, UsageError; Cancelled.
    """
    for back_end in back_ends_of(settings):
        for plan in recipe.networks:
            card = installed_cards()[plan.name]
            if card.picture is not None:  # texts are encoded on the processor
                back_end.build(card, tell=lambda steps: tell(Step.BUILD, steps, 0), token=token)


def fetched(
    recipe: Recipe,
    *,
    origin: str | None = None,
    offline: bool = False,
    tell: Count,
    token: CancelToken | None = None,
) -> Checkpoint:
    """The checkpoint; one that is there and whole is not fetched again. origin: a folder, or a repository of the hub.

    offline: nothing may be fetched from the hub. Raises InferenceError, Cancelled.
    """
    if origin and Path(origin).is_dir():
        return from_folder(recipe, Path(origin), tell=tell, token=token)
    there = checkpoint(recipe.name)
    if there is not None and not origin and _is_whole(there):
        return there
    if offline:
        text = (
            f"{recipe.title} is not on this computer, and cloud.offline forbids to fetch it. "
            "Set that to off, or name a folder that holds it with --from."
        )
        raise InferenceError("offline", text, network=recipe.name)
    return from_hub(recipe, repository=origin, tell=tell, token=token)


def _is_whole(there: Checkpoint) -> bool:
    """One that was damaged has to be fetched again: who says so tells the person to get it again."""
    try:
        there.verify()
    except InferenceError:
        return False
    return True


def prover(card: Card) -> Runner:
    """In FP32, the reference."""
    return choose("openvino", precision="fp32", threads=usable_cores(), cache=None).runner(card)


def make(name: str, found: Checkpoint, *, tell: Count) -> list[Made]:
    """Make and prove all networks of this recipe. Raises InferenceError."""
    from engines.inference.export.install import install

    made = install(recipe_of(name), found, prover, CancelToken())
    return [Made(card.name, card.sha256, str(agreement)) for card, agreement in made]


def take(name: str, place: int, found: Checkpoint, *, tell: Count) -> list[Made]:
    """Take over what others made, from the source at this place of the recipe. Raises InferenceError."""
    from engines.inference.ready import install

    recipe = recipe_of(name)
    cards = install(recipe, recipe.ready[place], found, threads=usable_cores())
    return [Made(card.name, card.sha256, None) for card in cards]


def make_words(*, tell: Count) -> None:
    """The vectors of the names that pictures are asked for: now, while somebody looks on, not in the first run."""
    from engines.analysis.zero_shot import words

    words(text_card(FULL), tell)


def _here(tell: Tell, step: Step, function: Callable[..., Any], *args: Any) -> Any:
    tell(step, 0, 0)
    return function(*args, tell=partial(tell, step))


def _apart(token: CancelToken, tell: Tell, step: Step, function: Callable[..., Any], *args: Any) -> Any:
    process, pid = Alone(), None

    def look(memory: Memory) -> None:
        nonlocal pid
        pid = process.pid
        token.check()
        done, total = memory[:_COUNTED].view("uint32").tolist()
        tell(step, done, total)

    try:
        process.memory(_COUNTED)[:] = 0
        return process.call(_in_process, function, args, seconds=_MAKE_S, shared=True, meanwhile=look)
    finally:
        process.close()
        if pid is not None:
            _clear_up(pid)


def _in_process(function: Callable[..., Any], args: tuple[Any, ...], *, slot: Memory) -> Any:
    counted = slot[:_COUNTED].view("uint32")

    def count(done: int, total: int) -> None:
        counted[:] = done, total

    return function(*args, tell=count)


def _clear_up(pid: int) -> None:
    """What a process that was ended had begun; it is gone after one that came to its end."""
    for part in parts_folder().glob(f"*-{pid}"):
        shutil.rmtree(part, ignore_errors=True)
