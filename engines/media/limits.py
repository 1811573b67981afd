"""How large a picture may be, asked before anything of it is decoded."""

from __future__ import annotations

from engines.media.reader import NoPicture
from engines.types import State


def refuse_if_larger(width: int, height: int, limit: int) -> None:
    """Raise NoPicture (REFUSED), naming both sizes, if the picture has more pixels than `limit`; CORRUPT if it has none."""
    if width < 1 or height < 1:
        raise NoPicture(State.CORRUPT, "is damaged: it has no size", "no size")
    if width * height > limit:
        asks, most = _pixels_in_words(width * height), _pixels_in_words(limit)
        raise NoPicture(State.REFUSED, f"asks for {asks}; up to {most} are opened", "too many pixels")


def _pixels_in_words(pixels: int) -> str:
    """Such as '1.6 gigapixels' or '300 megapixels'."""
    if pixels >= 1000 * 10**9:
        return f"{pixels // 10**9:,} gigapixels"
    if pixels >= 10**9:
        return f"{pixels / 10**9:.1f} gigapixels".replace(".0 ", " ")
    return f"{pixels // 10**6} megapixels"
