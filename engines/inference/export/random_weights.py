"""Checkpoints of the true architectures with random weights, to measure speed where a network was not got."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch

_CLASSES, _WITHOUT_NAME = 91, 11  # COCO's numbers, of which 80 have a name


def write_random(kind: str, folder: Path) -> None:
    """A checkpoint as the hub has it. kind: what config.json calls the network. Raises KeyError for an unknown one."""
    from transformers.utils import logging

    logging.disable_progress_bar()
    torch.manual_seed(0)
    _MAKERS[kind]().eval().save_pretrained(folder)
    (folder / "tokenizer.json").write_text("{}", "utf-8")  # goes along with networks for texts, of which none is asked


def _clip() -> Any:
    from transformers import CLIPConfig, CLIPModel

    return CLIPModel(CLIPConfig())


def _detr() -> Any:
    from transformers import DetrConfig, DetrForObjectDetection, ResNetConfig

    backbone = ResNetConfig(out_features=["stage4"])
    plain = {"backbone": None, "use_timm_backbone": False, "use_pretrained_backbone": False}
    names = {number: "N/A" if number < _WITHOUT_NAME else f"class {number}" for number in range(_CLASSES)}
    return DetrForObjectDetection(DetrConfig(backbone_config=backbone, id2label=names, **plain))


_MAKERS: dict[str, Callable[[], Any]] = {"clip": _clip, "detr": _detr}
