"""Makes networks that others exported take and give what ours do, when they are loaded.

On the hub, ONNX files take scaled pixels, colours first, and give what the network itself calculates. Ours take a
picture as it is and give vectors of length 1, or probabilities and boxes. What lies between is added to the graph, so
that neither PyTorch nor onnx is needed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from engines.inference.catalogue import Adapter, Card, Task
from engines.inference.silent_openvino import openvino

_Nodes = Mapping[str, Any]  # of OpenVINO, by our name

# What the files are known to call their inputs and outputs.
PIXELS, PIXEL_MASK, TOKENS, MASK = "pixel_values", "pixel_mask", "input_ids", "attention_mask"
GIVES: Mapping[Task, tuple[str, ...]] = {
    Task.MEANING: ("image_embeds",),
    Task.TEXT: ("text_embeds",),
    Task.OBJECTS: ("logits", "pred_boxes"),
}


def lacks(model: openvino.Model, task: Task) -> str | None:
    """What a file does not give, or asks for in vain; None if it can be adapted."""
    gives = {name for output in model.outputs for name in output.get_names()}
    takes = {name for tensor in model.inputs for name in tensor.get_names()}
    missing = [name for name in GIVES.get(task, ()) if name not in gives]
    unknown = takes - {PIXELS, PIXEL_MASK, TOKENS, MASK}
    if missing or task not in GIVES:
        return f"it gives no {' and no '.join(missing) or task}"
    return f"it asks for {' and '.join(sorted(unknown))}" if unknown else None


def adapted(model: openvino.Model, card: Card) -> openvino.Model:
    """The network with the inputs and outputs of its card. Raises RuntimeError if it is another."""
    assert card.adapter is not None
    ops = openvino.opset13
    ours = {spec.name: ops.parameter([-1, *spec.shape[1:]], np.dtype(spec.dtype), spec.name) for spec in card.inputs}
    for name, node in ours.items():
        node.output(0).set_names({name})
    outputs = {name: model.output(name).get_node().input_value(0) for name in GIVES[card.task]}
    for parameter in model.get_parameters():
        made = _given(parameter, ours, card)
        for target in parameter.output(0).get_target_inputs():
            target.replace_source_output(made.output(0))
    found = _GIVEN[card.task](outputs, ours, card)
    results = []
    for name, node in found.items():
        node.output(0).set_names({name})
        results.append(ops.result(node))
    return openvino.Model(results, list(ours.values()))


def _given(parameter: Any, ours: _Nodes, card: Card) -> Any:
    """What goes into an input of the file."""
    ops, adapter = openvino.opset13, card.adapter
    assert adapter is not None
    name = next(iter(parameter.output(0).get_names()))
    if name == PIXELS:
        made = _pixels(ours, adapter, card)
    elif name == PIXEL_MASK:
        made = _mask(parameter, ours, card)
    elif name == TOKENS:  # see ClipText in export.forms
        made = ops.multiply(ours["tokens"], ours["mask"])
    else:
        made = ours["mask"]
    return ops.convert(made, parameter.get_element_type().get_type_name())


def _pixels(ours: _Nodes, adapter: Adapter, card: Card) -> Any:
    ops = openvino.opset13
    deviation = np.array(adapter.deviation, np.float32)
    scale, shift = 1 / (255 * deviation), np.array(adapter.mean, np.float32) / deviation
    scaled = ops.subtract(ops.multiply(ops.convert(ours["picture"], "f32"), _constant(scale)), _constant(shift))
    if "extent" in ours:  # what lies outside the picture is 0 to the network, which black is not
        side = card.inputs[0].shape[1]
        inside = ops.convert(_inside(ours["extent"], int(side), int(side), int(side)), "f32")
        scaled = ops.multiply(scaled, ops.unsqueeze(inside, _constant(np.array([3]))))
    return ops.transpose(scaled, _constant(np.array([0, 3, 1, 2])))


def _mask(parameter: Any, ours: _Nodes, card: Card) -> Any:
    """Where the picture is; some files take it at a size of their own, and scale it down further themselves."""
    side = int(card.inputs[0].shape[1])
    sizes = [axis.get_length() if axis.is_static else side for axis in list(parameter.get_partial_shape())[1:]]
    return _inside(ours["extent"], side, sizes[0], sizes[1])


def _inside(extent: Any, side: int, height: int, width: int) -> Any:
    """(batch, height, width) bool, from how far pictures reach in their squares."""
    ops = openvino.opset13
    rows = _constant((np.arange(height) * side / height).astype(np.float32).reshape(1, height, 1))
    columns = _constant((np.arange(width) * side / width).astype(np.float32).reshape(1, 1, width))
    reach = ops.convert(extent, "f32")
    high, wide = (
        ops.unsqueeze(ops.gather(reach, _constant(np.array([place])), _constant(np.array(1))), _constant(np.array([2])))
        for place in (0, 1)
    )
    return ops.logical_and(ops.less(rows, high), ops.less(columns, wide))


def _vectors(outputs: _Nodes, ours: _Nodes, card: Card) -> dict[str, Any]:
    ops = openvino.opset13
    wide = ops.convert(next(iter(outputs.values())), "f32")
    return {card.outputs[0].name: ops.normalize_l2(wide, _constant(np.array([1])), 1e-12, "max")}


def _objects(outputs: _Nodes, ours: _Nodes, card: Card) -> dict[str, Any]:
    """Boxes as fractions of the square, and the probabilities of the classes that have names."""
    ops = openvino.opset13
    assert card.adapter is not None
    likely = ops.softmax(ops.convert(outputs["logits"], "f32"), axis=2)
    named = ops.gather(likely, _constant(np.array(card.adapter.classes)), _constant(np.array(2)))
    share = ops.divide(ops.convert(ours["extent"], "f32"), _constant(np.float32(card.inputs[0].shape[1])))
    turned = ops.gather(share, _constant(np.array([1, 0, 1, 0])), _constant(np.array(1)))  # width, height, twice
    boxes = ops.multiply(ops.convert(outputs["pred_boxes"], "f32"), ops.unsqueeze(turned, _constant(np.array([1]))))
    return {"boxes": boxes, "scores": named}


def _constant(values: Any) -> Any:
    return openvino.opset13.constant(values)


_GIVEN: Mapping[Task, Callable[[_Nodes, _Nodes, Card], dict[str, Any]]] = {
    Task.MEANING: _vectors,
    Task.TEXT: _vectors,
    Task.OBJECTS: _objects,
}
