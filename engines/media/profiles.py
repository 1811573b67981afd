"""The name of an ICC profile, read without parsing the rest of it."""

from __future__ import annotations

import struct

_TAG_COUNT_AT, _TAGS_AT = 128, 132


def profile_name(icc: bytes) -> str | None:
    """The description of an ICC profile such as 'Display P3', or None if there is no profile or no readable name.

    Source: ICC.1:2010, 7.3 (tag table), 10.13 (multiLocalizedUnicodeType); ICC.1:2001-04, 6.5.17 (textDescriptionType).
    """
    try:
        (count,) = struct.unpack_from(">I", icc, _TAG_COUNT_AT)
        for at in range(_TAGS_AT, _TAGS_AT + 12 * min(count, 100), 12):
            name, start, size = struct.unpack_from(">4sII", icc, at)
            if name == b"desc":
                return _description(icc[start : start + size])
    except struct.error:
        pass
    return None


def _description(tag: bytes) -> str | None:
    if tag.startswith(b"desc"):
        (length,) = struct.unpack_from(">I", tag, 8)
        text = tag[12 : 12 + length].decode("latin-1")
    elif tag.startswith(b"mluc"):
        length, start = struct.unpack_from(">II", tag, 20)
        text = tag[start : start + length].decode("utf-16-be", errors="replace")
    else:
        return None
    return text.split("\0")[0].strip() or None
