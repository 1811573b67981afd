"""What to say about a file that is neither a photo nor a video."""

from __future__ import annotations

_STARTS = (
    (b"%PDF", "is a PDF document, not a picture"),
    (b"PK\x03\x04", "is a ZIP archive or an office document, not a picture"),
    (b"8BPS", "is a Photoshop document, which cannot be read"),
    (b"\xff\x0a", "is a JPEG XL picture, which cannot be read yet"),
    (b"\0\0\0\x0cJXL ", "is a JPEG XL picture, which cannot be read yet"),
    (b"\0\0\0\x0cjP  ", "is a JPEG 2000 picture, which cannot be read"),
    (b"\xff\x4f\xff\x51", "is a JPEG 2000 picture, which cannot be read"),
    (b"\0\0\x01\0", "is an icon, which cannot be read"),
    (b"v/1\x01", "is an OpenEXR picture, which cannot be read"),
    (b"#?RADIANCE", "is a Radiance HDR picture, which cannot be read"),
    (b"ID3", "is a sound file, not a video"),
    (b"fLaC", "is a sound file, not a video"),
    (b"OggS", "is a sound file, not a video"),
    (b"\x7fELF", "is a program, not a picture"),
    (b"MZ", "is a program, not a picture"),
    (b"\x1f\x8b", "is a packed archive, not a picture"),
    (b"7z\xbc\xaf", "is a packed archive, not a picture"),
    (b"Rar!", "is a packed archive, not a picture"),
    (b"SQLite format 3", "is a database, not a picture"),
)
_PAGE_STARTS = ("<!doctype html", "<html", "<head", "<body")
_SOUND_BRANDS = (b"ftypM4A", b"ftypM4B", b"ftypM4P", b"ftypF4A", b"ftypF4B")


def describe(head: bytes) -> str:
    """The rest of a sentence that begins with the file's name, such as 'is plain text, not a picture'.

    head: the first bytes of a file in which no known format was found.
    """
    if not head:
        return "is empty"
    if not head.strip(b"\0"):
        return "holds nothing but zeros, as after a failed copy or recovery"
    for start, sentence in _STARTS:
        if head.startswith(start):
            return sentence
    if head[4:11] in _SOUND_BRANDS or (head.startswith(b"RIFF") and head[8:12] == b"WAVE"):
        return "is a sound file, not a video"
    return _describe_text(head) or "is neither a photo nor a video of a known kind"


def _describe_text(head: bytes) -> str | None:
    text = _as_text(head)
    if text is None:
        return None
    begin = text.lstrip("\ufeff \t\r\n").lower()
    if begin.startswith(_PAGE_STARTS):
        return "is a web page, not a picture"
    if begin.startswith(("<?xml", "<svg", "<!--")):
        return "is an SVG drawing, which cannot be read" if "<svg" in begin else "is an XML document, not a picture"
    return "is plain text, not a picture"


def _as_text(head: bytes) -> str | None:
    """The head as text, or None if it has bytes that no text has."""
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    text = head.decode(encoding, errors="replace")
    strange = sum(character == "\ufffd" or (character < " " and character not in "\t\r\n\f\x1b") for character in text)
    # Latin-1 text has a few letters that are no UTF-8; a head may end within a letter.
    return text if strange <= len(text) // 50 + 1 else None
