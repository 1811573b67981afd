"""Gets the checkpoint of a recipe: from a folder, or from the Hugging Face hub, whole or not at all.

What is not finished lies apart, is gone on with at the next try, and becomes the checkpoint only when every file has
the sum that was promised: one that the recipe knows, else the hub's own at the first download, which is kept and asked
of every later one. Weights are taken as safetensors only, for the other format runs what it holds.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from engines.cancel import CancelToken
from engines.errors import InferenceError
from engines.inference.recipes import HubSource, Recipe
from engines.inference.store import (
    Checkpoint,
    Origin,
    Tell,
    copy_checked,
    fresh_part,
    keep,
    need,
    no_tell,
    parts_folder,
    sum_of,
)

_PINS = "pins.json"  # in the folder of networks: what the hub promised first
_ROOM = 2.5  # times the download: the checkpoint, and the networks that are made of it
_HUB = "the Hugging Face hub"


class _Unfit(Exception):  # noqa: N818 -- not for the person: the next source is tried
    """Why a source does not serve."""


@dataclass(frozen=True, slots=True)
class _Promise:
    """What the hub says about a file. sha256: of a large file; blob: Git's sum, of a small one."""

    name: str
    size: int
    sha256: str | None
    blob: str | None

    def is_kept_by(self, path: Path) -> bool:
        if path.stat().st_size != self.size:
            return False
        if self.sha256 is not None:
            return sum_of(path) == self.sha256
        data = path.read_bytes()
        return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest() == self.blob


def from_folder(recipe: Recipe, folder: Path, *, tell: Tell = no_tell, token: CancelToken | None = None) -> Checkpoint:
    """Take a checkpoint over from a folder as the hub has it; it may be thrown away afterwards.

    Raises InferenceError if it lacks something, or does not have the sums that the recipe knows; Cancelled.
    """
    token = token or CancelToken()
    lacking = [name for name in recipe.files if not (folder / name).is_file()]
    if lacking:
        raise InferenceError("checkpoint_lacks", _lacking(recipe, folder, lacking), folder=str(folder))
    total = sum((folder / name).stat().st_size for name in recipe.files)
    done = 0

    def add(size: int) -> None:
        nonlocal done
        done += size
        tell(done, total)

    with fresh_part(recipe.name) as part:
        need(int(total * _ROOM), part)
        try:
            for name in recipe.files:
                (part / name).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            sums = {name: copy_checked(folder / name, part / name, add, token) for name in recipe.files}
        except OSError as error:
            text = f"{recipe.title} could not be taken from {folder}: {error.strerror}."
            raise InferenceError("checkpoint_read", text, folder=str(folder)) from error
        _compare(recipe, sums)
        _need_kind(recipe, part)
        return keep(part, recipe.name, Origin(str(folder), None, sums))


def _lacking(recipe: Recipe, folder: Path, names: list[str]) -> str:
    text = f"The folder {folder} is no checkpoint of {recipe.title}: it lacks {' and '.join(names)}."
    if recipe.weights.endswith(".safetensors") and recipe.weights in names and any(folder.glob("*.bin")):
        text += " Weights in a .bin file are a program that runs when they are read; they are never used."
    return text


def _compare(recipe: Recipe, sums: Mapping[str, str]) -> None:
    """With what was known when the recipe was written."""
    wrong = [name for name, wanted in (recipe.sums or {}).items() if sums.get(name) != wanted]
    if wrong:
        text = f"{' and '.join(wrong)} of {recipe.title} is not the file that this program knows; it is not used."
        raise InferenceError("checkpoint_changed", text, network=recipe.name)


def _need_kind(recipe: Recipe, folder: Path) -> None:
    """Raises InferenceError if this is another network than the recipe's: an earlier checkpoint must stay."""
    if not recipe.kind:
        return
    try:
        kind = json.loads((folder / "config.json").read_text("utf-8")).get("model_type")
    except (ValueError, AttributeError):
        kind = None
    if kind != recipe.kind:
        text = f"This is no checkpoint of {recipe.title}: its config.json says '{kind}' where '{recipe.kind}' belongs."
        raise InferenceError("checkpoint_kind", text, network=recipe.name)


def from_hub(
    recipe: Recipe,
    *,
    repository: str | None = None,
    endpoint: str | None = None,
    tell: Tell = no_tell,
    token: CancelToken | None = None,
) -> Checkpoint:
    """Download a checkpoint from the first source that has it; what was interrupted is gone on with.

    repository: instead of the recipe's own sources. endpoint: another hub's address. Raises InferenceError with what
    each source lacks, or if the disk has no room; Cancelled.
    """
    token = token or CancelToken()
    sources = (HubSource(repository, "main"),) if repository else recipe.sources
    reasons = []
    for source in sources:
        try:
            return _from_source(recipe, source, endpoint, tell, token)
        except _Unfit as unfit:
            reasons.append(f"{source}: {unfit}")
    text = f"{recipe.title} could not be got from {_HUB}. {' '.join(reasons)}"
    raise InferenceError("no_source", text, network=recipe.name)


def _from_source(recipe: Recipe, source: HubSource, endpoint: str | None, tell: Tell, token: CancelToken) -> Checkpoint:
    pins = _read_pins()
    pinned = pins.get(str(source), {})
    commit, promises = _promises(recipe, source, pinned.get("commit"), endpoint)
    total = sum(promise.size for promise in promises)
    part = parts_folder() / f"hub-{recipe.name}-{commit}"
    part.mkdir(mode=0o700, exist_ok=True)
    have = sum(path.stat().st_size for path in part.rglob("*") if path.is_file())
    need(int(total * _ROOM) - have, part)
    done = 0
    for promise in promises:
        _download(source, commit, promise, part, endpoint, partial(_tell_all, tell, done, total), token)
        done += promise.size
    sums = {promise.name: sum_of(part / promise.name, token) for promise in promises}
    _compare_pinned(recipe, source, sums, pinned)
    _compare(recipe, sums)
    _need_kind(recipe, part)
    _write_pins({**pins, str(source): {"commit": commit, "sums": sums}})
    return keep(part, recipe.name, Origin(str(source), commit, sums))


def _tell_all(tell: Tell, before: int, total: int, size: int) -> None:
    tell(before + size, total)


def _promises(
    recipe: Recipe, source: HubSource, commit: str | None, endpoint: str | None
) -> tuple[str, list[_Promise]]:
    """The commit, and what the hub promises of each file that is needed."""
    from engines.inference.silent_hub import HfApi, HFValidationError, HTTPError

    try:
        info = HfApi(endpoint=endpoint, token=False).model_info(
            source.repository, revision=commit or source.revision, files_metadata=True, timeout=20
        )
    except (HTTPError, HFValidationError, OSError) as error:
        raise _Unfit(_reason(error)) from error
    there = {one.rfilename: one for one in info.siblings or ()}
    lacking = [name for name in recipe.files if name not in there]
    if lacking:
        raise _Unfit(f"it holds no {' and no '.join(lacking)}.")
    return str(info.sha), [_promise(there[name]) for name in recipe.files]


def _promise(sibling: Any) -> _Promise:
    large = sibling.lfs
    return _Promise(sibling.rfilename, int(sibling.size), large.sha256 if large else None, sibling.blob_id)


def _download(
    source: HubSource,
    commit: str,
    promise: _Promise,
    part: Path,
    endpoint: str | None,
    said: Callable[[int], None],
    token: CancelToken,
) -> None:
    """Bring one file into the folder, from where it was left; delete it if it is not what was promised."""
    from engines.inference.silent_hub import HTTPError, hf_hub_url, http_get

    path = part / promise.name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    there = path.stat().st_size if path.is_file() else 0
    url = hf_hub_url(source.repository, promise.name, revision=commit, endpoint=endpoint)
    token.check()
    try:
        if there > promise.size:
            path.unlink()
            there = 0
        with path.open("ab") as file:
            http_get(
                url, file, resume_size=there, expected_size=promise.size, tqdm_class=_bar(promise.size, said, token)
            )
    except (HTTPError, OSError) as error:
        raise _Unfit(f"{promise.name}: {_reason(error)}") from error
    if not promise.is_kept_by(path):
        path.unlink()
        raise _Unfit(f"{promise.name} came damaged, or is not what the hub promised; try again.")


def _bar(total: int, said: Callable[[int], None], token: CancelToken) -> type:
    """What the hub's client takes for a progress bar: it tells how many bytes are there, and stops when asked to."""
    from tqdm import tqdm  # comes with the client

    class Bar(tqdm):  # type: ignore[misc]  # without types
        def __init__(self, *args: Any, **options: Any) -> None:
            super().__init__(*args, **{**options, "disable": True})
            self._there = int(options.get("initial") or 0)

        def update(self, n: float | None = 1) -> bool:
            token.check()
            self._there += int(n or 0)
            said(min(self._there, total))
            return True

    return Bar


def _reason(error: BaseException) -> str:
    status = getattr(getattr(error, "response", None), "status_code", None)
    if status in (401, 403):
        return "it wants an account, or does not exist."
    if status == 404:
        return "there is no such repository or revision."
    if status is not None:
        return f"it answered with status {status}."
    said = str(error).strip().splitlines()
    return f"it could not be reached ({said[0] if said else type(error).__name__})."


def _compare_pinned(recipe: Recipe, source: HubSource, sums: Mapping[str, str], pinned: Mapping[str, Any]) -> None:
    wrong = [name for name, wanted in pinned.get("sums", {}).items() if sums.get(name) != wanted]
    if wrong:
        text = (
            f"{' and '.join(wrong)} of {source} is not the file that was there when {recipe.title} was got first; "
            "it is not used."
        )
        raise InferenceError("checkpoint_changed", text, network=recipe.name)


def _read_pins() -> dict[str, Any]:
    """By source: commit and sums. Raises InferenceError for a damaged file: without it nothing would be asked of what
    comes, so that is for a person to say.
    """
    path = parts_folder().parent / _PINS
    try:
        found = json.loads(path.read_text("utf-8"))
        if not isinstance(found, dict) or not all(isinstance(one, dict) for one in found.values()):
            raise ValueError("it is no table of sources")
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        text = (
            f"{path} is damaged ({error}); it says what files of the hub have to be. Delete it if you want them taken "
            "as the hub has them now."
        )
        raise InferenceError("pins", text, file=str(path)) from error
    return found


def _write_pins(pins: Mapping[str, Any]) -> None:
    path = parts_folder().parent / _PINS
    new = path.with_suffix(f".{os.getpid()}")
    new.write_text(json.dumps(pins, indent=2), "utf-8")
    os.replace(new, path)
