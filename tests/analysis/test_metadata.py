from __future__ import annotations

from pathlib import Path

import pytest

from engines.analysis import metadata
from engines.errors import MediaError
from engines.media.open_file import open_file
from engines.types import Tag
from tests.media.metadata.making import bag, jpeg_with, xmp


def tags_of(tmp_path: Path, *keywords: str) -> tuple[Tag, ...]:
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg_with(packet=xmp(bag("lr:hierarchicalSubject", *keywords))))
    return metadata.look(open_file(str(path))).tags


def test_each_keyword_is_a_tag_of_the_file(tmp_path: Path) -> None:
    assert tags_of(tmp_path, "sea", "sand") == (Tag("sea", 1.0, "file"), Tag("sand", 1.0, "file"))


def test_levels_of_a_keyword_are_tags_too(tmp_path: Path) -> None:
    names = [tag.name for tag in tags_of(tmp_path, "Places|Berlin", "Places|Lisbon", "berlin")]
    assert names == ["Places/Berlin", "Places", "Berlin", "Places/Lisbon", "Lisbon"]


def test_a_picture_without_keywords_has_facts_and_no_tags(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(jpeg_with())
    findings = metadata.look(open_file(str(path)))
    assert (findings.facts["width"].value, findings.tags) == (24, ())


def test_what_is_no_picture_raises_its_error(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    path.write_bytes(b"hello")
    with pytest.raises(MediaError):
        metadata.look(open_file(str(path)))
