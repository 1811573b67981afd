"""Checkpoints of the true architectures with random weights, to measure speed where a network was not got."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch


def write_random(kind: str, folder: Path) -> None:
    """A checkpoint as the hub has it. kind: what config.json calls the network. Raises KeyError for an unknown one."""
    from transformers.utils import logging

    logging.disable_progress_bar()
    torch.manual_seed(0)
    _MAKERS[kind]().eval().save_pretrained(folder)


def _clip() -> Any:
    from transformers import CLIPConfig, CLIPModel

    return CLIPModel(CLIPConfig())


def _detr() -> Any:
    from transformers import DetrConfig, DetrForObjectDetection, ResNetConfig

    backbone = ResNetConfig(out_features=["stage4"])
    plain = {"backbone": None, "use_timm_backbone": False, "use_pretrained_backbone": False}
    return DetrForObjectDetection(DetrConfig(backbone_config=backbone, num_labels=91, **plain))


_MAKERS: dict[str, Callable[[], Any]] = {"clip": _clip, "detr": _detr}
