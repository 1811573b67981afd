"""The parts of a checkpoint as modules that take what workers prepare and give what phases interpret.

Pictures come as uint8 and are scaled in here, so that one implementation serves all back ends. With half=True all but
this scaling and the last step is calculated in FP16. Attention is always the plain one: with the fused one the exporter
mixes FP32 into FP16 and writes an ONNX file that no back end takes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from engines.errors import InferenceError
from engines.inference.catalogue import TensorSpec
from engines.inference.recipes import Plan

_NO_LABEL = "N/A"  # what COCO's numbers without a class are called


@dataclass(frozen=True, slots=True)
class Form:
    """One network, ready to be written down. module: in evaluation mode. labels: of its classes, if it has any."""

    module: nn.Module
    inputs: tuple[TensorSpec, ...]
    outputs: tuple[TensorSpec, ...]
    labels: tuple[str, ...] = ()


class _Scaled(nn.Module):
    """uint8 pixels, colours last, to what the network was trained with, colours first."""

    def __init__(self, plan: Plan, dtype: torch.dtype) -> None:
        super().__init__()
        mean, deviation = torch.tensor(plan.mean), torch.tensor(plan.deviation)
        self.dtype = dtype
        self.register_buffer("scale", 1 / (255 * deviation), persistent=False)
        self.register_buffer("shift", mean / deviation, persistent=False)

    def forward(self, picture: Tensor) -> Tensor:
        return self.colours_first(self.scaled(picture))

    def scaled(self, picture: Tensor) -> Tensor:
        return picture.float() * self.scale - self.shift

    def colours_first(self, scaled: Tensor) -> Tensor:
        return scaled.permute(0, 3, 1, 2).to(self.dtype)


class ClipPicture(nn.Module):
    """(batch, side, side, 3) uint8 to (batch, dimensions) float32 of length 1."""

    def __init__(self, model: Any, plan: Plan) -> None:
        super().__init__()
        self.model = model
        self.scaled = _Scaled(plan, model.dtype)

    def forward(self, picture: Tensor) -> Tensor:
        pooled = self.model.vision_model(pixel_values=self.scaled(picture)).pooler_output
        return _of_length_1(self.model.visual_projection(pooled))


class ClipText(nn.Module):
    """(batch, tokens) int64 ids and mask to (batch, dimensions) float32 of length 1."""

    def __init__(self, model: Any) -> None:
        super().__init__()
        self.model = model

    def forward(self, tokens: Tensor, mask: Tensor) -> Tensor:
        # The network looks for its end token by the greatest id. OpenAI's tokenizer fills up with that very token.
        pooled = self.model.text_model(input_ids=tokens * mask, attention_mask=mask).pooler_output
        return _of_length_1(self.model.text_projection(pooled))


class Detr(nn.Module):
    """Pictures in the corner of a square, (batch, side, side, 3) uint8, with their height and width, (batch, 2) int64.

    Gives boxes (batch, queries, 4), centre x, centre y, width, height as fractions of the square, and the probability
    of each named class (batch, queries, classes). The network itself gives fractions of the picture in the corner,
    because its mask tells it where that ends.
    """

    def __init__(self, model: Any, plan: Plan, classes: Sequence[int]) -> None:
        super().__init__()
        assert plan.picture is not None
        self.model = model
        self.side = plan.picture.side
        self.scaled = _Scaled(plan, model.dtype)
        self.register_buffer("classes", torch.tensor(classes), persistent=False)
        self.register_buffer("places", torch.arange(self.side), persistent=False)

    def forward(self, picture: Tensor, extent: Tensor) -> tuple[Tensor, Tensor]:
        rows = self.places[None, :, None] < extent[:, 0, None, None]
        columns = self.places[None, None, :] < extent[:, 1, None, None]
        inside = rows & columns
        pixels = self.scaled.colours_first(self.scaled.scaled(picture) * inside[..., None])
        answer = self.model(pixel_values=pixels, pixel_mask=inside.long())
        share = extent.float().flip(1).repeat(1, 2) / self.side  # of the square: width, height, width, height
        probabilities = answer.logits.float().softmax(-1)
        return answer.pred_boxes.float() * share[:, None, :], probabilities.index_select(-1, self.classes)


def _of_length_1(vectors: Tensor) -> Tensor:
    wide = vectors.float()
    return wide / wide.norm(dim=-1, keepdim=True)


def load(folder: Path, plan: Plan, *, half: bool) -> Form:
    """The network of this plan out of a checkpoint's folder.

    Raises InferenceError if the checkpoint is none of that kind, or transformers cannot read it.
    """
    torch.manual_seed(0)  # whatever a checkpoint leaves open is the same every time
    try:
        return FORMS[plan.form](folder, plan, half)
    except (ImportError, OSError, ValueError, KeyError, RuntimeError) as error:
        text = f"The checkpoint in {folder} gives no {plan.title}: {str(error).strip().splitlines()[0]}"
        raise InferenceError("checkpoint", text, network=plan.name) from error


def _model(kind: Any, folder: Path, *, half: bool) -> Any:
    """From safetensors alone: the other format, pickle, runs what it holds."""
    from transformers.utils import logging

    logging.disable_progress_bar()
    logging.set_verbosity_error()
    model = kind.from_pretrained(
        folder, local_files_only=True, use_safetensors=True, attn_implementation="eager", dtype=torch.float32
    )
    return (model.half() if half else model).eval()


def _clip_picture(folder: Path, plan: Plan, half: bool) -> Form:
    from transformers import CLIPModel

    model = _model(CLIPModel, folder, half=half)
    return Form(ClipPicture(model, plan).eval(), (_picture(plan),), (_vectors(model),))


def _clip_text(folder: Path, plan: Plan, half: bool) -> Form:
    from transformers import CLIPModel

    model = _model(CLIPModel, folder, half=half)
    inputs = tuple(TensorSpec(name, "int64", ("batch", plan.tokens or 0)) for name in ("tokens", "mask"))
    return Form(ClipText(model).eval(), inputs, (_vectors(model),))


def _detr(folder: Path, plan: Plan, half: bool) -> Form:
    from transformers import DetrForObjectDetection

    model = _model(DetrForObjectDetection, folder, half=half)
    names = [model.config.id2label[number] for number in range(model.config.num_labels)]
    classes = [number for number, name in enumerate(names) if name != _NO_LABEL]
    queries = model.config.num_queries
    outputs = (
        TensorSpec("boxes", "float32", ("batch", queries, 4)),
        TensorSpec("scores", "float32", ("batch", queries, len(classes))),
    )
    inputs = (_picture(plan), TensorSpec("extent", "int64", ("batch", 2)))
    return Form(Detr(model, plan, classes).eval(), inputs, outputs, tuple(names[number] for number in classes))


def _picture(plan: Plan) -> TensorSpec:
    assert plan.picture is not None
    return TensorSpec("picture", "uint8", ("batch", plan.picture.side, plan.picture.side, 3))


def _vectors(model: Any) -> TensorSpec:
    return TensorSpec("vectors", "float32", ("batch", int(model.config.projection_dim)))


FORMS: dict[str, Callable[[Path, Plan, bool], Form]] = {
    "clip picture": _clip_picture,
    "clip text": _clip_text,
    "detr": _detr,
}
