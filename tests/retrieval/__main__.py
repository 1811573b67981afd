"""`python -m tests.retrieval FOLDER [LIBRARY]`: see the package. LIBRARY is kept; one that is there is measured."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from engines.library.library import Library
from tests.program import Program
from tests.retrieval.measures import measure, told
from tests.retrieval.photos import FOLDERS

_IMPORT_S = 600


def import_photos(folder: Path, library: Path) -> None:
    """Make a library of the photos, as a person would."""
    Program(library, limit_s=_IMPORT_S).json("import", *(folder / name for name in FOLDERS))


def main(folder: Path, library: Path) -> None:
    """library: the folder of one that has the photos already, or of none yet."""
    if not (library / "library.db").exists():
        import_photos(folder, library)
    with Library(library, writable=False) as opened:
        for line in told(measure(opened, folder)):
            print(line)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        main(Path(os.path.realpath(sys.argv[1])), Path(sys.argv[2]) if len(sys.argv) > 2 else Path(place))
