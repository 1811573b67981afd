"""Checkpoints are got whole or not at all: from a folder, or from a hub that may break off, lie or change its mind."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engines.cancel import Cancelled, CancelToken
from engines.errors import InferenceError
from engines.inference import store
from engines.inference.catalogue import networks_folder
from engines.inference.ready import as_recipe
from engines.inference.recipes import HubSource, Recipe, recipe_of
from engines.inference.sources import from_folder, from_hub
from engines.inference.store import checkpoint, parts_folder, remove
from tests.hub_server import COMMIT, Hub, running

WEIGHTS = "model.safetensors"


@pytest.fixture
def recipe() -> Recipe:
    return replace(
        recipe_of("detr-resnet-50"), sources=(HubSource("some/detr", "no_timm"), HubSource("some/detr", "main"))
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """As much of a checkpoint as getting it asks for."""
    folder = tmp_path / "checkpoint"
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps({"model_type": "detr"}))
    (folder / WEIGHTS).write_bytes(bytes(range(256)) * 3000)
    return folder


@pytest.fixture
def hub(folder: Path) -> Iterator[Hub]:
    with running(Hub(folder, "some/detr", {"no_timm", "main"})) as hub:
        yield hub


def test_a_folder_is_copied_and_its_sums_are_kept(recipe: Recipe, folder: Path) -> None:
    told: list[tuple[int, int]] = []
    got = from_folder(recipe, folder, tell=lambda *there: told.append(there))
    shutil.rmtree(folder)
    got.verify()
    assert told[-1][0] == told[-1][1] > 0
    assert checkpoint(recipe.name) == got


def test_a_folder_without_safetensors_is_refused_even_with_a_pickle_in_it(recipe: Recipe, folder: Path) -> None:
    (folder / WEIGHTS).rename(folder / "pytorch_model.bin")
    with pytest.raises(InferenceError, match=r"lacks model\.safetensors.*they are never used"):
        from_folder(recipe, folder)


def test_a_folder_without_the_onnx_of_others_is_refused_with_what_it_lacks(tmp_path: Path) -> None:
    clip = recipe_of("clip-vit-b32")
    (tmp_path / "model.safetensors").write_bytes(b"")
    with pytest.raises(InferenceError, match=r"it lacks .*onnx/vision_model\.onnx"):
        from_folder(as_recipe(clip, clip.ready[0]), tmp_path)


def test_another_kind_of_network_leaves_the_one_that_was_there(recipe: Recipe, folder: Path) -> None:
    before = from_folder(recipe, folder)
    (folder / "config.json").write_text(json.dumps({"model_type": "clip"}))
    with pytest.raises(InferenceError, match="says 'clip' where 'detr' belongs"):
        from_folder(recipe, folder)
    assert checkpoint(recipe.name) == before


def test_a_sum_that_the_recipe_knows_must_be_met(recipe: Recipe, folder: Path) -> None:
    with pytest.raises(InferenceError, match="is not the file that this program knows"):
        from_folder(replace(recipe, sums={WEIGHTS: "0" * 64}), folder)
    assert checkpoint(recipe.name) is None


def test_what_is_no_name_removes_nothing(recipe: Recipe, folder: Path) -> None:
    from_folder(recipe, folder)
    beside = networks_folder().with_name("photos")
    beside.mkdir()
    for name in (str(beside), f"{beside}/", "../photos", "..", ".", "", ".checkpoints"):
        assert not remove(name), name
    assert beside.is_dir()
    assert checkpoint(recipe.name) is not None


def test_a_checkpoint_that_was_changed_is_found_out(recipe: Recipe, folder: Path) -> None:
    got = from_folder(recipe, folder)
    with (got.folder / WEIGHTS).open("r+b") as file:
        file.write(b"tampered")
    with pytest.raises(InferenceError, match="is damaged or was changed"):
        got.verify()


def test_the_hub_gives_what_it_promised(recipe: Recipe, hub: Hub) -> None:
    told: list[tuple[int, int]] = []
    got = from_hub(recipe, endpoint=hub.address, tell=lambda *there: told.append(there))
    assert (got.origin.source, got.origin.commit) == ("some/detr (no_timm)", COMMIT)
    assert (got.folder / WEIGHTS).read_bytes() == (hub.folder / WEIGHTS).read_bytes()
    assert told[-1][0] == told[-1][1]
    assert not list(parts_folder().iterdir())


def test_the_next_source_is_tried_when_one_is_missing(recipe: Recipe, hub: Hub) -> None:
    hub.revisions.remove("no_timm")
    assert from_hub(recipe, endpoint=hub.address).origin.source == "some/detr (main)"


def test_every_source_says_why_it_does_not_serve(recipe: Recipe, hub: Hub) -> None:
    hub.revisions.clear()
    with pytest.raises(InferenceError, match=r"\(no_timm\): there is no such .* \(main\): there is no such"):
        from_hub(recipe, endpoint=hub.address)


def test_a_repository_with_a_pickle_only_is_no_source(recipe: Recipe, hub: Hub) -> None:
    (hub.folder / WEIGHTS).rename(hub.folder / "pytorch_model.bin")
    with pytest.raises(InferenceError, match=r"it holds no model\.safetensors"):
        from_hub(recipe, endpoint=hub.address)
    assert not hub.asked


def test_a_hub_that_cannot_be_reached_is_told(recipe: Recipe) -> None:
    with pytest.raises(InferenceError, match="it could not be reached"):
        from_hub(recipe, endpoint="http://127.0.0.1:9")


def test_a_cancelled_download_is_gone_on_with(recipe: Recipe, hub: Hub) -> None:
    token = CancelToken()
    (hub.folder / WEIGHTS).write_bytes(bytes(range(256)) * 100_000)

    def stop(done: int, total: int) -> None:
        if done > total / 2:
            token.cancel()

    with pytest.raises(Cancelled):
        from_hub(recipe, endpoint=hub.address, tell=stop, token=token)
    assert checkpoint(recipe.name) is None
    hub.asked.clear()
    from_hub(recipe, endpoint=hub.address).verify()
    assert [name for name, first in hub.asked if first > 1_000_000] == [WEIGHTS]


def test_a_file_that_came_damaged_is_not_used_and_not_kept(recipe: Recipe, hub: Hub) -> None:
    right = (hub.folder / WEIGHTS).read_bytes()
    hub.served[WEIGHTS] = right[:-1] + b"!"
    with pytest.raises(InferenceError, match="came damaged, or is not what the hub promised"):
        from_hub(recipe, endpoint=hub.address)
    assert checkpoint(recipe.name) is None
    hub.served.clear()
    assert (from_hub(recipe, endpoint=hub.address).folder / WEIGHTS).read_bytes() == right


def test_what_the_hub_promised_first_is_asked_of_every_later_download(recipe: Recipe, hub: Hub) -> None:
    from_hub(recipe, endpoint=hub.address)
    store.remove(recipe.name)
    (hub.folder / WEIGHTS).write_bytes(b"other weights under the same name")
    with pytest.raises(InferenceError, match="is not the file that was there when"):
        from_hub(recipe, endpoint=hub.address)
    assert checkpoint(recipe.name) is None


def test_a_full_disk_is_told_before_anything_is_fetched(
    recipe: Recipe, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(hub.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: usage._replace(free=1000))
    with pytest.raises(InferenceError, match="Make room and try again"):
        from_hub(recipe, endpoint=hub.address)
    assert not hub.asked


@pytest.mark.parametrize("written", [b"{", b"[1]", b'{"some/detr (no_timm)": 3}', b"\xff\xfe"])
def test_damaged_notes_of_what_was_promised_are_told_in_a_sentence(recipe: Recipe, hub: Hub, written: bytes) -> None:
    parts_folder().with_name("pins.json").write_bytes(written)
    with pytest.raises(InferenceError, match=r"pins\.json is damaged .* Delete it if"):
        from_hub(recipe, endpoint=hub.address)
    assert not hub.asked
