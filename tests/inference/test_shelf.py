"""What is here of the networks that can be got, also in folders below those of a checkpoint."""

from __future__ import annotations

from engines.inference.shelf import offers, remove_recipe
from engines.inference.store import checkpoints_folder, parts_folder


def test_a_download_that_was_begun_is_told_with_what_lies_in_its_folders() -> None:
    part = parts_folder() / "hub-clip-vit-b32-onnx-0123" / "onnx"
    part.mkdir(parents=True)
    (part / "vision_model.onnx").write_bytes(b"begun")
    assert {offer.recipe.name: offer.begun for offer in offers()}["clip-vit-b32"] == len(b"begun")


def test_what_others_exported_goes_with_the_network() -> None:
    left = checkpoints_folder() / "clip-vit-b32-onnx"  # as after networks that did not stand the checks
    left.mkdir(parents=True)
    assert remove_recipe("clip-vit-b32") == ["clip-vit-b32-onnx"]
    assert not left.exists()
