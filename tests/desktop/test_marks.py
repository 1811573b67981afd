"""The signs inside controls: files in the user's cache, in the colours of the theme."""

from __future__ import annotations

import shutil
from pathlib import Path

import platformdirs
import pytest

from desktop.marks import mark
from desktop.theme import DARK, LIGHT, Tokens


def test_a_mark_is_a_file_in_its_colour(home: Path) -> None:
    picture = mark("check", "#ffffff")
    file = Path(picture.removeprefix('url("').removesuffix('")'))
    assert file.is_relative_to(home)
    assert 'stroke="#ffffff"' in file.read_text("utf-8")


def test_without_a_cache_controls_are_without_marks(home: Path, caplog: pytest.LogCaptureFixture) -> None:
    cache = platformdirs.user_cache_path("image-engine")
    shutil.rmtree(cache, ignore_errors=True)
    cache.parent.mkdir(parents=True, exist_ok=True)
    cache.write_text("in the way")
    assert mark("check", "#ffffff") == "none"
    assert "Controls have no marks" in caplog.text


def contrast(one: str, other: str) -> float:
    """Of two colours, as WCAG 2 has it: from 1 to 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("tokens", [DARK, LIGHT], ids=["dark", "light"])
def test_what_is_to_be_read_or_ticked_stands_out(tokens: Tokens) -> None:
    for ground in ("window", "panel", "raised"):
        behind = getattr(tokens, ground)
        assert contrast(tokens.box, behind) >= 3
        for text in ("text", "secondary", "accent_text", "warning", "error", "success"):
            assert contrast(getattr(tokens, text), behind) >= 4.5, (text, ground)
