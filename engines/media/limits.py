"""How large a picture may be, asked before anything of it is decoded."""

from __future__ import annotations

from engines.media.reader import NoPicture
from engines.types import State


def refuse_if_larger(width: int, height: int, limit: int) -> None:
    """Raise NoPicture if the picture has more pixels than `limit` (REFUSED, naming both) or none (CORRUPT)."""
    if width < 1 or height < 1:
        raise NoPicture(State.CORRUPT, "is damaged: it has no size", "no size")
    if width * height > limit:
        raise too_large(width * height, limit)


def too_large(pixels: int, limit: int) -> NoPicture:
    """What to raise for a picture of so many pixels."""
    what = f"asks for {_pixels_in_words(pixels)}; up to {_pixels_in_words(limit)} are opened"
    return NoPicture(State.REFUSED, what, "too many pixels")


def _pixels_in_words(pixels: int) -> str:
    """Such as '1.6 gigapixels' or '1,000 megapixels', never a single one."""
    if pixels >= 1000 * 10**9:
        return f"{pixels // 10**9:,} gigapixels"
    if pixels > 10**9:
        return f"{pixels / 10**9:.1f} gigapixels"
    return f"{pixels // 10**6:,} megapixels"
