"""Puts an ONNX file together, node by node, the same bytes every time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

OPSET = 20  # the first with Gelu as one node
IR_VERSION = 9  # the one that came with it
FLOAT = 1  # ONNX's number for float32
GROUP = 64  # weights that share a scale; the whole column instead costs all-MiniLM-L6-v2 a cosine of 0.9964, not 0.9994

Values = NDArray[Any] | np.generic
Dimensions = Sequence[int | str]  # a name stands for a size that is open, such as "batch"


class Graph:
    """A network under construction. Tensors are known by their names, which the methods return.

    Weights are stored as FP16 and widened where they are used, so that a file has half the size while every back end
    calculates in FP32 unless it is told otherwise.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._nodes: list[Any] = []
        self._constants: list[Any] = []
        self._inputs: list[Any] = []
        self._outputs: list[Any] = []

    def input(self, name: str, dtype: type[np.generic], shape: Dimensions) -> str:
        """A tensor that comes from outside."""
        self._inputs.append(_value(name, dtype, shape))
        return name

    def output(self, name: str, tensor: str, shape: Dimensions) -> None:
        """Hand a tensor out under a name of its own, as float32."""
        self._add("Identity", [tensor], [name], {})
        self._outputs.append(_value(name, np.float32, shape))

    def constant(self, values: Values) -> str:
        """A tensor stored as it is."""
        from onnx import numpy_helper

        name = f"constant_{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def weights(self, values: Values) -> str:
        """A float32 tensor stored as FP16. Raises OverflowError for a value that FP16 cannot hold."""
        if not np.abs(values).max() <= np.finfo(np.float16).max:  # "not", so that what is no number is refused too
            raise OverflowError(f"A weight of {self._name} is outside the range of FP16.")
        return self.op("Cast", values.astype(np.float16), to=FLOAT)

    def weights_in_bytes(self, values: NDArray[np.float32]) -> str:
        """A float32 matrix (rows, columns) stored as INT8 with an FP16 scale for each column of each 64 rows.

        Only the storage is INT8; what is calculated with are the widened numbers. Raises ValueError if the rows are no
        multiple of 64.
        """
        grouped = values.reshape(-1, GROUP, values.shape[1])
        narrow, scales = in_bytes(grouped, axis=1)
        wide = self.op("Mul", self.op("Cast", narrow, to=FLOAT), self.weights(scales))
        return self.op("Reshape", wide, np.array(values.shape, np.int64))

    def rows_in_bytes(self, table: NDArray[np.float32], rows: str) -> str:
        """Chosen rows of a float32 table (rows, columns), each stored as INT8 with an FP16 scale of its own."""
        narrow, scales = in_bytes(table, axis=1)
        chosen = self.op("Cast", self.op("Gather", narrow, rows), to=FLOAT)
        return self.op("Mul", chosen, self.op("Cast", self.op("Gather", scales, rows), to=FLOAT))

    def op(self, kind: str, *inputs: str | Values, **attributes: Any) -> str:
        """The result of one operation of ONNX. inputs: names, or small arrays, which are stored as they are."""
        names = [value if isinstance(value, str) else self.constant(value) for value in inputs]
        output = f"{kind}_{len(self._nodes)}"
        self._add(kind, names, [output], attributes)
        return output

    def split(self, tensor: str, sizes: Sequence[int], *, axis: int) -> list[str]:
        """The tensor in parts of these sizes."""
        names = [f"Split_{len(self._nodes)}_{part}" for part in range(len(sizes))]
        self._add("Split", [tensor, self.constant(np.array(sizes, np.int64))], names, {"axis": axis})
        return names

    def serialised(self) -> bytes:
        """The whole file, found to be valid ONNX."""
        import onnx
        from onnx import helper

        graph = helper.make_graph(self._nodes, self._name, self._inputs, self._outputs, self._constants)
        opset = helper.make_opsetid("", OPSET)
        model = helper.make_model(graph, opset_imports=[opset], ir_version=IR_VERSION, producer_name="Image Engine")
        onnx.checker.check_model(model, full_check=True)
        data: bytes = model.SerializeToString(deterministic=True)
        return data

    def _add(self, kind: str, inputs: list[str], outputs: list[str], attributes: dict[str, Any]) -> None:
        from onnx import helper

        self._nodes.append(helper.make_node(kind, inputs, outputs, name=outputs[0], **attributes))


def in_bytes(values: NDArray[np.float32], *, axis: int) -> tuple[NDArray[np.int8], NDArray[np.float16]]:
    """The values as INT8, and the FP16 scales, one along the axis, that lead back to them."""
    largest = np.abs(values).max(axis=axis, keepdims=True)
    scales = (np.maximum(largest, np.float32(1e-4)) / 127).astype(np.float16)
    narrow = np.clip(np.rint(values / scales.astype(np.float32)), -127, 127)
    return narrow.astype(np.int8), scales


def _value(name: str, dtype: type[np.generic], shape: Dimensions) -> Any:
    from onnx import helper

    return helper.make_tensor_value_info(name, _type_of(dtype), list(shape))


def _type_of(dtype: type[np.generic]) -> int:
    from onnx import helper

    return int(helper.np_dtype_to_tensor_dtype(np.dtype(dtype)))
