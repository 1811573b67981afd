"""Checkpoints become networks that say what PyTorch says, and what transformers' own processors make of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engines.errors import InferenceError
from engines.inference.agreement import check, compared
from engines.inference.catalogue import Card, Fit, read_card
from engines.inference.examples import example
from engines.inference.openvino_engine import OpenVinoRunner
from engines.inference.placement import placement
from engines.inference.prepare import prepare
from engines.inference.recipes import Plan, Recipe, recipe_of
from engines.inference.store import Checkpoint, Origin, sum_of
from engines.inference.text import TextTower
from engines.media.open_file import open_file
from engines.types import Pixels
from tests import tiny_networks

pytestmark = pytest.mark.nvidia

SIDE = 320  # px of DETR's square here, so that a test takes a second
NAMES = {"clip-vit-b32": "clip-vit-b32", "clip-vit-b32-text": "clip-vit-b32", "detr-resnet-50": "detr-resnet-50"}


class Workshop:
    """Tiny checkpoints and the networks made of them, each made once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        makers: dict[str, Callable[[Path], Path]] = {
            "clip-vit-b32": tiny_networks.clip,
            "detr-resnet-50": tiny_networks.detr,
        }
        self.checkpoints = {
            name: self._checkpoint(recipe_of(name), make(folder / name)) for name, make in makers.items()
        }

    def _checkpoint(self, recipe: Recipe, folder: Path) -> Checkpoint:
        return Checkpoint(folder, Origin(str(folder), None, {name: sum_of(folder / name) for name in recipe.files}))

    def plan(self, name: str) -> Plan:
        plan = next(plan for plan in recipe_of(name).networks if plan.name == name)
        return plan.with_side(SIDE) if plan.form == "detr" else plan

    def card(self, name: str, *, half: bool = True) -> Card:
        from engines.inference.export.install import export

        folder = self._folder / f"{name}-{half}"
        if not folder.exists():
            folder.mkdir()
            export(recipe_of(name), self.plan(name), self.checkpoints[NAMES[name]], folder, half=half)
        return read_card(folder)


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    return Workshop(tmp_path_factory.mktemp("workshop"))


@pytest.fixture(scope="module")
def photos(media_folder: Path) -> list[Pixels]:
    """Real photos of many shapes, as a worker sees them."""
    return [open_file(str(path)).frame.pixels for path in sorted((media_folder / "photos").glob("*.jpg"))[:24]]


def loaded(card: Card) -> OpenVinoRunner:
    runner = OpenVinoRunner(card, threads=2, precision="fp32")
    runner.load()
    return runner


@pytest.mark.parametrize("half", [True, False])
@pytest.mark.parametrize("name", NAMES)
def test_the_exported_network_says_what_pytorch_says(workshop: Workshop, name: str, half: bool) -> None:
    from engines.inference.export.install import prove

    found = prove(workshop.checkpoints[NAMES[name]], workshop.plan(name), workshop.card(name, half=half), loaded_by)
    assert found.holds, str(found)
    if name == "detr-resnet-50":
        assert found.sure > 20
        assert found.overlap is not None


def loaded_by(card: Card) -> OpenVinoRunner:
    return OpenVinoRunner(card, threads=2, precision="fp32")


@pytest.mark.parametrize("name", NAMES)
def test_a_network_with_other_weights_is_found_out(workshop: Workshop, name: str) -> None:
    """The proof would be worth nothing if it held for anything."""
    import torch

    from engines.inference.export import forms, parity

    reference = forms.load(workshop.checkpoints[NAMES[name]].folder, workshop.plan(name), half=False)
    with torch.no_grad():
        for tensor in reference.module.parameters():
            tensor.add_(0.03 * torch.randn_like(tensor))
    found = parity.agreement(reference, loaded(workshop.card(name)))
    assert not found.holds
    with pytest.raises(InferenceError, match="does not say what its original says"):
        check(found, workshop.card(name))


def test_numbers_that_are_none_fail_the_proof() -> None:
    nothing = {"vectors": np.full((1, 4), np.nan, np.float32)}
    assert not compared({"vectors": np.full((1, 4), 0.5, np.float32)}, nothing).holds
    boxes = np.full((1, 1, 4), 0.5, np.float32)
    wanted = {"boxes": boxes, "scores": np.full((1, 1, 1), 0.9, np.float32)}
    assert not compared(wanted, {"boxes": boxes * np.nan, "scores": wanted["scores"] * np.nan}).holds


def test_any_batch_gives_every_picture_its_own_row(workshop: Workshop) -> None:
    runner = loaded(workshop.card("detr-resnet-50"))
    inputs = example(runner.card, 3)
    together = runner.run(inputs)
    for row in range(3):
        alone = runner.run({name: array[row : row + 1] for name, array in inputs.items()})
        assert np.allclose(alone["scores"][0], together["scores"][row], atol=1e-4)


def test_clip_prepares_and_pools_as_transformers_does(workshop: Workshop, photos: list[Pixels]) -> None:
    import torch
    from transformers import CLIPImageProcessorPil, CLIPModel

    card = workshop.card("clip-vit-b32")
    model = CLIPModel.from_pretrained(workshop.checkpoints["clip-vit-b32"].folder, local_files_only=True).eval()
    runner, processor = loaded(card), CLIPImageProcessorPil()
    for pixels in photos:
        with torch.inference_mode():
            theirs = model.get_image_features(**processor(pixels, return_tensors="pt"))
        wanted = np.asarray(getattr(theirs, "pooler_output", theirs)[0])
        ours = runner.run({"picture": prepare(pixels, card)[None]})["vectors"][0]
        assert ours @ wanted / np.linalg.norm(wanted) > 0.9999


def test_a_square_for_clip_is_theirs_to_the_last_bit(workshop: Workshop, photos: list[Pixels]) -> None:
    from transformers import CLIPImageProcessorPil

    card, processor = workshop.card("clip-vit-b32"), CLIPImageProcessorPil(do_rescale=False, do_normalize=False)
    for pixels in [*photos, photos[0][:, :400], photos[0][:230]]:
        theirs = processor(pixels, return_tensors="np")["pixel_values"][0].transpose(1, 2, 0)
        assert np.array_equal(prepare(pixels, card), theirs.astype(np.uint8))


def test_a_square_for_detr_is_theirs_to_the_last_bit(workshop: Workshop, photos: list[Pixels]) -> None:
    from transformers import DetrImageProcessorPil

    card = workshop.card("detr-resnet-50")
    for pixels in photos:
        place = placement(pixels.shape[1], pixels.shape[0], SIDE, Fit.CORNER)
        processor = DetrImageProcessorPil(
            size={"height": place.height, "width": place.width}, do_rescale=False, do_normalize=False,
            pad_size={"height": SIDE, "width": SIDE},
        )  # fmt: skip
        theirs = processor(pixels, return_tensors="np")
        assert np.array_equal(prepare(pixels, card), theirs["pixel_values"][0].transpose(1, 2, 0).astype(np.uint8))
        mask = np.zeros((SIDE, SIDE), np.int64)
        mask[: place.height, : place.width] = 1
        assert np.array_equal(mask, theirs["pixel_mask"][0])


def test_detr_finds_what_transformers_finds_where_it_finds_it(workshop: Workshop, photos: list[Pixels]) -> None:
    """Photos through our square, against photos through their processor, mask, network and post-processing."""
    from transformers import DetrForObjectDetection, DetrImageProcessorPil

    card = workshop.card("detr-resnet-50")
    folder = workshop.checkpoints["detr-resnet-50"].folder
    model = DetrForObjectDetection.from_pretrained(folder, local_files_only=True, attn_implementation="eager").eval()
    runner, labels, compared = loaded(card), card.read_labels(), 0
    for pixels in photos[:8]:
        height, width = pixels.shape[:2]
        place = placement(width, height, SIDE, Fit.CORNER)
        processor = DetrImageProcessorPil(
            size={"height": place.height, "width": place.width}, pad_size={"height": SIDE, "width": SIDE}
        )
        wanted = theirs(model, processor, pixels)
        answer = runner.run({
            "picture": prepare(pixels, card)[None], "extent": np.array([[place.height, place.width]], np.int64)
        })  # fmt: skip
        scores = answer["scores"][0].max(axis=1)
        rows = np.flatnonzero(scores > 0.5)
        boxes = place.to_picture(answer["boxes"][0])[rows] * [width, height, width, height]
        corners = np.concatenate([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]], axis=1)
        named = [labels[index] for index in answer["scores"][0].argmax(axis=1)[rows]]
        assert named == [model.config.id2label[index] for index in wanted["labels"].tolist()]
        assert np.allclose(scores[rows], wanted["scores"].numpy(), atol=0.01)
        inside = np.clip(wanted["boxes"].numpy(), 0, [width, height, width, height])
        assert np.allclose(corners, inside, atol=0.005 * max(width, height))
        compared += len(rows)
    assert compared > 40


def theirs(model: Any, processor: Any, pixels: Pixels) -> Any:
    import torch

    with torch.inference_mode():
        answer = model(**processor(pixels, return_tensors="pt"))
        return processor.post_process_object_detection(answer, threshold=0.5, target_sizes=[pixels.shape[:2]])[0]


def test_the_classes_are_those_of_coco_without_the_gaps(workshop: Workshop) -> None:
    from engines.vocabulary import coco

    labels = workshop.card("detr-resnet-50").read_labels()
    assert (len(labels), labels[0], labels[-1]) == (len(coco()), "person", "toothbrush")


@pytest.fixture
def tower(workshop: Workshop) -> Iterator[TextTower]:
    runner = loaded(workshop.card("clip-vit-b32-text"))
    yield TextTower(runner)
    runner.free()


def test_texts_become_the_vectors_that_transformers_gives(workshop: Workshop, tower: TextTower) -> None:
    import torch
    from tokenizers import Tokenizer
    from transformers import CLIPModel

    folder = workshop.checkpoints["clip-vit-b32"].folder
    model = CLIPModel.from_pretrained(folder, local_files_only=True, attn_implementation="eager").eval()
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    texts = ["a dog", "a much longer text about a dog that runs along a beach in the evening", ""]
    ours = tower.encode(texts)
    for text, vector in zip(texts, ours, strict=True):
        with torch.inference_mode():
            found = model.get_text_features(input_ids=torch.tensor([tokenizer.encode(text).ids]))
        wanted = np.asarray(getattr(found, "pooler_output", found)[0])
        assert vector @ wanted / np.linalg.norm(wanted) > 0.9999


def test_the_same_checkpoint_is_the_same_network_whatever_it_is_stored_in(workshop: Workshop) -> None:
    half, full = workshop.card("clip-vit-b32"), workshop.card("clip-vit-b32", half=False)
    assert half.sha256 == full.sha256 != workshop.card("clip-vit-b32-text").sha256
    assert half.files["network.onnx"].sha256 != full.files["network.onnx"].sha256
