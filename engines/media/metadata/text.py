"""Text as cameras and people left it in a file, made fit to show: decoded, without control characters, not endless."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

LINE_LENGTH = 512  # characters of a title, a name, a keyword
TEXT_LENGTH = 32_768  # characters of a caption
KEYWORD_COUNT = 1_000  # a stock photo has up to 50

_SPACES = re.compile(r"\s+")
_BLANK_LINES = re.compile(r"\n{3,}")
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160), *range(0xD800, 0xE000), 0xFEFF, 0xFFFE, 0xFFFF))
_IN_LINE = _CONTROLS | dict.fromkeys(map(ord, "\t\n\v\f\r\x85"), " ")
_IN_TEXT = _IN_LINE | {ord("\n"): "\n", ord("\r"): "\n"}

# What cameras and programs write where a person's words belong.
_BOILERPLATE = re.compile(
    "|".join((
        r"(?:(?:olympus|minolta|konica minolta|kodak|samsung|vivitar|ge|benq|pentax) )?digital (?:still )?camera",
        r"olympus camera|minolta dsc|sony dsc|samsung|<(?:kenox|samsung|digimax)[^<>]{0,60}>",
        r"dcim\S*|dsci?_?\d*|exif[_ ]jpeg\S*|jpeg picture|screen capture",
        r"(?:cof|oznor|ozedf|dav|edf|hdr|hdrpl|rhdr|sdr|mde|btf|fbt|fbtmdn|ptr|ptfbty|rbt|rpt|tbt)(?:_soft)?",  # Huawei
        r"default|user comments?|comment|untitled|unknown|none|null|n/a|charset=\S*|\{.*\}",
        r"applemark|created with (?:the )?gimp|(?:creator: gd-jpeg|lavc\d|lead technologies|file written by adobe).*",
        r"(?:intel\(r\) jpeg|compressed by jpeg|optimi[sz]ed by jpegmini|handmade software|xv version \d).*",
        r"cmp\d+\.\d+\.\d\S* \S*|palette:\w+;.*",
        r"[\s!-/:-@\[-`{-~]*",
    )),
    re.IGNORECASE | re.DOTALL,
)  # fmt: skip


def decode(data: bytes) -> str:
    """The text of bytes whose encoding nobody noted: UTF-8 where it fits (a character cut at the end is left out), else
    Windows-1252, else Latin-1, which fits always."""
    try:
        return codecs.getincrementaldecoder("utf-8-sig")().decode(data)
    except UnicodeDecodeError:
        pass
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def decode_utf16(data: bytes, byte_order: str = "little") -> str:
    """The text of UTF-16 bytes up to the first NUL; a byte order mark beats byte_order ('little' or 'big')."""
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        byte_order = "little" if data[:2] == codecs.BOM_UTF16_LE else "big"
        data = data[2:]
    text = data.decode("utf-16-le" if byte_order == "little" else "utf-16-be", errors="replace")
    return text.partition("\0")[0]


def line(text: str) -> str:
    """On one line, trimmed, LINE_LENGTH characters at most."""
    return _SPACES.sub(" ", text[: 2 * LINE_LENGTH].translate(_IN_LINE)).strip()[:LINE_LENGTH].rstrip()


def paragraphs(text: str) -> str:
    """With its line breaks, trimmed, TEXT_LENGTH characters at most."""
    text = text[:TEXT_LENGTH].replace("\r\n", "\n").translate(_IN_TEXT)
    return _BLANK_LINES.sub("\n\n", "\n".join(part.strip() for part in text.split("\n"))).strip()


def caption(text: str) -> str:
    """What a person wrote; empty if it is what a camera or program writes under every picture."""
    text = paragraphs(text)
    return "" if _BOILERPLATE.fullmatch(text[:4_096]) else text


def title(text: str) -> str:
    """As caption, on one line."""
    return line(caption(text[:TEXT_LENGTH]))


def keywords(words: Iterable[str]) -> list[str]:
    """Each once (regardless of case), in order, without empty ones, KEYWORD_COUNT at most."""
    found: dict[str, str] = {}
    for word in words:
        if tidy := line(word):
            found.setdefault(tidy.casefold(), tidy)
        if len(found) >= KEYWORD_COUNT:
            break
    return list(found.values())


def joined(words: Iterable[str], separator: str = ", ") -> str:
    """Several names as one line."""
    return line(separator.join(keywords(words)[:20]))
