"""The media table as NumPy columns in memory, addressed by media id, for filters that take milliseconds at 1,000,000 rows."""

from __future__ import annotations

# The bits of media.colours, lowest first; the content phase gives its colours these names.
COLOURS = (
    "black", "white", "grey", "red", "orange", "yellow", "green", "cyan", "blue", "purple", "pink", "brown", "beige",
)  # fmt: skip

# The bits of media.flags, lowest first. A new one goes to the end: the bits are stored.
FLAGS = (
    "has_title", "has_caption", "has_tags", "has_sidecar", "has_audio", "has_alpha",
    "is_raw", "is_live", "is_motion", "is_panorama", "is_animated", "is_screenshot", "is_favourite", "is_hidden",
)  # fmt: skip
