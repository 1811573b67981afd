"""Whatever is done with a library, the originals stay as they were: bytes, times, permissions, attributes."""

from __future__ import annotations

from pathlib import Path

from tests.flows.conftest import Imported
from tests.flows.untouched import Stamps, stamps


def test_no_command_changes_an_original(
    originals: Path, untouched: Stamps, photos: Imported, broken: Imported, tmp_path: Path
) -> None:
    """The fixture `untouched` looks once more after the last test of the session."""
    program = broken.program
    program.json("import", broken.folder, "--confirm-missing")
    program.json("analyse")
    program.json("search", "type:photo")
    program.json("show", broken.folder / "trailing_junk.jpg")
    assert program("export", "-o", tmp_path / "all.json").code == 0
    assert program("check", "--json").code == 0
    assert stamps(originals) == untouched


def test_stamps_tell_every_change(tmp_path: Path) -> None:
    """Even one that was taken back."""
    file = tmp_path / "a.jpg"
    file.write_bytes(b"abc")
    before = stamps(tmp_path)
    file.chmod(0o600)
    assert stamps(tmp_path) != before
    before = stamps(tmp_path)
    file.chmod(0o644)
    file.chmod(0o600)
    assert stamps(tmp_path) != before
    before = stamps(tmp_path)
    (tmp_path / "new").touch()
    assert stamps(tmp_path) != before
