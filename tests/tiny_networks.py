"""Checkpoints with the architecture of the real ones and random weights, small enough to be exported in a second."""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import Any

import pytest

COCO_91 = """
N/A person bicycle car motorcycle airplane bus train truck boat traffic_light fire_hydrant N/A stop_sign
parking_meter bench bird cat dog horse sheep cow elephant bear zebra giraffe N/A backpack umbrella N/A N/A
handbag tie suitcase frisbee skis snowboard sports_ball kite baseball_bat baseball_glove skateboard surfboard
tennis_racket bottle N/A wine_glass cup fork knife spoon bowl banana apple sandwich orange broccoli carrot
hot_dog pizza donut cake chair couch potted_plant bed N/A dining_table N/A N/A toilet N/A tv laptop mouse
remote keyboard cell_phone microwave oven toaster sink refrigerator N/A book clock vase scissors teddy_bear
hair_drier toothbrush
""".split()  # noqa: SIM905 -- a list would be a line long


def clip(folder: Path, *, words: int = 400) -> Path:
    """A CLIP of two thin layers, with a tokenizer of single letters; a hub's folder as transformers writes it."""
    torch, transformers = needed()
    torch.manual_seed(1)
    part = {"hidden_size": 64, "intermediate_size": 128, "num_hidden_layers": 2, "num_attention_heads": 2}
    text = part | {"vocab_size": words, "eos_token_id": 2, "bos_token_id": words - 2, "pad_token_id": 1}
    config = transformers.CLIPConfig(text_config=text, vision_config=part, projection_dim=32)
    return _saved(transformers.CLIPModel(config), folder, tokenizer=_tokenizer(words))


def detr(folder: Path, *, queries: int = 20) -> Path:
    """A DETR of two thin layers on a thin ResNet, whose classes are COCO's."""
    torch, transformers = needed()
    torch.manual_seed(2)
    backbone = transformers.ResNetConfig(
        embedding_size=16, hidden_sizes=[16, 32, 32, 64], depths=[1, 1, 1, 1], out_features=["stage4"]
    )
    config = transformers.DetrConfig(
        backbone_config=backbone, backbone=None, use_timm_backbone=False, use_pretrained_backbone=False,
        d_model=64, encoder_layers=2, decoder_layers=2, encoder_attention_heads=2, decoder_attention_heads=2,
        encoder_ffn_dim=128, decoder_ffn_dim=128, num_queries=queries,
        id2label={number: name.replace("_", " ") if name != "N/A" else name for number, name in enumerate(COCO_91)},
    )  # fmt: skip
    model = transformers.DetrForObjectDetection(config)
    with torch.no_grad():  # as they are made, all queries say nearly the same: nothing, in the middle
        for name, parameter in model.named_parameters():
            if (
                name.startswith(("model.query", "class_labels", "bbox_predictor", "model.decoder"))
                and parameter.ndim > 1
            ):
                parameter.mul_(5 if "class_labels" not in name else 60)
    return _saved(model, folder)


def exported_by_others(checkpoint: Path, folder: Path, *, kind: str) -> Path:
    """The same checkpoint as the hub's ONNX repositories have it: in FP32, with scaled pixels, and what the network
    itself calculates.
    """
    torch, transformers = needed()
    (folder / "onnx").mkdir(parents=True)
    for name in ("config.json", "tokenizer.json"):
        if (checkpoint / name).is_file():
            (folder / name).write_bytes((checkpoint / name).read_bytes())
    options = {"local_files_only": True, "attn_implementation": "eager"}
    if kind == "detr":
        model = transformers.DetrForObjectDetection.from_pretrained(checkpoint, **options)
        given = {"pixel_values": torch.rand(2, 3, 320, 320), "pixel_mask": torch.ones(2, 64, 64, dtype=torch.int64)}

        def both(**tensors: Any) -> tuple[Any, Any]:
            answer = model(**tensors)
            return answer.logits, answer.pred_boxes

        _export(model, both, given, ("logits", "pred_boxes"), folder / "onnx" / "model.onnx", open_sides=True)
        return folder
    model = transformers.CLIPModel.from_pretrained(checkpoint, **options)
    pixels, tokens = torch.rand(2, 3, 224, 224), torch.randint(1, 300, (2, 77))

    def of_picture(**tensors: Any) -> Any:
        return model.visual_projection(model.vision_model(**tensors).pooler_output)

    def of_text(**tensors: Any) -> Any:
        return model.text_projection(model.text_model(**tensors).pooler_output)

    _export(model, of_picture, {"pixel_values": pixels}, ("image_embeds",), folder / "onnx" / "vision_model.onnx")
    given = {"input_ids": tokens, "attention_mask": torch.ones_like(tokens)}
    _export(model, of_text, given, ("text_embeds",), folder / "onnx" / "text_model.onnx")
    return folder


def _export(
    model: Any, answer: Any, given: dict[str, Any], outputs: tuple[str, ...], path: Path, *, open_sides: bool = False
) -> None:
    torch, _ = needed()

    class Wrapped(torch.nn.Module):  # type: ignore[misc,name-defined]  # without types
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *tensors: Any) -> Any:
            return answer(**dict(zip(given, tensors, strict=True)))

    axes: dict[str, dict[int, str]] = {name: {0: "batch"} for name in (*given, *outputs)}
    if open_sides:
        axes["pixel_values"] |= {2: "height", 3: "width"}
    with warnings.catch_warnings(), torch.inference_mode():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            Wrapped().eval(), tuple(given.values()), str(path), dynamo=False, opset_version=17, dynamic_axes=axes,
            input_names=list(given), output_names=list(outputs),
        )  # fmt: skip


def full_clip(folder: Path) -> Path:
    """CLIP ViT-B/32 as it is, with random weights."""
    torch, transformers = needed()
    torch.manual_seed(3)
    text = {"eos_token_id": 2, "bos_token_id": 49406, "pad_token_id": 1}
    return _saved(
        transformers.CLIPModel(transformers.CLIPConfig(text_config=text)), folder, tokenizer=_tokenizer(49408)
    )


def full_detr(folder: Path) -> Path:
    """DETR-ResNet-50 as it is, with random weights."""
    torch, transformers = needed()
    torch.manual_seed(4)
    config = transformers.DetrConfig(
        backbone_config=transformers.ResNetConfig(out_features=["stage4"]), backbone=None, use_timm_backbone=False,
        use_pretrained_backbone=False,
        id2label={number: name.replace("_", " ") if name != "N/A" else name for number, name in enumerate(COCO_91)},
    )  # fmt: skip
    return _saved(transformers.DetrForObjectDetection(config), folder)


def needed() -> tuple[Any, Any]:
    """torch and transformers, or the test is left out."""
    pytest.importorskip("onnx", reason="networks are exported by whoever has the extra nvidia")
    return pytest.importorskip("torch"), pytest.importorskip("transformers")


def _saved(model: Any, folder: Path, tokenizer: str | None = None) -> Path:
    needed()[1].utils.logging.disable_progress_bar()
    model.eval().save_pretrained(folder)
    if tokenizer is not None:
        (folder / "tokenizer.json").write_text(tokenizer, "utf-8")
    return folder


def _tokenizer(words: int) -> str:
    """Single letters with CLIP's beginning and end, as a tokenizer.json."""
    vocabulary = {chr(33 + number): number + 3 for number in range(90)} | {"[UNK]": 0, "!!": 1}
    vocabulary |= {"<|startoftext|>": words - 2, "<|endoftext|>": words - 1}
    start, end = "<|startoftext|>", "<|endoftext|>"
    special = {name: {"id": name, "ids": [vocabulary[name]], "tokens": [name]} for name in (start, end)}
    single = [{"SpecialToken": {"id": start, "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
              {"SpecialToken": {"id": end, "type_id": 0}}]  # fmt: skip
    letters = {"type": "Split", "pattern": {"Regex": "."}, "behavior": "Isolated", "invert": False}
    ends = {"type": "TemplateProcessing", "single": single, "pair": single, "special_tokens": special}
    return json.dumps({
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [], "decoder": None,
        "normalizer": {"type": "Lowercase"}, "pre_tokenizer": letters, "post_processor": ends,
        "model": {"type": "WordLevel", "vocab": vocabulary, "unk_token": "[UNK]"},
    })  # fmt: skip
