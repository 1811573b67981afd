"""How many products of a labelled folder are found, and how many finds are right.

`python -m tests.product_score FOLDER` prints JSON; labels.csv lies in the folder or above it. A find is right if one of
the picture's labels is in its name, word for word, or the other way round. null where nothing can be asked: without a
key, or with NVIDIA's service refused. It sends the pictures of that folder, and only those, to NVIDIA.
"""

from __future__ import annotations

import csv
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from engines.cloud.address import PRESETS, service_at
from engines.cloud.key import VARIABLE, find_key
from engines.errors import CloudError
from tests.program import Program


def score(folder: Path, most: int | None = None, *options: str) -> dict[str, Any]:
    """precision, recall: 0 to 1, or None. most: pictures. options: of the program, such as --set."""
    if not options and _has_no_key():
        return {"precision": None, "recall": None, "pictures": 0, "note": f"no key: set {VARIABLE}"}
    labelled = list(_labels(folder))[:most]
    with tempfile.TemporaryDirectory() as place:
        program = Program(Path(place, "library"))
        paths = [path for path, _ in labelled]
        program.json("import", *paths)
        answer = program.json("products", *paths, "--allow", *options)
    found = {Path(one["path"]): [product["name"] for product in one.get("products", ())] for one in answer["results"]}
    return _rated([(found.get(path, []), labels) for path, labels in labelled])


def _has_no_key() -> bool:
    try:
        key = find_key(service_at(PRESETS["nvidia"]))
    except CloudError:
        return True
    if key is not None and key.source == "environment":
        os.environ[VARIABLE] = key.secret.reveal()  # held back from children, but the program is meant to have it
    return key is None


def _labels(folder: Path) -> Iterator[tuple[Path, list[str]]]:
    """Photos of the folder with labels, by name."""
    place = next(one for one in (folder, *folder.parents) if (one / "labels.csv").is_file())
    with (place / "labels.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            path = place / row["file"]
            if path.parent == folder and row["labels"]:
                yield path, list(dict.fromkeys(row["labels"].split(";")))


def _rated(pictures: Sequence[tuple[Sequence[str], Sequence[str]]]) -> dict[str, Any]:
    finds = sum(len(names) for names, _ in pictures)
    right = sum(any(_same(name, label) for label in labels) for names, labels in pictures for name in names)
    wanted = sum(len(labels) for _, labels in pictures)
    met = sum(any(_same(name, label) for name in names) for names, labels in pictures for label in labels)
    return {
        "precision": round(right / finds, 3) if finds else None,
        "recall": round(met / wanted, 3) if wanted else None,
        "pictures": len(pictures),
        "finds": finds,
        "labels": wanted,
    }


def _same(one: str, other: str) -> bool:
    first, second = _words(one), _words(other)
    return bool(first and second) and (first <= second or second <= first)


def _words(text: str) -> set[str]:
    return {word.removesuffix("s") for word in re.findall(r"\w+", text.casefold())}


if __name__ == "__main__":
    print(json.dumps(score(Path(sys.argv[1]).absolute())))
