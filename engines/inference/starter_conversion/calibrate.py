"""Sees how large the numbers in a network get with real photos, for INT8.

    python -m engines.inference.starter_conversion.calibrate SQUARES NAME > resources/networks/NAME/ranges.json

SQUARES is an .npz file with prepared photos under the name of the network's task, others than the conversions are
compared on: tests/inference/data/make_references.py makes one.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np

from engines.inference.catalogue import Card, starter_cards
from engines.inference.openvino_int8 import Ranges, convolutions
from engines.inference.silent_openvino import openvino
from engines.types import Pixels

DIGITS = 4  # of a range that are kept; a step is a 255th of it


def main(arguments: list[str] | None = None) -> int:
    """Print the ranges, and return the exit code."""
    parser = argparse.ArgumentParser(description="Print the ranges of a network's numbers as JSON.")
    parser.add_argument("squares", type=Path, help=".npz file with prepared photos")
    parser.add_argument("name", choices=[card.name for card in starter_cards().values() if card.picture])
    options = parser.parse_args(arguments)
    card = starter_cards()[options.name]
    with np.load(options.squares, allow_pickle=False) as file:
        ranges = measure(card, file[card.task])
    lines = [f"{json.dumps(name)}: {json.dumps(span)}" for name, span in ranges.items()]
    print("{\n" + ",\n".join(lines) + "\n}")
    return 0


def measure(card: Card, squares: Pixels) -> Ranges:
    """The least and greatest number that goes into each convolution, 0 being among them.

    squares: (N, side, side, 3), as the card asks for.
    """
    core = openvino.Core()
    model = core.read_model(model=card.read(card.network))
    names = [name for _, name in convolutions(model)]
    model.add_outputs(sorted(set(names)))
    request = core.compile_model(model, "CPU", {"INFERENCE_PRECISION_HINT": "f32"}).create_infer_request()
    ranges = dict.fromkeys(names, (0.0, 0.0))
    for square in squares:
        request.infer([square[None]])
        for name, (low, high) in ranges.items():
            values = request.get_tensor(name).data
            ranges[name] = (min(low, float(values.min())), max(high, float(values.max())))
    return {name: (_short(low), _short(high)) for name, (low, high) in ranges.items()}


def _short(value: float) -> float:
    return float(f"{value:.{DIGITS}g}")


if __name__ == "__main__":
    sys.exit(main())
