"""`--self-test`: the whole way of one photo, in a library of its own that is thrown away."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from engines.analysis.integrity import check_library
from engines.analysis.phases import phases
from engines.analysis.pipeline import ScanRules
from engines.analysis.pool import start_pool
from engines.analysis.run import Runner
from engines.command_line.importing import start_desk
from engines.library.library import Library
from engines.library.overview import phase_counts
from engines.search.find import find
from engines.settings import Settings


def self_test(command: argparse.Namespace) -> int:
    """Import a made photo, find it, check the library. Exit code 1 if any of it fails."""
    with tempfile.TemporaryDirectory(prefix="image-engine-") as place:
        folder = Path(place) / "photos"
        _make_photo(folder / "selftest harbour.jpg")
        with Library(Path(place) / "library") as library:
            runner = Runner(
                library, ScanRules(), lambda: start_pool(Settings()), start_desk=lambda: start_desk(Settings())
            )
            report = runner.import_paths([str(folder)])
            hits = find(library, "harbour type:photo", limit=10)
            with library.database.read() as connection:
                pending = {one.name for one in phase_counts(connection, phases()) if not one.done}
            steps = {
                "a photo is read and examined": report.added == 1 and not report.failed,
                "the networks look at it": not pending and not report.notices,
                "it is found by its name": len(hits.ids) == 1,
                "the library is whole": not check_library(library),
            }
    for step, worked in steps.items():
        print(f"{'ok' if worked else 'FAILED':<7} {step}")
    return 0 if all(steps.values()) else 1


def _make_photo(path: Path) -> None:
    from PIL import Image

    path.parent.mkdir()
    Image.radial_gradient("L").convert("RGB").save(path)
